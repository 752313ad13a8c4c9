"""User tokens: JWTs that open all Spaces or some of them, to read or to manage, until they end or are revoked."""

from __future__ import annotations

import contextlib
import secrets
from typing import TYPE_CHECKING, Any, Final

import attrs
import jwt
from scramjet_serving.access.authorization import Authorization, Grant
from scramjet_serving.errors import StorageFailed

from scramjet_space.state.records import TokenRecord, now

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scramjet_space.state.records import TokenScope
    from scramjet_space.state.tables import Table

ISSUER: Final = "scramjet-platform"
ALGORITHM: Final = "HS256"
# How many tokens are known by their digest, so that their signature need not be checked again.
REMEMBERED: Final = 1000
LONGEST: Final = 4096


@attrs.frozen
class UserGrant(Grant):
    """What a user token allows.

    Attributes:
        spaces: The Spaces that it opens; None for all, and for the Platform itself.
        expires: When it ends, in milliseconds since 1970; None if never.
    """

    spaces: frozenset[str] | None = None
    expires: int | None = None

    def opens(self, space: str) -> bool:
        """Return whether it opens a Space."""
        return self.spaces is None or space in self.spaces


class Tokens:
    """Issues user tokens and recognises them.

    Args:
        table: What is known of the tokens; one that is not in it is not valid any more.
        signing: The key that signs them.
        fixed: Tokens of the configuration, which open everything.
    """

    def __init__(self, table: Table[TokenRecord], signing: bytes, fixed: Iterable[Grant] = ()) -> None:
        self._table = table
        self._signing = signing
        self._known: dict[str, UserGrant] = {}
        self._revoked: set[str] = set()
        self.configure(fixed)

    def configure(self, fixed: Iterable[Grant]) -> None:
        """Replace the tokens of the configuration."""
        self._fixed = Authorization(fixed, "Platform")

    @property
    def count(self) -> int:
        """How many tokens are valid."""
        return self._fixed.count + sum(not _is_over(record.expires) for record in self._table.all())

    def identify(self, header: str | None) -> UserGrant | None:
        """Return the grant in an `Authorization` header; None without a valid token."""
        if not header:
            return None
        if (fixed := self._fixed.identify(header)) is not None:
            return UserGrant(fixed.token, fixed.scope, fixed.holder)
        scheme, _, token = header.partition(" ")
        token = token.strip()
        if scheme.lower() != "bearer" or not 0 < len(token) <= LONGEST:
            return None
        grant = self._known.get(token) or self._verified(token)
        return grant if grant is not None and self._is_valid(grant) else None

    def _verified(self, token: str) -> UserGrant | None:
        try:
            claims: dict[str, Any] = jwt.decode(
                token, self._signing, [ALGORITHM], issuer=ISSUER, options={"require": ["jti", "iss"]}
            )
        except jwt.PyJWTError:
            return None
        record = self._record(str(claims["jti"]))
        if record is None:
            return None
        if len(self._known) >= REMEMBERED:
            self._known.clear()
        self._known[token] = grant = granted(record)
        return grant

    def _is_valid(self, grant: UserGrant) -> bool:
        return self._record(grant.holder) is not None and not _is_over(grant.expires)

    def _record(self, token_id: str) -> TokenRecord | None:
        # A token that another process has only just created is valid at once. One that is not stored was revoked:
        # it never comes back, so that its holder cannot make the Platform read the database again and again.
        record = self._table.get(token_id)
        if record is not None or token_id in self._revoked:
            return record
        with contextlib.suppress(StorageFailed):
            if (record := self._table.find(token_id)) is None:
                self._remember_revoked(token_id)
        return record

    def _remember_revoked(self, token_id: str) -> None:
        if len(self._revoked) >= REMEMBERED:
            self._revoked.clear()
        self._revoked.add(token_id)


def issue(
    signing: bytes,
    *,
    spaces: Sequence[str] = (),
    scope: TokenScope = "manage",
    lasts: int | None,
    description: str = "",
) -> tuple[TokenRecord, str]:
    """Create a token, which is valid once its record is stored.

    Args:
        signing: The key that signs it.
        spaces: The Spaces that it opens; none for all.
        scope: What it permits.
        lasts: For how long it is valid, in milliseconds; None for ever.
        description: What it is for.

    Returns:
        What is kept of it, and the token.
    """
    created = now()
    record = TokenRecord(
        id=secrets.token_hex(8),
        created=created,
        expires=None if lasts is None else created + lasts,
        scope=scope,
        spaces=tuple(spaces),
        description=description,
    )
    claims: dict[str, Any] = {"iss": ISSUER, "jti": record.id, "iat": created // 1000, "scope": scope}
    if record.spaces:
        claims["spaces"] = list(record.spaces)
    if record.expires is not None:
        claims["exp"] = -(-record.expires // 1000)
    return record, jwt.encode(claims, signing, ALGORITHM)


def granted(record: TokenRecord) -> UserGrant:
    """Return what a token allows."""
    spaces = frozenset(record.spaces) if record.spaces else None
    return UserGrant(b"", record.scope, record.id, spaces, record.expires)


def _is_over(expires: int | None) -> bool:
    return expires is not None and expires <= now()
