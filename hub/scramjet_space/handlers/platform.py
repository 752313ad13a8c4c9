"""The operations of the Platform itself, and of the MultiManager that it is, too."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scramjet_serving.config import API_BASE
from scramjet_serving.errors import Full, Invalid
from scramjet_serving.messages import Response, StreamResponse, json_response
from scramjet_serving.service import version_of

from scramjet_space.access.gate import Forbidden
from scramjet_space.access.tokens import UserGrant
from scramjet_space.config import SPACE_ID
from scramjet_space.handlers.merging import merged
from scramjet_space.handlers.operations import operation, snapshot, space_of
from scramjet_space.spaces.audit import of_space
from scramjet_space.version import PLATFORM

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator

    from scramjet_serving.messages import Request

    from scramjet_space.platform import Platform
    from scramjet_space.spaces.space import Space

_VERSION = version_of(PLATFORM)


def opened(platform: Platform, request: Request) -> list[Space]:
    """Return the Spaces that the token of a request opens."""
    grant = request.grant
    return [space for space in platform.spaces() if not isinstance(grant, UserGrant) or grant.opens(space.id)]


def whole_platform(request: Request) -> None:
    """Check that a token opens the Platform itself, not only some of its Spaces.

    Raises:
        Forbidden: It does not.
    """
    if isinstance(request.grant, UserGrant) and request.grant.spaces is not None:
        raise Forbidden


@snapshot("getVersion")
def get_version(_platform: Platform) -> Response:
    """GET /version."""
    return json_response(_VERSION)


@operation("getHealth")
async def get_health(platform: Platform, _request: Request) -> Response:
    """GET /health."""
    return json_response(platform.health())


@operation("getLoad")
async def get_load(platform: Platform, _request: Request) -> Response:
    """GET /load-check."""
    return json_response(platform.load.report())


@operation("getMultiManagerInfo")
async def get_info(platform: Platform, request: Request) -> Response:
    """GET /info."""
    whole_platform(request)
    count = len(platform.spaces())
    port = urlsplit(platform.url).port or 0
    return json_response({"apiBase": API_BASE, "apiPort": port, "id": platform.config.id, "managersCount": count})


@operation("listSpaces")
async def list_spaces(platform: Platform, request: Request) -> Response:
    """GET /spaces."""
    return json_response([{"id": space.id} for space in opened(platform, request)])


@operation("listManagers")
async def list_managers(platform: Platform, request: Request) -> Response:
    """GET /list."""
    return json_response([{"id": space.id} for space in opened(platform, request)])


@operation("startManager", errors={Full: 419})
async def start_manager(platform: Platform, request: Request) -> Response:
    """POST /start; the older Python client sends what belongs below `manager` by itself."""
    whole_platform(request)
    body = request.json or {}
    settings = body.get("manager") or body
    space_id = str(settings.get("id") or "")
    if space_id and not SPACE_ID.fullmatch(space_id):
        raise Invalid("The id of a Space is 1 to 50 letters of ASCII, digits, _ and -")
    space = await platform.start_space(space_id)
    request.subject = space.id
    return json_response({"id": space.id}, 202)


@operation("stopManager")
async def stop_manager(platform: Platform, request: Request) -> Response:
    """POST /cpm/{space_id}/stop."""
    whole_platform(request)
    space = space_of(platform, request)
    await platform.stop_space(space.id)
    return json_response({"id": space.id})


@operation("streamLog")
async def stream_log(platform: Platform, request: Request) -> StreamResponse:
    """GET /log."""
    whole_platform(request)
    return StreamResponse(platform.log.follow)


@operation("streamAudit")
async def stream_audit(platform: Platform, request: Request) -> StreamResponse:
    """GET /audit: the records of all Spaces that the token opens."""
    spaces = opened(platform, request)
    grant = request.grant
    limited = isinstance(grant, UserGrant) and grant.spaces is not None

    def follow() -> AsyncIterator[bytes]:
        sources = [_of(space) for space in spaces]
        return merged(sources if limited else [*sources, platform.audit.follow()])

    return StreamResponse(follow)


async def _of(space: Space) -> AsyncGenerator[bytes]:
    async for batch in space.audit.follow():
        yield of_space(batch, space.id)
