"""Scripts of servers: actions on a connection."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.client.runtime.servers import Peer, Server


async def lose_the_reply(server: Server, peer: Peer) -> None:
    while True:
        request = await server.record(peer)
        server.bodies.append(await peer.body())
        if request.method == "POST":
            return
        kept = len(server.requests) > 3
        await peer.send_reply(200 if kept else 404, json.dumps({"id": "s"} if kept else {"error": "no"}).encode())


async def answer_and_stall(server: Server, peer: Peer) -> None:
    """Tell that an Instance is running, and say nothing more."""
    while True:
        await server.record(peer)
        if len(server.requests) > 1:
            await peer.closed()
            return
        await peer.send_reply(200, b'{"id": "i", "sequence": "s", "status": "running"}')


async def tell_the_version(server: Server, peer: Peer) -> None:
    while True:
        await server.record(peer)
        await peer.send_reply(200, b'{"service": "sth", "apiVersion": "v1", "version": "1", "build": "1"}')
