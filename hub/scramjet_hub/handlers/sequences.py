"""The operations of the tag `sequences`."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from scramjet_serving.access.authorization import Grant
from scramjet_serving.errors import ApiError, DomainError, Full, NotFound, Taken
from scramjet_serving.messages import Response, json_response

from scramjet_hub.handlers import uploads
from scramjet_hub.handlers.fetching import whole_or_fetched
from scramjet_hub.handlers.operations import operation
from scramjet_hub.handlers.paging import Page, asks_for_page, page_response
from scramjet_hub.history.entries import START_REFUSED
from scramjet_hub.instances.reach import Reach

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scramjet_serving.messages import Request

    from scramjet_hub.hub import Hub
    from scramjet_hub.instances.instance import Instance
    from scramjet_hub.sequences.store import Sequence


def sequence_info(hub: Hub, sequence: Sequence) -> dict[str, Any]:
    """Return the representation of a Sequence in the API."""
    return sequence.info(hub.config.id, hub.instances.running(sequence.id))


def all_sequences(hub: Hub) -> Response:
    """GET /sequences without parameters."""
    return json_response([sequence_info(hub, sequence) for sequence in hub.sequences.all()])


@operation("listSequences", snapshot=all_sequences)
async def list_sequences(hub: Hub, request: Request) -> Response:
    """GET /sequences."""
    if not asks_for_page(request):
        return all_sequences(hub)
    page, name = Page.of(request.params), request.params["name"]
    found = hub.sequences.all() if name is None else hub.sequences.named(name)
    shown = [sequence_info(hub, sequence) for sequence in page.cut(found)]
    return page_response(request, shown, page, len(found))


@operation("getSequence")
async def get_sequence(hub: Hub, request: Request) -> Response:
    """GET /sequence/{id}."""
    return json_response(sequence_info(hub, hub.sequences.get(request.path["id"])))


@operation("listSequenceInstances")
async def list_sequence_instances(hub: Hub, request: Request) -> Response:
    """GET /sequence/{id}/instances."""
    return json_response(hub.instances.running(hub.sequences.get(request.path["id"]).id))


@operation("uploadSequence", errors={Taken: 405}, fields={Taken: "x-name"})
async def upload_sequence(hub: Hub, request: Request) -> Response:
    """POST /sequence."""
    name = request.params["x-name"]
    hub.sequences.check_name(name)
    with hub.sequences.disk_faults():
        _check_room(hub, request)
        async with hub.sequences.workplace() as place:
            upload = await uploads.receive(request, place, hub.config)
            sequence = await hub.sequences.add(place, upload.path, name, upload.app_config)
    request.subject = sequence.id
    hub.log.write("INFO", "Sequence added", data={"id": sequence.id, "name": sequence.config["name"]})
    return json_response({"id": sequence.id})


@operation("replaceSequence", fields={Taken: "x-name"})
async def replace_sequence(hub: Hub, request: Request) -> Response:
    """PUT /sequence/{id}."""
    name = request.params["x-name"]
    sequence = hub.sequences.get(request.path["id"])
    hub.sequences.check_name(name, sequence)
    hub.sequences.check_replaceable(sequence)
    with hub.sequences.disk_faults():
        _check_room(hub, request)
        async with hub.sequences.workplace() as place:
            upload = await uploads.receive(request, place, hub.config)
            sequence = await hub.sequences.replace(sequence, place, upload.path, name, upload.app_config)
    hub.log.write("INFO", "Sequence replaced", data={"id": sequence.id, "name": sequence.config["name"]})
    return json_response({"id": sequence.id})


@operation("deleteSequence")
async def delete_sequence(hub: Hub, request: Request) -> Response:
    """DELETE /sequence/{id}."""
    sequence = hub.sequences.get(request.path["id"])
    if request.params["x-seq-kill-inst"]:
        await hub.instances.kill_all(sequence)
    await hub.sequences.delete(sequence)
    hub.log.write("INFO", "Sequence deleted", data={"id": sequence.id, "name": sequence.config["name"]})
    return json_response({"id": sequence.id})


@operation("startSequence", statuses={"instanceId": 422})
async def start_sequence(hub: Hub, request: Request) -> Response:
    """POST /sequence/{id}/start."""
    _refuse_while_draining(hub)
    with _refusals(hub, request):
        instance = await _start(hub, request)
    request.subject = instance.id
    if isinstance(request.grant, Grant) and isinstance(request.grant.within, Reach):
        request.grant.within.add(instance.id, instance.options.instance_name)
    return json_response({"id": instance.id, "message": f"Sequence {instance.sequence.id} starting"})


@contextlib.contextmanager
def _refusals(hub: Hub, request: Request) -> Iterator[None]:
    """Record a start that is rejected, unless there is no such Sequence."""
    try:
        yield
    except NotFound:
        raise
    except DomainError as error:
        wanted = (request.json or {}).get("instanceId")
        hub.history.record(START_REFUSED, wanted, str(error), sequence=hub.sequences.find_id(request.path["id"]))
        raise


async def _start(hub: Hub, request: Request) -> Instance:
    sequence = await whole_or_fetched(hub, request.path["id"])
    body: dict[str, Any] = request.json or {}
    app_config = body.get("appConfig")
    return await hub.instances.start(
        sequence,
        app_config=app_config if app_config is not None else sequence.app_config or {},
        args=body.get("args", []),
        input_topic=body.get("inputTopic") or None,
        output_topic=body.get("outputTopic") or None,
        limits=body.get("limits", {}),
        instance_id=body.get("instanceId"),
        instance_name=body.get("instanceName"),
    )


def _refuse_while_draining(hub: Hub) -> None:
    if hub.draining:
        raise ApiError(503, "The Hub is stopping and takes no new work", {"retry-after": "10"})


def _check_room(hub: Hub, request: Request) -> None:
    """Reject a package for which there is no room, before its body is read."""
    _refuse_while_draining(hub)
    uploads.check_announced_size(request, hub.config.max_package_size)
    free, least = hub.load.free_space(), hub.config.min_free_space
    if free < least + int(request.headers.get("content-length", 0)):
        raise Full(f"There are {free} bytes left on the disk, of which {least} are kept free")
