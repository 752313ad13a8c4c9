"""The operations of the tag `instances`."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Any

from scramjet_serving.errors import ApiError, NotFound, Unsupported, Untyped
from scramjet_serving.messages import JSON, NO_VALUE, Response, StreamResponse, json_response
from scramjet_serving.streams.broadcast import StreamEnded

from scramjet_hub.handlers.bodies import Exchange, ends_stream, pour
from scramjet_hub.handlers.operations import operation
from scramjet_hub.handlers.paging import Page, asks_for_page, page_response, period
from scramjet_hub.instances.events import NoMoreEvents
from scramjet_hub.instances.index import Filter

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from scramjet_serving.messages import Request

    from scramjet_hub.hub import Hub
    from scramjet_hub.instances.instance import Instance
    from scramjet_hub.instances.intake import Intake

STOP_TIMEOUT = 7000  # milliseconds
# The type assumed for `si inst inout`, which names none; `si inst input` sends this type itself.
UNNAMED = "text/plain"
TYPED = {Unsupported: "content-type", Untyped: "content-type"}


def instance_info(instance: Instance) -> dict[str, Any]:
    """Return an Instance in the form of the API."""
    return instance.info()


def find(hub: Hub, request: Request) -> Instance:
    """Return the Instance that a request names.

    Raises:
        NotFound: It does not exist.
    """
    instance = hub.instances.get(request.path["id"])
    request.subject = instance.id
    return instance


def all_instances(hub: Hub) -> Response:
    """GET /instances without parameters."""
    return json_response([instance_info(instance) for instance in hub.instances.all()])


@operation("listInstances", snapshot=all_instances)
async def list_instances(hub: Hub, request: Request) -> Response:
    """GET /instances."""
    if not asks_for_page(request):
        return all_instances(hub)
    params, page = request.params, Page.of(request.params)
    since, until = period(params)
    sequence = hub.sequences.find_id(params["sequence"]) if params["sequence"] else None
    wanted = Filter(sequence, params["status"] or (), until=until, since=since)
    # A period that ends before it begins has nothing in it.
    empty = since is not None and until is not None and until < since
    found, total = ([], 0) if empty else hub.instances.find(wanted, page.cut)
    return page_response(request, [instance_info(instance) for instance in found], page, total)


@operation("getInstance")
async def get_instance(hub: Hub, request: Request) -> Response:
    """GET /instance/{id}."""
    return json_response(instance_info(find(hub, request)))


@operation("getInstanceHealth")
async def get_instance_health(hub: Hub, request: Request) -> Response:
    """GET /instance/{id}/health."""
    return json_response(await request.unless_gone(find(hub, request).health()))


@operation("readStdout")
async def read_stdout(hub: Hub, request: Request) -> StreamResponse:
    """GET /instance/{id}/stdout."""
    return StreamResponse(find(hub, request).streams.stdout.read)


@operation("readStderr")
async def read_stderr(hub: Hub, request: Request) -> StreamResponse:
    """GET /instance/{id}/stderr."""
    return StreamResponse(find(hub, request).streams.stderr.read)


@operation("readOutput")
async def read_output(hub: Hub, request: Request) -> StreamResponse:
    """GET /instance/{id}/output."""
    return StreamResponse(find(hub, request).streams.output.read)


@operation("readInstanceLog")
async def read_instance_log(hub: Hub, request: Request) -> StreamResponse:
    """GET /instance/{id}/log."""
    return StreamResponse(find(hub, request).streams.log.follow)


@operation("writeStdin")
async def write_stdin(hub: Hub, request: Request) -> Response:
    """POST /instance/{id}/stdin."""
    return await take_in(request, find(hub, request).streams.stdin)


@operation("writeInput", fields=TYPED)
async def write_input(hub: Hub, request: Request) -> Response:
    """POST /instance/{id}/input."""
    instance = find(hub, request)
    await open_input(request, instance)
    return await take_in(request, instance.streams.input)


@operation("exchangeInout", fields=TYPED)
async def exchange_inout(hub: Hub, request: Request) -> StreamResponse:
    """POST /instance/{id}/inout."""
    instance = find(hub, request)
    await open_input(request, instance, unnamed=UNNAMED)
    writer = instance.streams.input.writer()
    try:
        await request.unless_gone(writer.start())
    except StreamEnded:
        writer.abandon()
        raise instance.streams.input.ended_error() from None
    ended = instance.streams.input.outlet.end if ends_stream(request, default=True) else _nothing
    return StreamResponse(Exchange(request, writer, ended, instance.streams.output.read()))


async def open_input(request: Request, instance: Instance, *, unnamed: str = "") -> None:
    """Wait until the source of an Instance's input is known, and check that clients may write it.

    Args:
        request: The write.
        instance: The Instance.
        unnamed: The type of a first write with the type `undefined`.

    Raises:
        ApiError: 405, a topic feeds the input.
        Untyped: The content type is missing and required.
        Ended: The input accepts no more data.
        Unsupported: The input has another content type.
    """
    intake = instance.streams.input
    if not instance.announced.done():
        await request.unless_gone(asyncio.shield(instance.announced))
    if intake.fed_by:
        raise ApiError(405, "Input provided in other way", {"allow": ""})
    content_type = request.content_type
    if not intake.content_type and request.headers.get("content-type") == NO_VALUE:
        content_type = unnamed
    try:
        intake.begin(content_type)
    except StreamEnded:
        raise intake.ended_error() from None


async def take_in(request: Request, intake: Intake) -> Response:
    """Write a request body to the input or stdin of an Instance.

    Raises:
        Ended: The Instance accepts no more data.
    """
    ends = ends_stream(request, default=True)
    writer = intake.writer()
    try:
        await pour(request, writer)
    except StreamEnded:
        raise intake.ended_error() from None
    if ends:
        intake.outlet.end()
    return Response(status=200 if ends else 202)


@operation("sendEvent")
async def send_event(hub: Hub, request: Request) -> Response:
    """POST /instance/{id}/_event."""
    event = payload(request)
    await request.unless_gone(find(hub, request).send_event(event["eventName"], event.get("message")))
    return json_response({"accepted": "OK"})


@operation("streamEvents")
async def stream_events(hub: Hub, request: Request) -> StreamResponse:
    """GET /instance/{id}/event."""
    return StreamResponse(find(hub, request).events.follow)


@operation("streamNamedEvents")
async def stream_named_events(hub: Hub, request: Request) -> StreamResponse:
    """GET /instance/{id}/events/{name}."""
    return StreamResponse(partial(find(hub, request).events.follow, request.path["name"]))


@operation("getLastEvent")
async def get_last_event(hub: Hub, request: Request) -> Response:
    """GET /instance/{id}/event/{name}."""
    return await event_response(request, find(hub, request).events.last(request.path["name"]))


@operation("getNextEvent")
async def get_next_event(hub: Hub, request: Request) -> Response:
    """GET /instance/{id}/once."""
    return await event_response(request, find(hub, request).events.next())


@operation("getNextNamedEvent")
async def get_next_named_event(hub: Hub, request: Request) -> Response:
    """GET /instance/{id}/once/{name}."""
    return await event_response(request, find(hub, request).events.next(request.path["name"]))


async def event_response(request: Request, event: Awaitable[bytes]) -> Response:
    """Return the reply with an event, once it occurs.

    Raises:
        NotFound: The Instance ended before.
    """
    try:
        body = await request.unless_gone(event)
    except NoMoreEvents:
        raise NotFound("The Instance has ended without such an event") from None
    return Response(body, headers={"content-type": JSON})


@operation("stopInstance")
async def stop_instance(hub: Hub, request: Request) -> Response:
    """POST /instance/{id}/_stop."""
    instance = find(hub, request)
    body = payload(request)
    instance.stop(body.get("timeout", STOP_TIMEOUT), body.get("canCallKeepalive", False))
    asked = json_response(instance_info(instance), 202)  # as it is now: it may have ended once that is stored
    await hub.history.committed()
    return asked


@operation("killInstance")
async def kill_instance(hub: Hub, request: Request) -> Response:
    """POST /instance/{id}/_kill."""
    instance = find(hub, request)
    instance.kill()
    if payload(request).get("removeImmediately"):
        hub.instances.remove_when_finished(instance)
    asked = json_response(instance_info(instance), 202)  # as it is now: it may have ended once that is stored
    await hub.history.committed()
    return asked


@operation("setMonitoringRate")
async def set_monitoring_rate(hub: Hub, request: Request) -> Response:
    """POST /instance/{id}/_monitoring_rate."""
    find(hub, request).set_monitoring_rate(payload(request)["monitoringRate"])
    return json_response({"accepted": True}, 202)


def _nothing() -> None:
    pass


def payload(request: Request) -> dict[str, Any]:
    """Return the object in a body that may also be a runner's message, `[code, object]`; empty without a body."""
    body = request.json
    content: dict[str, Any] = body[1] if isinstance(body, list) else body or {}
    return content
