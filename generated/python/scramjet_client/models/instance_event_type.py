from __future__ import annotations

from typing import Literal, TypeAlias

InstanceEventType: TypeAlias = Literal[
    "created", "started", "status", "health", "topics", "stop", "kill", "ended", "start_refused", "bookmark"
]
"""What happened: an Instance was `created`, its runner `started`, its `status` or its `health` changed,
`topics` were tied to it, it was asked to `stop`, or was told to end (`kill`), it `ended`,
or a start was refused (`start_refused`).
In streams, a `bookmark` tells of no event but moves the cursor on: everything until its `id` has been sent.
"""
