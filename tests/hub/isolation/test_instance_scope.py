"""What the token that an Instance gets permits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

from tests.support.hub_process import HubProcess
from tests.support.packages import pack_python
from tests.support.runs import Run, start, upload

if TYPE_CHECKING:
    from collections.abc import Iterator

TELLS = """
import json, os, threading
def run(context, input):
    context.emit("token", os.environ["SCRAMJET_HUB_TOKEN"])
    threading.Event().wait()
"""


class Holder:
    """An Instance, and what its token is good for."""

    def __init__(self, hub: HubProcess, api: httpx.Client) -> None:
        self.api = api
        self.sequence = upload(api, pack_python(TELLS))
        self.run = start(api, self.sequence, instanceName="holder")
        self.other = start(api, self.sequence)
        told = api.get(f"{self.run.path}/event/token").json()
        self.token = told if isinstance(told, str) else told["message"]
        self.client = httpx.Client(
            base_url=hub.url, headers={"authorization": f"Bearer {self.token}"}, timeout=30, trust_env=False
        )

    def status(self, method: str, path: str, **options: object) -> int:
        path = path.format(own=self.run.id, other=self.other.id, sequence=self.sequence)
        with self.client.stream(method, path, **options) as reply:  # type: ignore[arg-type]
            return reply.status_code

    def close(self) -> None:
        self.client.close()
        for run in (self.run, self.other):
            run.post("_kill")
            run.wait_for_end()
        self.api.delete(f"/sequence/{self.sequence}")


@pytest.fixture(scope="module", params=["instance", "manage"])
def scope(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def holder(scope: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Holder]:
    options = ("--instance-scope", scope) if scope != "instance" else ()
    with HubProcess(tmp_path_factory.mktemp("scope"), "--token", "operator", *options) as hub:
        hub.token = "operator"
        with hub.client() as api:
            holder = Holder(hub, api)
            yield holder
            holder.close()


PERMITTED = [
    ("GET", "/version"),
    ("GET", "/health"),
    ("GET", "/sequences"),
    ("HEAD", "/sequences"),
    ("GET", "/sequence/{sequence}"),
    ("GET", "/topics"),
    ("GET", "/instance/{own}"),
    ("GET", "/instance/holder"),
    ("GET", "/instance/{own}/health"),
    ("GET", "/instance/{own}/log"),
]
REFUSED = [
    ("GET", "/config"),
    ("GET", "/instances"),
    ("GET", "/entities"),
    ("GET", "/log"),
    ("GET", "/audit"),
    ("GET", "/metrics"),
    ("GET", "/load-check"),
    ("GET", "/sequence/{sequence}/instances"),
    ("GET", "/instance/{other}"),
    ("HEAD", "/instance/{other}"),
    ("GET", "/instance/{other}/log"),
    ("GET", "/instance/nobody"),
    ("POST", "/instance/{other}/_kill"),
    ("POST", "/instance/{other}/input"),
    ("PUT", "/sequence/{sequence}"),
    ("DELETE", "/sequence/{sequence}"),
    ("POST", "/sequence"),
]


@pytest.mark.parametrize(("method", "path"), PERMITTED)
def test_it_permits(holder: Holder, method: str, path: str) -> None:
    assert holder.status(method, path) == 200


@pytest.mark.parametrize(("method", "path"), REFUSED)
def test_it_refuses_all_else_unless_the_operator_says_so(holder: Holder, scope: str, method: str, path: str) -> None:
    if scope == "instance":
        assert holder.status(method, path) == 403
    elif method in ("GET", "HEAD") and "nobody" not in path:
        assert holder.status(method, path) == 200


def test_topics_are_permitted(holder: Holder) -> None:
    assert holder.status("POST", "/topics", json={"id": "scoped", "content-type": "text/plain"}) == 200
    assert holder.status("DELETE", "/topics/scoped") == 200


def test_an_instance_that_it_started_is_its_own(holder: Holder) -> None:
    reply = holder.client.post(f"/sequence/{holder.sequence}/start", json={"instanceName": "child"})
    assert reply.status_code == 200
    child = Run(holder.client, reply.json()["id"])
    assert holder.status("GET", f"/instance/{child.id}") == 200
    assert holder.status("GET", "/instance/child") == 200
    child.post("_kill")
    child.wait_for_end()


def test_the_reason_says_what_it_is_good_for(holder: Holder, scope: str) -> None:
    reply = holder.client.get("/instance/nobody")
    if scope == "instance":
        assert "token of an Instance" in reply.json()["error"]
    else:
        assert reply.status_code == 404


def test_on_an_open_hub_it_permits_what_everybody_may(tmp_path_factory: pytest.TempPathFactory) -> None:
    with HubProcess(tmp_path_factory.mktemp("open")) as hub, hub.client() as api:
        holder = Holder(hub, api)
        assert holder.status("GET", "/instances") == 200
        assert holder.status("GET", "/instance/{other}") == 200
        holder.close()
