"""Lists of Instances and Sequences: filters, pages, orders; the index gives what a plain search of everything gives."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scramjet_hub.handlers.paging import Page
from scramjet_hub.instances.index import MILLISECOND, Filter, InstanceIndex

from tests.support.hub_process import HubProcess, wait_until
from tests.support.packages import pack_python

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import httpx

BELL = pack_python("def run(context, input):\n    return input\n")
SEQUENCES, STATUSES = ("one", "two"), ("running", "completed", "errored")


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HubProcess]:
    with HubProcess(tmp_path_factory.mktemp("lists")) as process:
        yield process


@pytest.fixture
def api(hub: HubProcess) -> Iterator[httpx.Client]:
    with hub.client() as client:
        yield client


def upload(api: httpx.Client, **headers: str) -> str:
    reply = api.post("/sequence", content=BELL, headers={"content-type": "application/octet-stream", **headers})
    assert reply.status_code == 200, reply.text
    return str(reply.json()["id"])


def start(api: httpx.Client, sequence: str) -> str:
    return str(api.post(f"/sequence/{sequence}/start", json={}).json()["id"])


def ids(reply: httpx.Response) -> list[str]:
    assert reply.status_code == 200, reply.text
    return [item["id"] for item in reply.json()]


def test_without_parameters_a_list_is_whole_and_has_no_new_headers(api: httpx.Client) -> None:
    start(api, upload(api))
    for path in ("/instances", "/sequences"):
        plain, unknown = api.get(path), api.get(path, params={"page": 1})
        assert ids(plain)
        assert ids(plain) == ids(unknown)
        for reply in (plain, unknown):
            assert "x-total-count" not in reply.headers
            assert "link" not in reply.headers


def test_links_lead_through_all_pages_and_back(api: httpx.Client) -> None:
    sequence = upload(api)
    started = [start(api, sequence) for _ in range(5)]
    query = f"?sequence={sequence}&status=initializing&status=starting&status=running&limit=2"
    pages, target = [], query
    while target:
        reply = api.get(f"/instances{target}")
        pages.append(ids(reply))
        assert reply.headers["x-total-count"] == "5"
        assert re.search(r"status=initializing&status=starting&status=running", reply.headers["link"])
        target = reply.links.get("next", {}).get("url", "")
    assert pages == [started[:2], started[2:4], started[4:]]
    assert ids(api.get(f"/instances{reply.links['prev']['url']}")) == started[2:4]
    assert ids(api.get(f"/instances{reply.links['first']['url']}")) == started[:2]
    assert ids(api.get(f"/instances{reply.links['last']['url']}")) == started[4:]
    beyond = api.get(f"/instances{query}&offset=100")
    assert (ids(beyond), beyond.headers["x-total-count"]) == ([], "5")
    assert ids(api.get(f"/instances{beyond.links['prev']['url']}")) == started[4:]


def test_instances_move_between_the_lists_of_their_statuses(api: httpx.Client) -> None:
    sequence = upload(api)
    one, two = start(api, sequence), start(api, sequence)

    def with_status(*statuses: str) -> list[str]:
        return ids(api.get("/instances", params={"sequence": sequence, "status": list(statuses)}))

    assert wait_until(lambda: with_status("running") == [one, two], 30)
    api.post(f"/instance/{one}/_kill", json={})
    assert wait_until(lambda: with_status("completed") == [one], 30)
    assert with_status("running") == [two]
    assert with_status("completed", "running") == [one, two]
    api.post(f"/instance/{two}/_kill", json={"removeImmediately": True})
    assert wait_until(lambda: ids(api.get("/instances", params={"sequence": sequence})) == [one], 30)
    ended = api.get(f"/instance/{one}").json()["ended"]
    assert ids(api.get("/instances", params={"sequence": sequence, "starting_time": ended})) == [one]
    later = {"sequence": sequence, "starting_time": "2999-01-01T00:00:00+01:00"}
    assert ids(api.get("/instances", params=later)) == []


def test_sequences_are_found_by_either_name(api: httpx.Client) -> None:
    named, other = upload(api, **{"x-name": "lists-named"}), upload(api)
    assert ids(api.get("/sequences", params={"name": "lists-named"})) == [named]
    assert {named, other} <= set(ids(api.get("/sequences", params={"name": "test"})))
    assert ids(api.get("/sequences", params={"name": "no such name"})) == []
    everything = ids(api.get("/sequences"))
    assert ids(api.get("/sequences", params={"limit": 2, "order": "desc"})) == everything[::-1][:2]
    assert ids(api.get("/sequences", params={"limit": "2.0", "offset": "1.0"})) == everything[1:3]


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        ("limit=0", "limit"),
        ("limit=1001", "limit"),
        ("offset=-1&limit=x", "offset limit"),
        ("order=up&status=running&status=odd", "order status"),
        ("starting_time=2026-13-01T00:00:00Z", "starting_time"),
        ("sequence=", "sequence"),
    ],
)
def test_wrong_parameters_are_named(api: httpx.Client, query: str, fields: str) -> None:
    reply = api.get(f"/instances?{query}")
    assert (reply.status_code, {item["field"] for item in reply.json()["fields"]}) == (400, set(fields.split()))


@pytest.mark.parametrize(
    ("starting", "ending", "count"),
    [
        ("0000-01-01T00:00:00Z", "9999-12-31T23:59:59-23:59", 1),
        ("0001-01-01t00:00:00+23:59", "2999-06-30T23:59:60z", 1),
        ("2999-01-01T00:00:00Z", "2000-01-01T00:00:00Z", 0),
        ("0000-02-29T00:00:00Z", "2000-01-01T00:00:00.123456789Z", 0),
    ],
)
def test_any_time_of_rfc_3339_is_a_time(api: httpx.Client, starting: str, ending: str, count: int) -> None:
    sequence = upload(api)
    start(api, sequence)
    query = {"sequence": sequence, "starting_time": starting, "ending_time": ending}
    assert len(ids(api.get("/instances", params=query))) == count
    assert api.get("/instance_events", params={**query, "limit": 1}).status_code == 200


def test_browsers_may_see_the_headers_of_pages(tmp_path: Path) -> None:
    with HubProcess(tmp_path, "--cors-origin", "https://a.example") as hub, hub.client() as api:
        reply = api.get("/instances", params={"limit": 1}, headers={"origin": "https://a.example"})
    assert {"link", "x-total-count"} <= set(reply.headers)
    assert reply.headers["access-control-expose-headers"] == "*"


Row = tuple[str, str]
ROWS = st.lists(st.tuples(st.sampled_from(SEQUENCES), st.sampled_from(STATUSES)), max_size=30)


@given(
    rows=ROWS,
    moves=st.lists(st.tuples(st.integers(0, 29), st.sampled_from((*STATUSES, "gone"))), max_size=30),
    sequence=st.sampled_from((None, *SEQUENCES, "none")),
    statuses=st.lists(st.sampled_from(STATUSES), max_size=3),
    until=st.one_of(st.none(), st.integers(0, 31)),
    ended=st.sets(st.integers(0, 29)),
    page=st.builds(Page, st.one_of(st.none(), st.integers(1, 7)), st.integers(0, 35), st.booleans()),
)
def test_the_index_finds_what_a_search_finds(
    rows: list[Row],
    moves: list[tuple[int, str]],
    sequence: str | None,
    statuses: list[str],
    until: int | None,
    ended: set[int],
    page: Page,
) -> None:
    index, kept = InstanceIndex(), {place * MILLISECOND: row for place, row in enumerate(rows)}
    for number, row in kept.items():
        index.add(number, *row)
    for place, status in moves:
        number = place * MILLISECOND
        if number in kept:
            _move(index, kept, number, status)
    matches = index.find(Filter(sequence, statuses, until), [place * MILLISECOND for place in ended])
    wanted = [
        number
        for number, (owner, status) in kept.items()
        if sequence in (None, owner)
        and (not statuses or status in statuses)
        and (until is None or number <= until * MILLISECOND)
        and number // MILLISECOND not in ended
    ]
    assert len(matches) == len(wanted)
    ordered = wanted[::-1] if page.descending else wanted
    assert page.cut(matches) == ordered[page.offset : page.end]


def _move(index: InstanceIndex, kept: dict[int, Row], number: int, status: str) -> None:
    owner, old = kept[number]
    if status == "gone":
        index.remove(number, owner, old)
        del kept[number]
    elif status != old:
        index.move(number, owner, old, status)
        kept[number] = (owner, status)


def test_the_index_keeps_nothing_of_what_is_gone() -> None:
    index = InstanceIndex()
    for number in range(10):
        index.add(number, "one", "running")
        index.move(number, "one", "running", "completed")
    for number in range(10):
        index.remove(number, "one", "completed")
    state: dict[str, Any] = vars(index)
    assert not any(state.values())
