"""Progress of a package upload that may be cut off: whether the server can have received all of it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from .packages import package_source
from .sources import CHUNK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..call import UploadSource


class Watched:
    """A package that records how much of it was sent.

    Args:
        package: The package.

    Attributes:
        source: The source to upload in its place.
        perhaps_whole: Whether all of it may have been sent.
    """

    def __init__(self, package: UploadSource) -> None:
        source = package_source(package)
        # The size of any other source is unknown before its end.
        self.perhaps_whole = not isinstance(source, (bytes, bytearray, memoryview, os.PathLike))
        if isinstance(source, os.PathLike) and Path(source).is_dir():
            source = self._packed(Path(source))
        self.source: UploadSource = source

    def progress(self, sent: int, whole: int | None) -> None:
        """Record the progress of the upload."""
        if whole is not None:
            # The last piece counts as sent once sending it begins.
            self.perhaps_whole = sent >= whole - CHUNK

    def _packed(self, folder: Path) -> Iterator[bytes]:
        from .packing import pack

        yield from pack(folder)
        self.perhaps_whole = True
