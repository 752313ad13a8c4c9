from __future__ import annotations

from typing import Literal, TypeAlias

TopicCreatedState: TypeAlias = Literal["flowing", "pause", "drain", "error"]
"""`flowing` for a new topic."""
