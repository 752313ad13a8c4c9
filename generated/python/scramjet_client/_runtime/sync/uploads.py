# Made blocking by `make generate` from client/runtime/aio/uploads.py: edit it there.
"""Request bodies that are read while they are sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..._runtime.hints import lazy_hints
from ..uploads.sources import Meter, encoded, pieces_of
from .primitives import each

if TYPE_CHECKING:
    from collections.abc import Generator

    from ..call import Progress, UploadSource


class Upload:
    """A request body that is read while it is sent, in constant memory.

    Args:
        source: What it is made of.
        progress: Told how far it is.

    Raises:
        TypeError: The source is nothing that can be uploaded.
        OSError: It is a path that cannot be read.
    """

    def __init__(self, source: UploadSource, progress: Progress | None = None) -> None:
        self._pieces = pieces_of(source)
        self._meter = Meter(self._pieces.length, progress)

    @property
    def framing(self) -> tuple[str, str]:
        """The header that tells where the body ends."""
        if self._meter.length is None:
            return "transfer-encoding", "chunked"
        return "content-length", str(self._meter.length)

    def chunks(self) -> Generator[bytes, None]:
        """Give the body piece by piece.

        Raises:
            ScramjetError: There is less of it than was announced.
        """
        for piece in each(self._pieces):
            chunk = self._meter.fitting(encoded(piece))
            if chunk:
                yield chunk
                self._meter.add(len(chunk))
        self._meter.check_end()


# What annotations alone name comes when somebody looks at them, as `typing.get_type_hints` does.
lazy_hints(globals(), {"Generator": "collections.abc", "Progress": "..call", "UploadSource": "..call"})
