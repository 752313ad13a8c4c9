from __future__ import annotations

from typing import Literal, TypeAlias

DisconnectedHubReason: TypeAlias = Literal["id_drop", "key_revoked", "limit_exceeded"]
"""The field of the request that named it; `id`, `accessKey` or `limit`."""
