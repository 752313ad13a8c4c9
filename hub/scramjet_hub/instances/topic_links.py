"""Topic links: transfer bytes between the streams of an Instance and topics."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from scramjet_serving.delivery import Undelivered
from scramjet_serving.streams.broadcast import StreamEnded

if TYPE_CHECKING:
    from collections.abc import Callable

    from scramjet_serving.streams.broadcast import Broadcast

    from scramjet_hub.instances.intake import Intake
    from scramjet_hub.topics.topic import Topic


async def feed_from_topic(topic: Topic, intake: Intake, stuck: Callable[[], object]) -> None:
    """Pass data from a topic to an Instance's input, and end the input when the topic ends.

    Args:
        topic: The topic; data that the Instance's runner has not taken when this ends goes back to it.
        intake: The input.
        stuck: Called when the Instance reads nothing for too long while others wait for it.
    """
    reader = topic.reader()
    reader.watch(lambda: intake.outlet.unwritten, stuck)
    chunk = b""
    try:
        with contextlib.suppress(StreamEnded):
            if not topic.settled:
                chunk = await anext(reader, b"")
            # By now the topic has a type, or data, or will never have either.
            intake.begin(topic.content_type)
            while chunk or (chunk := await anext(reader, b"")):
                await intake.outlet.room()
                intake.outlet.push(chunk)
                chunk = b""
    finally:
        left, taken = intake.outlet.left
        reader.give_back(Undelivered([*left, *([chunk] if chunk else [])], taken))
        await reader.aclose()
        intake.outlet.end()


async def feed_topic(instance_id: str, output: Broadcast, open_topic: Callable[[], Topic]) -> None:
    """Pass an Instance's output to a topic, which is created again if it is deleted meanwhile.

    Args:
        instance_id: The id of the Instance, which the topic shows as its provider.
        output: The data to pass on, until it ends.
        open_topic: Opens the topic.
    """
    chunks = output.read()
    topic = open_topic()
    topic.providers.add(instance_id)
    chunk = await anext(chunks, None)
    while chunk is not None:
        writer = topic.writer()
        try:
            while chunk is not None:
                await writer.write(chunk)
                chunk = await anext(chunks, None)
            await writer.finish()
        except StreamEnded:
            topic = open_topic()
            topic.providers.add(instance_id)
        finally:
            writer.abandon()
    topic.providers.discard(instance_id)
