"""The operations of a Space: its state, and what is gathered from its Hubs."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any, Final

import orjson
from scramjet_serving.messages import Response, StreamResponse, json_response
from scramjet_serving.service import version_of

from scramjet_space.handlers.operations import operation, space_of
from scramjet_space.spaces.entry import HubEntry, sequence_id
from scramjet_space.version import SPACE

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Sequence

    from scramjet_serving.messages import Request

    from scramjet_space.platform import Platform
    from scramjet_space.spaces.space import Space

MOST: Final = 100
# Seconds between two loads of the stream of loads.
INTERVAL: Final = 1.0
# What a Space leaves out of the configuration of a Sequence.
PRIVATE: Final = ("container", "config")
_VERSION = version_of(SPACE)


def page(request: Request, entries: Sequence[Any]) -> list[Any]:
    """Return the requested part of a list; if the request is out of range, the first hundred."""
    offset, limit = _number(request, "offset", 0), _number(request, "limit", MOST)
    if offset is None or limit is None or not 1 <= limit <= MOST:
        offset, limit = 0, MOST
    return list(entries[offset : offset + limit])


def _number(request: Request, name: str, default: int) -> int | None:
    text = request.query.get(name, str(default))
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


@operation("getSpaceVersion")
async def get_version(platform: Platform, request: Request) -> Response:
    """GET /space/{space_id}/api/v1/version."""
    space_of(platform, request)
    return json_response(_VERSION)


@operation("getSpaceConfig")
async def get_config(platform: Platform, request: Request) -> Response:
    """GET /space/{space_id}/api/v1/config."""
    space, config = space_of(platform, request), platform.config
    shown = {
        "id": space.id,
        "apiBase": "/api/v1",
        "logLevel": config.log_level,
        "logColors": False,
        "sthController": {"unhealthyTimeoutMs": int(1000 * config.unhealthy_timeout)},
        "s3": {"bucketLimit": config.store_limit},
    }
    return json_response({"config": shown})


@operation("getSpaceHealth")
async def get_health(platform: Platform, request: Request) -> Response:
    """GET /space/{space_id}/api/v1/health."""
    space = space_of(platform, request)
    now = time.time_ns() // 1_000_000
    uptime = round(time.monotonic() - space.started, 3)
    return json_response({"uptime": uptime, "timestamp": now, "modules": {"sthServer": True}})


@operation("getSpaceLoad")
async def get_load(platform: Platform, request: Request) -> Response:
    """GET /space/{space_id}/api/v1/load."""
    space_of(platform, request)
    return json_response(platform.load.report())


@operation("streamSpaceLoad")
async def stream_load(platform: Platform, request: Request) -> StreamResponse:
    """GET /space/{space_id}/api/v1/load-stream."""
    space = space_of(platform, request)
    return StreamResponse(lambda: _loads(platform, space))


async def _loads(platform: Platform, space: Space) -> AsyncGenerator[bytes]:
    while not space.closed:
        yield orjson.dumps(platform.load.report()) + b"\n"
        await asyncio.sleep(INTERVAL)


@operation("listSpaceSequences")
async def list_sequences(platform: Platform, request: Request) -> Response:
    """GET /space/{space_id}/api/v1/sequences: those of Hubs, without the store's."""
    space = space_of(platform, request)
    return json_response(list(dict.fromkeys(known for entry in space.hubs.connected() for known in entry.sequences)))


@operation("listAllSpaceSequences")
async def list_all_sequences(platform: Platform, request: Request) -> Response:
    """GET /space/{space_id}/api/v1/all_sequences: those of the store, then those of Hubs."""
    return json_response(page(request, all_sequences(space_of(platform, request))))


def all_sequences(space: Space) -> list[dict[str, Any]]:
    """Return the packages of the store and the Sequences of the Hubs of a Space."""
    stored = [
        {"id": record.id, "config": record.item, "location": "store", "instances": []} for record in space.store.all()
    ]
    on_hubs = [
        {**sequence, "location": entry.id} for entry in space.hubs.connected() for sequence in entry.sequences.values()
    ]
    return [_public(sequence) for sequence in (*stored, *on_hubs)]


def _public(sequence: dict[str, Any]) -> dict[str, Any]:
    config = sequence.get("config")
    config = config if isinstance(config, dict) else {}
    shown = {name: value for name, value in config.items() if name not in PRIVATE}
    return {**sequence, "config": shown, "instances": list(sequence.get("instances") or [])}


@operation("listSpaceInstances")
async def list_instances(platform: Platform, request: Request) -> Response:
    """GET /space/{space_id}/api/v1/instances."""
    return json_response(page(request, all_instances(space_of(platform, request))))


def all_instances(space: Space) -> list[dict[str, Any]]:
    """Return the Instances of all Hubs of a Space, as the Hubs reported them."""
    return [_placed(entry, instance) for entry in space.hubs.connected() for instance in entry.instances.values()]


def _placed(entry: HubEntry, instance: dict[str, Any]) -> dict[str, Any]:
    sequence = instance.get("sequence", "")
    if isinstance(sequence, dict):
        sequence = {**sequence, "location": entry.id}
    placed = {"hubId": entry.id, "location": entry.id, "sequenceId": sequence_id(instance)}
    return {**instance, "sequence": sequence, **placed}


@operation("listSpaceEntities")
async def list_entities(platform: Platform, request: Request) -> Response:
    """GET /space/{space_id}/api/v1/entities."""
    space = space_of(platform, request)
    return json_response(
        {
            "topics": [topic.name for topic in space.topics.all()],
            "hubs": [entry.id for entry in space.hubs.all()],
            "sequences": [sequence["id"] for sequence in all_sequences(space)[:MOST]],
            "instances": [instance["id"] for instance in all_instances(space)[:MOST]],
        }
    )


@operation("streamSpaceLog")
async def stream_log(platform: Platform, request: Request) -> StreamResponse:
    """GET /space/{space_id}/api/v1/log."""
    return StreamResponse(space_of(platform, request).log.follow)


@operation("streamSpaceAudit")
async def stream_audit(platform: Platform, request: Request) -> StreamResponse:
    """GET /space/{space_id}/api/v1/audit."""
    return StreamResponse(space_of(platform, request).audit.follow)
