"""The names and versions of the services that a Platform consists of."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import Final

API_VERSION: Final = "v1"
BUILD: Final = "embedded"
# The services that these replace; clients may check them.
SPACE: Final = "@scramjet/manager"
PLATFORM: Final = "@scramjet/multi-manager"


def _installed_version() -> str:
    try:
        return version("scramjet-openapi")
    except PackageNotFoundError:  # run from the sources, without an installation
        return "0"


VERSION: Final = _installed_version()


def version_of(service: str) -> dict[str, str]:
    """Return the reply to `GET /version` of a service."""
    return {"service": service, "apiVersion": API_VERSION, "version": VERSION, "build": BUILD}
