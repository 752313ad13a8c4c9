"""Follow what happens to Instances."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._runtime.call import Call
from ...models.instance_event import InstanceEvent
from ...models.instance_event_type import InstanceEventType

DECODERS: Mapping[int, Callable[[Any], InstanceEvent]] = {200: InstanceEvent.from_dict}


def call(
    *, cursor: str | None = None, instance_ids: list[str] | None = None, types: list[InstanceEventType] | None = None
) -> Call[InstanceEvent]:
    """Follow what happens to Instances.

    The history as a stream, one JSON object a line, which does not end before the Hub does. With the
    `id` of the last line as the `cursor`, a new request goes on exactly there, also after a restart of
    the Hub: no event is left out, and none comes twice. Where nothing is sent for a while, a `bookmark`
    moves the cursor on; without a cursor, the stream begins with one. If events after the cursor are no
    longer kept, the request is refused with 410, and a stream whose reader has fallen that far behind
    breaks off.

    Args:
        cursor: The `id` of the last event that the reader has; 0 for all that are kept. Without it, the
            stream begins with what happens from now on.
        instance_ids: Only events of these Instances; repeatable.
        types: Only events of these types; repeatable.
    """
    return Call(
        operation_id="watchInstanceEvents",
        method="GET",
        path="/streams/instance_events",
        params={"cursor": cursor, "instance_ids": instance_ids, "types": types},
        decoders=DECODERS,
        down="stream",
        retry_safe=False,
    )
