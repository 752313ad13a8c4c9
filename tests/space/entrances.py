"""A server that Hubs can join, in the process of the test, and an application that says what it was asked."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Any

import orjson
import uvicorn
from scramjet_serving.access.peer import PEER
from scramjet_serving.http1.connection import HttpProtocol
from scramjet_space.hubs.tunnel import entrance
from uvicorn.server import ServerState

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from scramjet_serving.messages import Receive, Scope
    from scramjet_space.hubs.joining import Joining
    from scramjet_space.hubs.tunnel import TunnelHub


class NoFastPath:
    """Answers nothing."""

    def reply(self, _target: bytes, _headers: object) -> None:
        """Return None."""


async def echo(scope: Scope, receive: Receive, send: Callable[[dict[str, Any]], Awaitable[None]]) -> None:
    """Say what was asked, and by whom."""
    body = b""
    while (message := await receive())["type"] == "http.request":
        body += message["body"]
        if not message["more_body"]:
            break
    peer = scope["extensions"].get(PEER)
    told = {
        "method": scope["method"],
        "path": scope["path"],
        "size": len(body),
        "peer": peer and [peer.id, peer.group],
    }
    answer = orjson.dumps(told)
    headers = [(b"content-length", b"%d" % len(answer)), (b"content-type", b"application/json")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": answer})


class Entrance:
    """Where Hubs join.

    Args:
        decide: Refuses those that it does not want; the others are accepted.

    Attributes:
        port: The port.
        joinings: Every request to join.
        hubs: The Hubs that were let in, in order.
    """

    port: int

    def __init__(self, decide: Callable[[Joining], object] = lambda _joining: None) -> None:
        self._decide = decide
        self._count = 0
        self.joinings: list[Joining] = []
        self.hubs: asyncio.Queue[TunnelHub] = asyncio.Queue()

    async def doorkeeper(self, joining: Any) -> None:
        """Let a Hub in, unless it is refused."""
        self.joinings.append(joining)
        self._decide(joining)
        if not joining.connect.answered:
            self._count += 1
            self.hubs.put_nowait(await joining.accept(joining.hub_id or f"made-up-{self._count}"))

    def address(self, space: str = "one") -> str:
        """What STH 0.18.7 is told."""
        return f"127.0.0.1:{self.port}/api/v1/cpm/{space}/api/v1"


@contextlib.asynccontextmanager
async def serving(made: Entrance, app: Any = echo) -> AsyncIterator[Entrance]:
    """Serve it."""
    config = uvicorn.Config(app, lifespan="off", ws="none", log_config=None)
    config.load()
    state = ServerState()
    state.default_headers = [(b"date", b"Thu, 01 Jan 1970 00:00:00 GMT")]

    def protocol() -> HttpProtocol:
        return HttpProtocol(
            config,
            state,
            {},
            max_head=65536,
            head_timeout=20,
            fast_path=NoFastPath(),  # type: ignore[arg-type]  # all that is asked of it
            on_connect=entrance(made.doorkeeper),
        )

    server = await asyncio.get_running_loop().create_server(protocol, "127.0.0.1", 0)
    made.port = server.sockets[0].getsockname()[1]
    try:
        yield made
    finally:
        server.close()
        while not made.hubs.empty():
            made.hubs.get_nowait().close("The test ends")
        for connection in list(state.connections):
            connection.transport.abort()
        for task in list(state.tasks):
            task.cancel()
        await asyncio.sleep(0)
