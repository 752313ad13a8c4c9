"""The connections to a server, which all client objects for it share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .. import process
from .primitives import AsyncNaps

if TYPE_CHECKING:
    from ..http import AsyncBaseTransport
    from ..settings.config import Settings
    from .duplex.connector import AsyncDuplexConnector
    from .sender import AsyncSender


class AsyncServer:
    """The connections to a server, and the retry waits that closing them ends.

    Args:
        settings: How to connect.
        transport: An httpx transport to use instead of sockets.

    Attributes:
        naps: The waits before retries.
        closings: The number of times that this was closed.
    """

    def __init__(self, settings: Settings, transport: AsyncBaseTransport | None) -> None:
        self.naps = AsyncNaps()
        self.closings = 0
        self._settings = settings
        # A given transport of the wrong type (async or blocking) fails at its first use.
        self._transport: Any = transport if transport is not None else settings.http.transport
        self._sender: AsyncSender | None = None
        self._connector: AsyncDuplexConnector | None = None
        self._variants: dict[bool, AsyncServer] = {}

    @property
    def sender(self) -> AsyncSender:
        """Sends calls over the pool."""
        if self._sender is None:
            # Imported here, because importing httpx takes far longer than importing the rest of the client.
            from .sender import AsyncSender

            with process.lock:
                if self._sender is None:
                    self._sender = AsyncSender(self._settings, self._transport, self.connector)
        return self._sender

    @property
    def connector(self) -> AsyncDuplexConnector:
        """Opens full-duplex connections."""
        if self._connector is None:
            from .duplex.connector import AsyncDuplexConnector

            with process.lock:
                if self._connector is None:
                    self._connector = AsyncDuplexConnector(self._settings, possible=self._transport is None)
        return self._connector

    def variant(self, settings: Settings) -> AsyncServer:
        """Return connections to the same server that check its certificate, or do not; they are closed with these.

        Args:
            settings: How to connect; differs from the settings of these connections in `verify_ssl`.
        """
        with process.lock:
            return self._variants.setdefault(settings.verify_ssl, AsyncServer(settings, self._transport))

    async def aclose(self) -> None:
        """Close the connections, interrupting calls in progress; the next call opens new ones."""
        self.closings += 1
        self.naps.wake()
        for variant in self._variants.values():
            await variant.aclose()
        if self._connector is not None:
            await self._connector.aclose()
        if self._sender is not None:
            await self._sender.aclose()
