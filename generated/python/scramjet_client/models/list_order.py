from __future__ import annotations

from typing import Literal, TypeAlias

ListOrder: TypeAlias = Literal["asc", "desc"]
"""The order of a list by time, `asc` with the oldest or `desc` with the newest first."""
