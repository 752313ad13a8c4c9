# Copied by `make generate` from client/runtime/call.py: edit it there.
"""One HTTP exchange, described by the generated code and carried out by a connection."""

from __future__ import annotations

import enum
import os
from collections.abc import AsyncIterable, Callable, Iterable, Mapping
from typing import IO, Any, Final, Generic, Literal, TypeAlias, TypeVar

import attrs

from .errors import NotJsonError

T = TypeVar("T")

Down: TypeAlias = Literal["json", "text", "bytes", "stream", "none"]
"""What the reply of a success is: JSON, text, bytes, a stream of either, or nothing worth reading."""

UploadItem: TypeAlias = bytes | bytearray | memoryview | str | Mapping[str, Any] | list[Any]
"""One piece of an upload. A mapping or a list is sent as a line of JSON, a str as UTF-8."""

UploadSource: TypeAlias = (
    bytes
    | bytearray
    | memoryview
    | str
    | os.PathLike[str]
    | IO[bytes]
    | Iterable[UploadItem]
    | AsyncIterable[UploadItem]
)
"""What an upload may be made of. A path to a folder is packed as tar.gz while it is sent."""

Progress: TypeAlias = Callable[[int, int | None], None]
"""Told the bytes sent so far, and their final number where it is known."""


class Unset(enum.Enum):
    """The type of `UNSET`: a value that was not given, as opposed to None."""

    UNSET = "UNSET"

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return "UNSET"


UNSET: Final = Unset.UNSET


@attrs.frozen(kw_only=True, repr=False)
class Call(Generic[T]):
    """One HTTP exchange: what to ask, and what to make of the answer.

    Attributes:
        operation_id: The operation's name in the OpenAPI description.
        method: The HTTP method, in capitals.
        path: The path under the API base, filled in and quoted; it starts with a slash.
        params: Query parameters; a list gives a parameter several times, None leaves it out.
        headers: Header parameters of this call, already strings.
        json: The JSON request body; `UNSET` for none.
        body: The source of a request body that is not JSON; None for none.
        content_type: The media type of `body`.
        decoders: What turns the parsed reply into the result, by status.
            Of a stream of records, what turns one parsed record into its object.
        down: What the reply is.
        retry_safe: Whether the server may get this request twice without harm.
        long_poll: Whether the server may rightly take for ever to answer: no time-out unless one is asked for.
        extra_wait: Seconds the server may rightly take on top of the usual time-out.
        progress: Told how far the upload of `body` is.
    """

    operation_id: str
    method: str
    path: str
    params: Mapping[str, Any] = attrs.field(factory=dict)
    headers: Mapping[str, str] = attrs.field(factory=dict)
    json: Any = UNSET
    body: UploadSource | None = None
    content_type: str | None = None
    decoders: Mapping[int, Callable[[Any], T]] = attrs.field(factory=dict)
    down: Down = "json"
    retry_safe: bool = False
    long_poll: bool = False
    extra_wait: float = 0.0
    progress: Progress | None = None

    def __repr__(self) -> str:
        # Bodies and headers stay out: they may hold secrets, and may be large.
        return f"<Call {self.operation_id}: {self.method} {self.path}>"


@attrs.frozen(kw_only=True, repr=False)
class RawResponse(Generic[T]):
    """The whole answer to a call: the result, and the HTTP reply that it came in.

    Attributes:
        status: The HTTP status.
        headers: The reply's headers, their names in lower case.
        content: The reply's body as it came.
        parsed: The result, as the method without `raw` gives it.
        method: The request's HTTP method.
        url: The address that was asked, without credentials.
    """

    status: int
    headers: Mapping[str, str]
    content: bytes
    parsed: T
    method: str
    url: str

    @property
    def text(self) -> str:
        """The body as text."""
        return self.content.decode("utf-8", errors="replace")

    def json(self) -> Any:
        """Parse the body as JSON.

        Raises:
            NotJsonError: The body is not JSON; that is a ValueError, too.
        """
        import json

        try:
            return json.loads(self.content)
        except (ValueError, RecursionError) as error:
            message = f"{self.method} {self.url}: {self.status} with a body that is no JSON: {error}"
            where: dict[str, Any] = {"method": self.method, "url": self.url, "status": self.status}
            raise NotJsonError(message, content=self.content[:4096], **where) from error

    def __repr__(self) -> str:
        return f"<RawResponse {self.status} {self.method} {self.url} {len(self.content)} bytes>"
