"""Decoding of HTTP replies into results or errors."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import unquote

from .call import RawResponse
from .errors import ApiStatusError, UnexpectedReply

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .call import Call
    from .errors import NotFoundError

T = TypeVar("T")

UNREADABLE = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError)
"""The exceptions of decoding a reply that the description does not document."""

SHOWN = 400
"""The most characters of a reply's body that a message shows."""


def result(call: Call[T], status: int, content: bytes, url: str) -> T:
    """Decode a successful reply.

    Raises:
        UnexpectedReply: The description does not document such a reply.
    """
    if call.down == "json":
        return _decoded(call, status, content, url)
    plain: Any = {"none": None, "text": None, "bytes": content}[call.down]
    if call.down == "text":
        plain = content.decode("utf-8", errors="replace")
    return plain  # type: ignore[no-any-return] # T is what `down` says, which types cannot express


def _decoded(call: Call[T], status: int, content: bytes, url: str) -> T:
    decoder = decoder_for(call.decoders, status)
    try:
        parsed = json.loads(content) if content else None
        return parsed if decoder is None else decoder(parsed)  # type: ignore[return-value] # without a decoder T is Any
    except UNREADABLE as error:
        message = f"{call.method} {url}: {status} with a body that is not what the API describes ({error!a})."
        raise UnexpectedReply(message, method=call.method, url=url, status=status, content=content[:4096]) from error


def gone(call: Call[T], error: NotFoundError) -> RawResponse[T]:
    """Return the result of a deletion whose reply was lost."""
    name = unquote(call.path.rsplit("/", 1)[-1])
    decoder = decoder_for(call.decoders, 200)
    parsed: Any = None
    # A reply that only repeats what was deleted can be reconstructed without it.
    if decoder is not None:
        parsed = decoder({"id": name, "message": "It was deleted before; the first reply was lost.", "deleted": []})
    return RawResponse(
        status=error.status, headers=error.headers, content=b"", parsed=parsed, method=error.method, url=error.url
    )


def decoder_for(decoders: Mapping[int, Callable[[Any], T]], status: int) -> Callable[[Any], T] | None:
    """Return the decoder for a successful status.

    Servers send different 2xx for the same success (200 where 202 is documented): the first decoder serves all.
    """
    found = decoders.get(status)
    if found is None:
        for known, decoder in decoders.items():
            if 200 <= known < 300:
                return decoder
    return found


def status_error(
    method: str, url: str, status: int, headers: Mapping[str, str], content: bytes, secret: str | None
) -> ApiStatusError:
    """Return the error for an unsuccessful reply.

    Args:
        method: The request's method.
        url: The requested URL.
        status: The reply's status.
        headers: The reply's headers.
        content: The reply's body, or the beginning of it.
        secret: The token, which is removed from the message if the server echoes it.
    """
    text = content.decode("utf-8", errors="replace")
    try:
        body: Any = json.loads(content)
        message = _message(body)
    except (ValueError, RecursionError):
        body, message = text, ""
    message = printable(message or text or "no explanation")
    location = printable(headers.get("location", ""))
    if 300 <= status < 400 and location:
        message = f"this is a redirect to {location}, which is not followed: give the client the address that it names"
    if secret:
        message = message.replace(secret, "***")
    kind = ApiStatusError.for_status(status)
    return kind(message[:SHOWN], status=status, body=body, headers=dict(headers), method=method, url=url)


def printable(text: str) -> str:
    """Return printable text: lone surrogates and control characters are escaped."""
    escaped = text.encode("utf-8", "backslashreplace").decode("utf-8")
    return (
        escaped
        if escaped.isprintable()
        else "".join(c if c.isprintable() or c in "\n\t" else ascii(c)[1:-1] for c in escaped)
    )


def _message(body: Any) -> str:
    """Extract a server's error message from the body formats that servers use."""
    while isinstance(body, dict):
        body = body.get("error") or body.get("message") or body.get("detail") or ""
    return body if isinstance(body, str) else json.dumps(body)
