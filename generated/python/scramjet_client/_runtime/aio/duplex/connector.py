# Copied by `make generate` from client/runtime/aio/duplex/connector.py: edit it there.
"""The connector of a client: opens full-duplex connections, outside its pool."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING
from weakref import WeakSet

from ...._runtime.hints import lazy_hints
from ... import http, process
from ...errors import ConfigurationError, ConnectionFailed, TimedOut
from .request import AsyncDuplexRequest
from .tunnel import connect

if TYPE_CHECKING:
    from ...settings.config import Settings

NO_TRANSPORT = (
    "A given transport sends a whole request before it reads the reply, so it cannot carry input, stdin, inout or "
    "attach: give HttpOptions(proxy=..., unix_socket=..., cert=...) instead, or send bytes."
)


class AsyncDuplexConnector:
    """Opens full-duplex connections, and tracks them to close them with the client.

    Args:
        settings: How to connect.
        possible: Whether full-duplex connections may be opened; False with a custom transport.
    """

    def __init__(self, settings: Settings, *, possible: bool) -> None:
        self._settings = settings
        self._possible = possible
        self._closings = 0
        self._renew()

    def _renew(self) -> None:
        self._process = process.generation
        self._open: WeakSet[AsyncDuplexRequest] = WeakSet()
        self._lock = threading.Lock()

    async def begin(self, method: str, url: str, headers: list[tuple[str, str]]) -> AsyncDuplexRequest:
        """Connect and send the head of a request.

        Args:
            method: The HTTP method.
            url: The complete URL.
            headers: All headers except Host and Connection.

        Raises:
            RequestError: Connecting failed, or the headers cannot be sent.
            ConfigurationError: The transport or proxy does not support it.
        """
        if not self._possible:
            raise ConfigurationError(NO_TRANSPORT)
        place = http.place_of(url, self._settings)
        closings = self._closings
        try:
            connection = await connect(place, self._settings.connect_timeout)
        except TimeoutError as error:
            raise TimedOut(f"{method} {url}: no connection in time.", method=method, url=url, sent=False) from error
        except OSError as error:
            message = f"{method} {url}: cannot connect: {error}"
            raise ConnectionFailed(message, method=method, url=url, sent=False) from error
        duplex = AsyncDuplexRequest(connection, method, url)
        self._watch(duplex)
        if self._closings != closings:
            await duplex.aclose()
            message = f"{method} {url}: the client was closed while it connected."
            raise ConnectionFailed(message, method=method, url=url, sent=False)
        await duplex.open(place, headers)
        return duplex

    def _watch(self, duplex: AsyncDuplexRequest) -> None:
        if self._process != process.generation:
            # Connections from before the fork belong to the parent process, which may also have held the lock.
            self._renew()
        with self._lock:
            self._open.add(duplex)

    async def aclose(self) -> None:
        """Close all of them, interrupting pending reads and writes."""
        if self._process != process.generation:
            return
        self._closings += 1
        with self._lock:
            requests = list(self._open)
        for duplex in requests:
            await duplex.aclose()


# Names that only annotations use are imported when these are read, as by `typing.get_type_hints`.
lazy_hints(globals(), {"Settings": "...settings.config"})
