"""Several streams as one."""

from __future__ import annotations

import threading
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .._runtime.sync.streams import Stream


class Merged:
    """Several streams as one that tells which each chunk is from.

    Each is read in a thread of its own, one chunk ahead.

    Args:
        streams: The streams by name.
    """

    def __init__(self, streams: Mapping[str, Stream[Any]]) -> None:
        self._streams = streams
        self._arrived: SimpleQueue[tuple[str, bytes | Exception | None]] = SimpleQueue()
        self._room = {name: threading.Semaphore() for name in streams}
        self._reading: set[str] | None = None
        self._closed = False

    def __iter__(self) -> Iterator[tuple[str, bytes]]:
        return self

    def __next__(self) -> tuple[str, bytes]:
        if self._reading is None:
            self._reading = set(self._streams)
            for name in self._streams:
                threading.Thread(target=self._read, args=(name,), name=f"scramjet-{name}", daemon=True).start()
        while self._reading:
            name, chunk = self._arrived.get()
            if isinstance(chunk, bytes):
                self._room[name].release()
                return name, chunk
            self._reading.discard(name)
            if chunk is not None:
                raise chunk
        raise StopIteration

    def _read(self, name: str) -> None:
        end: Exception | None = None
        try:
            for chunk in self._streams[name]:
                self._room[name].acquire()
                if self._closed:
                    break
                self._arrived.put((name, chunk))
        except Exception as error:  # noqa: BLE001 # it is raised again where the chunks are taken
            end = error
        self._arrived.put((name, end))

    def close(self) -> None:
        """Break off all of them."""
        self._closed = True
        self._reading = set()
        for stream in self._streams.values():
            stream.close()
        for room in self._room.values():
            room.release()
