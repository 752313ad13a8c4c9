"""CORS: lets browsers call from other origins; off unless configured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scramjet_serving.messages import Response

if TYPE_CHECKING:
    from collections.abc import Collection

    from scramjet_serving.messages import RawHeaders, Scope

METHODS = "GET, HEAD, POST, PUT, DELETE, OPTIONS"
MAX_AGE = "600"


class Cors:
    """The headers of the Fetch standard's CORS protocol.

    Args:
        origins: The origins that may call; `*` is any.
    """

    def __init__(self, origins: Collection[str]) -> None:
        self._origins = frozenset(origins)
        self.enabled = bool(origins)

    def headers(self, scope: Scope) -> RawHeaders:
        """Return the CORS headers of the reply to this request."""
        origin = _header(scope, b"origin")
        if not self._allows(origin):
            return [(b"vary", b"origin")]
        return [
            (b"access-control-allow-origin", origin),
            (b"access-control-expose-headers", b"*"),
            (b"vary", b"origin"),
        ]

    def preflight(self, scope: Scope, allow: str) -> Response | None:
        """Return the reply to a preflight request; None if it is not one, or from an origin that is not allowed."""
        if not self._allows(_header(scope, b"origin")) or not _header(scope, b"access-control-request-method"):
            return None
        wanted = _header(scope, b"access-control-request-headers").decode("latin-1")
        headers = {
            "allow": allow,
            "access-control-allow-methods": METHODS,
            "access-control-allow-headers": wanted or "*",
            "access-control-max-age": MAX_AGE,
        }
        return Response(status=204, headers=headers)

    def allows(self, origin: str) -> bool:
        """Return whether pages of an origin may call."""
        return "*" in self._origins or origin in self._origins

    def _allows(self, origin: bytes) -> bool:
        return bool(origin) and self.allows(origin.decode("latin-1"))


def _header(scope: Scope, name: bytes) -> bytes:
    return next((value for key, value in scope["headers"] if key == name), b"")
