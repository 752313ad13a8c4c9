# Copied by `make generate` from client/runtime/uploads/packages.py: edit it there.
"""Checks of a Sequence package before its upload."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..._runtime.hints import lazy_hints
from ..errors import InvalidArgumentError

if TYPE_CHECKING:
    from ..call import UploadSource


def package_source(package: UploadSource) -> UploadSource:
    """Return the source of a package; text is a path.

    Raises:
        InvalidArgumentError: The text is empty; the current folder must be written as `"."`.
    """
    if not isinstance(package, str):
        return package
    if not package.strip():
        raise InvalidArgumentError(
            "The path of the package is empty; for the current folder give '.'. Nothing was sent."
        )
    if "\0" in package or any("\ud800" <= character <= "\udbff" for character in package):
        raise InvalidArgumentError("The path of the package holds a character that no path can hold. Nothing was sent.")
    try:
        return Path(package).expanduser()
    except RuntimeError as error:
        raise InvalidArgumentError(f"The path of the package cannot be used: {error} Nothing was sent.") from None


# Names that only annotations use are imported when these are read, as by `typing.get_type_hints`.
lazy_hints(globals(), {"UploadSource": "..call"})
