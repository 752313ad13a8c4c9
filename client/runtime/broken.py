"""Internal exceptions of the client's own connections; the code above turns them into public errors."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .errors import NotFoundError


class ConnectionBroken(ConnectionError):  # noqa: N818 -- reads as what happened, like the public ones
    """The connection broke, or was closed from this side.

    A class of its own, since other OSErrors may come from the file that is being uploaded.
    """


CLOSED = "The stream was closed from this side before its end."
OTHER_PROCESS = "This stream was opened before a fork and belongs to the other process: open a new one."


class AlreadyGone(Exception):  # noqa: N818 -- as above
    """The thing to delete was already gone at a retry, after a first request whose reply was lost.

    Args:
        error: The server's reply to the second request.
    """

    def __init__(self, error: NotFoundError) -> None:
        super().__init__(str(error))
        self.error = error
