from __future__ import annotations

from typing import Literal, TypeAlias

InstanceStatus: TypeAlias = Literal[
    "initializing", "starting", "running", "stopping", "killing", "completed", "errored", "gone"
]
"""Where an Instance is in its life. It goes from left to right and never back:
`initializing`, `starting`, `running`, then `stopping` after `_stop` or `killing` after `_kill`,
and ends as `completed` or `errored`. `gone` is one of which the Hub has lost sight.
"""
