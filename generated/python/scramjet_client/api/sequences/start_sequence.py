"""Start an Instance of a Sequence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._runtime.arguments import converting
from ..._runtime.call import Call
from ..._runtime.paths import segment
from ...models.limits import Limits
from ...models.start_reply import StartReply

DECODERS: Mapping[int, Callable[[Any], StartReply]] = {200: StartReply.from_dict}


@converting
def call(
    id: str,
    *,
    app_config: dict[str, Any] | None = None,
    args: list[Any] | None = None,
    input_topic: str | None = None,
    output_topic: str | None = None,
    limits: Limits | None = None,
    instance_id: str | None = None,
    instance_name: str | None = None,
) -> Call[StartReply]:
    """Start an Instance of a Sequence.

    Starts a Sequence as a new Instance, in a runner process of its own. The body may be an object,
    `None` or missing. Unknown fields are ignored; it may be nested 100 levels deep.

    The reply comes as soon as the Instance exists and can be addressed, which may be before it runs. If
    it fails later, its status, `terminated` and log say so. If the file named by `main` does not exist,
    the reply is 400; if the stored package is damaged, 422. A failed start is rolled back.

    `input_topic` and `output_topic` connect its input and output to topics; they override those that
    the Sequence declares. `instance_name` (since Hub 2.0) is accepted wherever the Instance's id is.

    A Hub in a Space that does not have the Sequence `x` fetches `x.tar.gz` from the Space's store,
    stores it under this id and starts it; if the store does not have it either, the reply is 404.

    Args:
        id: The id of a Sequence, the name it was given at upload, or the name of its package if no
            other package is named so.
        app_config: The configuration of an Instance, which the Sequence reads as `context.config`.
        args: Arguments after `context` and `input`.
        input_topic: As TopicName, or empty for no topic, as an Instance without one shows it.
        output_topic: As TopicName, or empty for no topic, as an Instance without one shows it.
        limits: What an Instance may use at most.
        instance_id: The id that the Instance is to have.
        instance_name: A name to address it by, unique in the Hub. Since Hub 2.0; older ones ignore it.
    """
    json: dict[str, Any] = {}
    if app_config is not None:
        json["appConfig"] = app_config
    if args is not None:
        json["args"] = args
    if input_topic is not None:
        json["inputTopic"] = input_topic
    if output_topic is not None:
        json["outputTopic"] = output_topic
    if limits is not None:
        json["limits"] = limits.to_dict()
    if instance_id is not None:
        json["instanceId"] = instance_id
    if instance_name is not None:
        json["instanceName"] = instance_name
    return Call(
        operation_id="startSequence",
        method="POST",
        path=f"/sequence/{segment(id, 'id')}/start",
        json=json,
        decoders=DECODERS,
        down="json",
        retry_safe=False,
    )
