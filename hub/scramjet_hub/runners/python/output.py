"""What a Sequence gives becomes the bytes of its output."""

from __future__ import annotations

import asyncio
import json
import socket
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    Encoder = Callable[[Any], bytes]

# What is gathered before it is sent although more may follow at once.
BATCH: Final = 64 * 1024


def encoder(content_type: str) -> Encoder:
    """What turns one item into bytes, for a content type."""
    if content_type.partition(";")[0].strip().endswith("/x-ndjson"):
        return encode_record
    return encode_text if content_type.startswith("text/") else encode_bytes


# Byte for byte what STH's runner writes.
_document = json.JSONEncoder(allow_nan=False).encode


def encode_record(item: Any) -> bytes:
    """One JSON document a line; bytes are taken for lines that are made already."""
    if isinstance(item, (bytes, bytearray, memoryview)):
        return bytes(item)
    return _document(item).encode() + b"\n"


def encode_text(item: Any) -> bytes:
    """Text and bytes as they are, nothing for None, a JSON document a line for other objects."""
    if isinstance(item, str):
        # Bytes that were no UTF-8 when they came in leave as they came.
        return item.encode("utf-8", "surrogateescape")
    if isinstance(item, (bytes, bytearray, memoryview)):
        return bytes(item)
    return b"" if item is None else dump(item)


def encode_bytes(item: Any) -> bytes:
    """Bytes as they are, text encoded.

    Raises:
        TypeError: It is neither.
    """
    if isinstance(item, (bytes, bytearray, memoryview)):
        return bytes(item)
    if isinstance(item, str):
        return item.encode("utf-8", "surrogateescape")
    raise TypeError(f"The output is application/octet-stream: give bytes or str, not {type(item).__name__}")


def dump(item: Any) -> bytes:
    """An object as a line of JSON."""
    return (
        json.dumps(item, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode("utf-8", "surrogateescape")
        + b"\n"
    )


class Output:
    """The output channel.

    What is put while the event loop does not get to run leaves together: a Sequence that gives many small items
    in a row pays for one send, and one that waits between them has each sent before it waits.

    Args:
        sock: The connection; it may block, for threads write to it too.
    """

    def __init__(self, sock: socket.socket) -> None:
        sock.setblocking(True)
        self._socket = sock
        self._parts: list[bytes | memoryview] = []
        self._size = 0
        self._scheduled = False
        self._blocked = False
        self._drained: asyncio.Future[None] | None = None
        self._loop = asyncio.get_running_loop()

    def put(self, data: bytes) -> bool:
        """Add data; whether the caller should `drain` before it adds more."""
        self._parts.append(data)
        self._size += len(data)
        if not self._scheduled:
            self._scheduled = True
            self._loop.call_soon(self._flush)
        return self._size >= BATCH

    async def drain(self) -> None:
        """Send what was put, waiting while the Hub takes nothing."""
        if not self._blocked:
            self._send()
        while self._size:
            self._drained = self._loop.create_future()
            await self._drained
        await asyncio.sleep(0)  # a Sequence that never waits would keep stop and health from being heard

    def write(self, data: bytes) -> None:
        """Send data at once, blocking; for threads, and not while anything was put."""
        if data:
            self._socket.sendall(data)

    def close(self) -> None:
        """End the output."""
        self._socket.close()

    def _flush(self) -> None:
        self._scheduled = False
        if not self._blocked:
            self._send()

    def _send(self) -> None:
        if not self._parts:
            return
        data = self._parts[0] if len(self._parts) == 1 else b"".join(self._parts)
        try:
            sent = self._socket.send(data, socket.MSG_DONTWAIT)
        except (BlockingIOError, InterruptedError):
            sent = 0
        self._parts = [memoryview(data)[sent:]] if sent < len(data) else []
        self._size = len(data) - sent
        if self._size:
            self._wait_until_writable()

    def _wait_until_writable(self) -> None:
        if not self._blocked:
            self._blocked = True
            self._loop.add_writer(self._socket, self._writable)

    def _writable(self) -> None:
        self._blocked = False
        self._loop.remove_writer(self._socket)
        self._send()
        if not self._size and self._drained is not None and not self._drained.done():
            self._drained.set_result(None)
