"""A package whose upload may be broken off, so that it must be known whether the server can have all of it."""

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
    """A package that tells how much of it has gone out.

    Args:
        package: The package.

    Attributes:
        source: What to upload in its place.
        perhaps_whole: Whether all of it may have gone out.
    """

    def __init__(self, package: UploadSource) -> None:
        source = package_source(package)
        # Of anything else it is not known before its end how much there is.
        self.perhaps_whole = not isinstance(source, (bytes, bytearray, memoryview, os.PathLike))
        if isinstance(source, os.PathLike) and Path(source).is_dir():
            source = self._packed(Path(source))
        self.source: UploadSource = source

    def progress(self, sent: int, whole: int | None) -> None:
        """Take note of how far the upload is."""
        if whole is not None:
            # The last piece counts as sent once it is begun.
            self.perhaps_whole = sent >= whole - CHUNK

    def _packed(self, folder: Path) -> Iterator[bytes]:
        from .packing import pack

        yield from pack(folder)
        self.perhaps_whole = True
