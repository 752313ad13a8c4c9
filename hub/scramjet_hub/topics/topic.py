"""Topics: named streams that any client or Instance may write and read.

Guarantees of every topic, in memory or in a broker:

- The first request that names it, to write or to read, creates it.
- It has one content type: the first that is named, or the default if it is written to before.
- The records of one writer stay in order; records of several writers do not cut each other (see `record_mixer`).
- A reader gets everything from when it joined; the first one also gets the data kept without readers.
- Kept data is bounded; then writers wait (back-pressure). A slow reader makes writers wait and loses nothing.
- Ending it (`x-end-stream: true`) ends the current readers, or the first one to come; the topic itself continues.
- Deleting it ends its readers, once they have the written data, and fails its writers.
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
    """One writer of a topic; call `finish` or `abandon` at the end."""

    @property
    def ready(self) -> bool:
        """Whether `write` would return without waiting."""

    async def write(self, chunk: bytes) -> None:
        """Write, waiting while there is no room (back-pressure).

        Raises:
            StreamEnded: The topic was deleted.
        """

    async def finish(self) -> None:
        """Complete the write.

        Raises:
            StreamEnded: The topic was deleted.
        """

    def abandon(self) -> None:
        """Abandon an incomplete write; does nothing after `finish`."""


class TopicReader(Protocol):
    """One reader of a topic: an async iterator that must be closed unless it is read to its end."""

    def __aiter__(self) -> AsyncIterator[bytes]: ...

    async def __anext__(self) -> bytes: ...

    def watch(self, progress: Callable[[], int], stuck: Callable[[], object]) -> None:
        """Set how to check that read data reaches its destination, and what to do if it does not while others wait."""

    def give_back(self, undelivered: Undelivered) -> None:
        """Put back read data that was not delivered."""

    async def aclose(self) -> None:
        """Leave the topic."""


class Topic(Protocol):
    """The interface of a topic; a broker can replace `MemoryTopic` by implementing it."""

    name: str
    content_type: str
    settled: bool
    providers: set[str]

    @property
    def held(self) -> int:
        """Bytes that it holds for readers in this Hub's memory."""

    def settle(self, content_type: str) -> None:
        """Set the content type of a topic that is not settled."""

    def writer(self, *, outside: bool = False) -> TopicWriter:
        """Join as a writer; this makes the current content type final.

        Args:
            outside: Whether it brings data from other Hubs, which must not return there.
        """

    def reader(self, *, outside: bool = False) -> TopicReader:
        """Join as a reader, from now on.

        Args:
            outside: Whether it takes the data to other Hubs: then it gets nothing that came from there.
        """

    def end(self) -> None:
        """End the current readers, or the first one to come."""

    def close(self) -> None:
        """Delete it."""


def check_topic(name: str, content_type: str) -> None:
    """Reject an invalid name or content type of a topic.

    Raises:
        Invalid: One of them is invalid.
    """
    if not NAME.fullmatch(name):
        raise Invalid("Topic id incorrect format")
    check_type(content_type)


def check_type(content_type: str) -> None:
    """Reject a content type that no topic can have.

    Raises:
        Invalid: It is none of `CONTENT_TYPES`.
    """
    if content_type not in CONTENT_TYPES:
        raise Invalid(f"Unsupported content-type: a topic carries one of {', '.join(CONTENT_TYPES)}")
