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
        source: The source of its bytes.
        progress: Called with the progress.

    Raises:
        TypeError: The source is of a type that cannot be uploaded.
        OSError: The source is an unreadable path.
    """

    def __init__(self, source: UploadSource, progress: Progress | None = None) -> None:
        self._pieces = pieces_of(source)
        self._meter = Meter(self._pieces.length, progress)

    @property
    def framing(self) -> tuple[str, str]:
        """The header that frames the body: Content-Length or Transfer-Encoding."""
        if self._meter.length is None:
            return "transfer-encoding", "chunked"
        return "content-length", str(self._meter.length)

    def chunks(self) -> Generator[bytes, None]:
        """Yield the body piece by piece.

        Raises:
            ScramjetError: It is shorter than announced.
        """
        for piece in each(self._pieces):
            chunk = self._meter.fitting(encoded(piece))
            if chunk:
                yield chunk
                self._meter.add(len(chunk))
        self._meter.check_end()


# Names that only annotations use are imported when these are read, as by `typing.get_type_hints`.
lazy_hints(globals(), {"Generator": "collections.abc", "Progress": "..call", "UploadSource": "..call"})
