"""The operations of the tag `topics`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from scramjet_serving.errors import ApiError, Ended, Invalid, Taken, Unsupported
from scramjet_serving.messages import Response, StreamResponse, json_response
from scramjet_serving.streams.broadcast import StreamEnded

from scramjet_hub.handlers.bodies import ends_stream, pour
from scramjet_hub.handlers.operations import operation, snapshot
from scramjet_hub.topics.topic import DEFAULT_TYPE, check_topic

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from typing import Any

    from scramjet_serving.messages import Request

    from scramjet_hub.hub import Hub
    from scramjet_hub.topics.topic import Topic


# The type sent to a reader while the topic has none yet: bytes, which any content is.
UNSETTLED_TYPE = "application/octet-stream"
# The schema of the path has checked the name, so what is left to be invalid is the type.
NAMED = {Invalid: "content-type", Unsupported: "content-type"}


def topic_info(topic: Topic) -> dict[str, Any]:
    """Return a topic in the form of the lists."""
    return {
        "topic": topic.name,
        "topicName": topic.name,
        "contentType": topic.content_type,
        "localProvider": min(topic.providers, default=""),
    }


@snapshot("listTopics")
def list_topics(hub: Hub) -> Response:
    """GET /topics."""
    return json_response([topic_info(topic) for topic in hub.topics.all()])


@operation("createTopic", errors={Taken: 400}, fields={Taken: "/id", Invalid: "/id"})
async def create_topic(hub: Hub, request: Request) -> Response:
    """POST /topics."""
    topic = hub.topics.create(request.json["id"], request.json["content-type"])
    origin = {"id": hub.config.id, "type": "hub"}
    return json_response(
        {"id": topic.name, "origin": origin, "state": "flowing", "contentType": topic.content_type},
    )


@operation("deleteTopic")
async def delete_topic(hub: Hub, request: Request) -> Response:
    """DELETE /topics/{topic}."""
    name = request.path["topic"]
    hub.topics.delete(name)
    return json_response({"message": f"Topic {name} removed"})


@operation("writeTopic", statuses={"content-type": 400}, fields=NAMED)
async def write_topic(hub: Hub, request: Request) -> Response:
    """POST /topic/{topic}."""
    topic = hub.topics.open(request.path["topic"], request.content_type)
    tell_space(hub, request, topic, "provides")
    ends = ends_stream(request, default=False)
    try:
        await pour(request, topic.writer(outside=from_space(request)))
    except StreamEnded:
        raise Ended(f"Topic {topic.name} was deleted; not all of what was sent reached it") from None
    if ends:
        topic.end()
    return json_response({}, 200 if ends else 202)


@operation("readTopic", fields=NAMED)
async def read_topic(hub: Hub, request: Request) -> StreamResponse:
    """GET /topic/{topic}."""
    topic = readable_topic(hub, request)
    if topic is None:
        return StreamResponse(_nothing, content_type=request.content_type or UNSETTLED_TYPE)
    tell_space(hub, request, topic, "requires")
    read = partial(topic.reader, outside=from_space(request))
    return StreamResponse(read, content_type=topic.content_type if topic.settled else UNSETTLED_TYPE)


def from_space(request: Request) -> bool:
    """Return whether a request is the Space's own, which connects topics of several Hubs."""
    return request.headers.get("cpm", "").lower() == "true"


def tell_space(hub: Hub, request: Request, topic: Topic, role: str) -> None:
    """Tell the Space who uses a topic, unless it is the Space itself, or the request only asks for the head."""
    if hub.space is not None and not from_space(request) and request.method != "HEAD":
        hub.space.topic_used(topic, role)


def readable_topic(hub: Hub, request: Request) -> Topic | None:
    """Find or create the topic that a request reads, without changes that the request may not make.

    Returns:
        None for a `HEAD` of a missing topic.

    Raises:
        ApiError: 403, creating it needs a `manage` token.
        DomainError: As for `TopicRegistry.open`.
    """
    name, content_type = request.path["topic"], request.content_type
    topic = hub.topics.find(name)
    if topic is None and not request.may_manage:
        raise ApiError(403, f"There is no topic {name}, and this token with the scope 'read' may not create it")
    if request.method != "HEAD" and request.may_manage:
        return hub.topics.open(name, content_type)
    if topic is None or not topic.settled:
        check_topic(name, content_type or DEFAULT_TYPE)
        return topic
    return hub.topics.open(name, content_type)


async def _nothing() -> AsyncIterator[bytes]:
    """Return the body for a missing topic, which is never sent."""
    return
    yield b""
