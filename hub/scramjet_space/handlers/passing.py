"""Passes requests on to the Hubs of a Space: every method, and every path below the Hub's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from scramjet_serving.config import API_BASE
from scramjet_serving.description import Operation
from scramjet_serving.errors import ApiError
from scramjet_serving.operations import telling
from scramjet_serving.routing import Route

from scramjet_space.handlers.operations import STATUSES, space_of
from scramjet_space.proxy import forward

if TYPE_CHECKING:
    from scramjet_serving.access.authorization import Scope
    from scramjet_serving.messages import Reply, Request

    from scramjet_space.platform import Platform

READING: Final = ("GET", "HEAD", "OPTIONS")
BASES: Final = (f"{API_BASE}/space/".encode(), f"{API_BASE}/cpm/".encode())
OF_SPACE: Final = f"{API_BASE}/sth/".encode()
# The key of the path parameter with what follows the Hub's id, as it was sent.
REST: Final = "*"


class HubMount:
    """The paths of the Hubs: `/space/{space_id}/api/v1/sth/{hub_id}/...`, and the same below `/cpm`."""

    def __init__(self) -> None:
        self._routes: dict[Scope, Route] = {"read": _route("read"), "manage": _route("manage")}

    def route(self, method: str, raw_path: bytes, values: dict[str, str]) -> Route | None:
        """Return the route of a request; None if the path is not that of a Hub.

        Args:
            method: The method.
            raw_path: The path as sent.
            values: Receives the ids of Space and Hub, and the path at the Hub.
        """
        base = next((base for base in BASES if raw_path.startswith(base)), None)
        if base is None:
            return None
        space, slash, rest = raw_path[len(base) :].partition(b"/")
        if not slash or not (slash + rest).startswith(OF_SPACE):
            return None
        hub, slash, rest = (slash + rest)[len(OF_SPACE) :].partition(b"/")
        # These two are the Space's own: the Hub itself, which can be deleted, and what is known of it.
        if not slash or rest.rstrip(b"/") in (b"", b"info"):
            return None
        values |= {"space_id": unquote(space.decode("latin-1")), "hub_id": unquote(hub.decode("latin-1"))}
        values[REST] = "/" + rest.decode("latin-1")
        return self._routes["read" if method in READING else "manage"]


def _route(scope: Scope) -> Route:
    operation = Operation(
        id="passToHub",
        method="*",
        path="",
        parameters=(),
        bodies={},
        body_required=False,
        streams_up=True,
        statuses=frozenset(),
        open=False,
    )
    handler = telling(pass_to_hub, STATUSES, {})
    return Route(operation, handler, scope, (), None, {}, audited=False, forwarded=True)


async def pass_to_hub(platform: Platform, request: Request) -> Reply:
    """Any method of /space/{space_id}/api/v1/sth/{hub_id}/..."""
    entry = space_of(platform, request).hubs.get(request.path["hub_id"])
    if entry.hub is None:
        raise ApiError(503, f"Hub {entry.id} is not connected")
    path = request.path[REST]
    # A path without the base of an API gets that of this version, as Spaces of 2.0 do.
    target = path if path.startswith("/api/") else API_BASE + path
    return await forward(entry.hub, request, target.encode("latin-1"))
