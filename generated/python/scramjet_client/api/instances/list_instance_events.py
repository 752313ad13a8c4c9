"""List what happened to Instances."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any

from ..._runtime.arguments import converting
from ..._runtime.call import Call
from ..._runtime.durations import moment
from ...models.instance_event_type import InstanceEventType
from ...models.instance_events import InstanceEvents
from ...models.list_order import ListOrder

DECODERS: Mapping[int, Callable[[Any], InstanceEvents]] = {200: InstanceEvents.from_dict}


@converting
def call(
    *,
    instance_ids: list[str] | None = None,
    types: list[InstanceEventType] | None = None,
    starting_time: datetime.datetime | None = None,
    ending_time: datetime.datetime | None = None,
    limit: int | None = None,
    offset: int | None = None,
    order: ListOrder | None = None,
) -> Call[InstanceEvents]:
    """List what happened to Instances.

    The history of the Hub's Instances, also of those that are no longer kept, and from before restarts
    of the Hub. It is bounded by age and size; the oldest events go first. Everything that happened
    before the request is in it, starts that were replied to among them. What is in the list, or was in
    a stream, survives every end of the Hub, also one without warning, and so do the events of stops and
    kills that the Hub has replied to. The list and these replies wait for a slow disk, but not longer
    than a second. An Instance whose Hub ended without warning gets its `ended` when the Hub is back.

    Args:
        instance_ids: Only events of these Instances; repeatable.
        types: Only events of these types; repeatable.
        starting_time: Only events from this time on.
        ending_time: Only events until this time.
        limit: How many to give at most. The server takes 100 if it is omitted.
        offset: How many of those that match to leave out at the start. The server takes 0 if it is
            omitted.
        order: In which order of time; `desc` gives the newest first. The server takes 'asc' if it is
            omitted.
    """
    return Call(
        operation_id="listInstanceEvents",
        method="GET",
        path="/instance_events",
        params={
            "instance_ids": instance_ids,
            "types": types,
            "starting_time": None if starting_time is None else moment(starting_time),
            "ending_time": None if ending_time is None else moment(ending_time),
            "limit": limit,
            "offset": offset,
            "order": order,
        },
        decoders=DECODERS,
        down="json",
        retry_safe=True,
    )
