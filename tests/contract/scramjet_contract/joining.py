"""Joins a Space as a Hub does: with a CONNECT request and the proof of an access key; nothing more is said."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import os
import socket
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY_ID = 16
"""Characters of an access key that are its id."""


class Joined:
    """A connection on which a Hub asked to join.

    Attributes:
        status: The status of the reply.
    """

    def __init__(self, connection: socket.socket, status: int) -> None:
        self._connection = connection
        self.status = status

    def is_closed(self, seconds: float) -> bool:
        """Return whether the Space closes the connection within some time; what it sends until then is ignored."""
        self._connection.settimeout(seconds)
        try:
            while self._connection.recv(65536):
                pass
        except TimeoutError:
            return False
        except OSError:
            pass
        return True


def proof_of(key: str) -> str:
    """Return the cnonce that proves an access key: nonce, key id, and a hash of both that is salted with the key."""
    words = base64.b64encode(os.urandom(12)).decode() + key[:KEY_ID]
    digest = hashlib.scrypt(words.encode(), salt=key.encode(), n=16384, r=8, p=1, dklen=96)
    return words + base64.b64encode(digest).decode()


@contextlib.contextmanager
def joined(url: str, space: str, hub: str, key: str = "", seconds: float = 10.0) -> Iterator[Joined]:
    """Ask to join a Space; the connection is closed at the end.

    Args:
        url: The API base of the Platform, which must not use TLS.
        space: The id of the Space.
        hub: The id of the Hub; empty for a new one.
        key: An access key; empty for none.
        seconds: Time limit of each step.
    """
    place = urlsplit(url)
    address = (place.hostname or "", place.port or 80)
    with socket.create_connection(address, timeout=seconds) as connection:
        connection.sendall(_head(space, hub, key, place.netloc))
        yield Joined(connection, _status(connection))


def _head(space: str, hub: str, key: str, host: str) -> bytes:
    lines = [f"CONNECT /api/v1//{space}/ HTTP/1.1", f"host: {host}", f"x-sth-id: {hub}", f"x-manager-id: {space}"]
    lines += ["x-sth-description: contract", 'x-sth-tags: ["contract"]']
    if key:
        lines += ["x-org-id: ", f'authorization: Digest cnonce="{proof_of(key)}"']
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def _status(connection: socket.socket) -> int:
    head = b""
    while b"\r\n\r\n" not in head and (data := connection.recv(1)):
        head += data
    words = head.split(b" ", 2)
    return int(words[1]) if len(words) > 1 and words[1][:3].isdigit() else 0
