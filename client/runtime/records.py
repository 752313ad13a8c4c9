r"""The line splitter: cuts a stream of bytes into lines.

Only the byte `\\n` ends a line: U+2028, U+0085 and similar characters are legal inside a JSON string.
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
        """Whether an incomplete line is pending."""
        return bool(self._rest)

    def feed(self, chunk: bytes) -> list[bytes]:
        """Add a chunk; return the lines that it completes, without their line ends."""
        if b"\n" not in chunk:
            # Kept in pieces: joining the parts of a long line at every chunk would be quadratic.
            self._rest.append(chunk)
            return []
        lines = chunk.split(b"\n")
        if self._rest:
            lines[0] = b"".join((*self._rest, lines[0]))
        last = lines.pop()
        self._rest = [last] if last else []
        return lines

    def end(self) -> list[bytes]:
        """Return the last line, if the stream ended without a line end."""
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
        record, end = None, -1
    return record if end == len(text) else _decoder.decode(text)
