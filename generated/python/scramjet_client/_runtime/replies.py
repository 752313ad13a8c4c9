# Copied by `make generate` from client/runtime/replies.py: edit it there.
"""From an HTTP reply to a result, or to the right error."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import unquote

from .._runtime.hints import lazy_hints
from .call import RawResponse
from .errors import ApiStatusError, UnexpectedReply

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .call import Call
    from .errors import NotFoundError

T = TypeVar("T")

UNREADABLE = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError)
"""What decoding raises for a reply that the description does not know."""

SHOWN = 400
"""Characters of a reply's body that a message shows."""


def result(call: Call[T], status: int, content: bytes, url: str) -> T:
    """Decode the reply of a success.

    Raises:
        UnexpectedReply: The description does not know such a reply.
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
    """Give the result for what is deleted already, by a request whose reply was lost."""
    name = unquote(call.path.rsplit("/", 1)[-1])
    decoder = decoder_for(call.decoders, 200)
    parsed: Any = None
    # As far as a reply says no more than what was deleted, it can be said without it.
    if decoder is not None:
        parsed = decoder({"id": name, "message": "It was deleted before; the first reply was lost.", "deleted": []})
    return RawResponse(
        status=error.status, headers=error.headers, content=b"", parsed=parsed, method=error.method, url=error.url
    )


def decoder_for(decoders: Mapping[int, Callable[[Any], T]], status: int) -> Callable[[Any], T] | None:
    """Give the decoder for a success.

    Servers differ in which 2xx they send (200 where 202 is documented), and mean the same: the first one serves.
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
    """Give the error for a reply that is not a success.

    Args:
        method: The request's method.
        url: The address that was asked.
        status: The reply's status.
        headers: The reply's headers.
        content: The reply's body, or its beginning.
        secret: The token, which must not show even where a server repeats it.
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
    """Give text that can be written anywhere: half characters and control characters are escaped."""
    escaped = text.encode("utf-8", "backslashreplace").decode("utf-8")
    return (
        escaped
        if escaped.isprintable()
        else "".join(c if c.isprintable() or c in "\n\t" else ascii(c)[1:-1] for c in escaped)
    )


def _message(body: Any) -> str:
    """Find what a server says about an error in the shapes that servers use."""
    while isinstance(body, dict):
        body = body.get("error") or body.get("message") or body.get("detail") or ""
    return body if isinstance(body, str) else json.dumps(body)


# What annotations alone name comes when somebody looks at them, as `typing.get_type_hints` does.
lazy_hints(
    globals(),
    {"Call": ".call", "Callable": "collections.abc", "Mapping": "collections.abc", "NotFoundError": ".errors"},
)
