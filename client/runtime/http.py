"""The interface to httpx, which only this module imports: a move to another HTTP client changes one place.

It uses httpx's transports directly, without `httpx.AsyncClient`: this client follows no redirects, keeps no
cookies and has retries of its own, and unused features should not cost time on every call.
"""

from __future__ import annotations

import functools
import importlib.util
import ssl
from base64 import b64encode
from typing import TYPE_CHECKING, Any
from urllib.request import getproxies, proxy_bypass

import attrs
from httpx import (
    URL,
    AsyncBaseTransport,
    AsyncByteStream,
    AsyncHTTPTransport,
    BaseTransport,
    ConnectError,
    ConnectTimeout,
    DecodingError,
    Headers,
    HTTPTransport,
    InvalidURL,
    Limits,
    LocalProtocolError,
    PoolTimeout,
    Proxy,
    ProxyError,
    Request,
    Response,
    SyncByteStream,
    TimeoutException,
    TransportError,
    UnsupportedProtocol,
)

from .errors import ConfigurationError, ConnectionFailed, RequestError, StreamBroken, TimedOut

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Mapping

    from .aio.network import AsyncNetwork
    from .settings.config import Settings
    from .settings.options import Certificate
    from .sync.network import Network

__all__ = [
    "AsyncBaseTransport",
    "AsyncBody",
    "BaseTransport",
    "Body",
    "DecodingError",
    "InvalidURL",
    "Peer",
    "Place",
    "Request",
    "Response",
    "TransportError",
    "async_transport",
    "before_reply",
    "cannot_be_sent",
    "headers_of",
    "holds_connections",
    "inside_reply",
    "new_request",
    "place_of",
    "shown",
    "transport",
]

PROXIES = frozenset({"http", "https", "socks5", "socks5h"})
"""The URL schemes of proxies."""

NEVER_SENT = (ConnectError, ConnectTimeout, LocalProtocolError, PoolTimeout, ProxyError, UnsupportedProtocol)
"""Errors that occur before any data was sent."""


class AsyncBody(AsyncByteStream):
    """A request body from an async iterator, sent once."""

    def __init__(self, chunks: AsyncIterator[bytes]) -> None:
        self._chunks = chunks

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self._chunks


class Body(SyncByteStream):
    """A request body from an iterator, sent once."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks

    def __iter__(self) -> Iterator[bytes]:
        return self._chunks


def new_request(
    method: str,
    url: str,
    headers: list[tuple[str, str]],
    content: bytes | AsyncByteStream | SyncByteStream | None,
    timeouts: dict[str, float | None],
) -> Request:
    """Build an HTTP request.

    Args:
        method: The HTTP method.
        url: The complete URL.
        headers: All headers except Host and, for bytes, Content-Length.
        content: The body.
        timeouts: Seconds for `connect`, `write`, `read` and `pool`; None for no limit.

    Raises:
        RequestError: A header cannot be sent.
    """
    try:
        parsed = _parsed(url)
        if content is None or isinstance(content, bytes):
            return Request(method, parsed, headers=headers, content=content, extensions={"timeout": timeouts})
        # A request with a stream is sent as it is: even Host must be there.
        headers = [("host", parsed.netloc.decode("ascii")), *headers]
        return Request(method, parsed, headers=headers, stream=content, extensions={"timeout": timeouts})
    except (UnicodeError, InvalidURL):
        # The header stays out of the message, and the cause out of the traceback: both may hold secrets.
        raise cannot_be_sent(method, url) from None


def cannot_be_sent(method: str, url: str) -> RequestError:
    """Return the error for a request that cannot be expressed in HTTP."""
    url = url[:400].encode("ascii", "backslashreplace").decode()
    message = f"{method} {url}: this cannot be sent: headers and addresses can only hold visible ASCII, up to 64 KiB."
    return RequestError(message, method=method, url=url, sent=False)


@functools.lru_cache(maxsize=512)
def _parsed(url: str) -> URL:
    return URL(url)


def async_transport(settings: Settings) -> tuple[AsyncBaseTransport, AsyncNetwork]:
    """Create a connection pool for one event loop, and what opens its connections."""
    from .aio.network import AsyncNetwork

    made = AsyncHTTPTransport(**_transport_options(settings))
    # httpx does not pass this option on to its pool.
    made._pool._network_backend = network = AsyncNetwork(made._pool._network_backend)
    return made, network


def transport(settings: Settings, network: Network) -> BaseTransport:
    """Create a connection pool for threads.

    Args:
        settings: How to connect.
        network: Opens the connections.
    """
    made = HTTPTransport(**_transport_options(settings))
    # httpx does not pass this option on to its pool.
    made._pool._network_backend = network
    return made


def _transport_options(settings: Settings) -> dict[str, Any]:
    options = settings.http
    limits = Limits(
        max_connections=options.max_connections,
        max_keepalive_connections=options.max_idle_connections,
        keepalive_expiry=options.idle_seconds,
    )
    return {
        "verify": ssl_context(settings),
        "limits": limits,
        "proxy": None if options.unix_socket else proxy_of(settings),
        "uds": options.unix_socket,
        "trust_env": False,
    }


def holds_connections(transport: AsyncBaseTransport | BaseTransport | None) -> bool:
    """Return whether a transport is a connection pool, which belongs to one process and one event loop."""
    return isinstance(transport, (HTTPTransport, AsyncHTTPTransport))


@functools.lru_cache(maxsize=16)
def ssl_context_for(verify: bool, ca_file: str | None, cert: Certificate | None = None) -> ssl.SSLContext:
    """Return the cached TLS context; loading the system's certificates takes long."""
    try:
        context = ssl.create_default_context(cafile=ca_file)
    except (OSError, ValueError) as error:
        where = f"ca_file {ca_file!a}" if ca_file else "The system's certificates"
        raise ConfigurationError(f"{where} cannot be used: {error}. Give a file of certificates in PEM.") from None
    if not verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    if cert is not None:
        _load(context, cert)
    return context


def _load(context: ssl.SSLContext, cert: Certificate) -> None:
    file, key, password = (*((cert,) if isinstance(cert, str) else cert), None, None)[:3]
    try:
        # Without a password, OpenSSL would ask for one at the terminal.
        context.load_cert_chain(str(file), key, password or "")
    except (OSError, ValueError) as error:
        message = f"The client certificate {file} cannot be used: {error}. Give PEM files, and the key's password."
        raise ConfigurationError(message) from None


def ssl_context(settings: Settings) -> ssl.SSLContext:
    """Return the TLS context of a client.

    For an http address no certificates are loaded; such a context trusts no server.
    """
    if not settings.url.startswith("https:"):
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    return ssl_context_for(settings.verify_ssl, settings.ca_file, settings.http.cert)


@attrs.frozen
class Place:
    """The destination of a request, for a connection outside the pool.

    Attributes:
        peer: The endpoint to connect to: the server, or the proxy before it.
        tunnel: The server, if the proxy must tunnel to it (CONNECT); None if requests go to `peer` itself.
        netloc: The value of the Host header.
        target: The request target: path and query, or the complete URL for a proxy that forwards.
        headers: Additional headers for the proxy.
    """

    peer: Peer
    tunnel: Peer | None
    netloc: str
    target: str
    headers: list[tuple[str, str]]


@attrs.frozen
class Peer:
    """The other end of a connection.

    Attributes:
        host: Its host name or IP address.
        port: Its port.
        tls: The TLS context; None for no encryption.
        unix_socket: The path of its Unix socket, used instead of host and port.
    """

    host: str
    port: int
    tls: ssl.SSLContext | None
    unix_socket: str | None = None


def place_of(url: str, settings: Settings) -> Place:
    """Return how to reach a URL.

    Raises:
        ConfigurationError: The configured transport or proxy cannot reach it.
        RequestError: It is too long or not a URL.
    """
    try:
        parsed = _parsed(url)
    except (UnicodeError, InvalidURL):
        raise cannot_be_sent("", url) from None
    encrypted = parsed.scheme == "https"
    tls = ssl_context(settings) if encrypted else None
    server = Peer(parsed.host, parsed.port or (443 if encrypted else 80), tls, settings.http.unix_socket)
    netloc, target = parsed.netloc.decode("ascii"), parsed.raw_path.decode("ascii")
    proxy = None if server.unix_socket else proxy_of(settings)
    if proxy is None:
        return Place(server, None, netloc, target, [])
    before, headers = _proxy_peer(proxy)
    if encrypted:
        return Place(before, server, netloc, target, headers)
    return Place(before, None, netloc, f"{parsed.scheme}://{netloc}{target}", headers)


def _proxy_peer(proxy: str) -> tuple[Peer, list[tuple[str, str]]]:
    parsed = Proxy(_parsed(proxy))
    scheme = parsed.url.scheme
    if scheme not in ("http", "https"):
        raise ConfigurationError(
            f"A {scheme} proxy cannot carry what reads and writes at once (input, stdin, inout, attach): use an HTTP "
            "proxy, or none, with HttpOptions(proxy=...) or NO_PROXY."
        )
    tls = ssl_context_for(True, None) if scheme == "https" else None
    headers = []
    if parsed.raw_auth is not None:
        pair = b64encode(b":".join(parsed.raw_auth)).decode("ascii")
        headers.append(("proxy-authorization", f"Basic {pair}"))
    return Peer(parsed.url.host, parsed.url.port or (443 if tls else 80), tls), headers


def headers_of(items: list[tuple[bytes, bytes]]) -> Mapping[str, str]:
    """Return the headers of a reply, their names case-insensitive."""
    return Headers(items)


def proxy_of(settings: Settings) -> str | None:
    """Return the proxy to use for a server, if any."""
    options = settings.http
    if options.proxy is not None or not options.trust_env:
        return options.proxy
    return proxy_for(settings.url)


def proxy_for(url: str) -> str | None:
    """Return the proxy that the environment sets for an address, if any."""
    parsed = _parsed(url)
    proxies = getproxies()
    proxy = proxies.get(parsed.scheme) or proxies.get("all")
    if not proxy or proxy_bypass(parsed.netloc.decode("ascii")):
        return None
    return _checked_proxy(proxy if "://" in proxy else f"http://{proxy}")


def _checked_proxy(proxy: str) -> str:
    """Return the address of a proxy, if it is valid.

    Raises:
        ConfigurationError: It is invalid or of an unknown kind. The message leaves it out, since it may contain a
            password.
    """
    try:
        Proxy(proxy)
        address = URL(proxy)
        known = address.scheme in PROXIES and bool(address.host) and "%" not in address.host
        known = known and 0 < (address.port or 1) < 1 << 16
    except (ValueError, InvalidURL):
        known = False
    if not known:
        raise ConfigurationError(
            "The proxy that the environment names (HTTP_PROXY, HTTPS_PROXY or ALL_PROXY) cannot be used: it must be an "
            "address such as http://proxy:3128. NO_PROXY names servers to reach without it."
        )
    if proxy.startswith("socks") and importlib.util.find_spec("socksio") is None:
        raise ConfigurationError(
            "The environment names a SOCKS proxy (ALL_PROXY): pip install 'httpx[socks]' for that."
        )
    return proxy


def before_reply(error: TransportError, method: str, url: str) -> RequestError:
    """Return the error for a request that failed before its reply began."""
    sent = not isinstance(error, NEVER_SENT)
    where: dict[str, Any] = {"method": method, "url": url, "sent": sent}
    if isinstance(error, ConnectTimeout):
        return TimedOut(f"{method} {url}: no connection within the time allowed.", **where)
    if isinstance(error, TimeoutException):
        return TimedOut(f"{method} {url}: no answer within the time allowed.", **where)
    if isinstance(error, (UnsupportedProtocol, LocalProtocolError)):
        return cannot_be_sent(method, url)
    if isinstance(error, (ConnectError, ProxyError)):
        return ConnectionFailed(f"{method} {url}: cannot connect: {error}", **where)
    return ConnectionFailed(f"{method} {url}: the connection was lost before the reply: {error}", **where)


def shown(error: TransportError) -> TransportError | None:
    """Return an error if it is safe to show as the cause: errors about malformed requests quote headers."""
    return None if isinstance(error, LocalProtocolError) else error


def inside_reply(error: Exception, method: str, url: str, received: int) -> RequestError:
    """Return the error for a reply that was cut off."""
    if isinstance(error, TimeoutException):
        return TimedOut(f"{method} {url}: nothing came within the time allowed.", method=method, url=url)
    if isinstance(error, DecodingError):
        message = f"{method} {url}: the body is not compressed as the server says (content-encoding): {error}"
        return StreamBroken(message, method=method, url=url, received=received)
    message = f"{method} {url}: the reply broke off after {received} bytes: {error}"
    return StreamBroken(message, method=method, url=url, received=received)
