"""The operations on the Hubs of a Space."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scramjet_serving.errors import Invalid, NotFound
from scramjet_serving.messages import Response, json_response

from scramjet_space.handlers.operations import operation, space_of
from scramjet_space.handlers.space import page
from scramjet_space.hubs.hub import DropCode

if TYPE_CHECKING:
    from scramjet_serving.messages import Request

    from scramjet_space.platform import Platform
    from scramjet_space.spaces.entry import HubEntry
    from scramjet_space.spaces.registry import HubRegistry


@operation("listHubs")
async def list_hubs(platform: Platform, request: Request) -> Response:
    """GET /space/{space_id}/api/v1/list: a page, and in it the connected and healthy Hubs first."""
    hubs = space_of(platform, request).hubs
    shown = [entry.whole(healthy=hubs.is_healthy(entry)) for entry in page(request, hubs.all())]
    return json_response(sorted(shown, key=lambda hub: (not hub["isConnectionActive"], not hub["healthy"])))


@operation("getHubInfo")
async def get_hub_info(platform: Platform, request: Request) -> Response:
    """GET /space/{space_id}/api/v1/sth/{hub_id}/info."""
    hubs = space_of(platform, request).hubs
    entry = hubs.get(request.path["hub_id"])
    return json_response(entry.summary(healthy=hubs.is_healthy(entry)))


@operation("registerHub")
async def register_hub(platform: Platform, request: Request) -> Response:
    """POST /space/{space_id}/api/v1/sth."""
    space, body = space_of(platform, request), request.json or {}
    record = space.hubs.announce(body.get("id") or "", body.get("description") or "", body.get("tags") or [])
    request.subject = record.id
    return json_response({"id": record.id}, 202)


@operation("deleteHub")
async def delete_hub(platform: Platform, request: Request) -> Response:
    """DELETE /space/{space_id}/api/v1/sth/{hub_id}."""
    request.subject = hub_id = request.path["hub_id"]
    space_of(platform, request).hubs.delete(hub_id, force=bool(request.params["x-force"]))
    return json_response({}, 202)


@operation("disconnectHubs")
async def disconnect_hubs(platform: Platform, request: Request) -> Response:
    """POST /space/{space_id}/api/v1/disconnect."""
    space, body = space_of(platform, request), request.json or {}
    if not body.keys() & {"id", "accessKey", "limit"}:
        raise Invalid("Received empty request body")
    chosen = _chosen(space.hubs, body)
    dropped = [{"sthId": entry.id, "reason": space.hubs.drop(entry, code)} for entry, code in chosen.items()]
    return json_response({"managerId": space.id, "disconnected": dropped}, 202)


def _chosen(hubs: HubRegistry, body: dict[str, Any]) -> dict[HubEntry, DropCode]:
    """Return the Hubs that a request names, before any is disconnected."""
    chosen: dict[HubEntry, DropCode] = {}
    if "id" in body:
        entry = hubs.get(body["id"])
        hubs.check_droppable(entry)
        chosen[entry] = DropCode.ID_DROP
    if "accessKey" in body:
        found = [entry for entry in hubs.connected() if entry.hub and entry.hub.key_id == body["accessKey"]]
        if not found:
            raise NotFound("No Hub joined with this key")
        chosen.update((entry, DropCode.KEY_REVOKED) for entry in found if entry not in chosen)
    if "limit" in body:
        self_hosted = [entry for entry in hubs.connected() if entry.record.self_hosted and entry not in chosen]
        chosen.update((entry, DropCode.LIMIT_EXCEEDED) for entry in self_hosted[body["limit"] :])
    return chosen
