"""Connecting to a server, directly or through a proxy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import h11

from ...broken import WireBroken
from .wires import AsyncWire

if TYPE_CHECKING:
    from ... import http


async def connect(place: http.Place, timeout: float | None) -> AsyncWire:
    """Open a connection for a request.

    Args:
        place: The destination.
        timeout: Seconds for each step; None for no limit.

    Raises:
        OSError: Connecting failed.
        TimeoutError: The time is over.
        ConfigurationError: The proxy does not support this.
    """
    wire = await AsyncWire.connect(place.peer, timeout)
    if place.tunnel is None:
        return wire
    try:
        await _ask(wire, place, timeout)
        if place.tunnel.tls is None:
            return wire
        return await wire.start_tls(place.tunnel.tls, place.tunnel.host, timeout)
    except BaseException:
        await wire.aclose()
        raise


async def _ask(wire: AsyncWire, place: http.Place, timeout: float | None) -> None:
    """Ask the proxy for a tunnel (CONNECT).

    Raises:
        WireBroken: It refuses.
    """
    server = place.tunnel
    if server is None:
        return
    host = f"[{server.host}]" if ":" in server.host else server.host
    target = f"{host}:{server.port}"
    protocol = h11.Connection(h11.CLIENT)
    headers = [("host", target), *place.headers]
    await wire.write(protocol.send(h11.Request(method="CONNECT", target=target, headers=headers)) or b"")
    try:
        while (event := protocol.next_event()) is h11.NEED_DATA:
            protocol.receive_data(await wire.read(timeout))
    except h11.RemoteProtocolError as error:
        raise WireBroken(f"the proxy did not answer CONNECT as HTTP: {error}") from error
    if not isinstance(event, h11.Response):
        raise WireBroken("the proxy closed the connection")
    if not 200 <= event.status_code < 300:
        reason = event.reason.decode("ascii", errors="replace")
        raise WireBroken(f"the proxy refused: {event.status_code} {reason}")
