"""Send an event to an Instance."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._runtime.call import Call
from ..._runtime.paths import segment
from ...models.accepted import Accepted
from ...models.event_accepted import EventAccepted

DECODERS: Mapping[int, Callable[[Any], EventAccepted | Accepted]] = {
    200: EventAccepted.from_dict,
    202: Accepted.from_dict,
}


def call(id: str, event_name: str, message: Any = None) -> Call[EventAccepted | Accepted]:
    """Send an event to an Instance.

    Passes an event on to the Instance, where it calls the handlers that the Sequence has for its name.
    The reply does not wait for them, nor does it tell whether there are any. The body is the event, or
    the event behind its message code in an array, as older clients send it; further fields are ignored.

    Args:
        id: The id of an Instance or, since Hub 2.0, the name it was given at start.
        event_name: The event name.
        message: Anything that JSON can say.
    """
    json: dict[str, Any] = {"eventName": event_name}
    if message is not None:
        json["message"] = message
    return Call(
        operation_id="sendEvent",
        method="POST",
        path=f"/instance/{segment(id, 'id')}/_event",
        json=[5001, json],
        decoders=DECODERS,
        down="json",
        retry_safe=False,
    )
