"""Topics: named streams that anybody may write to and read from.

What a topic promises, wherever it is kept:

- It is made by whoever names it first, to write or to read.
- It carries one content type for good: the first that is named, or the default if it is written to before.
- One writer's records stay in order; records of several writers are not cut by each other (see `records`).
- A reader gets everything from when it joined; the first one also gets what was kept while nobody read.
- What is kept is bounded; then writers wait. A slow reader makes writers wait and loses nothing.
- Ending it (`x-end-stream: true`) ends those who read now, or the first who will; the topic itself goes on.
- Deleting it ends its readers, once they have what was written, and fails its writers.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

from scramjet_hub.errors import Full, Invalid, NotFound, Taken, Unsupported
from scramjet_hub.records import Cut, Mixer
from scramjet_hub.streams import Broadcast

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from scramjet_hub.delivery import Undelivered
    from scramjet_hub.quota import Quota
    from scramjet_hub.streams import Reader

CONTENT_TYPES = ("text/x-ndjson", "application/x-ndjson", "text/plain", "application/octet-stream")
DEFAULT_TYPE = "application/x-ndjson"
NAME = re.compile(r"[A-Za-z0-9_+-]{1,255}", re.ASCII)


class TopicWriter(Protocol):
    """One writer of a topic; `finish` or `abandon` it when it has written."""

    @property
    def ready(self) -> bool:
        """Whether `write` would return without waiting."""

    async def write(self, chunk: bytes) -> None:
        """Write, waiting while there is no room.

        Raises:
            StreamEnded: The topic was deleted.
        """

    async def finish(self) -> None:
        """This was all.

        Raises:
            StreamEnded: The topic was deleted.
        """

    def abandon(self) -> None:
        """It was broken off; does nothing after `finish`."""


class TopicReader(Protocol):
    """One reader of a topic: an async iterator that has to be closed unless it is read to its end."""

    def __aiter__(self) -> AsyncIterator[bytes]: ...

    async def __anext__(self) -> bytes: ...

    def watch(self, progress: Callable[[], int], stuck: Callable[[], object]) -> None:
        """Say how to see that what was taken is used, and what to do if it is not while others wait."""

    def give_back(self, undelivered: Undelivered) -> None:
        """Put back what was taken for somebody who did not get it."""

    async def aclose(self) -> None:
        """Leave the topic."""


class Topic(Protocol):
    """What the Hub needs of a topic; a broker can take the place of `MemoryTopic` by having this."""

    name: str
    content_type: str
    settled: bool
    providers: set[str]

    @property
    def held(self) -> int:
        """How many bytes it holds for readers in this Hub's memory."""

    def settle(self, content_type: str) -> None:
        """Fix the content type of a topic that is not settled."""

    def writer(self) -> TopicWriter:
        """Join as a writer; it carries for good what it carries now."""

    def reader(self) -> TopicReader:
        """Join as a reader, from now on."""

    def end(self) -> None:
        """End those who read now, or the first who will."""

    def close(self) -> None:
        """Delete it."""


def check_topic(name: str, content_type: str) -> None:
    """Refuse what no topic can be called or carry.

    Raises:
        Invalid: It is one of these.
    """
    if not NAME.fullmatch(name):
        raise Invalid("Topic id incorrect format")
    _check_type(content_type)


class MemoryTopic:
    """A topic in the memory of this Hub.

    Args:
        name: Its name.
        content_type: What it carries.
        limit: How many bytes are kept while nobody reads, and how far a reader may be behind.
        patience: For how long, in seconds, a reader may take nothing while writers wait for it; 0 is for ever.
        quota: What it shares with other topics.

    Attributes:
        settled: Whether it has its content type for good.
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
        """Fix the content type of a topic that is not settled."""
        self.settled = True
        if content_type != self.content_type:
            self._carry(content_type)

    @property
    def held(self) -> int:
        """How many bytes it holds for readers."""
        return self._stream.held

    def writer(self) -> TopicWriter:
        """Join as a writer; it carries for good what it carries now."""
        self.settled = True
        return self._mixer.writer()

    def reader(self) -> Reader:
        """Join as a reader, from now on."""
        return self._stream.read()

    def end(self) -> None:
        """End those who read now, or the first who will."""
        self._stream.cut()
        self._mixer.begin_anew()

    def close(self) -> None:
        """End everybody: readers once they have what was written, writers with `StreamEnded`."""
        self._stream.end()
        self._mixer.begin_anew()


class TopicRegistry:
    """The topics of a Hub, by name.

    Args:
        make: Makes a topic of a name and a content type.
        most: How many there may be at once.
    """

    def __init__(self, make: Callable[[str, str], Topic], most: int) -> None:
        self._make = make
        self._most = most
        self._topics: dict[str, Topic] = {}

    @property
    def held(self) -> int:
        """How many bytes all topics hold for readers."""
        return sum(topic.held for topic in self._topics.values())

    def __len__(self) -> int:
        return len(self._topics)

    def all(self) -> list[Topic]:
        """All topics, the oldest first."""
        return list(self._topics.values())

    def find(self, name: str) -> Topic | None:
        """The topic of this name, if there is one."""
        return self._topics.get(name)

    def create(self, name: str, content_type: str) -> Topic:
        """Make a topic.

        Raises:
            Invalid: The name or the type is not possible.
            Taken: There is such a topic.
            Full: There are too many.
        """
        if name in self._topics:
            raise Taken("Topic with given id already exist")
        check_topic(name, content_type)
        if len(self._topics) >= self._most:
            raise Full(f"There are {self._most} topics, and this Hub keeps no more; delete some")
        topic = self._topics[name] = self._make(name, content_type)
        topic.settle(content_type)
        return topic

    def open(self, name: str, content_type: str) -> Topic:
        """The topic of this name, made if need be.

        Args:
            name: Its name.
            content_type: What it has to carry; empty for what it carries anyway.

        Raises:
            Invalid: The name or the type is not possible.
            Unsupported: The topic carries another type.
            Full: There are too many.
        """
        topic = self._topics.get(name)
        if topic is None:
            topic = self.create(name, content_type or DEFAULT_TYPE)
            topic.settled = bool(content_type)
        elif content_type and not topic.settled:
            _check_type(content_type)
            topic.settle(content_type)
        elif content_type not in ("", topic.content_type):
            raise Unsupported(f"Topic {name} carries {topic.content_type}, not {content_type}")
        return topic

    def delete(self, name: str) -> None:
        """Delete a topic, ending its readers and writers.

        Raises:
            NotFound: There is none of this name.
        """
        topic = self._topics.pop(name, None)
        if topic is None:
            raise NotFound(f"Topic {name} not found")
        topic.close()

    async def close(self) -> None:
        """Delete all topics."""
        for name in list(self._topics):
            self.delete(name)


def _check_type(content_type: str) -> None:
    if content_type not in CONTENT_TYPES:
        raise Invalid(f"Unsupported content-type: a topic carries one of {', '.join(CONTENT_TYPES)}")
