"""The Platform and its Spaces themselves, without any Hub."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    from tests.support.platform_process import PlatformProcess


def test_spaces_are_listed_in_the_order_of_the_options(api: httpx.Client) -> None:
    assert api.get("spaces").json() == [{"id": "space-1"}, {"id": "space-2"}]


@pytest.mark.parametrize("base", ["space", "cpm"])
def test_a_space_is_served_at_both_bases(api: httpx.Client, base: str) -> None:
    version = api.get(f"{base}/space-1/api/v1/version").json()
    assert (version["service"], version["apiVersion"]) == ("@scramjet/manager", "v1")
    assert api.get(f"{base}/nowhere/api/v1/version").status_code == 404


def test_an_empty_space_lists_nothing(space: httpx.Client) -> None:
    for path in ("list", "sequences", "all_sequences", "instances", "topics", "s3"):
        assert space.get(path).json() == [], path
    assert space.get("entities").json() == {"topics": [], "hubs": [], "sequences": [], "instances": []}


@pytest.mark.parametrize(
    "query", ["?offset=-1", "?limit=0", "?limit=101&offset=5", "?limit=x", "?offset=99999999999999999999"]
)
def test_a_page_out_of_range_is_the_first_one(space: httpx.Client, query: str) -> None:
    space.post("sth", json={"id": "paged"})
    try:
        for path in ("list", "all_sequences", "instances"):
            assert space.get(path + query).status_code == 200
        assert [hub["id"] for hub in space.get("list" + query).json()] == ["paged"]
    finally:
        assert space.delete("sth/paged").status_code == 202


def test_health_load_and_config(space: httpx.Client) -> None:
    health = space.get("health").json()
    assert health["uptime"] >= 0
    assert health["modules"] == {"sthServer": True}
    assert {"avgLoad", "currentLoad", "memFree", "memUsed", "fsSize"} <= space.get("load").json().keys()
    config = space.get("config").json()["config"]
    assert config["id"] == "space-1"
    assert config["sthController"] == {"unhealthyTimeoutMs": 61000}


def test_loads_are_streamed(space: httpx.Client) -> None:
    with space.stream("GET", "load-stream") as reply:
        lines = reply.iter_lines()
        loads = [json.loads(next(lines)) for _ in range(2)]
    assert all("avgLoad" in load for load in loads)


def test_the_log_of_a_space_begins_with_its_own_lines(space: httpx.Client) -> None:
    with space.stream("GET", "log") as reply:
        entry = json.loads(next(reply.iter_lines()))
    assert (entry["msg"], entry["from"]) == ("Space starts", "Space space-1")


def test_the_audit_of_the_platform_names_the_space(api: httpx.Client, space: httpx.Client) -> None:
    with api.stream("GET", "audit") as reply, space.stream("GET", "audit") as own:
        records = reply.iter_lines()
        beats = {record.get("mId") for record in (json.loads(next(records)) for _ in range(2))}
        assert beats <= {"space-1", "space-2", None}
        assert json.loads(next(own.iter_lines()))["opCode"] == 13020


def test_what_is_done_is_recorded(api: httpx.Client, space: httpx.Client) -> None:
    with api.stream("GET", "audit") as reply:
        space.post("sth", json={"id": "recorded"})
        space.delete("sth/recorded")
        seen = []
        for line in reply.iter_lines():
            seen.append(json.loads(line))
            if (seen[-1].get("objectId"), seen[-1].get("opState")) == ("recorded", "END"):
                break
    assert seen[-1]["status"] == 202


def test_spaces_start_and_stop_and_stay_so(start_platform: Callable[..., PlatformProcess]) -> None:
    process = start_platform()
    with process.client() as api:
        assert api.post("start", json={"manager": {"id": "second"}}).json() == {"id": "second"}
        assert api.post("start", json={"id": "third"}).status_code == 202
        assert api.post("start", json={"manager": {"id": "second"}}).status_code == 409
        assert api.post("start", json={"manager": {"id": "a.b/c"}}).status_code == 400
        made = api.post("start", json={}).json()["id"]
        assert api.get("info").json()["managersCount"] == 4
        assert api.post("cpm/third/stop", json={}).json() == {"id": "third"}
        assert api.post("cpm/third/stop", json={}).status_code == 404
        assert api.get("space/third/api/v1/list").status_code == 404
    process.restart()
    with process.client() as api:
        assert [space["id"] for space in api.get("list").json()] == ["space-1", "second", made]


def test_a_stopped_space_ends_its_streams(start_platform: Callable[..., PlatformProcess]) -> None:
    process = start_platform()
    with process.client() as api:
        api.post("start", json={"manager": {"id": "brief"}})
        with api.stream("GET", "space/brief/api/v1/log") as log, api.stream("GET", "cpm/brief/api/v1/topic/t") as topic:
            assert api.post("cpm/brief/stop").status_code == 200
            assert b"Space stops" in b"".join(log.iter_raw())
            assert b"".join(topic.iter_raw()) == b""


def test_there_is_a_most_of_spaces(start_platform: Callable[..., PlatformProcess]) -> None:
    process = start_platform("--max-spaces", "1")
    with process.client() as api:
        assert api.post("start", json={"manager": {"id": "one-more"}}).status_code == 419


def test_an_announced_hub_is_listed_and_survives_a_restart(start_platform: Callable[..., PlatformProcess]) -> None:
    process = start_platform()
    with process.client("space-1") as space:
        body = {"id": "sth-7", "description": "In the cellar", "tags": ["test"], "unknown": 1}
        assert space.post("sth", json=body).json() == {"id": "sth-7"}
        assert space.post("sth", json=body).status_code == 409
        assert space.post("sth", json={"id": "../x"}).status_code == 400
        made = space.post("sth", json={}).json()["id"]
        before = space.get("list").json()
    process.restart()
    with process.client("space-1") as space:
        assert space.get("list").json() == before
        shown = space.get("sth/sth-7/info").json()
        assert (shown["description"], shown["tags"], shown["healthy"]) == ("In the cellar", ["test"], False)
        assert not shown.keys() & {"topics", "sequences", "instances"}
        assert space.post("disconnect", json={"id": "sth-7"}).status_code == 409
        assert space.post("disconnect", json={"id": "nobody"}).status_code == 404
        assert space.post("disconnect", json={"accessKey": "x" * 16}).status_code == 404
        assert space.post("disconnect", json={}).status_code == 400
        assert space.post("disconnect", json={"limit": 0}).json() == {"managerId": "space-1", "disconnected": []}
        for hub in ("sth-7", made):
            assert (space.delete(f"sth/{hub}").status_code, space.get(f"sth/{hub}/info").status_code) == (202, 404)
