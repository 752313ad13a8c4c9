"""A front for one Hub: Hubs join it, and `/api/v1/sth/{hub}/...` is passed on to them, as a Platform does."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from scramjet_serving.access.audit import AuditTrail
from scramjet_serving.access.authorization import Authorization
from scramjet_serving.access.gate import TokenGate
from scramjet_serving.app import App
from scramjet_serving.config import ServerConfig
from scramjet_serving.description import Description, Operation
from scramjet_serving.errors import ApiError
from scramjet_serving.log import ServiceLog
from scramjet_serving.machine.metrics import Metrics
from scramjet_serving.routing import Route
from scramjet_space.proxy import forward

from tests.space.entrances import Entrance, serving

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from scramjet_serving.messages import Reply, Request
    from scramjet_space.hubs.hub import Hub

PREFIX = b"/api/v1/sth/"


class Front:
    """A service that serves nothing but Hubs.

    Attributes:
        hubs: The Hubs, by id.
    """

    def __init__(self) -> None:
        self.url = ""
        self.config = ServerConfig()
        self.gate = TokenGate(Authorization(), self.config)
        self.log = ServiceLog(100, "debug")
        self.audit = AuditTrail({})
        self.metrics = Metrics()
        self.hubs: dict[str, Hub] = {}

    def start(self) -> None:
        """Do nothing."""

    def reload_tokens(self) -> None:
        """Do nothing."""

    async def drain(self, timeout: float) -> None:
        """Do nothing."""

    def route(self, method: str, raw_path: bytes, values: dict[str, str]) -> Route | None:
        """Pass on what is below a Hub."""
        if not raw_path.startswith(PREFIX):
            return None
        values["id"] = raw_path.removeprefix(PREFIX).partition(b"/")[0].decode()
        operation = Operation("proxy", method, "/", (), {}, False, True, frozenset(), False)
        return Route(operation, pass_on, "read", (), None, {}, audited=False, forwarded=True)


async def pass_on(front: Front, request: Request) -> Reply:
    """Answer what is below a Hub."""
    hub = front.hubs.get(request.path["id"])
    if hub is None:
        raise ApiError(404, "There is no such Hub")
    return await forward(hub, request, b"/" + request.scope["raw_path"].removeprefix(PREFIX).partition(b"/")[2])


@contextlib.asynccontextmanager
async def front() -> AsyncIterator[tuple[Front, Entrance]]:
    """Serve a front; Hubs that join it are to be put into `hubs` by hand."""
    service = Front()
    app: Any = App(service, Description(frozenset(), (), {}), {}, [service])
    async with serving(Entrance(), app) as entrance:
        service.url = f"http://127.0.0.1:{entrance.port}/api/v1"
        yield service, entrance
