"""Topics: named streams that anybody may write to and read from.

What a topic promises, wherever it is kept:

- It is made by whoever names it first, to write or to read.
- It carries one content type for good: the first that is named, or the default if it is written to before.
- One writer's records stay in order; records of several writers are not cut by each other (see `record_mixer`).
- A reader gets everything from when it joined; the first one also gets what was kept while nobody read.
- What is kept is bounded; then writers wait. A slow reader makes writers wait and loses nothing.
- Ending it (`x-end-stream: true`) ends those who read now, or the first who will; the topic itself goes on.
- Deleting it ends its readers, once they have what was written, and fails its writers.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

from scramjet_serving.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from scramjet_serving.delivery import Undelivered

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
    check_type(content_type)


def check_type(content_type: str) -> None:
    """Refuse what no topic can carry.

    Raises:
        Invalid: It is none of `CONTENT_TYPES`.
    """
    if content_type not in CONTENT_TYPES:
        raise Invalid(f"Unsupported content-type: a topic carries one of {', '.join(CONTENT_TYPES)}")
