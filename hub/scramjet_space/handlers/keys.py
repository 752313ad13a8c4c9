"""The operations on access keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scramjet_serving.errors import Invalid
from scramjet_serving.messages import Response, json_response

from scramjet_space.handlers.operations import operation, space_of

if TYPE_CHECKING:
    from scramjet_serving.messages import Request

    from scramjet_space.platform import Platform


@operation("listAccessKeys")
async def list_access_keys(platform: Platform, request: Request) -> Response:
    """GET /space/{space_id}/apikey."""
    keys = space_of(platform, request).keys.all()
    return json_response({"accessKeys": [{"created": key.created, "description": key.description} for key in keys]})


@operation("createAccessKey")
async def create_access_key(platform: Platform, request: Request) -> Response:
    """POST /space/{space_id}/apikey; the only reply with the key."""
    space = space_of(platform, request)
    description = str((request.json or {}).get("description") or "").strip()
    record, key = await space.keys.create(description)
    request.subject = record.id
    space.log.write("INFO", "Access key created", data={"id": record.id})
    return json_response(
        {"accessKey": key, "id": record.id, "created": record.created, "description": record.description}
    )


@operation("revokeAccessKeys")
async def revoke_access_keys(platform: Platform, request: Request) -> Response:
    """DELETE /space/{space_id}/apikey; the Hubs that joined with a revoked key are disconnected."""
    space = space_of(platform, request)
    name = request.params["x-revoke"]
    if request.params["x-revoke-all"]:
        revoked = await space.keys.revoke_all()
    elif name is not None:
        revoked = [await space.keys.revoke(str(name))]
    else:
        raise Invalid("Name a key with x-revoke, or all of them with x-revoke-all: true")
    ids = {record.id for record in revoked}
    dropped = space.hubs.drop_joined_with(ids)
    space.log.write("INFO", "Access keys revoked", data={"ids": sorted(ids), "hubs": [hub.id for hub in dropped]})
    return json_response({"message": "Keys successfully revoked", "keysRevoked": len(revoked)})
