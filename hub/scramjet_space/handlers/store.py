"""The operations of the store of a Space."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scramjet_serving.errors import StorageFailed
from scramjet_serving.messages import Response, StreamResponse, json_response

from scramjet_space.handlers.operations import operation, space_of
from scramjet_space.store.packages import chunks_of

if TYPE_CHECKING:
    from scramjet_serving.messages import Request

    from scramjet_space.platform import Platform


@operation("listStoreItems")
async def list_items(platform: Platform, request: Request) -> Response:
    """GET /space/{space_id}/api/v1/s3."""
    return json_response([record.item for record in space_of(platform, request).store.all()])


@operation("addStoreItem", errors={StorageFailed: 424})
async def add_item(platform: Platform, request: Request) -> Response:
    """PUT /space/{space_id}/api/v1/s3."""
    return await _put(platform, request, "")


@operation("putStoreItem", errors={StorageFailed: 424})
async def put_item(platform: Platform, request: Request) -> Response:
    """PUT /space/{space_id}/api/v1/s3/{filename}."""
    return await _put(platform, request, request.path["filename"])


async def _put(platform: Platform, request: Request, filename: str) -> Response:
    space = space_of(platform, request)
    announced = int(request.headers.get("content-length", 0))
    item = await space.store.put(request.chunks(), filename, announced)
    request.subject = item["id"]
    space.log.write("INFO", "Package stored", data={"id": item["id"], "file": item["_filename"]})
    return json_response(item, 202)


@operation("getStoreItem")
async def get_item(platform: Platform, request: Request) -> StreamResponse:
    """GET /space/{space_id}/api/v1/s3/{filename}."""
    filename = request.path.get("file") or request.path["filename"]
    file, size = space_of(platform, request).store.open(filename)
    if request.method == "HEAD":
        file.close()
    return StreamResponse(lambda: chunks_of(file), headers={"content-length": str(size)})


@operation("deleteStoreItem")
async def delete_item(platform: Platform, request: Request) -> Response:
    """DELETE /space/{space_id}/api/v1/s3/{filename}, by file name or id."""
    space = space_of(platform, request)
    record = await space.store.delete(request.path["filename"])
    space.log.write("INFO", "Package deleted", data={"id": record.id, "file": record.filename})
    return json_response({"id": request.path["filename"]}, 202)


@operation("clearStore")
async def clear(platform: Platform, request: Request) -> Response:
    """DELETE /space/{space_id}/api/v1/store."""
    space = space_of(platform, request)
    await space.store.clear()
    space.log.write("INFO", "The store was cleared")
    return json_response({}, 202)
