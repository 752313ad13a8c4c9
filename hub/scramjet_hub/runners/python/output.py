"""The output: encodes items of a Sequence into bytes."""

from __future__ import annotations

import asyncio
import json
import socket
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    Encoder = Callable[[Any], bytes]

# How many bytes to collect before sending, even if more may follow at once.
BATCH: Final = 64 * 1024


def encoder(content_type: str) -> Encoder:
    """Return the function that encodes one item, for a content type."""
    if content_type.partition(";")[0].strip().endswith("/x-ndjson"):
        return encode_record
    return encode_text if content_type.startswith("text/") else encode_bytes


# Byte for byte as STH's runner writes it.
_document = json.JSONEncoder(allow_nan=False).encode


def encode_record(item: Any) -> bytes:
    """Encode one JSON document per line; bytes are taken for finished lines."""
    if isinstance(item, (bytes, bytearray, memoryview)):
        return bytes(item)
    return _document(item).encode() + b"\n"


def encode_text(item: Any) -> bytes:
    """Encode text and bytes unchanged, None as nothing, other objects as one JSON document per line."""
    if isinstance(item, str):
        # Bytes that were not UTF-8 in the input are restored.
        return item.encode("utf-8", "surrogateescape")
    if isinstance(item, (bytes, bytearray, memoryview)):
        return bytes(item)
    return b"" if item is None else dump(item)


def encode_bytes(item: Any) -> bytes:
    """Return bytes unchanged, and text encoded.

    Raises:
        TypeError: It is neither.
    """
    if isinstance(item, (bytes, bytearray, memoryview)):
        return bytes(item)
    if isinstance(item, str):
        return item.encode("utf-8", "surrogateescape")
    raise TypeError(f"The output is application/octet-stream: give bytes or str, not {type(item).__name__}")


def dump(item: Any) -> bytes:
    """Encode an object as a line of JSON."""
    return (
        json.dumps(item, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode("utf-8", "surrogateescape")
        + b"\n"
    )


class Output:
    """The output channel.

    Data that is put before the event loop runs again is sent together: a Sequence that yields many small items in a
    row pays for one send, and one that waits between them has each item sent before it waits.

    Args:
        sock: The connection; it may be blocking, because threads write to it, too.
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
        """Add data; return whether the caller should `drain` before it adds more."""
        self._parts.append(data)
        self._size += len(data)
        if not self._scheduled:
            self._scheduled = True
            self._loop.call_soon(self._flush)
        return self._size >= BATCH

    async def drain(self) -> None:
        """Send what was put, waiting while the Hub reads nothing."""
        if not self._blocked:
            self._send()
        while self._size:
            self._drained = self._loop.create_future()
            await self._drained
        await asyncio.sleep(0)  # a Sequence that never waits would block stop and health messages

    def write(self, data: bytes) -> None:
        """Send data at once, blocking; for threads, and only while nothing put is unsent."""
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
