"""One request and its reply, kept for checks, for the report and to repeat it by hand."""

from __future__ import annotations

import base64
import codecs
import json
import re
import shlex
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import attrs

from scramjet_contract.http_policy import DIRECT, HttpPolicy

if TYPE_CHECKING:
    from collections.abc import Collection

KEEP = 1024 * 1024
"""How many bytes of a body are kept, counted from its start."""

MASK = "$TOKEN"
VARIABLE = re.compile(r"(Bearer )?\$([A-Z_][A-Z0-9_]*)")
MASKED = re.compile(rf"[!#-~]+: {VARIABLE.pattern}")
"""A header whose value is read from a variable when the request is repeated."""


@attrs.define
class Exchange:
    """A request and its reply.

    Attributes:
        operation: The operationId that the request was meant for.
        method: The HTTP method.
        url: The full URL.
        request_headers: Headers in the order sent, names as sent.
        request_body: The first bytes of the body, None without a body.
        request_size: The length of the body in bytes.
        status: The status of the reply; None until it arrives.
        reply_headers: Headers of the reply, names in lower case.
        reply_body: The first bytes of the reply's body.
        reply_size: How many bytes of the reply's body were read.
        informational: Statuses of the 1xx replies before the reply.
        ended: Whether the reply came to its regular end; False if it was cut off or we closed the connection.
        seconds: From the first byte sent to the last byte read.
        begun: When it began, on the monotonic clock.
        policy: How the request reached the Hub.
    """

    operation: str
    method: str
    url: str
    request_headers: list[tuple[str, str]] = attrs.field(factory=list)
    request_body: bytes | None = None
    request_size: int = 0
    status: int | None = None
    reply_headers: list[tuple[str, str]] = attrs.field(factory=list)
    reply_body: bytearray = attrs.field(factory=bytearray)
    reply_size: int = 0
    informational: list[int] = attrs.field(factory=list)
    ended: bool = False
    seconds: float = 0.0
    begun: float = attrs.field(factory=time.monotonic)
    policy: HttpPolicy = attrs.field(default=DIRECT, repr=False)

    def sent(self, data: bytes) -> None:
        """Record sent bytes of the request body."""
        self.request_size += len(data)
        kept = self.request_body or b""
        self.request_body = kept + data[: KEEP - len(kept)]

    def received(self, data: bytes) -> None:
        """Record received bytes of the reply body."""
        self.reply_size += len(data)
        self.reply_body += data[: KEEP - len(self.reply_body)]

    def header(self, name: str) -> str | None:
        """Return the value of a header of the reply, None if it is missing."""
        return next((value for key, value in self.reply_headers if key == name.lower()), None)

    @property
    def media_type(self) -> str | None:
        """The media type of the reply, without parameters, in lower case."""
        value = self.header("content-type")
        return value.partition(";")[0].strip().lower() if value else None

    @property
    def request_media_type(self) -> str | None:
        """The media type of the request body, in the form of `media_type`."""
        value = next((value for key, value in self.request_headers if key.lower() == "content-type"), None)
        return value.partition(";")[0].strip().lower() if value else None

    def json(self) -> Any:
        """Parse the reply body as JSON.

        Raises:
            ValueError: It is not JSON.
        """
        return json.loads(bytes(self.reply_body))

    def summary(self) -> str:
        """Return one line: request, status, size."""
        status = self.status if self.status is not None else "no reply"
        return f"{self.method} {urlsplit(self.url).path} -> {status} ({self.reply_size} bytes)"


def printable(body: bytes | bytearray, limit: int = 2000) -> str:
    """Return a body as text for people; if it is not text, a hexadecimal digest of its start.

    Invisible characters, and those that control a terminal, are shown as escapes.
    """
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(body[:limit], final=len(body) <= limit)
    except UnicodeDecodeError:
        text = body[: min(limit, 64)].hex(" ")
    seen = "".join(char if _is_visible(char) else ascii(char)[1:-1] for char in text)
    return seen + (f"\n... {len(body)} bytes in all" if len(body) > limit else "")


def as_curl(exchange: Exchange) -> str:
    """Return a shell command that repeats the request; it reads the token from the environment variable TOKEN."""
    command = ["curl", "--include", "--no-buffer", "--max-time", "10", *exchange.policy.as_curl()]
    command += ["--request", exchange.method]
    for name, value in _headers_to_repeat(exchange):
        command += ["--header", f"{name}: {value}" if value else f"{name};"]
    if exchange.request_body is None:
        return _quoted([*command, exchange.url])
    if _is_plain(exchange.request_body):
        body = exchange.request_body.decode()
        return _quoted([*command, "--data-binary", body, exchange.url])
    encoded = base64.b64encode(exchange.request_body).decode()
    return f"echo {encoded} | base64 --decode | " + _quoted([*command, "--data-binary", "@-", exchange.url])


def as_python(exchange: Exchange) -> str:
    """Return a Python program, standard library only, that repeats the request and prints the reply."""
    parts = urlsplit(exchange.url)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    headers = ", ".join(f"{name!r}: {_python_value(value)}" for name, value in _headers_to_repeat(exchange))
    lines = [
        "import http.client, os, ssl",
        *_python_connection(exchange.policy, parts.scheme, parts.netloc),
        f"connection.request({exchange.method!r}, {target!r}, body={exchange.request_body!r}, headers={{{headers}}})",
        "reply = connection.getresponse()",
        "print(reply.status, reply.headers)",
        "print(reply.read1(65536))",
    ]
    return "\n".join(lines)


def _python_connection(policy: HttpPolicy, scheme: str, place: str) -> list[str]:
    at = f"{policy.proxy.host}:{policy.proxy.port}" if policy.proxy else place
    tunnel = [f"connection.set_tunnel({place!r})"] if policy.proxy else []
    if scheme == "http":
        return [f"connection = http.client.HTTPConnection({at!r}, timeout=10)", *tunnel]
    trust = [f"tls = ssl.create_default_context(cafile={policy.ca_file or None!r})"]
    if policy.insecure:
        trust += ["tls.check_hostname, tls.verify_mode = False, ssl.CERT_NONE"]
    if policy.cert:
        trust += [f"tls.load_cert_chain({policy.cert!r}, {policy.key or None!r})"]
    return [*trust, f"connection = http.client.HTTPSConnection({at!r}, timeout=10, context=tls)", *tunnel]


def _headers_to_repeat(exchange: Exchange) -> list[tuple[str, str]]:
    """Return the headers that a repetition must set itself: not those every client adds; secrets are masked."""
    added = {"host", "content-length", "transfer-encoding", "connection", "user-agent", "accept-encoding"}
    added.add("x-schemathesis-testcaseid")
    given = {name.lower() for name in exchange.policy.headers}
    return [(name, masked(name, value, given)) for name, value in exchange.request_headers if name.lower() not in added]


def masked(name: str, value: str, given: Collection[str] = ()) -> str:
    """Return a header value safe to show: the token, and headers given for the run, may be secrets."""
    if name.lower() in given:
        return f"${re.sub('[^A-Z0-9]', '_', name.upper())}"
    if name.lower() == "authorization":
        return f"Bearer {MASK}"
    return value


def _quoted(words: list[str]) -> str:
    # Masked values stand in double quotes, so that the shell inserts the variable.
    return " ".join(f'"{word}"' if MASKED.fullmatch(word) else shlex.quote(word) for word in words)


def _python_value(value: str) -> str:
    found = VARIABLE.fullmatch(value)
    if found is None:
        return repr(value)
    return f"{found[1] or ''!r} + os.environ[{found[2]!r}]"


def _is_plain(body: bytes) -> bool:
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return False
    return not text.startswith("@") and all(map(_is_visible, text))


def _is_visible(char: str) -> bool:
    return char.isprintable() or char in "\n\t"
