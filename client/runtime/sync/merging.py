"""Merging of several streams into one."""

from __future__ import annotations

import queue
import threading
from typing import TYPE_CHECKING, Any

from .. import process
from ..broken import CLOSED, OTHER_PROCESS
from ..errors import StreamBroken

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .streams import Stream

LONGEST_QUEUE = 16
"""The most pieces to read ahead."""


class Merging:
    """Merges several streams, in order of arrival.

    Each stream is read in a separate thread.

    Args:
        streams: The streams by name.
    """

    def __init__(self, streams: Mapping[str, Stream[Any]]) -> None:
        self._process = process.generation
        self._streams = streams
        # The threads reference the queue, not this object, so that they end when it is garbage-collected.
        self._queue = _Queue()
        self._threads = [
            threading.Thread(target=self._queue.fill, args=(name, one), name=f"scramjet-{name}", daemon=True)
            for name, one in streams.items()
        ]
        self._left = len(self._threads)
        self._failure: Exception | None = None
        for thread in self._threads:
            thread.start()

    def next(self) -> tuple[str, bytes] | None:
        """Return the name of a stream and its next piece, an empty one at the stream's end; None at the end of all.

        Raises:
            ScramjetError: One of them failed.
        """
        if self._process != process.generation:
            raise StreamBroken(OTHER_PROCESS)
        if self._failure is not None:
            raise self._failure.with_traceback(None)
        if not self._left:
            return None
        name, chunk, self._failure = self._queue.take()
        if self._failure is not None:
            raise self._failure
        self._left -= not chunk
        return name, chunk

    def close(self) -> None:
        """Stop reading; closes the streams, since a thread that waits for one cannot be stopped."""
        if self._process != process.generation:
            return
        if self._left and self._failure is None:
            self._failure = StreamBroken(CLOSED)
        self.abandon()
        for thread in self._threads:
            thread.join()

    def abandon(self) -> None:
        """Stop reading soon."""
        self._queue.abandon()
        for stream in self._streams.values():
            stream.close()

    def __del__(self) -> None:
        if getattr(self, "_left", 0) and self._process == process.generation:
            self.abandon()


class _Queue:
    def __init__(self) -> None:
        self._pieces: queue.SimpleQueue[tuple[str, bytes, Exception | None]] = queue.SimpleQueue()
        self._room = threading.Semaphore(LONGEST_QUEUE)
        self._abandoned = False

    def take(self) -> tuple[str, bytes, Exception | None]:
        piece = self._pieces.get()
        self._room.release()
        return piece

    def abandon(self) -> None:
        """End the threads that wait for room in the queue, and the reader that waits for them."""
        self._abandoned = True
        for _ in range(LONGEST_QUEUE):
            self._room.release()
        self._pieces.put(("", b"", StreamBroken(CLOSED)))

    def fill(self, name: str, stream: Stream[Any]) -> None:
        error = None
        try:
            for chunk in stream:
                self._room.acquire()
                if self._abandoned:
                    return
                self._pieces.put((name, chunk, None))
        except Exception as failure:  # noqa: BLE001 -- re-raised where the streams are read
            error = failure
        self._pieces.put((name, b"", error))
