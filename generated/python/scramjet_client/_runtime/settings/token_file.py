# Copied by `make generate` from client/runtime/settings/token_file.py: edit it there.
"""Tokens in files, which others may replace at any time, as Kubernetes does with a mounted Secret."""

from __future__ import annotations

import os

from ..errors import ConfigurationError

Signature = tuple[int, int, int]
_known: dict[str, tuple[Signature, str]] = {}
"""The last content of each file, and what identifies that version of it."""


def token_in(path: str) -> str:
    """Return the token in a file; reads it again whenever the file has changed.

    Raises:
        ConfigurationError: It cannot be read, or does not contain a token.
    """
    try:
        found = os.stat(path)  # noqa: PTH116 -- pathlib costs import time
        # Kubernetes swaps a link to a folder, so the same path is another file then.
        signature = (found.st_ino, found.st_mtime_ns, found.st_size)
        known = _known.get(path)
        if known is None or known[0] != signature:
            _known[path] = known = (signature, _read(path))
    except OSError as error:
        raise ConfigurationError(f"The token file {path!a} cannot be read: {error.strerror or error}.") from None
    return known[1]


def _read(path: str) -> str:
    with open(path, "rb") as file:  # noqa: PTH123 -- as above
        content = file.read(1 << 16).strip()
    token = content.decode("latin-1")
    # The message leaves out the content: it may be a token.
    if not token or not token.isascii() or not token.isprintable() or " " in token:
        raise ConfigurationError(f"The token file {path!a} does not contain a token: one line of visible ASCII.")
    return token
