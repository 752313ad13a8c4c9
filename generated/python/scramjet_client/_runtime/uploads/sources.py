# Copied by `make generate` from client/runtime/uploads/sources.py: edit it there.
"""Sources of uploads, converted to pieces of bytes."""

from __future__ import annotations

import os
import selectors
import stat
from collections.abc import AsyncIterable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

import attrs

from ..._runtime.hints import lazy_hints
from ..errors import ArgumentTypeError, InvalidArgumentError, ScramjetError
from ..texts import json_as_bytes, text_as_bytes
from .unreadable import unreadable_as_error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..call import Progress, UploadSource

Selector: type[selectors.BaseSelector] = getattr(selectors, "PollSelector", selectors.SelectSelector)
"""The selector to wait for one descriptor: poll where available, since it accepts any number."""

CHUNK = 1 << 18
"""Bytes to read from a file at a time: enough that sending a piece costs far more than reading it."""


@attrs.frozen
class Pieces:
    """An upload, ready to be sent.

    Attributes:
        items: A blocking or async iterable of pieces; some may not be bytes yet.
        length: The total number of bytes, if known.
        ready: Whether the pieces are available without waiting.
    """

    items: Iterable[Any] | AsyncIterable[Any]
    length: int | None = None
    ready: bool = False


def media_type_of(
    source: UploadSource | None,
) -> Literal["text/plain", "application/octet-stream", "application/x-ndjson"]:
    """Guess the media type of an input.

    Text is `text/plain`, bytes and files are raw bytes, anything else is records, one line of JSON each.
    """
    if isinstance(source, str) or (isinstance(source, (list, tuple)) and source and isinstance(source[0], str)):
        return "text/plain"
    if isinstance(source, (bytes, bytearray, memoryview, os.PathLike)) or hasattr(source, "read"):
        return "application/octet-stream"
    return "application/x-ndjson"


def pieces_of(source: UploadSource) -> Pieces:
    """Return the pieces of a source.

    Raises:
        ArgumentTypeError: It is of a type that cannot be uploaded.
        SourceError: It is an unreadable path.
    """
    if isinstance(source, str):
        source = text_as_bytes(source)
    if isinstance(source, (bytes, bytearray, memoryview)):
        return Pieces(_slices(memoryview(source).cast("B")), len(memoryview(source).cast("B")), ready=True)
    if isinstance(source, os.PathLike):
        return _pieces_of_path(Path(source))
    if hasattr(source, "read") and not hasattr(source, "__aiter__"):
        return _pieces_of_file(source)
    if isinstance(source, (list, tuple)):
        return Pieces(source, ready=True)
    if isinstance(source, (Iterable, AsyncIterable)) and not isinstance(source, Mapping):
        return Pieces(source)
    kind = type(source).__name__
    raise ArgumentTypeError(f"Cannot upload a {kind}: give bytes, text, a path, an open file or an iterable.")


def _pieces_of_path(path: Path) -> Pieces:
    with unreadable_as_error(path):
        if path.is_dir():
            from .packing import pack

            return Pieces(pack(path))
        length = None
        if stat.S_ISREG(path.stat().st_mode):
            # Checked now, not during the upload; opened only when it is read, as an upload may never begin.
            with path.open("rb") as file:
                length = _length(file)
    return Pieces(_read_path(path), length)


def _pieces_of_file(file: Any) -> Pieces:
    if getattr(file, "closed", False):
        raise InvalidArgumentError("Cannot upload from a file that is closed: open it again.")
    return Pieces(_read(file), _length(file))


def _slices(data: memoryview) -> Iterator[bytes]:
    for start in range(0, len(data), CHUNK):
        yield bytes(data[start : start + CHUNK])


def _read(file: Any) -> Iterator[bytes | str]:
    # read1 returns what a pipe has; read would wait for a full piece.
    read = getattr(file, "read1", file.read)
    with unreadable_as_error(str(getattr(file, "name", "The file"))):
        while True:
            piece = read(CHUNK)
            if not piece and _wait_for_more(file, piece):
                # It is readable: if it has no data now, that is the end.
                piece = read(CHUNK)
                if piece is None:
                    continue
            if not piece:
                return
            yield piece


def _wait_for_more(file: Any, piece: bytes | str | None) -> bool:
    """Wait for a non-blocking file without data, which is not its end; return whether it is non-blocking.

    Raises:
        ScramjetError: It announces more data but has no descriptor to wait on.
    """
    descriptor = None
    with suppress(AttributeError, OSError, ValueError):
        descriptor = file.fileno()
        if os.get_blocking(descriptor):
            return False
    if descriptor is None:
        if piece is None:
            raise ScramjetError(f"{file!r} is non-blocking and cannot be waited for: give a blocking file.")
        return False
    with Selector() as selector:
        selector.register(descriptor, selectors.EVENT_READ)
        selector.select()
    return True


def _read_path(path: Path) -> Iterator[bytes | str]:
    with unreadable_as_error(path), path.open("rb") as file:
        yield from _read(file)


def _length(file: Any) -> int | None:
    """Return the number of bytes left in a file, if known."""
    with suppress(AttributeError, OSError, ValueError):
        # Positions in a text file do not count bytes.
        if file.seekable() and not hasattr(file, "encoding"):
            here = file.tell()
            end = file.seek(0, os.SEEK_END)
            file.seek(here)
            return cast("int", end) - cast("int", here)
    return None


def encoded(piece: Any) -> bytes:
    """Encode a piece as bytes: text as UTF-8, an object as a line of JSON.

    Raises:
        ArgumentTypeError: It is none of these, or JSON cannot represent it.
        InvalidArgumentError: It is text that UTF-8 cannot encode.
    """
    if isinstance(piece, bytes):
        return piece
    if isinstance(piece, str):
        return text_as_bytes(piece)
    if isinstance(piece, (bytearray, memoryview)):
        return bytes(piece)
    if isinstance(piece, (Mapping, list, tuple)):
        return json_as_bytes(piece) + b"\n"
    raise ArgumentTypeError(f"Cannot upload a {type(piece).__name__}: pieces are bytes, text, or objects of JSON.")


def whole(source: UploadSource) -> bytes | None:
    """Return the bytes of a source that is already in memory; None for all others."""
    if isinstance(source, str):
        return text_as_bytes(source)
    return bytes(source) if isinstance(source, (bytes, bytearray, memoryview)) else None


class Meter:
    """Counts the bytes sent and compares them with the announced length.

    Args:
        length: The announced number of bytes, if any.
        progress: Called with the progress.
    """

    def __init__(self, length: int | None, progress: Progress | None) -> None:
        self.length = length
        self.sent = 0
        self._progress = progress

    def fitting(self, piece: bytes) -> bytes:
        """Return a piece, cut to the announced length: a file may have grown since."""
        return piece if self.length is None else piece[: self.length - self.sent]

    def add(self, size: int) -> None:
        """Count a piece that was sent."""
        self.sent += size
        if self._progress is not None:
            self._progress(self.sent, self.length)

    def check_end(self) -> None:
        """Check that the announced number of bytes was sent.

        Raises:
            ScramjetError: Fewer were sent.
        """
        if self.length is not None and self.sent < self.length:
            raise ScramjetError(f"The upload ended after {self.sent} of {self.length} bytes: did the file shrink?")


# Names that only annotations use are imported when these are read, as by `typing.get_type_hints`.
lazy_hints(globals(), {"Iterator": "collections.abc", "Progress": "..call", "UploadSource": "..call"})
