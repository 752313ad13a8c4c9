"""Passes requests on to Hubs. What a client sends to prove who it is (`Authorization`) stays here."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from scramjet_serving.errors import ApiError
from scramjet_serving.mux import forwarding

from scramjet_space.hubs.hub import HubAway, HubConfused

if TYPE_CHECKING:
    from scramjet_serving.messages import Reply, Request

    from scramjet_space.hubs.hub import Hub

# Where a Hub takes orders from its Space; a STH obeys whoever asks.
ORDERS: Final = "/api/v1/platform"
SLASHES: Final = re.compile("/+")


async def forward(hub: Hub, request: Request, target: bytes) -> Reply:
    """Pass a request on to a Hub, and return its reply.

    Args:
        hub: The Hub.
        request: The request; its body is read as the Hub takes it.
        target: The path at the Hub as it was sent, without the query: `/api/v1/...`.

    Raises:
        ApiError: 404, it is the path by which a Hub takes orders from its Space alone; 503, the Hub is away or has
            gone before it answered; 502, its answer is not HTTP.
        ClientDisconnected: The client disconnected before there was an answer; the Hub's part is ended.
    """
    if SLASHES.sub("/", unquote(target.decode("latin-1"))).rstrip("/").lower() == ORDERS:
        raise ApiError(404, "Only the Space itself may ask this")
    try:
        return await forwarding.forward(hub.request, request, target)
    except HubAway as error:
        raise ApiError(503, f"The Hub {hub.id} is away: {error}", {"retry-after": "2"}) from error
    except HubConfused as error:
        raise ApiError(502, f"The Hub {hub.id} gave no proper answer: {error}") from error
