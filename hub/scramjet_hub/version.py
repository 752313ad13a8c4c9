"""What this Hub says of itself."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import Final

API_VERSION: Final = "v1"
# The service that this one stands in for; clients may look at it.
SERVICE: Final = "@scramjet/host"
BUILD: Final = "embedded"


def _installed_version() -> str:
    try:
        return version("scramjet-openapi")
    except PackageNotFoundError:  # the sources alone
        return "0"


VERSION: Final = _installed_version()
