"""Failures of this machine's files, as errors of this package."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from ..errors import SourceError

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator


@contextmanager
def unreadable_as_error(path: os.PathLike[str] | str) -> Iterator[None]:
    """Raise what goes wrong with a file that is to be uploaded as an error of this package.

    Args:
        path: What is named where the failure itself does not.

    Raises:
        SourceError: It cannot be read; also a FileNotFoundError or a PermissionError, where that is the reason.
    """
    try:
        yield
    except OSError as error:
        raise SourceError.of(error, path) from error
