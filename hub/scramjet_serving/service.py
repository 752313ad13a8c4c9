"""The services of this project: what a server needs of one, and the version that each tells."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from scramjet_serving.access.audit import AuditTrail
    from scramjet_serving.access.gate import Gate
    from scramjet_serving.config import ServerConfig
    from scramjet_serving.log import ServiceLog
    from scramjet_serving.machine.metrics import Metrics


API_VERSION: Final = "v1"
BUILD: Final = "embedded"


def _installed_version() -> str:
    try:
        return version("scramjet-openapi")
    except PackageNotFoundError:  # run from the sources, without an installation
        return "0"


VERSION: Final = _installed_version()


def version_of(service: str) -> dict[str, str]:
    """Return the reply to `GET /version` of a service.

    Args:
        service: The name of the service that it replaces; clients may check it.
    """
    return {"service": service, "apiVersion": API_VERSION, "version": VERSION, "build": BUILD}


class Served(Protocol):
    """A service: the object that requests operate on.

    Attributes:
        url: The URL of its API, once it listens.
        log: Its log.
        audit: Its audit trail.
        metrics: Counts its requests.
    """

    url: str
    log: ServiceLog
    audit: AuditTrail
    metrics: Metrics

    @property
    def gate(self) -> Gate:
        """Decides who may send which request."""

    @property
    def config(self) -> ServerConfig:
        """Its configuration."""

    def start(self) -> None:
        """Start, before the first request is served."""

    def reload_tokens(self) -> None:
        """Reload the tokens."""

    async def drain(self, timeout: float) -> None:
        """End all work gracefully, within a time in seconds; 0 ends it at once."""
