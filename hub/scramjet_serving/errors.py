"""Errors: what a service cannot do, how a request is refused, and that a client has gone.

Below the handlers, a `DomainError` says what cannot be done; which status that is, only the handlers know.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class ClientDisconnected(Exception):  # noqa: N818 - an event the handler may expect, not a mistake of ours
    """The client went away: before the end of its body, or while it was waited for."""


class ApiError(Exception):
    """A reply that tells the client what is wrong, as `{"error": message}`.

    Args:
        status: The HTTP status.
        message: What is wrong and what to do about it; text or a JSON object.
        headers: Further headers of the reply, such as `Allow`.
    """

    def __init__(self, status: int, message: object, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(status, message)
        self.status = status
        self.message = message
        self.headers = dict(headers or {})

    def __str__(self) -> str:
        return f"{self.status}: {self.message}"


class DomainError(Exception):
    """Something that was asked for cannot be done; the text says why, and what to do about it."""


class NotFound(DomainError):  # noqa: N818 - the names of these say what is so
    """There is no such thing."""


class Taken(DomainError):  # noqa: N818
    """Another thing has this id or name."""


class InUse(DomainError):  # noqa: N818
    """Something needs it as it is."""


class NotRunning(DomainError):  # noqa: N818
    """It has ended, and only what runs can do this."""


class Ended(DomainError):  # noqa: N818
    """A stream takes nothing more."""


class Invalid(DomainError):  # noqa: N818
    """It cannot be named, or cannot be, like this."""


class Unsupported(DomainError):  # noqa: N818
    """The content type is not the one that is carried here."""


class Untyped(DomainError):  # noqa: N818
    """There has to be a content type, and there is none."""


class Unusable(DomainError):  # noqa: N818
    """What was given, or is stored, cannot be used here."""


class TooLarge(DomainError):  # noqa: N818
    """It exceeds a limit."""


class Full(DomainError):  # noqa: N818
    """There is no room for it: in memory, on the disk, or within a quota."""


class Stopping(DomainError):  # noqa: N818
    """The service is about to end and begins nothing new."""


class StorageFailed(DomainError):  # noqa: N818
    """The disk does not do what it should."""
