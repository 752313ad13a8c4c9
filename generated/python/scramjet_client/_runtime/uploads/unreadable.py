# Copied by `make generate` from client/runtime/uploads/unreadable.py: edit it there.
"""Conversion of local file errors into errors of this package."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from ..._runtime.hints import lazy_hints
from ..errors import SourceError

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator


@contextmanager
def unreadable_as_error(path: os.PathLike[str] | str) -> Iterator[None]:
    """Convert an OSError of a file to upload into an error of this package.

    Args:
        path: The path to report if the OSError names none.

    Raises:
        SourceError: It cannot be read; also a FileNotFoundError or a PermissionError if that is the cause.
    """
    try:
        yield
    except OSError as error:
        raise SourceError.of(error, path) from error


# Names that only annotations use are imported when these are read, as by `typing.get_type_hints`.
lazy_hints(globals(), {"Iterator": "collections.abc", "os": ""})
