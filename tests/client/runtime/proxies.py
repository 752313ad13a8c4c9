"""A forward proxy that also tunnels, as small as can be."""

from __future__ import annotations

import asyncio
import base64
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.client.runtime.servers import Peer, Server


async def proxy(server: Server, peer: Peer) -> None:
    """Pass on what comes to where it is meant for; remember what was asked in `server.requests`."""
    request = await server.record(peer)
    if request.headers.get("proxy-authorization") != "Basic " + base64.b64encode(b"me:secret").decode():
        await peer.send_reply(407, b"who are you?")
        return
    if request.method == "CONNECT":
        host, port = request.target.rsplit(":", 1)
        reader, writer = await asyncio.open_connection(host, int(port))
        await peer.send(b"HTTP/1.1 200 Connected\r\n\r\n")
    else:
        netloc, _, path = request.target.removeprefix("http://").partition("/")
        host, port = netloc.rsplit(":", 1)
        reader, writer = await asyncio.open_connection(host, int(port))
        lines = [f"{name}: {value}" for name, value in request.headers.items() if not name.startswith("proxy-")]
        writer.write("\r\n".join([f"{request.method} /{path} HTTP/1.1", *lines, "", ""]).encode())
    try:
        passing = {asyncio.ensure_future(_pass(peer.reader, writer)), asyncio.ensure_future(_pass(reader, peer.writer))}
        await asyncio.wait(passing, return_when=asyncio.FIRST_COMPLETED)
        for task in passing:
            task.cancel()
        await asyncio.gather(*passing, return_exceptions=True)
    finally:
        writer.transport.abort()


async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()
