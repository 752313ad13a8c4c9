"""Two ends of a connection that carries channels, and protocols that keep what they get."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from typing import TYPE_CHECKING

from scramjet_serving.mux.mux import Mux

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

PATIENCE = 30.0
"""Seconds for what has to happen."""


async def comes_true(condition: Callable[[], bool]) -> None:
    """Wait until something holds of which there is no event."""
    async with asyncio.timeout(PATIENCE):
        while not condition():  # noqa: ASYNC110 - there is no event
            await asyncio.sleep(0.001)


class Keeper(asyncio.Protocol):
    """Keeps what arrives."""

    transport: asyncio.Transport

    def __init__(self) -> None:
        self.data = bytearray()
        self.eof = asyncio.Event()
        self.lost: asyncio.Future[Exception | None] = asyncio.get_running_loop().create_future()
        self.writable = asyncio.Event()
        self.writable.set()
        self._grown = asyncio.Event()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.data += data
        self._grown.set()

    def eof_received(self) -> None:
        self.eof.set()

    def connection_lost(self, exc: Exception | None) -> None:
        self.lost.set_result(exc)

    def pause_writing(self) -> None:
        self.writable.clear()

    def resume_writing(self) -> None:
        self.writable.set()

    async def has(self, size: int) -> bytes:
        """Wait until so many bytes have arrived."""
        while len(self.data) < size:
            self._grown.clear()
            await asyncio.wait_for(self._grown.wait(), PATIENCE)
        return bytes(self.data)


class End:
    """One end: its mux, and the protocols of the channels that the other side opened, by number."""

    def __init__(self, first: int) -> None:
        self.accepted: list[Keeper] = []
        self.lost = ""
        self._changed = asyncio.Event()
        self.mux = Mux(self._accept, first=first, on_lost=self._on_lost)

    def _accept(self) -> Keeper:
        self.accepted.append(Keeper())
        self._changed.set()
        return self.accepted[-1]

    def _on_lost(self, reason: str) -> None:
        self.lost = reason
        self._changed.set()

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait until something holds of it."""
        while not condition():
            self._changed.clear()
            await asyncio.wait_for(self._changed.wait(), PATIENCE)


@contextlib.asynccontextmanager
async def pair() -> AsyncIterator[tuple[End, End]]:
    """Connect two ends."""
    loop = asyncio.get_running_loop()
    near, far = End(1 << 31), End(0)
    sockets = socket.socketpair()
    transports = [
        (await loop.create_connection(lambda end=end: end.mux, sock=each))[0]  # type: ignore[misc]
        for end, each in zip((near, far), sockets, strict=True)
    ]
    try:
        yield near, far
    finally:
        near.mux.close("The test ends")
        far.mux.close("The test ends")
        for transport in transports:
            transport.close()
        await near.until(lambda: bool(near.lost))


@contextlib.asynccontextmanager
async def against(first: int = 1 << 31) -> AsyncIterator[tuple[End, asyncio.StreamReader, asyncio.StreamWriter]]:
    """Connect one end to somebody who writes frames by hand."""
    loop = asyncio.get_running_loop()
    near = End(first)
    ours, theirs = socket.socketpair()
    transport, _ = await loop.create_connection(lambda: near.mux, sock=ours)
    reader, writer = await asyncio.open_connection(sock=theirs)
    try:
        yield near, reader, writer
    finally:
        near.mux.close("The test ends")
        transport.close()
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()
