"""HTTP in common to all operations: routes, methods, types, validation, errors."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import httpx
import pytest

if TYPE_CHECKING:
    from tests.support.hub_process import HubProcess


def test_version(api: httpx.Client) -> None:
    reply = api.get("/version")

    assert reply.status_code == 200
    assert reply.headers["content-type"] == "application/json"
    assert reply.json().keys() == {"service", "apiVersion", "version", "build"}
    assert reply.json()["apiVersion"] == "v1"


@pytest.mark.parametrize("path", ["/version/", "/version?json=true&parse=json", "/version?x=%FF&x", "/%76ersion"])
def test_lenient_targets(api: httpx.Client, path: str) -> None:
    assert api.get(path).json()["service"] == "@scramjet/host"


@pytest.mark.parametrize("accept", ["*/*", "text/html, */*", "application/json;q=0.9", "application/*", "nonsense"])
def test_accept_is_no_reason_to_refuse(api: httpx.Client, accept: str) -> None:
    reply = api.get("/version", headers={"accept": accept})

    assert (reply.status_code, reply.headers["content-type"]) == (200, "application/json")


@pytest.mark.parametrize("path", ["/nope", "", "/", "/sequence/a/nope", "/instance//health", "/version/x", "/VERSION"])
def test_unknown_route_is_404_in_json(api: httpx.Client, path: str) -> None:
    reply = api.get(path)

    assert reply.status_code == 404
    assert "nothing at" in reply.json()["error"]


def test_outside_of_the_api_base_is_404(hub: HubProcess) -> None:
    assert httpx.get(f"http://{hub.host}:{hub.port}/version", trust_env=False).status_code == 404


@pytest.mark.parametrize(
    ("method", "path", "allow"),
    [
        ("POST", "/version", "GET, HEAD, OPTIONS"),
        ("DELETE", "/instances", "GET, HEAD, OPTIONS"),
        ("GET", "/sequence", "OPTIONS, POST"),
        ("PATCH", "/sequence/x", "DELETE, GET, HEAD, OPTIONS, PUT"),
        ("PUT", "/sequence/x/start", "OPTIONS, POST"),
    ],
)
def test_wrong_method_is_405_and_says_what_is_allowed(api: httpx.Client, method: str, path: str, allow: str) -> None:
    reply = api.request(method, path)

    assert (reply.status_code, reply.headers["allow"]) == (405, allow)
    assert allow in reply.json()["error"]


def test_options(api: httpx.Client) -> None:
    reply = api.options("/sequence/x")

    assert (reply.status_code, reply.content) == (204, b"")
    assert reply.headers["allow"] == "DELETE, GET, HEAD, OPTIONS, PUT"
    assert "access-control-allow-origin" not in reply.headers
    assert api.options("/nope").status_code == 404


@pytest.mark.parametrize("path", ["/version", "/sequences", "/nope", "/log", "/audit", "/metrics"])
def test_head_is_get_without_the_body(api: httpx.Client, path: str) -> None:
    head = api.head(path)
    with api.stream("GET", path) as get:
        assert head.status_code == get.status_code
        assert head.headers.get("content-type") == get.headers.get("content-type")
    assert head.content == b""
    # The connection is in order: nothing of a body was left on it.
    assert api.get("/version").status_code == 200


def test_each_reply_has_a_request_id(api: httpx.Client) -> None:
    ids = {api.get("/version").headers["x-request-id"] for _ in range(3)}

    assert len(ids) == 3


@pytest.mark.parametrize(
    ("body", "field", "reason"),
    [
        ({"args": "x"}, "/args", "array"),
        ({"appConfig": "x"}, "/appConfig", "object"),
        ({"appConfig": 5}, "/appConfig", "object"),
        ({"limits": {"memory": "much"}}, "/limits/memory", "integer"),
        ({"outputTopic": "not a name"}, "/outputTopic", "match"),
        ([], "", "object"),
        ("s", "", "object"),
        (3, "", "object"),
    ],
)
def test_forbidden_body_is_400_and_names_field_and_reason(
    api: httpx.Client, body: object, field: str, reason: str
) -> None:
    error = api.post("/sequence/none/start", json=body)

    assert error.status_code == 400
    assert error.json()["error"]["in"] == "body"
    assert error.json()["error"]["field"] == field
    assert reason in error.json()["error"]["reason"]


def test_bad_instance_id_is_422(api: httpx.Client) -> None:
    for value in ("x", 3, "g" * 36):
        reply = api.post("/sequence/none/start", json={"instanceId": value})
        assert (reply.status_code, reply.json()["error"]["field"]) == (422, "/instanceId")


@pytest.mark.parametrize("raw", [b"{", b"\xff", b'{"args": [}', b'"\\ud800"'])
def test_body_that_is_no_json_is_400(api: httpx.Client, raw: bytes) -> None:
    reply = api.post("/sequence/none/start", content=raw, headers={"content-type": "application/json"})

    assert reply.status_code == 400
    assert "not JSON" in reply.json()["error"]["reason"]


@pytest.mark.parametrize(
    ("content_type", "raw"),
    [
        (None, b""),
        (None, b"{}"),
        ("application/json", b""),
        ("application/json", b"null"),
        ("application/json", b" \n"),
        ("application/json; charset=UTF-8", b"{}"),
        ("application/json;charset=utf-8", b'{"unknown": 1}'),
        ("text/json", b"{}"),
        ("text/plain", b""),
    ],
)
def test_bodies_of_existing_clients_are_taken(api: httpx.Client, content_type: str | None, raw: bytes) -> None:
    headers = {"content-type": content_type} if content_type else {}
    reply = api.post("/sequence/none/start", content=raw, headers=headers)

    # It came as far as the Sequence, which is not there.
    assert (reply.status_code, reply.json()) == (404, {"error": "Sequence none not found"})


@pytest.mark.parametrize("content_type", ["text/plain", "application/json; charset=latin1", "application/xml"])
def test_other_types_of_body_are_refused(api: httpx.Client, content_type: str) -> None:
    reply = api.post("/sequence/none/start", content=b"{}", headers={"content-type": content_type})

    assert reply.status_code in (400, 415)
    assert reply.json()["error"]["field"] == "content-type"


def test_json_body_has_a_limit(api: httpx.Client) -> None:
    big = b'{"appConfig": {"a": "' + b"x" * 1_100_000 + b'"}}'
    announced = api.post("/sequence/none/start", content=big)
    chunked = api.post("/sequence/none/start", content=iter([big]))

    assert announced.status_code == chunked.status_code == 413
    assert "1048576 bytes" in announced.json()["error"]
    assert "1048576 bytes" in chunked.json()["error"]


@pytest.mark.parametrize(("value", "status"), [("yes", 400), ("True", 404), ("false", 404), ("undefined", 404)])
def test_header_parameters_are_checked(api: httpx.Client, value: str, status: int) -> None:
    reply = api.delete("/sequence/none", headers={"x-seq-kill-inst": value})

    assert reply.status_code == status
    if status == 400:
        error = reply.json()["error"]
        assert (error["in"], error["field"]) == ("header", "x-seq-kill-inst")


def test_path_parameters_are_checked(api: httpx.Client) -> None:
    reply = api.get("/topic/not%20a%20name", headers={"content-type": "text/plain"})

    assert reply.status_code == 400
    assert (reply.json()["error"]["in"], reply.json()["error"]["field"]) == ("path", "topic")


def test_path_parameters_are_decoded_after_the_path_is_split(api: httpx.Client) -> None:
    assert api.get("/sequence/a%2Fb").json() == {"error": "Sequence a/b not found"}
    assert api.get("/sequence/%C5%82").json() == {"error": "Sequence ł not found"}
    # What is no UTF-8 is no reason to fail either.
    assert api.get("/sequence/%FF").status_code == 404


def test_many_at_once(hub: HubProcess) -> None:
    with hub.client(limits=httpx.Limits(max_connections=64)) as client, ThreadPoolExecutor(32) as pool:
        replies = list(pool.map(lambda number: client.get(f"/sequence/{number}"), range(400)))

    assert [reply.json()["error"] for reply in replies] == [f"Sequence {n} not found" for n in range(400)]


def test_config_tells_no_secrets(api: httpx.Client, hub: HubProcess) -> None:
    text = api.get("/config").text

    assert str(hub.data_dir) not in text
    assert "token" not in text


def test_status_and_entities(api: httpx.Client) -> None:
    assert api.get("/status").json() == {"cpm": {}}
    assert api.get("/health").json() == {"healthy": True}
    assert api.get("/entities").json().keys() == {"sequences", "instances", "topics"}


def test_cors_is_off(api: httpx.Client) -> None:
    reply = api.get("/version", headers={"origin": "http://example.com"})

    assert not [name for name in reply.headers if name.startswith("access-control")]


def rejected(reply: httpx.Response) -> dict[str, str]:
    return {item["field"]: item["description"] for item in reply.json()["fields"]}


@pytest.mark.parametrize(
    ("path", "body", "fields"),
    [
        (
            "/sequence/none/start",
            {"args": "x", "appConfig": 5, "limits": {"memory": "much"}},
            "/args /appConfig /limits/memory",
        ),
        ("/sequence/none/start", {"args": "x", "instanceId": "y"}, "/args /instanceId"),
        ("/sequence/none/start", [], "body"),
        ("/topics", {}, "/id /content-type"),
        ("/topics", {"id": "no blanks please"}, "/id /content-type"),
        # Of two forms, it is the one that comes nearer.
        ("/instance/none/_event", [5001, {"message": 1}], "/1/eventName"),
        ("/instance/none/_event", {"eventName": 3}, "/eventName"),
    ],
)
def test_error_names_every_wrong_member_of_the_body(api: httpx.Client, path: str, body: object, fields: str) -> None:
    reply = api.post(path, json=body)

    assert reply.status_code in (400, 422)
    assert set(rejected(reply)) == set(fields.split())
    assert all(rejected(reply).values())
    assert rejected(reply)[reply.json()["error"]["field"] or "body"] == reply.json()["error"]["reason"]


def test_error_names_every_wrong_parameter(api: httpx.Client) -> None:
    both = api.get("/topic/not%20a%20name", headers={"content-type": "image/png"})
    upload = api.post("/sequence", headers={"x-name": "no blanks please", "content-type": "application/octet-stream"})
    assert set(rejected(both)) == {"topic", "content-type"}
    assert set(rejected(upload)) == {"x-name"}


def test_error_about_no_field_names_none(api: httpx.Client) -> None:
    assert "fields" not in api.get("/sequence/none").json()
    assert "fields" not in api.get("/nothing/here").json()


def test_errors_of_the_service_name_their_field(api: httpx.Client) -> None:
    topic = {"id": "fields-of-a-taken-topic", "content-type": "text/plain"}
    assert api.post("/topics", json=topic).status_code == 200
    taken = api.post("/topics", json=topic)
    other = api.post(f"/topic/{topic['id']}", content=b"{}\n", headers={"content-type": "application/x-ndjson"})

    assert rejected(taken) == {"/id": taken.json()["error"]}
    assert rejected(other) == {"content-type": other.json()["error"]}
    assert api.delete(f"/topics/{topic['id']}").status_code == 200


def test_a_very_wrong_body_names_no_more_fields_than_can_be_read(api: httpx.Client) -> None:
    reply = api.post("/instance/none/_stop", json=[4001, {"timeout": "x", "canCallKeepalive": "y"}])
    assert len(rejected(reply)) == 2
    topics = api.post("/sequence/none/start", json={"args": "x" * 10_000})
    assert len(rejected(topics)["/args"]) < 400
