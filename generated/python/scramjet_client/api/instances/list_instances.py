"""List the Hub's Instances."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any

from ..._runtime.arguments import converting
from ..._runtime.call import Call
from ..._runtime.durations import moment
from ...models.instance import Instance
from ...models.instance_status import InstanceStatus
from ...models.list_order import ListOrder

DECODERS: Mapping[int, Callable[[Any], list[Instance]]] = {
    200: lambda data: [Instance.from_dict(item) for item in data]
}


@converting
def call(
    *,
    sequence: str | None = None,
    status: list[InstanceStatus] | None = None,
    starting_time: datetime.datetime | None = None,
    ending_time: datetime.datetime | None = None,
    limit: int | None = None,
    offset: int | None = None,
    order: ListOrder | None = None,
) -> Call[list[Instance]]:
    """List the Hub's Instances.

    The Instances of the Hub, finished ones that are still kept among them, in the order of their
    creation. Without parameters, all of them, in one page. With any parameter, the reply tells in
    `X-Total-Count` how many match, and in `Link` where the other pages are.

    Args:
        sequence: Only Instances of this Sequence, by its id or its name.
        status: Only Instances with this status, or one of several; repeatable.
        starting_time: The start of a period; only Instances that had not ended before it.
        ending_time: The end of a period; only Instances that were created before it ended.
        limit: How many to give at most; all that match if left out.
        offset: How many of those that match to leave out at the start. The server takes 0 if it is
            omitted.
        order: In which order of time; `desc` gives the newest first. The server takes 'asc' if it is
            omitted.
    """
    return Call(
        operation_id="listInstances",
        method="GET",
        path="/instances",
        params={
            "sequence": sequence,
            "status": status,
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
