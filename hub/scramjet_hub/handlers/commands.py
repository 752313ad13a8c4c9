"""The operation that runs a command beside an Instance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scramjet_serving.errors import ApiError
from scramjet_serving.messages import WebSocketResponse

from scramjet_hub.handlers.operations import operation
from scramjet_hub.instances.exec.session import Session

if TYPE_CHECKING:
    from scramjet_serving.messages import Request

    from scramjet_hub.hub import Hub
    from scramjet_hub.instances.instance import Instance


@operation("execCommand")
async def exec_command(hub: Hub, request: Request) -> WebSocketResponse:
    """GET /streams/instances/exec."""
    if not hub.config.exec:
        raise ApiError(403, "This Hub runs no commands beside Instances; its operator can allow that with --exec")
    named = request.params["id"] or ""
    if named:
        hub.instances.get(named).check_running()
    request.check_websocket()

    def find(instance_id: str) -> Instance:
        instance = hub.instances.get(instance_id)
        request.subject = instance.id
        hub.log.write("INFO", "A command runs beside an Instance", data={"id": instance.id, "by": request.holder})
        return instance

    return WebSocketResponse(lambda socket: Session(socket, find, named).serve())
