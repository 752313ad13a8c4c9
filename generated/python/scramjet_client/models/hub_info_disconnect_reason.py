from __future__ import annotations

from typing import Literal, TypeAlias

HubInfoDisconnectReason: TypeAlias = Literal["disconnected", "id_drop", "key_revoked", "limit_exceeded"]
"""Why it is not connected: `disconnected` (its connection was lost or it closed it), or, after the Space disconnected
it, `id_drop`, `key_revoked` or `limit_exceeded`.
"""
