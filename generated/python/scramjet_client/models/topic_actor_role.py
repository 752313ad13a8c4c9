from __future__ import annotations

from typing import Literal, TypeAlias

TopicActorRole: TypeAlias = Literal["consumer", "provider"]
