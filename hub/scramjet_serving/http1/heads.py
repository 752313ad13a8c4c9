"""Checks a request's head, beyond the parser's own checks: version, method, Host and message framing."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from scramjet_serving.errors import ApiError, FieldError

if TYPE_CHECKING:
    import httptools

    from scramjet_serving.messages import RawHeaders

# Headers that affect the message itself; the others only matter to the application.
FRAMING: Final = frozenset((b"expect", b"host", b"transfer-encoding"))
VERSIONS: Final = ("1.0", "1.1")
HOST: Final = re.compile(rb"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._~!$&'()*+,;=%-]*)(:[0-9]*)?")
# The parser's error for a well-formed version that it does not support.
OTHER_VERSION: Final = ("Invalid HTTP version", "Pause on PRI/Upgrade")


class BadHead(Exception):  # noqa: N818 - it passes through the parser
    """A request that cannot be served because of its head.

    Args:
        status: The HTTP status of the reply.
        message: What is wrong.
        header: The header that is wrong, if it is one.
    """

    def __init__(self, status: int, message: str, header: str = "") -> None:
        super().__init__(status, message)
        self.status = status
        self.message = message
        self.header = header

    @property
    def error(self) -> ApiError:
        """The error reply."""
        fields = [FieldError(self.header, self.message)] if self.header else ()
        return ApiError(self.status, self.message, fields=fields)


class Framing:
    """The message framing that a head declares, collected header by header."""

    __slots__ = ("codings", "expects_continue", "hosts")

    def __init__(self) -> None:
        self.codings: list[bytes] = []
        self.hosts: list[bytes] = []
        self.expects_continue = False

    def note(self, name: bytes, value: bytes) -> None:
        """Record one of the headers in `FRAMING`, its name in lower case."""
        if name == b"host":
            self.hosts.append(value)
        elif name == b"transfer-encoding":
            self.codings += [coding.strip().lower() for coding in value.split(b",")]
        elif value.lower() == b"100-continue":
            self.expects_continue = True

    def check(self, version: str) -> None:
        """Reject a message that other recipients might interpret differently (request smuggling).

        Args:
            version: The HTTP version, such as `1.1`.

        Raises:
            BadHead: 505 for a version other than 1.0 and 1.1; 400 without exactly one valid Host, which only 1.0 may
                omit, and for a transfer coding in 1.0; 501 for a transfer coding other than chunked.
        """
        if version not in VERSIONS:
            raise other_version(version)
        hosts = self.hosts
        if len(hosts) != 1 and (hosts or version == "1.1"):
            raise BadHead(400, f"A request has one Host header, this one has {len(hosts)}", "host")
        if hosts and not is_host(hosts[0]):
            raise BadHead(400, "The Host header is not a name or an address with an optional port", "host")
        if self.codings:
            self._check_codings(version)

    def _check_codings(self, version: str) -> None:
        if version == "1.0":
            raise BadHead(400, "HTTP/1.0 has no Transfer-Encoding", "transfer-encoding")
        if other := [coding for coding in self.codings if coding != b"chunked"]:
            name = other[0].decode("latin-1")
            problem = f"The transfer coding {name!r} is not supported; the only one that is, is chunked"
            raise BadHead(501, problem, "transfer-encoding")


@lru_cache(maxsize=256)
def is_host(value: bytes) -> bool:
    """Return whether a value has the form of a Host header; it may be empty."""
    return HOST.fullmatch(value) is not None


def other_version(version: str = "") -> BadHead:
    """Return the error for an unsupported HTTP version."""
    which = f"HTTP/{version}" if version else "This version of HTTP"
    return BadHead(505, f"{which} is not supported; use HTTP/1.1")


def explain(error: httptools.HttpParserError | BadHead) -> BadHead:
    """Return the error reply for a request that the parser rejected.

    Args:
        error: The parser's error; a `BadHead` that a callback raised passes through.
    """
    if isinstance(error, BadHead):
        return error
    if isinstance(error.__context__, BadHead):
        return error.__context__
    if str(error) in OTHER_VERSION:
        return other_version()
    return BadHead(400, f"This is not an HTTP/1.1 request: {error}")


def without_upgrade(method: bytes, target: bytes, version: str, headers: RawHeaders) -> bytes:
    """Return a request's head without the offer to upgrade to another protocol.

    Args:
        method: The method.
        target: The target, as sent.
        version: The version of HTTP.
        headers: The headers, names in lower case.
    """
    parts = [b"%b %b HTTP/%b\r\n" % (method, target, version.encode())]
    for name, value in headers:
        if name == b"connection":
            value = _without_token(value, b"upgrade")
        if (value or name == b"host") and name != b"upgrade":
            parts += (name, b": ", value, b"\r\n")
    return b"".join([*parts, b"\r\n"])


def _without_token(value: bytes, token: bytes) -> bytes:
    return b", ".join(part for item in value.split(b",") if (part := item.strip()).lower() != token)
