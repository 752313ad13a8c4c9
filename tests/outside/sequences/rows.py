"""The rows of the table of Sequences: each a Sequence, what is done with its Instance, and the expected result."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Seen:
    """What an Instance gave.

    Attributes:
        output, stdout: All bytes of the stream.
        stderr: A pattern that stderr matches somewhere.
        log: Level and message of what the Sequence itself logged.
        answers: What the steps that ask for something were told, in their order.
        code: The exit code.
    """

    output: bytes = b""
    stdout: bytes = b""
    stderr: str = ""
    log: tuple[tuple[str, str | None], ...] = ()
    answers: tuple[Any, ...] = ()
    code: int = 0


@dataclass(frozen=True)
class Row:
    """One Sequence.

    Attributes:
        name: What it shows.
        language: node or python.
        source: Its main file.
        seen: What it gives, on the embedded Hub and, unless `sth` is set, on STH 0.18.7.
        steps: What is done once it is started.
        start: The body of the start.
        files: Its other files; the target of a symbolic link is a `Link`.
        sth: What it gives on STH 0.18.7, where that is something else.
        why: Why it is something else.
        sth_steps: What is done there instead of `steps`, where those would wait for ever.
    """

    name: str
    language: str
    source: str
    seen: Seen
    steps: tuple[Step, ...] = ()
    start: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, str | Link] = field(default_factory=dict)
    sth: Seen | None = None
    why: str = ""
    sth_steps: tuple[Step, ...] | None = None

    def __str__(self) -> str:
        return f"{self.language}-{re.sub(r'[^a-z0-9]+', '-', self.name.lower()).strip('-')}"


@dataclass(frozen=True)
class Link:
    """A symbolic link in a package.

    Attributes:
        target: Where it leads.
    """

    target: str


@dataclass(frozen=True)
class Input:
    """Write to the input."""

    data: bytes
    content_type: str = "text/plain"
    end: bool = True


@dataclass(frozen=True)
class Stdin:
    """Write to stdin."""

    data: bytes
    end: bool = True


@dataclass(frozen=True)
class Until:
    """Wait until a stream has given these bytes in all."""

    stream: str
    data: bytes


@dataclass(frozen=True)
class Send:
    """Send an event."""

    event: str
    message: Any = None


@dataclass(frozen=True)
class Hear:
    """Ask for the last event of a name, or wait for it; the answer is its message."""

    event: str


@dataclass(frozen=True)
class Health:
    """Ask for the health until it is this; the answer is whether it is healthy."""

    healthy: bool


@dataclass(frozen=True)
class Stop:
    """Ask it to stop within so many milliseconds."""

    timeout: int
    keep_alive: bool = False


@dataclass(frozen=True)
class Kill:
    """Kill it."""


@dataclass(frozen=True)
class ReadTopic:
    """Read so many bytes of a topic; they are the answer."""

    topic: str
    size: int
    content_type: str = "text/plain"


@dataclass(frozen=True)
class WriteTopic:
    """Write to a topic, and end it."""

    topic: str
    data: bytes
    content_type: str = "text/plain"


Step = Input | Stdin | Until | Send | Hear | Health | Stop | Kill | ReadTopic | WriteTopic
