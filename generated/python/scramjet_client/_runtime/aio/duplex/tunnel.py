# Copied by `make generate` from client/runtime/aio/duplex/tunnel.py: edit it there.
"""Connecting to a server, directly or through a proxy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import h11

from ...._runtime.hints import lazy_hints
from ...broken import ConnectionBroken
from .sockets import AsyncDuplexSocket

if TYPE_CHECKING:
    from ... import http


async def connect(place: http.Place, timeout: float | None) -> AsyncDuplexSocket:
    """Open a connection for a request.

    Args:
        place: The destination.
        timeout: Seconds for each step; None for no limit.

    Raises:
        OSError: Connecting failed.
        TimeoutError: The time is over.
        ConfigurationError: The proxy does not support this.
    """
    connection = await AsyncDuplexSocket.connect(place.peer, timeout)
    if place.tunnel is None:
        return connection
    try:
        await _ask(connection, place, timeout)
        if place.tunnel.tls is None:
            return connection
        return await connection.start_tls(place.tunnel.tls, place.tunnel.host, timeout)
    except BaseException:
        await connection.aclose()
        raise


async def _ask(connection: AsyncDuplexSocket, place: http.Place, timeout: float | None) -> None:
    """Ask the proxy for a tunnel (CONNECT).

    Raises:
        ConnectionBroken: It refuses.
    """
    server = place.tunnel
    if server is None:
        return
    host = f"[{server.host}]" if ":" in server.host else server.host
    target = f"{host}:{server.port}"
    protocol = h11.Connection(h11.CLIENT)
    headers = [("host", target), *place.headers]
    await connection.write(protocol.send(h11.Request(method="CONNECT", target=target, headers=headers)) or b"")
    try:
        while (event := protocol.next_event()) is h11.NEED_DATA:
            protocol.receive_data(await connection.read(timeout))
    except h11.RemoteProtocolError as error:
        raise ConnectionBroken(f"the proxy did not answer CONNECT as HTTP: {error}") from error
    if not isinstance(event, h11.Response):
        raise ConnectionBroken("the proxy closed the connection")
    if not 200 <= event.status_code < 300:
        reason = event.reason.decode("ascii", errors="replace")
        raise ConnectionBroken(f"the proxy refused: {event.status_code} {reason}")


# Names that only annotations use are imported when these are read, as by `typing.get_type_hints`.
lazy_hints(globals(), {"http": "..."})
