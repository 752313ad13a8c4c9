"""Reading several streams at once."""

from __future__ import annotations

import queue
import threading
from typing import TYPE_CHECKING, Any

from ..._runtime.hints import lazy_hints

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Mapping

    from .streams import Stream

LONGEST_QUEUE = 16
"""Pieces that are read before somebody takes them."""


def merged(
    streams: Mapping[str, Stream[Any]], cut: Callable[[Stream[Any]], Iterator[Any]]
) -> Generator[tuple[str, Any], None, None]:
    """Give what several streams give, in the order in which it comes, with the name of the stream.

    Each stream is read in a thread of its own.

    Args:
        streams: The streams by name.
        cut: What to take of a stream: its bytes, lines or records.

    Raises:
        ScramjetError: One of them failed.
    """
    merging = _Merging()
    threads = [
        threading.Thread(target=merging.read, args=(name, stream, cut), name=f"scramjet-{name}", daemon=True)
        for name, stream in streams.items()
    ]
    for thread in threads:
        thread.start()
    try:
        left = len(threads)
        while left:
            name, item, ended = merging.queue.get()
            if not ended:
                merging.room.release()
                yield name, item
                continue
            left -= 1
            if item is not None:
                raise item
    finally:
        merging.abandon()
        for stream in streams.values():
            stream.close()
        for thread in threads:
            thread.join()


class _Merging:
    def __init__(self) -> None:
        self.queue: queue.Queue[tuple[str, Any, bool]] = queue.Queue()
        self.room = threading.Semaphore(LONGEST_QUEUE)
        self._abandoned = False

    def abandon(self) -> None:
        """Let readers that wait for room end."""
        self._abandoned = True
        for _ in range(LONGEST_QUEUE):
            self.room.release()

    def read(self, name: str, stream: Stream[Any], cut: Callable[[Stream[Any]], Iterator[Any]]) -> None:
        error = None
        try:
            for item in cut(stream):
                self.room.acquire()
                if self._abandoned:
                    break
                self.queue.put((name, item, False))
        except Exception as failure:  # noqa: BLE001 -- it is raised again where the streams are read
            error = failure
        self.queue.put((name, error, True))


# What annotations alone name comes when somebody looks at them, as `typing.get_type_hints` does.
lazy_hints(
    globals(),
    {
        "Callable": "collections.abc",
        "Generator": "collections.abc",
        "Iterator": "collections.abc",
        "Mapping": "collections.abc",
        "Stream": ".streams",
    },
)
