"""Who may do what: bearer tokens with a scope, and tokens that Instances get for their own lifetime."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import stat
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import attrs

from scramjet_serving.errors import ApiError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from scramjet_serving.config import ServerConfig

Scope: TypeAlias = Literal["read", "manage"]
SCOPES = ("read", "manage")
# What `Authorization: Bearer TOKEN` can carry to any Hub through any proxy.
TOKEN: Final = re.compile(r"[!-~]+")
MOST_BYTES: Final = 1024 * 1024


class TokenError(ValueError):
    """Tokens that are told cannot be used; the text says why, without the tokens."""


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
        self._configured: dict[bytes, Grant] = {}
        self._grants: dict[bytes, Grant] = {}
        self._configure(grants)
        self.required = bool(self._configured)

    @classmethod
    def from_config(cls, config: ServerConfig) -> Authorization:
        """The tokens of the options `--token` and `--token-file`.

        Raises:
            TokenError: The file has no token in it, or cannot be used.
        """
        return cls(configured(config))

    def reload(self, config: ServerConfig) -> None:
        """Take the tokens of the options as they are now; those of Instances stay.

        Raises:
            TokenError: The file cannot be used; then nothing changes.
        """
        self._configure(configured(config))

    @property
    def count(self) -> int:
        """How many tokens are configured."""
        return len(self._configured)

    def _configure(self, grants: Iterable[Grant]) -> None:
        others = {key: grant for key, grant in self._grants.items() if key not in self._configured}
        self._configured = {_digest(grant.token): grant for grant in grants}
        self._grants = {**others, **self._configured}

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


def configured(config: ServerConfig) -> list[Grant]:
    """The tokens of the options `--token` and `--token-file`.

    Raises:
        TokenError: The file has no token in it, or cannot be used.
    """
    grants = [Grant(config.token.encode(), "manage", "token")] if config.token else []
    if config.token_file is not None:
        grants += read_tokens(config.token_file)
    scopes: dict[bytes, Scope] = {}
    for grant in grants:
        if scopes.setdefault(grant.token, grant.scope) != grant.scope:
            raise TokenError(f"{grant.holder}: this token is given twice, to read and to manage; which is meant?")
    return grants


def read_tokens(path: Path) -> list[Grant]:
    """Read a file with one `SCOPE TOKEN` a line; empty lines and those that begin with `#` do not count.

    Raises:
        TokenError: It cannot be read, a line is something else, or there is no token in it: then a Hub that was told
            to be guarded would be open.
    """
    grants = []
    for number, line in enumerate(_read(path).split("\n"), 1):
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        grants.append(_grant(words, f"{path.name}:{number}"))
    if not grants:
        raise TokenError(f"The token file {path} has no token in it, only empty lines and comments, if anything")
    return grants


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            if stat.S_ISCHR(path.stat().st_mode):
                raise TokenError(f"The token file {path} is a device")
            content = file.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise TokenError(f"The token file {path} is larger than {MOST_BYTES} bytes")
        return content.decode("utf-8-sig")
    except OSError as error:
        raise TokenError(f"The token file {path} cannot be read: {error.strerror or error}") from error
    except UnicodeError as error:
        raise TokenError(f"The token file {path} is not text in UTF-8") from error


def _grant(words: list[str], place: str) -> Grant:
    if len(words) != 2 or words[0] not in SCOPES:
        raise TokenError(f"{place}: expected 'read TOKEN' or 'manage TOKEN'")
    check_token(words[1], place)
    scope: Scope = "read" if words[0] == "read" else "manage"
    return Grant(words[1].encode(), scope, place)


def check_token(token: str, place: str) -> None:
    """Refuse a token that no client could send.

    Args:
        token: The token.
        place: Where it was given, for the error.

    Raises:
        TokenError: It has other letters than visible ones of ASCII.
    """
    if not TOKEN.fullmatch(token):
        raise TokenError(f"{place}: a token has only visible letters of ASCII, and no space; no client could send this")
