"""Reading changes nothing: HEAD, tokens that may only read, readers that leave before they have got anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.hub_process import HubProcess
from tests.support.packages import pack_python
from tests.support.runs import Run, start

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import httpx

TEXT = {"content-type": "text/plain"}
TALKER = """
import sys

def run(context, input):
    print("stdout", flush=True)
    print("stderr", file=sys.stderr, flush=True)
    context.logger.info("log")
    context.emit("ready", {})
    return "output\\n"
"""


@pytest.fixture(scope="module")
def talker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[httpx.Client, Run]]:
    """An Instance that has ended and of which nothing has been read."""
    with HubProcess(tmp_path_factory.mktemp("talker")) as hub, hub.client() as api:
        run = start(api, pack_python(TALKER))
        run.wait_for_end()
        yield api, run


@pytest.mark.parametrize("stream", ["stdout", "stderr", "output", "log"])
def test_head_takes_nothing_of_an_instance(talker: tuple[httpx.Client, Run], stream: str) -> None:
    api, run = talker
    for _ in range(2):
        head = api.head(f"{run.path}/{stream}")
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["content-type"] == "application/octet-stream"
    assert stream in run.read(stream).decode()


@pytest.mark.parametrize("path", ["/event", "/events/ready"])
def test_head_follows_no_events(talker: tuple[httpx.Client, Run], path: str) -> None:
    api, run = talker
    assert api.head(run.path + path).status_code == 200


def test_head_takes_nothing_of_a_topic(api: httpx.Client) -> None:
    assert api.post("/topic/looked-at", content="kept\n", headers=TEXT).status_code == 202
    for _ in range(2):
        head = api.head("/topic/looked-at", headers=TEXT)
        assert (head.status_code, head.headers["content-type"], head.content) == (200, "text/plain", b"")
    assert api.head("/topic/looked-at", headers={"content-type": "application/x-ndjson"}).status_code == 415
    with api.stream("GET", "/topic/looked-at", headers=TEXT) as reply:
        assert next(reply.iter_lines()) == "kept"
    assert api.delete("/topics/looked-at").status_code == 200


def test_head_makes_no_topic(api: httpx.Client) -> None:
    head = api.head("/topic/unmade", headers=TEXT)
    assert (head.status_code, head.headers["content-type"]) == (200, "text/plain")
    assert api.head("/topic/unmade", headers={"content-type": "image/png"}).status_code == 400
    assert api.get("/topics").json() == []


def test_token_that_may_read_makes_no_topic(start_hub: Callable[..., HubProcess], tmp_path) -> None:  # type: ignore[no-untyped-def]
    tokens = tmp_path / "tokens"
    tokens.write_text("read r\nmanage m\n")
    hub = start_hub("--token-file", str(tokens))
    with hub.client() as api:
        may_read, may_manage = ({"authorization": f"Bearer {token}", **TEXT} for token in "rm")
        for method in ("GET", "HEAD"):
            assert api.request(method, "/topic/new", headers=may_read).status_code == 403
        assert api.get("/topics", headers=may_manage).json() == []
        assert api.post("/topic/new", content="kept\n", headers=may_manage).status_code == 202
        assert api.head("/topic/new", headers=may_read).status_code == 200
        with api.stream("GET", "/topic/new", headers=may_read) as reply:
            assert next(reply.iter_lines()) == "kept"
