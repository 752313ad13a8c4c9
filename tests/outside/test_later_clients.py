"""What `si` and `@scramjet/api-client` 1.0 send, which no registry has, header by header."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from scramjet_contract.packages import package

from tests.support.hub_process import wait_until
from tests.support.runs import Run
from tests.support.tools import needs

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

    from tests.support.hub_process import HubProcess

# They send it with every stream that they read, whatever is in it.
READING = {"content-type": "application/octet-stream"}
LANGUAGES = ["python", pytest.param("node", marks=needs("node"))]


@pytest.fixture
def api(hub: HubProcess) -> Iterator[httpx.Client]:
    with hub.client() as client:
        yield client


def upload(api: httpx.Client, label: str, language: str = "python") -> str:
    headers = {"content-type": "application/octet-stream", "x-name": f"{language}-{label}"}
    reply = api.post("/sequence", content=iter([package(label, label, language)]), headers=headers)
    assert reply.status_code == 200, reply.text
    return str(reply.json()["id"])


def start(api: httpx.Client, sequence: str, **request: Any) -> Run:
    reply = api.post(f"/sequence/{sequence}/start", json=request)
    assert reply.status_code == 200, reply.text
    return Run(api, reply.json()["id"])


def read(api: httpx.Client, path: str) -> bytes:
    reply = api.get(path, headers=READING)
    assert reply.status_code == 200, reply.text
    return reply.content


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("topics", [{}, {"inputTopic": "in", "outputTopic": "out"}])
def test_inst_restart(api: httpx.Client, language: str, topics: dict[str, str]) -> None:
    run = start(api, upload(api, "echo", language), appConfig={"a": 1}, args=[], limits={}, **topics)
    run.wait_for("running")
    shown = run.info()
    assert run.post("_kill", {"removeImmediately": True}).status_code == 202
    assert wait_until(lambda: api.get(run.path).status_code == 404, 15)
    # What it shows where there is no topic may be an empty text or nothing.
    again = start(
        api,
        shown["sequence"]["id"],
        instanceId=run.id,
        appConfig=shown["appConfig"],
        args=shown["args"],
        inputTopic=shown.get("requires", ""),
        outputTopic=shown.get("provides", ""),
    )
    assert again.id == run.id
    again.wait_for("running")
    assert again.info()["appConfig"] == {"a": 1}
    target = "/topic/in" if topics else f"{again.path}/input"
    headers = {"content-type": "text/plain", "x-end-stream": "true"}
    assert api.post(target, content="one\n", headers=headers).status_code == 200
    again.wait_for_end()
    if topics:
        assert api.post("/topic/out", headers={"x-end-stream": "true"}).status_code == 200
    assert api.get("/topic/out" if topics else f"{again.path}/output").content.rstrip() == b"one"


@pytest.mark.parametrize("language", LANGUAGES)
def test_inst_inout(api: httpx.Client, language: str) -> None:
    run = start(api, upload(api, "echo", language))
    headers = {"content-type": "undefined", "x-end-stream": "false", "transfer-encoding": "chunked"}
    with api.stream("POST", f"{run.path}/inout", content=iter([b"one\n"]), headers=headers) as reply:
        assert reply.status_code == 200
        assert next(reply.iter_lines()) == "one"
    with api.stream("POST", f"{run.path}/inout", content=iter([b"two\n"]), headers={"x-end-stream": "true"}) as reply:
        assert list(reply.iter_lines()) == ["two"]


def test_streams_are_read_with_a_content_type(api: httpx.Client) -> None:
    run = start(api, upload(api, "stdio"))
    assert run.write("one\n", "application/octet-stream", to="stdin").status_code == 200
    assert read(api, f"{run.path}/stdout") == b"one\nend of stdin\n"
    assert read(api, f"{run.path}/stderr") == b"[one]\n"
    assert read(api, f"{run.path}/output") == b""
    assert read(api, f"{run.path}/log")
    for path in ("/log", "/audit"):
        with api.stream("GET", path, headers=READING) as reply:
            assert reply.status_code == 200
            assert next(reply.iter_lines())


def test_topics(api: httpx.Client) -> None:
    created = api.post("/topics", json={"id": "news", "content-type": "text/plain"})
    assert created.status_code == 200
    headers = {"content-type": "text/plain", "expect": "100-continue"}
    assert api.post("/topic/news", content=iter([b"one\n"]), headers=headers).status_code == 202
    with api.stream("GET", "/topic/news", headers={"content-type": "text/plain"}) as reply:
        assert next(reply.iter_lines()) == "one"
    assert api.get("/topic/news", headers={"content-type": "application/x-ndjson"}).status_code == 415
    gone = api.delete("/topics/news", headers={"content-type": "application/json"})
    assert (gone.status_code, gone.json()) == (200, {"message": "Topic news removed"})


def test_seq_overwrite_and_delete_by_force(api: httpx.Client) -> None:
    sequence = upload(api, "bell")
    replaced = api.put(f"/sequence/{sequence}", content=iter([package("echo", "echo")]), headers=READING)
    assert replaced.json() == {"id": sequence}
    run = start(api, sequence)
    headers = {"content-type": "application/json", "x-seq-kill-inst": "true"}
    assert api.delete(f"/sequence/{sequence}", headers=headers).json() == {"id": sequence}
    assert api.get(run.path).status_code == 404
