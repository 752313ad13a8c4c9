"""The gate: decides whether a request is permitted. All paths to a handler lead through it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from scramjet_serving.access.browser_guard import BrowserGuard
from scramjet_serving.access.peer import PEER
from scramjet_serving.errors import ApiError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scramjet_serving.access.authorization import Authorization, Grant, Scope
    from scramjet_serving.access.peer import Peer
    from scramjet_serving.config import ServerConfig


class Gate(Protocol):
    """Decides whether a request is permitted."""

    def needs_token(self, *, open_to_all: bool) -> bool:
        """Return whether the identity of the sender matters.

        Args:
            open_to_all: Whether its operation is served without a token.
        """

    def identify(self, headers: Mapping[str, str], scope: Mapping[str, Any] | None = None, /) -> Grant | None:
        """Return the grant that a request uses; None without a valid token.

        Args:
            headers: The request headers, with names in lower case.
            scope: Its ASGI scope; None on the fast path, which only knows the headers.
        """

    def refusal(
        self,
        grant: Grant | None,
        scope: Scope,
        headers: Mapping[str, str],
        path: Mapping[str, str],
        /,
        *,
        open_to_all: bool,
    ) -> ApiError | None:
        """Return why a request is rejected; None if it is permitted.

        Args:
            grant: The grant it uses.
            scope: The scope it needs.
            headers: The request headers, with names in lower case.
            path: The parameters in its path, decoded.
            open_to_all: Whether its operation is served without a token.
        """

    def hides(self, headers: Mapping[str, str], /) -> ApiError | None:
        """Return the error for a path or method that is not served, if the sender may not learn that.

        Args:
            headers: The request headers, with names in lower case.
        """


class TokenGate:
    """The gate of a server with tokens, or with none: combines authorization and the browser guard.

    Args:
        authorization: Checks the tokens.
        config: Says which web pages may call a server without tokens.
    """

    def __init__(self, authorization: Authorization, config: ServerConfig) -> None:
        self._authorization = authorization
        self._browser_guard = BrowserGuard(config)

    def needs_token(self, *, open_to_all: bool) -> bool:
        """Return whether the identity of the sender matters."""
        return self._authorization.required and not open_to_all

    def identify(self, headers: Mapping[str, str], scope: Mapping[str, Any] | None = None) -> Grant | None:
        """Return the grant that a request uses; None without a valid token."""
        peer: Peer | None = None if scope is None else scope["extensions"].get(PEER)
        if peer is not None:
            return peer.grant
        return self._authorization.identify(headers.get("authorization"))

    def refusal(
        self,
        grant: Grant | None,
        scope: Scope,
        headers: Mapping[str, str],
        _path: Mapping[str, str],
        *,
        open_to_all: bool,
    ) -> ApiError | None:
        """Return why a request is rejected; None if it is permitted."""
        if open_to_all:
            return None
        try:
            if grant is None and not self._authorization.required:
                self._browser_guard.check(headers)
            else:
                self._authorization.check(grant, scope, headers.get("authorization"))
        except ApiError as error:
            return error
        return None

    def hides(self, _headers: Mapping[str, str]) -> ApiError | None:
        """Return None: what is served is no secret."""
        return None
