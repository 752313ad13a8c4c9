"""Protects a server without tokens from browsers: rejects cross-origin requests (CSRF) and DNS rebinding.

A browser lets any page send simple requests anywhere (the Fetch standard's `no-cors`), and with DNS rebinding (the name
of the page is resolved to 127.0.0.1) the page can even read the replies. A package that such a page uploads would run
here.
"""

from __future__ import annotations

import contextlib
import ipaddress
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from scramjet_serving.access.cors import Cors
from scramjet_serving.errors import ApiError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scramjet_serving.config import ServerConfig


# The Sec-Fetch-Site values of same-origin requests, and of addresses that the user has typed in. All others mean pages
# of other origins, whose simple GETs and HEADs have no Origin header.
OWN_SITES: Final = ("same-origin", "none")


class BrowserGuard:
    """Rejects requests that only foreign web pages send.

    Args:
        config: The origins that may call, the listening address, and whether access from other machines is allowed.
    """

    def __init__(self, config: ServerConfig) -> None:
        self._kind = config.kind
        self._cors = Cors(config.cors_origin)
        self._host = config.host.lower()
        self._any_name = config.allow_open

    def check(self, headers: Mapping[str, str]) -> None:
        """Check that a request does not come from a foreign web page.

        Args:
            headers: The request headers.

        Raises:
            ApiError: 403 if it comes from a page of an origin that is not configured, or if its Host is an unknown name
                (DNS rebinding).
        """
        host = headers.get("host", "")
        if not self._allow_page(headers, host):
            raise ApiError(
                403,
                f"Pages of {headers.get('origin', 'other origins')} may not use this {self._kind},"
                " which asks for no token; give it a --token, or allow them with --cors-origin",
            )
        if not self.allow_host(host):
            raise ApiError(
                403,
                f"This {self._kind} asks for no token and so is not called {host!r};"
                " use its address or localhost, or give it a --token or --allow-open",
            )

    def allow_host(self, host: str) -> bool:
        """Return whether a server without tokens accepts this `Host`.

        Args:
            host: The `Host` header of a request, which may be empty.
        """
        if self._any_name:
            return True
        name = _name(host)
        return name in ("", "localhost", self._host) or name.endswith(".localhost")

    def _allow_page(self, headers: Mapping[str, str], host: str) -> bool:
        origin = headers.get("origin")
        if origin is not None:
            return self._allow_origin(origin, host)
        return headers.get("sec-fetch-site", "none").strip().lower() in OWN_SITES or self._cors.allows("*")

    def _allow_origin(self, origin: str, host: str) -> bool:
        return self._cors.allows(origin) or origin.partition("://")[2].lower() == host.lower()


@lru_cache(maxsize=64)
def _name(host: str) -> str:
    """Return the name in a `Host` header; empty if there is none, or an IP address instead."""
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return host
    with contextlib.suppress(ValueError):
        ipaddress.ip_address(name)
        return ""
    return name
