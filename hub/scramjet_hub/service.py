"""What a server needs of the service that it serves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from scramjet_hub.audit import AuditTrail
    from scramjet_hub.authorization import Authorization
    from scramjet_hub.logs import HubLog
    from scramjet_hub.metrics import Metrics
    from scramjet_hub.server_config import ServerConfig


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
    log: HubLog
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
