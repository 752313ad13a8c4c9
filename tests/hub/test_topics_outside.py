"""Topics that a Space connects with those of other Hubs: what comes from there never returns (the header `cpm`)."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

OUTSIDE = {"cpm": "true"}
JSON = {"content-type": "application/x-ndjson"}


@pytest.fixture
def topic(api: httpx.Client, request: pytest.FixtureRequest) -> Iterator[str]:
    """The path of a topic of this test."""
    name = request.node.name.partition("[")[0][-60:]
    yield f"topic/{name}"
    api.delete(f"topics/{name}")


@contextlib.contextmanager
def reading(api: httpx.Client, topic: str, headers: dict[str, str] | None = None) -> Iterator[Any]:
    with api.stream("GET", topic, headers=headers) as reply:
        assert reply.status_code == 200
        yield reply.iter_lines()


def write(api: httpx.Client, topic: str, lines: str, headers: dict[str, str] | None = None) -> None:
    reply = api.post(topic, content="".join(line + "\n" for line in lines.split()), headers={**JSON, **(headers or {})})
    assert reply.status_code == 202


def test_what_came_from_outside_does_not_return(api: httpx.Client, topic: str) -> None:
    with reading(api, topic, OUTSIDE) as outside, reading(api, topic) as inside:
        write(api, topic, "1")
        write(api, topic, "2", OUTSIDE)
        write(api, topic, "3")
        assert [next(inside) for _ in range(3)] == ["1", "2", "3"]
        assert [next(outside) for _ in range(2)] == ["1", "3"]


def test_what_is_kept_goes_outside_once(api: httpx.Client, topic: str) -> None:
    write(api, topic, "1 2")
    with reading(api, topic, OUTSIDE) as outside:
        assert [next(outside) for _ in range(2)] == ["1", "2"]
        write(api, topic, "3")
        assert next(outside) == "3"
        # It went outside, so it is not kept; what comes from there is kept for a reader here.
        write(api, topic, "4", OUTSIDE)
        with reading(api, topic) as inside:
            write(api, topic, "5")
            assert [next(inside) for _ in range(2)] == ["4", "5"]
            assert next(outside) == "5"


def test_kept_data_from_outside_stays_inside(api: httpx.Client, topic: str) -> None:
    write(api, topic, "1")
    write(api, topic, "2", OUTSIDE)
    with reading(api, topic, OUTSIDE) as outside, reading(api, topic) as inside:
        assert [next(inside) for _ in range(2)] == ["1", "2"]
        write(api, topic, "3")
        assert (next(inside), next(outside)) == ("3", "3")


def test_unread_data_from_outside_holds_up_no_writer_inside(api: httpx.Client, topic: str) -> None:
    with reading(api, topic, OUTSIDE) as outside:
        half = "x" * 600_000
        # More than is kept: the rest is dropped, as nobody reads it here.
        for _ in range(5):
            write(api, topic, half, OUTSIDE)
        for number in range(5):
            write(api, topic, f"{number}{half}")
            assert next(outside) == f"{number}{half}"


def test_records_from_both_sides_stay_whole(api: httpx.Client, topic: str) -> None:
    with reading(api, topic) as inside, reading(api, topic, OUTSIDE) as outside:
        for number in range(50):
            # Without a line end: the topic ends the line.
            sides: dict[str, str] = OUTSIDE if number % 2 else {}
            api.post(topic, content=f'{{"n":{number}}}', headers={**JSON, **sides})
        assert [next(inside) for _ in range(50)] == [f'{{"n":{number}}}' for number in range(50)]
        assert [next(outside) for _ in range(25)] == [f'{{"n":{number}}}' for number in range(0, 50, 2)]
