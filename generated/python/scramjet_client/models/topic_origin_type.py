from __future__ import annotations

from typing import Literal, TypeAlias

TopicOriginType: TypeAlias = Literal["hub", "space"]
