# Copied by `make generate` from client/runtime/output.py: edit it there.
"""What an Instance wrote, and where."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

StandardStream: TypeAlias = Literal["stdout", "stderr"]


class Output(NamedTuple):
    """A piece of what an Instance wrote.

    Attributes:
        stream: Which of its streams it was written to.
        data: The bytes.
    """

    stream: StandardStream
    data: bytes


class OutputLine(NamedTuple):
    """A line of what an Instance wrote.

    Attributes:
        stream: Which of its streams it was written to.
        text: The line, without its end.
    """

    stream: StandardStream
    text: str
