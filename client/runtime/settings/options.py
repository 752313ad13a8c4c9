"""Connection options of a client, besides the address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import urlsplit

import attrs

if TYPE_CHECKING:
    from .transports import AsyncBaseTransport, BaseTransport

Certificate: TypeAlias = str | tuple[str, str] | tuple[str, str, str]
"""A client certificate: a file with certificate and key, or a file for each, or these and the key's password."""

PROXIES = ("http", "https", "socks5", "socks5h")


def _count(_options: object, field: attrs.Attribute[Any], value: int | None) -> None:
    if value is not None and (isinstance(value, bool) or not isinstance(value, int) or value < 1):
        raise ValueError(f"{field.name} must be a number of at least 1, or None for no limit")


def _proxy(_options: object, _field: attrs.Attribute[Any], value: str | None) -> None:
    if value is None:
        return
    parts = urlsplit(value)
    if parts.scheme not in PROXIES or not parts.hostname:
        # The value is never shown: it may contain a password.
        raise ValueError("proxy must be an address such as http://user:password@127.0.0.1:3128")


@attrs.frozen(kw_only=True, repr=False)
class HttpOptions:
    """Connection options of a client; they apply to every request and stream.

    Attributes:
        max_connections: The most connections that the pool may have open at the same time; no limit unless set.
            Full-duplex calls (`input`, `stdin`, `inout`, `attach().send`, an upload from a file or an
            iterable) use an additional connection each.
        max_idle_connections: The most idle connections kept open for later requests.
        idle_seconds: Seconds to keep an idle connection open.
        proxy: The URL of an HTTP proxy, with credentials if it needs any; the environment's unless set.
            A SOCKS proxy (`socks5://`) needs `httpx[socks]` and does not support full-duplex calls.
        trust_env: Whether the proxy may come from the environment (`HTTP_PROXY`, `HTTPS_PROXY`, `NO_PROXY`).
        cert: The client certificate, in PEM files: one path, or a pair of certificate and key, or these
            and the key's password.
        unix_socket: The path of a Unix socket to connect to; the URL then only sets the Host header and the path.
        transport: An httpx transport that replaces all of these; `httpx.AsyncBaseTransport` for the async client,
            `httpx.BaseTransport` for the blocking one. The client never closes it. Full-duplex calls
            are refused, since an httpx transport sends a whole request before it reads the reply.

    Raises:
        ValueError: A value is invalid or contradicts another.
    """

    max_connections: int | None = attrs.field(default=None, validator=_count)
    max_idle_connections: int | None = attrs.field(default=20, validator=_count)
    # Servers drop an idle connection after 5 seconds (Node, uvicorn): dropping it earlier here leaves no time in which
    # a request goes out on a connection that is being closed.
    idle_seconds: float = 4.0
    proxy: str | None = attrs.field(default=None, validator=_proxy)
    trust_env: bool = True
    cert: Certificate | None = None
    unix_socket: str | None = None
    transport: AsyncBaseTransport | BaseTransport | None = None

    def __attrs_post_init__(self) -> None:
        if self.proxy is not None and self.unix_socket is not None:
            raise ValueError("a proxy cannot be reached through unix_socket: give one of them")
        others = ("max_connections", "proxy", "cert", "unix_socket")
        if self.transport is not None and any(getattr(self, name) is not None for name in others):
            raise ValueError(
                f"transport makes the connections itself, so {', '.join(others)} cannot be given beside it"
            )

    def __repr__(self) -> str:
        shown = [field.name for field in attrs.fields(type(self)) if getattr(self, field.name) != field.default]
        return f"{type(self).__name__}({', '.join(f'{name}=...' for name in shown)})"


DEFAULTS = HttpOptions()


def options_from(value: HttpOptions | Mapping[str, Any]) -> HttpOptions:
    """Return the options from an `HttpOptions` or from a mapping with the same field names.

    Raises:
        ValueError: One of them is unknown or invalid.
        TypeError: It is neither.
    """
    if isinstance(value, HttpOptions):
        return value
    if not isinstance(value, Mapping):
        raise TypeError("give HttpOptions(...), or a mapping with the same names")
    known = [field.name for field in attrs.fields(HttpOptions)]
    if unknown := sorted(set(value) - set(known)):
        raise ValueError(f"there is no {', '.join(map(str, unknown))}; there are {', '.join(known)}")
    return HttpOptions(**value)
