"""The operations on the topics of a Space."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from scramjet_serving.messages import Response, StreamResponse, json_response

from scramjet_space.handlers.operations import operation, space_of
from scramjet_space.topics.exchange import DEFAULT_TYPE

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from scramjet_serving.messages import Request

    from scramjet_space.platform import Platform


@operation("listSpaceTopics")
async def list_topics(platform: Platform, request: Request) -> Response:
    """GET /space/{space_id}/api/v1/topics."""
    return json_response([topic.info() for topic in space_of(platform, request).topics.all()])


@operation("readSpaceTopic")
async def read_topic(platform: Platform, request: Request) -> StreamResponse:
    """GET /space/{space_id}/api/v1/topic/{topic}; clients send any content type with it, so none is looked at."""
    topics = space_of(platform, request).topics
    if request.method == "HEAD":
        return StreamResponse(_nothing)
    topic = topics.open(request.path["topic"])
    return StreamResponse(lambda: topics.read(topic))


@operation("writeSpaceTopic")
async def write_topic(platform: Platform, request: Request) -> Response:
    """POST /space/{space_id}/api/v1/topic/{topic}."""
    topics = space_of(platform, request).topics
    topic = topics.open(request.path["topic"], request.content_type or DEFAULT_TYPE)
    async with contextlib.aclosing(request.chunks()) as chunks:  # type: ignore[type-var]  # it is a generator
        await request.unless_gone(topics.write(topic, chunks))
    return Response(status=200 if request.params["x-end-stream"] else 202)


async def _nothing() -> AsyncIterator[bytes]:
    """Return the body of a reply to `HEAD`, which is never sent."""
    return
    yield b""
