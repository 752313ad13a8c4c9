"""How connections are made, beyond where to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import urlsplit

import attrs

if TYPE_CHECKING:
    from .transports import AsyncBaseTransport, BaseTransport

Certificate: TypeAlias = str | tuple[str, str] | tuple[str, str, str]
"""A file with a certificate and its key; or the file of each; or these and the key's password."""

PROXIES = ("http", "https", "socks5", "socks5h")


def _count(_options: object, field: attrs.Attribute[Any], value: int | None) -> None:
    if value is not None and (isinstance(value, bool) or not isinstance(value, int) or value < 1):
        raise ValueError(f"{field.name} must be a number of at least 1, or None for no limit")


def _proxy(_options: object, _field: attrs.Attribute[Any], value: str | None) -> None:
    if value is None:
        return
    parts = urlsplit(value)
    if parts.scheme not in PROXIES or not parts.hostname:
        # Neither here nor elsewhere does the value show: it may hold a password.
        raise ValueError("proxy must be an address such as http://user:password@127.0.0.1:3128")


@attrs.frozen(kw_only=True, repr=False)
class HttpOptions:
    """How a client makes its connections; they hold for every request and stream alike.

    Attributes:
        max_connections: Connections of the pool that may be open at the same time; no limit unless set.
            What reads and writes at once (`input`, `stdin`, `inout`, `attach().send`, an upload from a file or an
            iterable) has a connection of its own besides.
        max_idle_connections: Connections that are kept open for later requests.
        idle_seconds: Seconds for which they are kept.
        proxy: The address of an HTTP proxy, with its credentials if it wants any; that of the environment unless set.
            A SOCKS proxy (`socks5://`) needs `httpx[socks]`, and cannot carry what reads and writes at once.
        trust_env: Whether the proxy may come from the environment (`HTTP_PROXY`, `HTTPS_PROXY`, `NO_PROXY`).
        cert: A certificate of the client's own, in PEM files: one path, or a pair of certificate and key, or these
            and the key's password.
        unix_socket: The path of a Unix socket to connect to; the address then only gives the Host header and the path.
        transport: An httpx transport to use instead of all this; `httpx.AsyncBaseTransport` for the async client,
            `httpx.BaseTransport` for the blocking one. It is never closed from here. What reads and writes at once
            is refused, since an httpx transport can only do one after the other.

    Raises:
        ValueError: A value makes no sense, or contradicts another.
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
    """Give the options, from an object of them or from a mapping with the same names.

    Raises:
        ValueError: One of them is not known, or makes no sense.
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
