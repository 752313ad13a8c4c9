"""The keys that are derived from the secret of the data folder, one for each purpose."""

from __future__ import annotations

import base64
from typing import Final

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from scramjet_serving.errors import StorageFailed

LENGTH: Final = 32


class Secrets:
    """Signs tokens and encrypts access keys.

    Args:
        secret: The secret of the data folder.

    Attributes:
        signing: The key that signs user tokens.
    """

    def __init__(self, secret: bytes) -> None:
        self.signing = _derived(secret, b"scramjet-platform: user tokens")
        self._sealing = Fernet(base64.urlsafe_b64encode(_derived(secret, b"scramjet-platform: access keys")))

    def seal(self, text: str) -> bytes:
        """Encrypt a text."""
        return self._sealing.encrypt(text.encode())

    def unseal(self, sealed: bytes) -> str:
        """Decrypt a text.

        Raises:
            StorageFailed: It was encrypted with another secret, or changed.
        """
        try:
            return self._sealing.decrypt(sealed).decode()
        except InvalidToken as error:
            raise StorageFailed("An access key cannot be decrypted with the secret of this data folder") from error


def _derived(secret: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), LENGTH, salt=None, info=purpose).derive(secret)
