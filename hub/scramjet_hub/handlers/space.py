"""The operations between a Hub and the Space that it is in; this Hub is in none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scramjet_serving.errors import NotFound

from scramjet_hub.handlers.operations import operation

if TYPE_CHECKING:
    from scramjet_serving.messages import Reply, Request

    from scramjet_hub.hub import Hub


@operation("openSpaceChannel")
async def open_space_channel(_hub: Hub, _request: Request) -> Reply:
    """POST /platform."""
    raise NotFound("This Hub is in no Space")
