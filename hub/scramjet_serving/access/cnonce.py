"""Proofs that one side has an access key, as Hubs send them to a Platform: `Authorization: Digest cnonce="..."`.

The key itself is not sent. There is no nonce of the server's, so who sees a proof can send it again; use TLS.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from typing import Final

# The public beginning of a key, by which it is found; the rest is secret.
KEY_ID: Final = 16
# A key has at least as many characters.
LEAST_KEY: Final = 32
KEY: Final = re.compile(r"[!-~]{32,1024}", re.ASCII)
NONCE: Final = 16
PROOF: Final = re.compile(r"[A-Za-z0-9+/]{16}[!-~]{16}[A-Za-z0-9+/]{128}", re.ASCII)
HEADER: Final = re.compile(r'Digest\s+(?:.*,\s*)?cnonce="([^"]*)"', re.IGNORECASE)


def make(key: str) -> str:
    """Return a proof that we have a key. Takes about 50 ms of CPU, and 16 MiB of memory.

    Args:
        key: The key, at least `LEAST_KEY` characters of visible ASCII.
    """
    nonce = base64.b64encode(secrets.token_bytes(12)).decode()
    public = nonce + key[:KEY_ID]
    return public + _derive(public, key)


def header(key: str) -> str:
    """Return the value of an `Authorization` header that proves a key; takes as long as `make`."""
    return f'Digest cnonce="{make(key)}"'


def from_header(value: str) -> str:
    """Return the proof in an `Authorization` header; empty if there is none, or one that is malformed."""
    found = HEADER.fullmatch(value.strip())
    return found[1] if found and PROOF.fullmatch(found[1]) else ""


def key_id(proof: str) -> str:
    """Return the id of the key that a proof is for."""
    return proof[NONCE : NONCE + KEY_ID]


def proves(proof: str, key: str) -> bool:
    """Return whether a proof was made with a key; takes as long as `make`."""
    public = proof[: NONCE + KEY_ID]
    return bool(PROOF.fullmatch(proof)) and hmac.compare_digest(proof, public + _derive(public, key))


def _derive(public: str, key: str) -> str:
    return base64.b64encode(
        hashlib.scrypt(public.encode(), salt=key.encode(), n=16384, r=8, p=1, maxmem=64 * 1024 * 1024, dklen=96)
    ).decode()
