"""The gate: whether a request is answered, for whoever sends it. Every road to a handler leads through it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scramjet_serving.access.browser_guard import WebPages
from scramjet_serving.errors import ApiError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scramjet_serving.access.authorization import Authorization, Grant, Scope
    from scramjet_serving.config import ServerConfig


class Gate:
    """Lets requests pass or not.

    Args:
        authorization: Knows the tokens.
        config: Tells which web pages may call a server without tokens.
    """

    def __init__(self, authorization: Authorization, config: ServerConfig) -> None:
        self._authorization = authorization
        self._pages = WebPages(config)

    def needs_token(self, *, open_to_all: bool) -> bool:
        """Whether it matters whose a request is.

        Args:
            open_to_all: Whether its operation is served without a token.
        """
        return self._authorization.required and not open_to_all

    def identify(self, headers: Mapping[str, str]) -> Grant | None:
        """Whose request it is; None if it has no token that is known.

        Args:
            headers: The request's, with names in lower case.
        """
        return self._authorization.identify(headers.get("authorization"))

    def refusal(
        self, grant: Grant | None, scope: Scope, headers: Mapping[str, str], *, open_to_all: bool
    ) -> ApiError | None:
        """Why a request may not pass; None if it may.

        Args:
            grant: Whose it is.
            scope: What it needs.
            headers: The request's, with names in lower case.
            open_to_all: Whether its operation is served without a token.
        """
        if open_to_all:
            return None
        try:
            if grant is None and not self._authorization.required:
                self._pages.check(headers)
            else:
                self._authorization.check(grant, scope, headers.get("authorization"))
        except ApiError as error:
            return error
        return None
