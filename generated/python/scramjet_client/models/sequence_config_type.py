from __future__ import annotations

from typing import Literal, TypeAlias

SequenceConfigType: TypeAlias = Literal["process", "docker", "kubernetes"]
"""What runs its Instances."""
