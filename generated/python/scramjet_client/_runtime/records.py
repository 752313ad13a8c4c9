# Copied by `make generate` from client/runtime/records.py: edit it there.
r"""Cutting a stream of bytes into lines, and lines into records.

Only the byte `\\n` ends a line: U+2028, U+0085 and their like are legal inside a JSON string.
"""

from __future__ import annotations

import json
from typing import Any


class LineSplitter:
    """Cuts chunks into lines."""

    def __init__(self) -> None:
        self._rest: list[bytes] = []

    @property
    def pending(self) -> bool:
        """Whether there is the beginning of a line."""
        return bool(self._rest)

    def feed(self, chunk: bytes) -> list[bytes]:
        """Take a chunk; give the lines that it completes, without their ends."""
        if b"\n" not in chunk:
            # Kept in pieces: joining at every chunk of a long line would be quadratic.
            self._rest.append(chunk)
            return []
        lines = chunk.split(b"\n")
        if self._rest:
            lines[0] = b"".join((*self._rest, lines[0]))
        last = lines.pop()
        self._rest = [last] if last else []
        return lines

    def end(self) -> list[bytes]:
        """Give the last line, if the stream did not end with a line end."""
        last, self._rest = b"".join(self._rest), []
        return [last] if last else []


_decoder: Any = json.JSONDecoder()
_scan = _decoder.scan_once


def parse_text(text: str) -> Any:
    """Parse one record. ndjson is UTF-8; given bytes, `json.loads` would look for other encodings first, in every line.

    Raises:
        ValueError: It is no JSON.
        RecursionError: It is nested too deep.
    """
    try:
        # A record has hardly ever a blank around it, for which the decoder looks with two regular expressions.
        record, end = _scan(text, 0)
    except StopIteration:
        end = -1
    return record if end == len(text) else _decoder.decode(text)
