"""The operations between a Hub and the Space that it is in, and the Hub's road to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scramjet_serving.access.peer import PEER
from scramjet_serving.config import API_BASE
from scramjet_serving.description import Operation
from scramjet_serving.errors import ApiError, NotFound
from scramjet_serving.mux.client import Away, Confused
from scramjet_serving.routing import Route

from scramjet_hub.handlers.operations import operation

if TYPE_CHECKING:
    from scramjet_serving.messages import Reply, Request

    from scramjet_hub.hub import Hub

# What a Space serves, under the address of each of its Hubs.
ROAD: Final = f"{API_BASE}/cpm{API_BASE}".encode()


@operation("openSpaceChannel")
async def open_space_channel(hub: Hub, request: Request) -> Reply:
    """POST /platform: the Space that the Hub has joined begins to talk."""
    if hub.space is None or hub.space.talks or PEER not in request.scope["extensions"]:
        raise NotFound("Only the Space that this Hub is in may ask this, through the connection that the Hub opened")
    return hub.space.talk(request)


class SpaceRoad:
    """The paths `/cpm/api/v1/...`: requests to the Space that the Hub is in."""

    def route(self, method: str, raw_path: bytes, _values: dict[str, str]) -> Route | None:
        """Return the route of a request; None if the path is not among them."""
        if not raw_path.startswith(ROAD + b"/"):
            return None
        described = Operation("askSpace", method, "/cpm", (), {}, False, True, frozenset(), False)
        scope = "read" if method in ("GET", "HEAD") else "manage"
        return Route(described, _ask_space, scope, (), None, {}, audited=False, forwarded=True)  # type: ignore[arg-type]


async def _ask_space(hub: Hub, request: Request) -> Reply:
    if hub.space is None:
        raise ApiError(404, "This Hub is in no Space")
    try:
        return await hub.space.pass_on(request, request.scope["raw_path"].removeprefix(ROAD))
    except Away as error:
        raise ApiError(503, f"The Space is away: {error}", {"retry-after": "2"}) from error
    except Confused as error:
        raise ApiError(502, f"The Space gave no proper answer: {error}") from error
