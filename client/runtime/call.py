"""Descriptions of HTTP exchanges: made by the generated code, carried out by a connection."""

from __future__ import annotations

import enum
import os
from collections.abc import AsyncIterable, Callable, Iterable, Mapping
from typing import IO, Any, Final, Generic, Literal, TypeAlias, TypeVar

import attrs

from .errors import NotJsonError

T = TypeVar("T")

Down: TypeAlias = Literal["json", "text", "bytes", "stream", "none"]
"""The kind of a successful reply: JSON, text, bytes, a stream of bytes or records, or no content."""

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
"""The source of an upload. A path to a folder is packed as tar.gz while it is sent."""

Progress: TypeAlias = Callable[[int, int | None], None]
"""Called with the bytes sent so far, and their total if known."""


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
    """One HTTP exchange: the request to send, and how to decode the reply.

    Attributes:
        operation_id: The operation's name in the OpenAPI description.
        method: The HTTP method, in capitals.
        path: The path below the API base, filled in and percent-encoded; it starts with a slash.
        params: Query parameters; a list repeats a parameter, None omits it.
        headers: Header parameters of this call, already strings.
        json: The JSON request body; `UNSET` for none.
        body: The source of a request body that is not JSON, if any.
        content_type: The media type of `body`.
        decoders: By status, the function that turns the parsed reply into the result.
            For a stream of records, it turns one parsed record into its object.
        down: The kind of the reply.
        retry_safe: Whether the request is idempotent: the server may get it twice without harm.
        long_poll: Whether the server may take any time to answer: no time-out unless the caller sets one.
        extra_wait: Seconds the server may take on top of the usual time-out.
        progress: Called with the progress of the upload of `body`.
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
        # Bodies and headers are left out: they may hold secrets, and may be large.
        return f"<Call {self.operation_id}: {self.method} {self.path}>"


@attrs.frozen(kw_only=True, repr=False)
class RawResponse(Generic[T]):
    """The complete reply to a call: the decoded result, status, headers and body.

    Attributes:
        status: The HTTP status.
        headers: The reply's headers, their names in lower case.
        content: The reply's body, undecoded.
        parsed: The result, as the method without `raw` returns it.
        method: The request's HTTP method.
        url: The requested URL, without credentials.
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
            NotJsonError: The body is not JSON; also a ValueError.
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
