"""Topics in the memory of one Hub."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scramjet_serving.streams.broadcast import Broadcast
from scramjet_serving.streams.record_mixer import Cut, Mixer

if TYPE_CHECKING:
    from scramjet_serving.streams.broadcast import Reader
    from scramjet_serving.streams.quota import Quota

    from scramjet_hub.topics.topic import TopicWriter


class MemoryTopic:
    """A topic in the memory of this Hub.

    Args:
        name: Its name.
        content_type: Its content type.
        limit: How many bytes are kept without readers, and how far a reader may be behind.
        patience: For how long, in seconds, a reader may read nothing while writers wait for it; 0 is unlimited.
        quota: The memory limit it shares with other topics.

    Attributes:
        settled: Whether its content type is final.
        providers: The ids of the Instances whose output feeds it.
    """

    def __init__(
        self, name: str, content_type: str, limit: int, patience: float = 0, quota: Quota | None = None
    ) -> None:
        self.name = name
        self.settled = False
        self.providers: set[str] = set()
        self._stream = Broadcast(limit, patience, quota)
        self._carry(content_type)

    def _carry(self, content_type: str) -> None:
        self.content_type = content_type
        cut = Cut.of(content_type)
        self._stream.lines = cut is not Cut.ANYWHERE
        self._mixer = Mixer(self._stream, cut)

    def settle(self, content_type: str) -> None:
        """Set the content type of a topic that is not settled."""
        self.settled = True
        if content_type != self.content_type:
            self._carry(content_type)

    @property
    def held(self) -> int:
        """Bytes that it holds for readers."""
        return self._stream.held

    def writer(self, *, outside: bool = False) -> TopicWriter:
        """Join as a writer; this makes the current content type final."""
        self.settled = True
        return self._mixer.writer_from_outside() if outside else self._mixer.writer()

    def reader(self, *, outside: bool = False) -> Reader:
        """Join as a reader, from now on."""
        return self._stream.read_outside() if outside else self._stream.read()

    def end(self) -> None:
        """End the current readers, or the first one to come."""
        self._stream.cut()
        self._mixer.begin_anew()

    def close(self) -> None:
        """End all: readers once they have the written data, writers with `StreamEnded`."""
        self._stream.end()
        self._mixer.begin_anew()
