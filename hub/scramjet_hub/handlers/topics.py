"""The operations of the tag `topics`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scramjet_hub.handlers.feeding import ends_stream, pour
from scramjet_hub.http import ApiError, Response, StreamResponse, json_response, operation, snapshot
from scramjet_hub.streams import StreamEnded

if TYPE_CHECKING:
    from typing import Any

    from scramjet_hub.http import Request
    from scramjet_hub.hub import Hub
    from scramjet_hub.topics import Topic


# What a reader is told before anybody has said what the topic carries: it is bytes, whatever they turn out to be.
UNSETTLED_TYPE = "application/octet-stream"


def topic_info(topic: Topic) -> dict[str, Any]:
    """A topic as lists show it."""
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


@operation("createTopic")
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


@operation("writeTopic", statuses={"content-type": 400})
async def write_topic(hub: Hub, request: Request) -> Response:
    """POST /topic/{topic}."""
    topic = hub.topics.open(request.path["topic"], request.content_type)
    ends = ends_stream(request, default=False)
    try:
        await pour(request, topic.writer())
    except StreamEnded:
        raise ApiError(409, f"Topic {topic.name} was deleted; not all of what was sent reached it") from None
    if ends:
        topic.end()
    return json_response({}, 200 if ends else 202)


@operation("readTopic")
async def read_topic(hub: Hub, request: Request) -> StreamResponse:
    """GET /topic/{topic}."""
    topic = hub.topics.open(request.path["topic"], request.content_type)
    return StreamResponse(topic.reader(), content_type=topic.content_type if topic.settled else UNSETTLED_TYPE)
