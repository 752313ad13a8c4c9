# Copied by `make generate` from client/runtime/output.py: edit it there.
"""Pieces and lines of an Instance's output, with the stream they came from."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

StandardStream: TypeAlias = Literal["stdout", "stderr"]


class Output(NamedTuple):
    """A piece of an Instance's output.

    Attributes:
        stream: The stream that it was written to.
        data: The bytes.
    """

    stream: StandardStream
    data: bytes


class OutputLine(NamedTuple):
    """A line of an Instance's output.

    Attributes:
        stream: The stream that it was written to.
        text: The line, without its line end.
    """

    stream: StandardStream
    text: str
