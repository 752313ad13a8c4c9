"""The ASGI application: routes a request to its handler, and turns the handler's result or error into a reply."""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, Final, Generic, TypeAlias, TypeVar

from scramjet_serving.access.authorization import Target
from scramjet_serving.access.cors import Cors
from scramjet_serving.access.peer import PEER
from scramjet_serving.errors import ApiError, ClientDisconnected
from scramjet_serving.messages import (
    CONNECTION,
    Request,
    Response,
    Shared,
    StreamResponse,
    WebSocketResponse,
    error_response,
    join_headers,
    json_response,
)
from scramjet_serving.pages.pages import Pages
from scramjet_serving.routing import Route, Router, route_of
from scramjet_serving.validation import check_coding, check_parameters, check_stream_type

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from scramjet_serving.description import Description
    from scramjet_serving.messages import Connection, Receive, Reply, Scope
    from scramjet_serving.operations import Registered
    from scramjet_serving.routing import Mount, Node
    from scramjet_serving.service import Served

Send: TypeAlias = Callable[[dict[str, Any]], Awaitable[None]]

S = TypeVar("S", bound="Served")

# Time limit for a JSON body to arrive, in seconds. Streams have none.
BODY_TIMEOUT: Final = 30.0
# How long, in seconds, a new reader has to stay connected before it gets data that was kept for the next reader.
STAYING: Final = 0.01
# `Allow` where the methods are those of another server.
ANYTHING: Final = "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT"


class App(Generic[S]):
    """Serves a service according to the description.

    Args:
        service: The object that handlers get.
        description: The operations to serve.
        handlers: The handlers, by operationId.
        mounts: What is served beside the described operations.

    Raises:
        DescriptionError: An operation has no handler or a handler no operation; the text names them.
    """

    def __init__(
        self,
        service: S,
        description: Description,
        handlers: Mapping[str, Registered[S]],
        mounts: Collection[Mount] = (),
    ) -> None:
        self._service = service
        self._router = Router(description, handlers, service.audit.codes)
        self._cors = Cors(service.config.cors_origin)
        self._mounts = tuple(mounts)
        self._gate = service.gate
        self._pages = Pages(description.kinds)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        values: dict[str, str] = {}
        try:
            route = self._route(scope, values)
        except ApiError as error:
            headers = join_headers(scope["headers"])
            page = await self._pages.reply(scope["method"], scope["path"], headers)
            await self._send(page or error_response(self._gate.hides(headers) or error), scope, send, "")
            return
        if not isinstance(route, Route):
            await self._send(route, scope, send, "")
            return
        request = Request(route.operation.id, values, scope, receive)
        await self._serve(route, request, send)

    def _route(self, scope: Scope, values: dict[str, str]) -> Route | Reply:
        """Return the route of a request, or the reply to one that asks what is possible.

        Raises:
            ApiError: 404 or 405, there is none.
        """
        for mount in self._mounts:
            if (route := mount.route(scope["method"], scope["raw_path"], values)) is not None:
                return self._cors.preflight(scope, ANYTHING) or route
        node = self._router.node(scope["path"], scope["raw_path"], values)
        if scope["method"] == "OPTIONS":
            return self._options(node, scope)
        return route_of(node, scope["method"])

    def _options(self, node: Node, scope: Scope) -> Reply:
        preflight = self._cors.preflight(scope, node.allow)
        if preflight is None and (hidden := self._gate.hides(join_headers(scope["headers"]))) is not None:
            raise hidden
        return preflight or Response(status=204, headers={"allow": node.allow})

    async def _serve(self, route: Route, request: Request, send: Send) -> None:
        grant = None
        if route.websocket:
            _take_protocol_token(request)
        # On a server without tokens, an open operation needs no token lookup.
        if (
            PEER in request.scope["extensions"]
            or route.audited
            or self._gate.needs_token(open_to_all=route.operation.open)
        ):
            grant = self._gate.identify(request.headers, request.scope)
        refusal = self._gate.refusal(
            grant, route.scope, request.headers, request.path, open_to_all=route.operation.open
        )
        if refusal is None and grant is not None and not route.operation.open:
            refusal = grant.refusal(Target(request.method, route.operation.path, request.path))
        refused = grant is None and refusal is not None
        if route.audited:
            request.holder = grant.holder if grant else "system"
            self._audit("START", request, refused=refused)
        request.grant = grant
        request.may_manage = grant is None or grant.scope == "manage"
        status = sent = 0
        try:
            reply = await self._reply(route, request, refusal)
            status = reply.status
            sent = await self._send(reply, request.scope, send, "" if route.forwarded else request.id)
        except ClientDisconnected:
            self._service.log.write("DEBUG", "The client went away", data={"request": request.id})
        finally:
            self._service.metrics.count(request.operation, status)
            if self._service.config.access_log:
                self._log_access(request, status, sent)
            if route.audited:
                self._audit("END", request, status, sent, refused=refused)

    def _log_access(self, request: Request, status: int, sent: int) -> None:
        told = {"method": request.method, "path": request.scope["path"], "status": status, "request": request.id}
        self._service.log.write("INFO", "Request", data={**told, "rx": request.received, "tx": sent})

    def _audit(self, state: str, request: Request, status: int | None = None, sent: int = 0, *, refused: bool) -> None:
        self._service.audit.record(
            state,
            request.operation,
            request.id,
            object_id=request.subject or next(iter(request.path.values()), None),
            requestor=request.holder,
            status=status,
            rx=request.received,
            tx=sent,
            refused=refused,
        )

    async def _reply(self, route: Route, request: Request, refusal: ApiError | None) -> Reply:
        """Return the handler's reply, or the error if the request was rejected or the handler failed."""
        if refusal is not None:
            return error_response(refusal)
        try:
            await self._admit(route, request)
            return await route.handler(self._service, request)
        except ApiError as error:
            return error_response(error)
        except ClientDisconnected:
            raise
        except Exception:  # noqa: BLE001 - the client gets a reply to every request
            trace = traceback.format_exc()
            self._service.log.write(
                "ERROR", f"{request.operation} failed", data={"request": request.id, "trace": trace}
            )
            detail = {"message": f"The server failed; its log has more about request {request.id}", "data": request.id}
            return json_response({"error": detail}, 500)

    async def _admit(self, route: Route, request: Request) -> None:
        """Check parameters, then the body; the body is not requested before."""
        if route.parameters:
            _take_parameters(route, request)
        if route.operation.bodies:
            await _take_body(route, request, self._service.config.max_json_size)

    async def _send(self, reply: Reply, scope: Scope, send: Send, request_id: str) -> int:
        """Send a reply; return the number of body bytes sent."""
        headers = reply.headers
        if request_id:
            headers.append((b"x-request-id", request_id.encode()))
        if self._cors.enabled:
            headers += self._cors.headers(scope)
        if isinstance(reply, WebSocketResponse):
            return await self._upgrade(reply, scope)
        if isinstance(reply, Response):
            await scope["extensions"][CONNECTION].reply(reply.status, headers, reply.body)
            return len(reply.body)
        await send({"type": "http.response.start", "status": reply.status, "headers": headers})
        return await self._send_stream(reply, scope, send)

    async def _upgrade(self, reply: WebSocketResponse, scope: Scope) -> int:
        socket = scope["extensions"][CONNECTION].upgrade(reply.headers)
        if socket is None:
            raise ClientDisconnected
        await reply.serve(socket)
        return 0

    async def _send_stream(self, reply: StreamResponse, scope: Scope, send: Send) -> int:
        connection: Connection = scope["extensions"][CONNECTION]
        task = current_task()
        connection.on_gone(task.cancel)
        sent = 0
        try:
            if scope["method"] != "HEAD" and not connection.gone:
                await self._join(reply, connection)
                async for chunk in reply.chunks:
                    await send({"type": "http.response.body", "body": chunk, "more_body": True})
                    sent += len(chunk)
            await send({"type": "http.response.body", "body": b""})
        except asyncio.CancelledError:
            if not connection.gone:
                raise
            uncancel(task)
        except Exception as error:
            self._service.log.write("ERROR", "A stream broke", data=repr(error))
            raise
        finally:
            connection.off_gone(task.cancel)
            if connection.undelivered.chunks and isinstance(reply.chunks, Shared):
                reply.chunks.give_back(connection.undelivered)
            await reply.close()
        return sent

    async def _join(self, reply: StreamResponse, connection: Connection) -> None:
        """Join the reply's stream as a reader, if reading consumes data that others would miss."""
        shared = reply.chunks
        if not isinstance(shared, Shared):
            return

        def stuck() -> None:
            self._service.log.write("WARN", "A reader took nothing while others waited for it, and was cut off")
            connection.abort()

        connection.follow(shared.waiting, shared.give_back)
        shared.watch(connection.received, stuck)
        if shared.waiting:
            # Kept data goes to a client that stays: one that disconnects at once would lose it.
            await asyncio.sleep(STAYING)


def _take_protocol_token(request: Request) -> None:
    """Take the token from where browsers can put it: `Sec-WebSocket-Protocol: Bearer, TOKEN`."""
    scheme, _, token = request.headers.get("sec-websocket-protocol", "").partition(",")
    if scheme.strip() == "Bearer" and token.strip() and "authorization" not in request.headers:
        request.scope["headers"].append((b"authorization", f"Bearer {token.strip()}".encode("latin-1")))
        request.forget_headers()


def current_task() -> asyncio.Task[Any]:
    """Return the running task."""
    task = asyncio.current_task()
    if task is None:
        raise RuntimeError("A reply is sent from a task")
    return task


def uncancel(task: asyncio.Task[Any]) -> None:
    """Continue after a cancellation that has served its purpose (the counter is new in Python 3.11)."""
    if hasattr(task, "uncancel"):
        task.uncancel()


def _take_parameters(route: Route, request: Request) -> None:
    sources: dict[str, Mapping[str, str | list[str]]] = {
        "path": request.path,
        "header": request.headers,
        "query": request.repeated_query,
    }
    request.params = check_parameters(route.parameters, sources)


async def _take_body(route: Route, request: Request, limit: int) -> None:
    check_coding(request.headers.get("content-encoding", ""))
    if route.body is None:
        check_stream_type(route.operation, request.content_type, route.statuses)
        return
    patience = asyncio.get_running_loop().call_later(BODY_TIMEOUT, request.connection.abort)
    try:
        raw = await request.body(limit)
    finally:
        patience.cancel()
    request.json = route.body.value(request.headers.get("content-type", ""), raw)
