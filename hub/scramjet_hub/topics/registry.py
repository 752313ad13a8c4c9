"""The registry of a Hub's topics, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scramjet_serving.errors import Full, NotFound, Taken, Unsupported

from scramjet_hub.topics.topic import DEFAULT_TYPE, check_topic, check_type

if TYPE_CHECKING:
    from collections.abc import Callable

    from scramjet_hub.topics.topic import Topic


class TopicRegistry:
    """The topics of a Hub, by name.

    Args:
        make: Creates a topic from a name and a content type.
        most: The maximum number of topics.
    """

    def __init__(self, make: Callable[[str, str], Topic], most: int) -> None:
        self._make = make
        self._most = most
        self._topics: dict[str, Topic] = {}

    @property
    def held(self) -> int:
        """Bytes that all topics hold for readers."""
        return sum(topic.held for topic in self._topics.values())

    def __len__(self) -> int:
        return len(self._topics)

    def all(self) -> list[Topic]:
        """Return all topics, the oldest first."""
        return list(self._topics.values())

    def find(self, name: str) -> Topic | None:
        """Return the topic of this name, if it exists."""
        return self._topics.get(name)

    def create(self, name: str, content_type: str) -> Topic:
        """Create a topic.

        Raises:
            Invalid: The name or the type is not allowed.
            Taken: The topic exists already.
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
        """Return the topic of this name; creates it if necessary.

        Args:
            name: Its name.
            content_type: The required content type; empty for the topic's own.

        Raises:
            Invalid: The name or the type is not allowed.
            Unsupported: The topic has another type.
            Full: There are too many.
        """
        topic = self._topics.get(name)
        if topic is None:
            topic = self.create(name, content_type or DEFAULT_TYPE)
            topic.settled = bool(content_type)
        elif content_type and not topic.settled:
            check_type(content_type)
            topic.settle(content_type)
        elif content_type not in ("", topic.content_type):
            raise Unsupported(f"Topic {name} carries {topic.content_type}, not {content_type}")
        return topic

    def delete(self, name: str) -> None:
        """Delete a topic, ending its readers and writers.

        Raises:
            NotFound: It does not exist.
        """
        topic = self._topics.pop(name, None)
        if topic is None:
            raise NotFound(f"Topic {name} not found")
        topic.close()

    async def close(self) -> None:
        """Delete all topics."""
        for name in list(self._topics):
            self.delete(name)
