"""Errors: why a server cannot start, what a service cannot do, how a request is rejected, client disconnects.

Code below the handlers raises a `DomainError`, which knows no status; only the handlers map it to one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class ClientDisconnected(Exception):  # noqa: N818 - an event that handlers expect, not an error of ours
    """The client disconnected: before the end of its body, or while a handler was waiting."""


class FieldError(NamedTuple):
    """A field of a request that was rejected.

    Attributes:
        field: The name of a parameter, a JSON pointer into the body, or `body` for the body as a whole.
        description: What is wrong with it.
    """

    field: str
    description: str


class ApiError(Exception):
    """An error reply to the client, `{"error": message}`.

    Args:
        status: The HTTP status.
        message: What is wrong and what to do about it; text or a JSON object.
        headers: Further headers of the reply, such as `Allow`.
        fields: The rejected fields of the request, if the error is about some.
    """

    def __init__(
        self,
        status: int,
        message: object,
        headers: Mapping[str, str] | None = None,
        fields: Iterable[FieldError] = (),
    ) -> None:
        super().__init__(status, message)
        self.status = status
        self.message = message
        self.headers = dict(headers or {})
        self.fields = tuple(fields)

    def __str__(self) -> str:
        return f"{self.status}: {self.message}"

    @property
    def body(self) -> object:
        """The body of the reply, as JSON."""
        fields = {"fields": [field._asdict() for field in self.fields]} if self.fields else {}
        return {"error": self.message, **fields}


class CannotStart(Exception):  # noqa: N818 - states a condition, as those below do
    """The server cannot start with these options, on this machine; the text says why, in one sentence."""


class DomainError(Exception):
    """A request that cannot be fulfilled; the text says why, and what to do about it."""


class NotFound(DomainError):  # noqa: N818 - the names of these state a condition
    """The object does not exist."""


class Gone(DomainError):  # noqa: N818
    """The object existed once, and is no longer kept."""


class Taken(DomainError):  # noqa: N818
    """Another object has this id or name."""


class InUse(DomainError):  # noqa: N818
    """The object is in use and cannot be changed."""


class NotRunning(DomainError):  # noqa: N818
    """The object has ended, and the operation needs a running one."""


class Ended(DomainError):  # noqa: N818
    """The stream has ended and accepts no more data."""


class Invalid(DomainError):  # noqa: N818
    """The name or value is not allowed."""


class Unsupported(DomainError):  # noqa: N818
    """The content type differs from that of the stream."""


class Untyped(DomainError):  # noqa: N818
    """The content type is missing and required."""


class Unusable(DomainError):  # noqa: N818
    """The given or stored data cannot be used here."""


class TooLarge(DomainError):  # noqa: N818
    """A limit is exceeded."""


class Full(DomainError):  # noqa: N818
    """There is no room: in memory, on the disk, or within a quota."""


class Stopping(DomainError):  # noqa: N818
    """The service is shutting down and starts nothing new."""


class StorageFailed(DomainError):  # noqa: N818
    """The disk failed."""
