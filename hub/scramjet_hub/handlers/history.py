"""The operations on the history of Instances, of the tag `instances`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from scramjet_serving.errors import Gone, NotFound
from scramjet_serving.messages import Response, StreamResponse, json_response

from scramjet_hub.handlers.operations import operation
from scramjet_hub.handlers.paging import Page, period
from scramjet_hub.history.database import Query
from scramjet_hub.history.entries import Filter

if TYPE_CHECKING:
    from scramjet_serving.messages import Request

    from scramjet_hub.hub import Hub

NDJSON: Final = "application/x-ndjson"
DEFAULT_LIMIT: Final = 100


@operation("listInstanceEvents")
async def list_instance_events(hub: Hub, request: Request) -> Response:
    """GET /instance_events."""
    _check_kept(hub)
    page, (since, until) = Page.of(request.params), period(request.params)
    limit = page.limit or DEFAULT_LIMIT
    query = Query(
        _wanted(request),
        after=0 if since is None else since * 1000 - 1,
        until=None if until is None else until * 1000 + 999,
        # One more tells whether there is a next page.
        limit=limit + 1,
        offset=page.offset,
        descending=page.descending,
    )
    found = await hub.history.find(query)
    return json_response(
        {
            "events": [entry.info() for entry in found[:limit]],
            "limit": limit,
            "offset": page.offset,
            "order": request.params["order"],
            "has_next": len(found) > limit,
        }
    )


@operation("watchInstanceEvents", fields={Gone: "cursor"})
async def watch_instance_events(hub: Hub, request: Request) -> StreamResponse:
    """GET /streams/instance_events."""
    _check_kept(hub)
    cursor = request.params["cursor"]
    position = await request.unless_gone(hub.history.position(None if cursor is None else int(cursor)))
    chunks = partial(hub.history.follow, position, _wanted(request), marked=cursor is None)
    return StreamResponse(chunks, content_type=NDJSON)


def _wanted(request: Request) -> Filter:
    return Filter(request.params["instance_ids"] or (), request.params["types"] or ())


def _check_kept(hub: Hub) -> None:
    if not hub.history.enabled:
        raise NotFound("This Hub keeps no history; start it with a --history-size")
