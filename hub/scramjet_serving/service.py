"""What a server needs of the service that it serves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from scramjet_serving.access.audit import AuditTrail
    from scramjet_serving.access.authorization import Authorization
    from scramjet_serving.config import ServerConfig
    from scramjet_serving.log import ServiceLog
    from scramjet_serving.metrics import Metrics


class Served(Protocol):
    """A service, such as a Hub: what its requests are about.

    Attributes:
        url: Where its API is, once it listens.
        authorization: Who may do what.
        log: What it has to say.
        audit: Who did what.
        metrics: Counts its requests.
    """

    url: str
    authorization: Authorization
    log: ServiceLog
    audit: AuditTrail
    metrics: Metrics

    @property
    def config(self) -> ServerConfig:
        """How it is set up."""

    def start(self) -> None:
        """Begin, before the first request is served."""

    def reload_tokens(self) -> None:
        """Read the tokens again."""

    async def drain(self, timeout: float) -> None:
        """End what runs, in good order, within a time in seconds; 0 is at once."""
