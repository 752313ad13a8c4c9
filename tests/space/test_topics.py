"""Topics of a Space between its clients; `test_topics_across.py` has those between Hubs."""

from __future__ import annotations

import contextlib
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from tests.support.hub_process import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import httpx

    from tests.support.platform_process import PlatformProcess


def lines_of(reply: httpx.Response, count: int) -> list[str]:
    lines = reply.iter_lines()
    return [next(lines) for _ in range(count)]


def consumers(space: httpx.Client, topic: str) -> int:
    found = [one for one in space.get("topics").json() if one["name"] == topic]
    return sum(actor["role"] == "consumer" for one in found for actor in one["actors"])


@pytest.mark.parametrize("ends", ["true", "false", "undefined", None])
def test_a_write_reaches_every_reader(space: httpx.Client, ends: str | None) -> None:
    with contextlib.ExitStack() as stack:
        readers = [stack.enter_context(space.stream("GET", "topic/news")) for _ in range(3)]
        headers = {"content-type": "application/x-ndjson"} | ({"x-end-stream": ends} if ends else {})
        reply = space.post("topic/news", content=b'{"a":1}\n{"a":2}\n', headers=headers)
        assert (reply.status_code, reply.content) == (200 if ends == "true" else 202, b"")
        assert "content-type" not in reply.headers
        for reader in readers:
            assert reader.headers["content-type"] == "application/octet-stream"
            assert lines_of(reader, 2) == ['{"a":1}', '{"a":2}']
    assert wait_until(lambda: space.get("topics").json() == [], 30)


def test_the_type_is_that_of_the_first_and_binds_nobody(space: httpx.Client) -> None:
    with space.stream("GET", "topic/typed", headers={"content-type": "application/octet-stream"}) as reader:
        (topic,) = space.get("topics").json()
        assert topic["actors"] == [{"role": "consumer", "type": "api", "stream": True, "retired": False}]
        space.post("topic/typed", content=b"a\n", headers={"content-type": "text/plain"})
        space.post("topic/typed", content=b"b\n", headers={"content-type": "application/x-ndjson"})
        assert lines_of(reader, 2) == ["a", "b"]


def test_a_little_is_kept_for_the_first_reader(space: httpx.Client) -> None:
    assert space.post("topic/kept", content=b"1\n2\n").status_code == 202
    with space.stream("GET", "topic/kept") as first, space.stream("GET", "topic/kept") as second:
        assert lines_of(first, 2) == ["1", "2"]
        space.post("topic/kept", content=b"3\n")
        assert lines_of(second, 1) == ["3"]


def test_more_waits_for_a_reader(platform: PlatformProcess, space: httpx.Client) -> None:
    data = b"".join(b"%d\n" % number for number in range(200_000))
    with ThreadPoolExecutor(1) as pool, platform.client("space-1") as writer:
        writing = pool.submit(writer.post, "topic/much", content=data)
        assert wait_until(lambda: any(topic["name"] == "much" for topic in space.get("topics").json()), 30)
        with space.stream("GET", "topic/much") as reader:
            got = bytearray()
            for chunk in reader.iter_raw():
                got += chunk
                if len(got) == len(data):
                    break
        assert writing.result().status_code == 202
    assert bytes(got) == data


def test_records_of_many_writers_stay_whole_and_in_order(platform: PlatformProcess, space: httpx.Client) -> None:
    def records(name: str) -> Iterator[bytes]:
        for number in range(200):
            line = b'{"from":"%s","number":%d,"fill":"%s"}\n' % (name.encode(), number, b"x" * (number * 37 % 900))
            yield line[:11]
            yield line[11:]

    def write(name: str) -> int:
        with platform.client("space-1") as writer:
            return writer.post("topic/mixed", content=records(name)).status_code

    names = [f"writer-{number}" for number in range(4)]
    with space.stream("GET", "topic/mixed") as reader, ThreadPoolExecutor(len(names)) as pool:
        statuses = pool.map(write, names)
        lines = lines_of(reader, 200 * len(names))
        assert list(statuses) == [202] * len(names)
    for name in names:
        expected = [line.decode() for line in b"".join(records(name)).splitlines()]
        assert [line for line in lines if f'"{name}"' in line] == expected


def test_a_writer_that_breaks_off_leaves_no_half_record(platform: PlatformProcess, space: httpx.Client) -> None:
    broken = threading.Event()

    def records() -> Iterator[bytes]:
        yield b'{"whole":1}\n{"ha'
        broken.wait(30)
        raise ConnectionError

    with space.stream("GET", "topic/half") as reader, ThreadPoolExecutor(1) as pool:

        def write() -> None:
            with platform.client("space-1") as writer, contextlib.suppress(ConnectionError):
                writer.post("topic/half", content=records())

        writing = pool.submit(write)
        lines = reader.iter_lines()
        assert next(lines) == '{"whole":1}'
        broken.set()
        writing.result()
        assert wait_until(lambda: len(space.get("topics").json()[0]["actors"]) == 1, 30)
        space.post("topic/half", content=b'{"next":1}\n')
        assert next(lines) == '{"next":1}'


def test_a_reader_that_goes_holds_up_nobody(platform: PlatformProcess, space: httpx.Client) -> None:
    with space.stream("GET", "topic/gone") as stays:
        with platform.client("space-1") as other, other.stream("GET", "topic/gone"):
            assert consumers(space, "gone") == 2
        assert wait_until(lambda: consumers(space, "gone") == 1, 30)
        data = b"x" * 1023 + b"\n"
        with ThreadPoolExecutor(1) as pool:
            writing = pool.submit(space.post, "topic/gone", content=data * 2000)
            assert lines_of(stays, 2000) == [data.decode().strip()] * 2000
            assert writing.result().status_code == 202


def test_there_is_a_most_of_topics(start_platform: Callable[..., PlatformProcess]) -> None:
    process = start_platform("--max-topics", "2")
    with process.client("space-1") as space:
        for name in ("a", "b"):
            space.post(f"topic/{name}", content=b"x\n")
        assert space.post("topic/c", content=b"x\n").status_code == 507
        assert space.get("topic/c").status_code == 507
        with space.stream("GET", "topic/a") as reader:
            assert lines_of(reader, 1) == ["x"]
        assert wait_until(lambda: space.post("topic/c", content=b"x\n").status_code == 202, 30)


def test_bad_names_are_refused(space: httpx.Client) -> None:
    for name in ("a%20b", "..%2Fx", "x" * 300):
        assert space.get(f"topic/{name}").status_code == 400, name
