"""The version of this Hub."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import Final

API_VERSION: Final = "v1"
# The service that this one replaces; clients may check it.
SERVICE: Final = "@scramjet/host"
BUILD: Final = "embedded"


def _installed_version() -> str:
    try:
        return version("scramjet-openapi")
    except PackageNotFoundError:  # run from the sources, without an installation
        return "0"


VERSION: Final = _installed_version()
