# Copied by `make generate` from client/runtime/broken.py: edit it there.
"""What a connection of our own raises, for the code above it to turn into one of the errors of this package."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._runtime.hints import lazy_hints

if TYPE_CHECKING:
    from .errors import NotFoundError


class WireBroken(ConnectionError):  # noqa: N818 -- reads as what happened, like the public ones
    """The connection broke, or was closed from this side.

    It is told apart from other OSErrors, which may come from the file that is being uploaded.
    """


CLOSED = "The stream was closed from this side before its end."
OTHER_PROCESS = "This stream was opened before a fork and belongs to the other process: open a new one."


class AlreadyGone(Exception):  # noqa: N818 -- as above
    """What was to be deleted is not there, after a first request whose reply was lost.

    Args:
        error: What the server said to the second request.
    """

    def __init__(self, error: NotFoundError) -> None:
        super().__init__(str(error))
        self.error = error


# What annotations alone name comes when somebody looks at them, as `typing.get_type_hints` does.
lazy_hints(globals(), {"NotFoundError": ".errors"})
