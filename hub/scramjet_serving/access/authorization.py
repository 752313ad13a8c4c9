"""Authorization: bearer tokens with a scope, from the configuration or issued while the server runs."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import stat
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

import attrs

from scramjet_serving.errors import ApiError, CannotStart

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from scramjet_serving.config import ServerConfig

Scope: TypeAlias = Literal["read", "manage"]
SCOPES = ("read", "manage")
# The characters that `Authorization: Bearer TOKEN` can carry to any server through any proxy.
TOKEN: Final = re.compile(r"[!-~]+")
MOST_BYTES: Final = 1024 * 1024


class Target(NamedTuple):
    """What a request is about.

    Attributes:
        method: Its method.
        path: The path of its operation in the description, with names in braces for parameters.
        values: The parameters in its path, decoded.
    """

    method: str
    path: str
    values: Mapping[str, str]


class TokenError(CannotStart, ValueError):
    """Configured tokens cannot be used; the text says why, without showing them."""


@attrs.frozen
class Grant:
    """A token and what it allows.

    Attributes:
        token: The secret.
        scope: `read` permits reading, `manage` permits everything.
        holder: Its owner, for the audit trail.
        within: Returns why it does not permit an operation that its scope permits, or nothing; permits all by default.
    """

    token: bytes = attrs.field(repr=False)
    scope: Scope
    holder: str
    within: Callable[[Target], str] | None = attrs.field(default=None, repr=False, kw_only=True)

    def refusal(self, target: Target) -> ApiError | None:
        """Return why an operation is rejected that the scope permits; None if it is permitted."""
        reason = self.within(target) if self.within is not None else ""
        return ApiError(403, reason) if reason else None


class Authorization:
    """Decides whether a request is permitted.

    Args:
        grants: The tokens; without any, every request is permitted.
        kind: The kind of server, for errors.
    """

    def __init__(self, grants: Iterable[Grant] = (), kind: str = "server") -> None:
        self._kind = kind
        self._configured: dict[bytes, Grant] = {}
        self._grants: dict[bytes, Grant] = {}
        self._configure(grants)
        self.required = bool(self._configured)

    @classmethod
    def from_config(cls, config: ServerConfig) -> Authorization:
        """Create it from the options `--token` and `--token-file`.

        Raises:
            TokenError: The file contains no token, or cannot be used.
        """
        return cls(configured(config), config.kind)

    def reload(self, config: ServerConfig) -> None:
        """Reload the tokens of the options; issued ones stay.

        Raises:
            TokenError: The file cannot be used; the old tokens stay.
        """
        self._configure(configured(config))

    @property
    def count(self) -> int:
        """Number of configured tokens."""
        return len(self._configured)

    def _configure(self, grants: Iterable[Grant]) -> None:
        others = {key: grant for key, grant in self._grants.items() if key not in self._configured}
        self._configured = {_digest(grant.token): grant for grant in grants}
        self._grants = {**others, **self._configured}

    def identify(self, header: str | None) -> Grant | None:
        """Return the grant that a request uses.

        Args:
            header: Its `Authorization` header.

        Returns:
            None without a valid token.
        """
        scheme, _, token = (header or "").partition(" ")
        presented = token.strip().encode()
        if scheme.lower() != "bearer" or not presented:
            return None
        # Looks up a digest, so that the time it takes reveals nothing about the tokens (timing attack).
        grant = self._grants.get(_digest(presented))
        return grant if grant and hmac.compare_digest(grant.token, presented) else None

    def check(self, grant: Grant | None, scope: Scope, header: str | None) -> None:
        """Check that a request is permitted.

        Args:
            grant: The grant it uses.
            scope: The scope it needs.
            header: Its `Authorization` header.

        Raises:
            ApiError: 401 without a valid token, 403 with one whose scope is insufficient.
        """
        if grant is None:
            if self.required:
                raise unauthorized(self._kind, presented=bool(header))
        elif scope == "manage" and grant.scope != "manage":
            raise ApiError(403, "This token has the scope 'read'; the operation needs one with the scope 'manage'")

    def issue(self, holder: str, within: Callable[[Target], str] | None = None) -> str:
        """Create a token; `revoke` it later.

        Args:
            holder: Its owner, for the audit trail.
            within: Returns why it does not permit an operation, or nothing; permits everything by default.
        """
        token = secrets.token_urlsafe(32)
        self._grants[_digest(token.encode())] = Grant(token.encode(), "manage", holder, within=within)
        return token

    def revoke(self, token: str) -> None:
        """Revoke an issued token."""
        self._grants.pop(_digest(token.encode()), None)


def _digest(token: bytes) -> bytes:
    return hashlib.sha256(token).digest()


def unauthorized(kind: str, *, presented: bool) -> ApiError:
    """Return the error for a request without a valid token.

    Args:
        kind: The kind of server.
        presented: Whether the request has a token, which is not known.
    """
    message = (
        f"The token is not known to this {kind}" if presented else "A token is needed: 'Authorization: Bearer TOKEN'"
    )
    challenge = f'Bearer realm="scramjet-{kind.lower()}"' + (', error="invalid_token"' if presented else "")
    return ApiError(401, message, {"www-authenticate": challenge})


def configured(config: ServerConfig) -> list[Grant]:
    """Return the tokens of the options `--token` and `--token-file`.

    Raises:
        TokenError: The file contains no token, or cannot be used.
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
    """Read a file with one `SCOPE TOKEN` per line; empty lines and lines that begin with `#` are ignored.

    Raises:
        TokenError: It cannot be read, a line has another form, or it contains no token: a server meant to be
            protected would then be open.
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
    """Reject a token that no client could send.

    Args:
        token: The token.
        place: Where it was configured, for the error.

    Raises:
        TokenError: It has characters other than visible ASCII.
    """
    if not TOKEN.fullmatch(token):
        raise TokenError(f"{place}: a token has only visible letters of ASCII, and no space; no client could send this")
