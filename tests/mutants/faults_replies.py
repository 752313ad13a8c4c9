"""Replies that are not as described: a field, a type, a status, a header, a content type."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from scramjet_serving import app
from scramjet_serving.errors import ApiError
from scramjet_serving.messages import Response
from scramjet_serving.validation import BodyCheck, ParameterCheck

from tests.mutants import mutant
from tests.mutants.patching import (
    change_handler,
    change_header,
    change_json,
    change_reply,
    change_status,
    replace,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from scramjet_serving.messages import Reply, Request


@mutant("getVersion")
def version_lacks_a_field() -> None:
    """GET /version without `build`."""
    change_json("getVersion", lambda data: data.pop("build") and None)


@mutant("getVersion")
def version_is_v2() -> None:
    """GET /version says that the API has version 2."""
    change_json("getVersion", lambda data: {**data, "apiVersion": "v2"})


@mutant("getDescription")
def description_lacks_an_operation() -> None:
    """GET /openapi.json without GET /version."""
    change_json("getDescription", lambda data: data["paths"].pop("/version") and None)


@mutant("getDescription")
def description_needs_a_token() -> None:
    """GET /openapi.json answers 401 to those without a token."""

    def make(handler: Any) -> Any:
        async def handle(hub: Any, request: Request) -> Reply:
            if "authorization" not in request.headers:
                raise ApiError(401, "No token", {"www-authenticate": "Bearer"})
            reply: Reply = await handler(hub, request)
            return reply

        return handle

    change_handler("getDescription", make)


@mutant("getDescriptionYaml")
def description_in_yaml_is_another() -> None:
    """GET /openapi.yaml gives the title of another API."""

    def make(handler: Any) -> Any:
        async def handle(hub: Any, request: Request) -> Reply:
            reply: Response = await handler(hub, request)
            return Response(
                reply.body.replace(b"Scramjet API", b"Another API"), 200, {"content-type": "application/yaml"}
            )

        return handle

    change_handler("getDescriptionYaml", make)


@mutant("getStatus")
def status_has_a_field_more() -> None:
    """GET /status has a field that is not described."""
    change_json("getStatus", lambda data: {**data, "uptime": 1})


@mutant("getConfig")
def config_tells_a_token() -> None:
    """GET /config has the Hub's token in it."""

    def make(handler: Any) -> Any:
        async def handle(hub: Any, request: Request) -> Reply:
            reply: Response = await handler(hub, request)
            header = request.headers.get("authorization", "").removeprefix("Bearer ")
            body = reply.body.replace(b"{", b'{"token": "%s", ' % header.encode(), 1) if header else reply.body
            return Response(body, 200, {"content-type": "application/json"})

        return handle

    change_handler("getConfig", make)


@mutant("getHealth")
def health_is_text() -> None:
    """GET /health says "true" instead of true."""
    change_json("getHealth", lambda data: {**data, "healthy": "true"})


@mutant("getHealth")
def health_is_never_well() -> None:
    """GET /health says false of a Hub that is well."""
    change_json("getHealth", lambda data: {**data, "healthy": False})


@mutant("getMetrics")
def metrics_have_no_end() -> None:
    """The metrics lack the line that ends them."""

    def cut(reply: Reply, _request: Request) -> Reply | None:
        if isinstance(reply, Response) and reply.status == 200:
            kind = {"content-type": "application/openmetrics-text; version=1.0.0; charset=utf-8"}
            return Response(reply.body.replace(b"# EOF\n", b""), 200, kind)
        return None

    change_reply("getMetrics", cut)


@mutant("getMetrics")
def metrics_are_html() -> None:
    """The metrics come as HTML."""
    change_header("getMetrics", "content-type", "text/html")


@mutant("getLoad")
def load_is_negative() -> None:
    """The load says that less than no memory is free."""
    change_json("getLoad", lambda data: {**data, "memFree": -1})


@mutant("getLoad")
def load_is_in_kilobytes_as_text() -> None:
    """The load gives a size as text."""
    change_json("getLoad", lambda data: {**data, "memUsed": f"{data['memUsed'] // 1024} kB"})


@mutant("getLoad")
def disk_is_fuller_than_it_is_large() -> None:
    """More of a disk is used than there is."""

    def fill(data: Any) -> None:
        for disk in data["fsSize"]:
            disk["used"] = disk["size"] + 1

    change_json("getLoad", fill)


@mutant("listEntities")
def entities_lack_topics() -> None:
    """The list of entities has no topics in it."""
    change_json("listEntities", lambda data: {**data, "topics": []})


@mutant("listSequences")
def list_is_one_short() -> None:
    """The list of Sequences leaves out the last."""
    change_json("listSequences", lambda data: data[:-1])


@mutant("listInstances")
def list_is_an_object() -> None:
    """The list of Instances is wrapped in an object."""
    change_json("listInstances", lambda data: {"items": data})


@mutant("listInstances")
def instances_are_ids() -> None:
    """The list of Instances has ids in it instead of Instances."""
    change_json("listInstances", lambda data: [item["id"] for item in data])


@mutant("listTopics")
def topic_types_are_wrong() -> None:
    """The list of topics says of each that it carries bytes."""
    change_json("listTopics", lambda data: [{**item, "contentType": "application/octet-stream"} for item in data])


@mutant("uploadSequence")
def upload_is_created() -> None:
    """An upload is answered with 201."""
    change_status("uploadSequence", 200, 201)


@mutant("uploadSequence")
def upload_returns_the_name() -> None:
    """An upload returns something that is not an id."""
    change_json("uploadSequence", lambda data: {"id": "sequence-" + data["id"][:8]})


@mutant("startSequence")
def start_says_nothing() -> None:
    """The reply to a start lacks its message."""
    change_json("startSequence", lambda data: {"id": data["id"]})


@mutant("startSequence")
def start_is_accepted() -> None:
    """A start is answered with 202."""
    change_status("startSequence", 200, 202)


@mutant("getSequence")
def missing_sequence_is_null() -> None:
    """A Sequence that is not there is 200 with null."""

    def pretend(reply: Reply, _request: Request) -> Reply | None:
        return Response(b"null", 200, {"content-type": "application/json"}) if reply.status == 404 else None

    change_reply("getSequence", pretend)


@mutant("getInstance")
def missing_instance_has_no_body() -> None:
    """An Instance that is not there is 404 without a body."""

    def empty(reply: Reply, _request: Request) -> Reply | None:
        return Response(b"", 404) if reply.status == 404 else None

    change_reply("getInstance", empty)


@mutant("getInstance")
def missing_instance_is_text() -> None:
    """An Instance that is not there is 404 with a sentence that is not JSON."""

    def say(reply: Reply, _request: Request) -> Reply | None:
        return Response(b"not found", 404, {"content-type": "text/plain"}) if reply.status == 404 else None

    change_reply("getInstance", say)


@mutant("getInstanceHealth")
def error_is_called_message() -> None:
    """An error is in `message` instead of in `error`."""
    change_json("getInstanceHealth", lambda data: {"message": data["error"]}, 404)


@mutant("deleteSequence")
def missing_sequence_is_a_bad_request() -> None:
    """Deleting what is not there is 400."""
    change_status("deleteSequence", 404, 400)


@mutant("killInstance")
def kill_returns_nothing() -> None:
    """The reply to a kill is empty."""

    def empty(reply: Reply, _request: Request) -> Reply | None:
        return Response(b"", 202) if reply.status == 202 else None

    change_reply("killInstance", empty)


@mutant("setMonitoringRate")
def rate_is_ok() -> None:
    """Setting the rate is 200 instead of 202."""
    change_status("setMonitoringRate", 202, 200)


@mutant("sendEvent")
def event_is_accepted_as_true() -> None:
    """Sending an event is answered with true instead of OK."""
    change_json("sendEvent", lambda _data: {"accepted": True})


@mutant("readOutput")
def output_is_text() -> None:
    """The output comes as text/plain."""
    change_header("readOutput", "content-type", "text/plain")


@mutant("readInstanceLog")
def log_has_no_content_type() -> None:
    """An Instance's log has no content type."""
    change_header("readInstanceLog", "content-type", None)


@mutant("getLastEvent")
def event_has_no_content_type() -> None:
    """An event has no content type."""
    change_header("getLastEvent", "content-type", None)


@mutant("createTopic")
def topic_lacks_its_state() -> None:
    """The reply to a new topic lacks `state`."""
    change_json("createTopic", lambda data: data.pop("state") and None)


@mutant("deleteTopic")
def deleted_topic_is_no_content() -> None:
    """Deleting a topic is 204."""

    def empty(reply: Reply, _request: Request) -> Reply | None:
        return Response(b"", 204) if reply.status == 200 else None

    change_reply("deleteTopic", empty)


@mutant("getStatus", "startSequence")
def method_is_refused_without_a_hint() -> None:
    """A method that is not served is 405 without `Allow`."""

    def make(old: Any) -> Any:
        def find(node: Any, method: str) -> Any:
            try:
                return old(node, method)
            except ApiError as error:
                error.headers.pop("allow", None)
                raise

        return find

    replace(app, "route_of", make)


@mutant("startSequence", "stopInstance", "killInstance", "createTopic", "sendEvent")
def bodies_are_not_checked() -> None:
    """JSON bodies are not validated."""

    def make(_old: Callable[..., Any]) -> Any:
        return lambda _self, _content_type, raw: json.loads(raw) if raw.strip() else None

    replace(BodyCheck, "value", make)


@mutant("deleteSequence", "writeTopic", "uploadSequence")
def parameters_are_not_checked() -> None:
    """Parameters are not validated."""

    def make(_old: Callable[..., Any]) -> Any:
        def value(self: Any, text: str | None) -> Any:
            if text is None:
                return self._default
            return text.strip().lower() in ("true", "1") if isinstance(self._default, bool) else text

        return value

    replace(ParameterCheck, "value", make)


@mutant("startSequence")
def errors_do_not_name_the_field() -> None:
    """A refused body gets no word about which field it was."""

    def make(old: Callable[..., Any]) -> Any:
        def refuse(self: Any, error: Any) -> Any:
            refusal = old(self, error)
            refusal.message = "Bad request"
            return refusal

        return refuse

    replace(BodyCheck, "_refusal", make)
