"""Who may do what: bearer tokens with a scope, and tokens that Instances get for their own lifetime."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import TYPE_CHECKING, Literal, TypeAlias

import attrs

from scramjet_hub.http import ApiError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from scramjet_hub.config import HubConfig

Scope: TypeAlias = Literal["read", "manage"]
SCOPES = ("read", "manage")


@attrs.frozen
class Grant:
    """A token and what it allows.

    Attributes:
        token: The secret.
        scope: read allows to look, manage allows everything.
        holder: Whose it is, for the audit trail.
    """

    token: bytes = attrs.field(repr=False)
    scope: Scope
    holder: str


class Authorization:
    """Decides whether a request may go on.

    Args:
        grants: The tokens; without any, everything is allowed to everybody.
    """

    def __init__(self, grants: Iterable[Grant] = ()) -> None:
        self._grants = {_digest(grant.token): grant for grant in grants}
        self.required = bool(self._grants)

    @classmethod
    def from_config(cls, config: HubConfig) -> Authorization:
        """The tokens of the options `--token` and `--token-file`.

        Raises:
            ValueError: The file has a line that is not a scope and a token.
        """
        grants = [Grant(config.token.encode(), "manage", "token")] if config.token else []
        if config.token_file is not None:
            grants += read_tokens(config.token_file)
        return cls(grants)

    def identify(self, header: str | None) -> Grant | None:
        """Whose request it is.

        Args:
            header: Its `Authorization`.

        Returns:
            None if it comes without a token that is known.
        """
        scheme, _, token = (header or "").partition(" ")
        presented = token.strip().encode()
        if scheme.lower() != "bearer" or not presented:
            return None
        # What is looked up is a digest: how long that takes says nothing about the tokens.
        grant = self._grants.get(_digest(presented))
        return grant if grant and hmac.compare_digest(grant.token, presented) else None

    def check(self, grant: Grant | None, scope: Scope, header: str | None) -> None:
        """Let a request pass or not.

        Args:
            grant: Whose it is.
            scope: What it needs.
            header: Its `Authorization`.

        Raises:
            ApiError: 401 without a token or with one that is not known, 403 with one that does not reach.
        """
        if grant is None:
            if self.required:
                raise unauthorized(bool(header))
        elif scope == "manage" and grant.scope != "manage":
            raise ApiError(403, "This token has the scope 'read'; the operation needs one with the scope 'manage'")

    def grant_instance(self, instance_id: str) -> str:
        """A new token for an Instance, to be given back with `revoke`."""
        token = secrets.token_urlsafe(32)
        self._grants[_digest(token.encode())] = Grant(token.encode(), "manage", instance_id)
        return token

    def revoke(self, token: str) -> None:
        """Forget a token that an Instance had."""
        self._grants.pop(_digest(token.encode()), None)


def _digest(token: bytes) -> bytes:
    return hashlib.sha256(token).digest()


def unauthorized(presented: bool) -> ApiError:
    """The error for a request without a token that is known."""
    message = "The token is not known to this Hub" if presented else "A token is needed: 'Authorization: Bearer TOKEN'"
    challenge = 'Bearer realm="scramjet-hub"' + (', error="invalid_token"' if presented else "")
    return ApiError(401, message, {"www-authenticate": challenge})


def read_tokens(path: Path) -> list[Grant]:
    """Read a file with one `SCOPE TOKEN` a line; empty lines and those that begin with `#` do not count.

    Raises:
        ValueError: A line is something else.
        OSError: The file cannot be read.
    """
    grants = []
    for number, line in enumerate(path.read_text().splitlines(), 1):
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        grants.append(_grant(words, f"{path.name}:{number}"))
    return grants


def _grant(words: list[str], place: str) -> Grant:
    if len(words) != 2 or words[0] not in SCOPES:
        raise ValueError(f"{place}: expected 'read TOKEN' or 'manage TOKEN'")
    scope: Scope = "read" if words[0] == "read" else "manage"
    return Grant(words[1].encode(), scope, place)
