from __future__ import annotations

from typing import Literal, TypeAlias

TopicActorType: TypeAlias = Literal["host", "api"]
"""What takes part; `host` is a Hub, `api` a client of the Space."""
