"""What keeps web pages that somebody looks at on this machine from using a Hub that asks for no token.

A browser lets any page send simple requests anywhere (the Fetch standard's `no-cors`), and a page whose name begins to
resolve to 127.0.0.1 (DNS rebinding) even read the replies. A package that such a page uploads would run here.
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


# What browsers say in Sec-Fetch-Site of a page of ours, and of an address that the user has typed in. All others stand
# for pages of other origins, whose simple GETs and HEADs have no Origin.
OWN_SITES: Final = ("same-origin", "none")


class WebPages:
    """Refuses what only pages of strangers send.

    Args:
        config: Tells which origins may call, where the Hub listens, and whether it may be open to others.
    """

    def __init__(self, config: ServerConfig) -> None:
        self._cors = Cors(config.cors_origin)
        self._host = config.host.lower()
        self._any_name = config.allow_open

    def check(self, headers: Mapping[str, str]) -> None:
        """Let a request pass or not.

        Args:
            headers: The request's.

        Raises:
            ApiError: 403 if it comes from a page of another origin that is not configured, or calls this machine by a
                name that is not its own.
        """
        host = headers.get("host", "")
        if not self._allow_page(headers, host):
            raise ApiError(
                403,
                f"Pages of {headers.get('origin', 'other origins')} may not use this Hub, which asks for no token;"
                " give it a --token, or allow them with --cors-origin",
            )
        if not self.allow_host(host):
            raise ApiError(
                403,
                f"This Hub asks for no token and so is not called {host!r};"
                " use its address or localhost, or give it a --token or --allow-open",
            )

    def allow_host(self, host: str) -> bool:
        """Whether a Hub without a token may be called this way.

        Args:
            host: The `Host` of a request, which may be empty.
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
    """The name in a `Host`; empty if there is none, or an address in its place."""
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return host
    with contextlib.suppress(ValueError):
        ipaddress.ip_address(name)
        return ""
    return name
