"""Access keys: what Hubs join a Space with. The first 16 characters of a key are its id, the rest is secret."""

from __future__ import annotations

import hmac
import secrets
from typing import TYPE_CHECKING, Final

from scramjet_serving.errors import NotFound, Taken

from scramjet_space.state.records import KeyRecord, now

if TYPE_CHECKING:
    from scramjet_space.access.secrets import Secrets
    from scramjet_space.state.tables import Table

ID_LENGTH: Final = 16
# `si` accepts at most 50 of the characters of base64url; 16 and 32 of them make 48.
BYTES: Final = 36


class AccessKeys:
    """The access keys of one Space.

    Args:
        space: The id of the Space.
        table: The keys of all Spaces.
        sealing: Encrypts them.
        most: The maximum number.
    """

    def __init__(self, space: str, table: Table[KeyRecord], sealing: Secrets, most: int) -> None:
        self._space = space
        self._table = table
        self._sealing = sealing
        self._most = most

    def all(self) -> list[KeyRecord]:
        """Return what is known of the keys, the oldest first."""
        found = [record for record in self._table.all() if record.space == self._space]
        return sorted(found, key=lambda record: record.created)

    async def create(self, description: str) -> tuple[KeyRecord, str]:
        """Create a key.

        Returns:
            What is kept of it, and the whole key.

        Raises:
            Taken: There are too many.
            StorageFailed: It could not be stored.
        """
        known = self.all()
        if len(known) >= self._most:
            raise Taken(f"The Space has {len(known)} access keys and may have no more; revoke one")
        key = secrets.token_urlsafe(BYTES)
        created = max(now(), known[-1].created + 1 if known else 0)
        record = KeyRecord(
            space=self._space,
            id=key[:ID_LENGTH],
            created=created,
            description=description,
            sealed=self._sealing.seal(key),
        )
        await self._table.put(record)
        return record, key

    def secret(self, key_id: str) -> str | None:
        """Return the whole key with this id; None if there is none.

        Raises:
            StorageFailed: It cannot be decrypted.
        """
        record = self._table.get(f"{self._space}/{key_id}")
        return self._sealing.unseal(record.sealed) if record is not None else None

    async def revoke(self, name: str) -> KeyRecord:
        """Revoke one key.

        Args:
            name: When it was created, its id, or the whole key.

        Raises:
            NotFound: There is no such key.
            StorageFailed: It could not be removed.
        """
        record = next((record for record in self.all() if self._is_named(record, name)), None)
        if record is None:
            raise NotFound("The Space has no such key")
        await self._table.remove(record.key)
        return record

    async def revoke_all(self) -> list[KeyRecord]:
        """Revoke all keys.

        Raises:
            StorageFailed: One could not be removed.
        """
        revoked = self.all()
        for record in revoked:
            await self._table.remove(record.key)
        return revoked

    def _is_named(self, record: KeyRecord, name: str) -> bool:
        if name in (str(record.created), record.id):
            return True
        if not name.startswith(record.id):
            return False
        return hmac.compare_digest(self._sealing.unseal(record.sealed).encode(), name.encode())
