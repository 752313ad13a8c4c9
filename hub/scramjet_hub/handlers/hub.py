"""The operations of the tag `hub`."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from scramjet_serving import description
from scramjet_serving.machine.metrics import CONTENT_TYPE, render
from scramjet_serving.messages import JSON, Response, StreamResponse, json_response
from scramjet_serving.service import version_of

from scramjet_hub.handlers.figures import families
from scramjet_hub.handlers.instances import instance_info
from scramjet_hub.handlers.operations import operation, snapshot
from scramjet_hub.handlers.sequences import sequence_info
from scramjet_hub.handlers.topics import topic_info
from scramjet_hub.version import SERVICE

if TYPE_CHECKING:
    from scramjet_serving.messages import Request

    from scramjet_hub.hub import Hub

_VERSION = version_of(SERVICE)


@snapshot("getVersion")
def get_version(_hub: Hub) -> Response:
    """GET /version."""
    return json_response(_VERSION)


@snapshot("getStatus")
def get_status(hub: Hub) -> Response:
    """GET /status: whether the Hub is connected to its Space; nothing of one that joins none."""
    return json_response({"cpm": hub.space.status if hub.space is not None else {}})


@operation("getHealth")
async def get_health(hub: Hub, request: Request) -> Response:
    """GET /health: whether the Hub accepts new work and can do it."""
    if hub.draining:
        return json_response({"healthy": False}, 503)
    problems = await request.unless_gone(hub.problems())
    if problems:
        return json_response({"healthy": False, "problems": problems}, 503)
    return json_response({"healthy": True})


@snapshot("getConfig")
def get_config(hub: Hub) -> Response:
    """GET /config."""
    return json_response({**hub.config.public(), "isolation": hub.sandboxes.public()})


@operation("getLoad")
async def get_load(hub: Hub, _request: Request) -> Response:
    """GET /load-check."""
    return json_response(hub.load.report())


@operation("getMetrics")
async def get_metrics(hub: Hub, _request: Request) -> Response:
    """GET /metrics."""
    return Response(render(families(hub)).encode(), headers={"content-type": CONTENT_TYPE})


@operation("getDescription")
async def get_description(_hub: Hub, _request: Request) -> Response:
    """GET /openapi.json."""
    return Response(await asyncio.to_thread(description.as_json), headers={"content-type": JSON})


@operation("getDescriptionYaml")
async def get_description_yaml(_hub: Hub, _request: Request) -> Response:
    """GET /openapi.yaml."""
    text = await asyncio.to_thread(description.place().read_bytes)
    return Response(text, headers={"content-type": "application/yaml"})


@operation("streamLog")
async def stream_log(hub: Hub, _request: Request) -> StreamResponse:
    """GET /log."""
    return StreamResponse(hub.log.follow)


@operation("streamAudit")
async def stream_audit(hub: Hub, _request: Request) -> StreamResponse:
    """GET /audit."""
    return StreamResponse(hub.audit.follow)


@snapshot("listEntities")
def list_entities(hub: Hub) -> Response:
    """GET /entities."""
    entities: dict[str, list[dict[str, Any]]] = {
        "sequences": [sequence_info(hub, sequence) for sequence in hub.sequences.all()],
        "instances": [instance_info(instance) for instance in hub.instances.all()],
        "topics": [topic_info(topic) for topic in hub.topics.all()],
    }
    return json_response(entities)
