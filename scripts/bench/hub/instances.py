"""Measures Instances and packages: time to the first output byte, memory, uploads."""

from __future__ import annotations

import contextlib
import json
import time
from typing import TYPE_CHECKING

from scripts.bench.hub.packages import READY
from scripts.bench.hub.wire import Api, Base, BenchError, expect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from scripts.bench.hub.contenders import Contender
    from scripts.bench.hub.figures import Effort
    from scripts.bench.hub.packages import Package

# The Python runner of STH 0.18.7 ends with an error when either of the two is missing.
START = b'{"appConfig": {}, "args": []}'
READY_LINE = b"ready\n"
GONE_TIMEOUT = 30.0
MEGABYTE = 1e6


def first_byte(package: Package) -> Callable[[Contender, Effort], Sequence[float]]:
    """Return what measures milliseconds from the start request to the first byte of output, a sample each start."""

    def run(contender: Contender, effort: Effort) -> Sequence[float]:
        with Api(contender.url) as api, _sequence_of(api, package) as sequence:
            # The very first start loads from disk what all others find in memory.
            _timed_start(api, sequence)
            return [_timed_start(api, sequence) * 1e3 for _ in range(effort.starts)]

    return run


def idle_memory(contender: Contender, effort: Effort) -> Sequence[float]:  # noqa: ARG001 - as all measures
    """Measure megabytes of memory that a Hub without Instances holds: shared pages counted once, and resident."""
    with Api(contender.url) as api:
        api.call("GET", "/version")
    return [contender.memory() / MEGABYTE, contender.resident() / MEGABYTE]


def memory_with_instances(package: Package) -> Callable[[Contender, Effort], Sequence[float]]:
    """Return what measures the megabytes of memory that a Hub and so many Instances hold together."""

    def run(contender: Contender, effort: Effort) -> Sequence[float]:
        with Api(contender.url) as api, _sequence_of(api, package) as sequence, contextlib.ExitStack() as stack:
            for _ in range(effort.instances):
                stack.enter_context(_started(api, sequence))
            return [contender.memory() / MEGABYTE]

    return run


def uploads(contender: Contender, effort: Effort) -> Sequence[float]:
    """Measure uploads of a small package a second, one after the other on one connection."""
    packed = READY["Python"].archive()
    with Api(contender.url) as api:
        begin = time.perf_counter()
        sequences = [_upload(api, packed) for _ in range(effort.uploads)]
        seconds = time.perf_counter() - begin
        for sequence in sequences:
            api.call("DELETE", f"/sequence/{sequence}")
    return [effort.uploads / seconds]


@contextlib.contextmanager
def instance_of(contender: Contender, package: Package) -> Iterator[str]:
    """Upload a package and run one Instance of it; yield the Instance's path below the API base."""
    with Api(contender.url) as api, _sequence_of(api, package) as sequence, _running(api, sequence) as path:
        yield path


@contextlib.contextmanager
def _sequence_of(api: Api, package: Package) -> Iterator[str]:
    sequence = _upload(api, package.archive())
    yield sequence
    api.call("DELETE", f"/sequence/{sequence}")


def _upload(api: Api, packed: bytes) -> str:
    return str(api.call("POST", "/sequence", packed, "application/octet-stream")["id"])


@contextlib.contextmanager
def _running(api: Api, sequence: str) -> Iterator[str]:
    path = f"/instance/{api.call('POST', f'/sequence/{sequence}/start', START)['id']}"
    yield path
    _remove(api, path)


@contextlib.contextmanager
def _started(api: Api, sequence: str) -> Iterator[str]:
    with _running(api, sequence) as path:
        _await_first_line(api.base, path)
        yield path


def _timed_start(api: Api, sequence: str) -> float:
    begin = time.perf_counter()
    with _running(api, sequence) as path:
        _await_first_line(api.base, path)
        return time.perf_counter() - begin


def _await_first_line(base: Base, path: str) -> None:
    with base.open("GET", f"{path}/output", {}) as output:
        expect(output, 200)
        try:
            output.read_until(READY_LINE)
        except EOFError:
            raise BenchError(f"the output of {path} ended before its first line") from None


def _remove(api: Api, path: str) -> None:
    """Kill an Instance and wait until it has ended, or the Hub forgot it: the next start is to run undisturbed."""
    api.send("POST", f"{path}/_kill", b'{"removeImmediately": true}')
    deadline = time.monotonic() + GONE_TIMEOUT
    while not _has_ended(api, path):
        if time.monotonic() > deadline:
            raise BenchError(f"{path} was killed and did not go within {GONE_TIMEOUT} s")
        time.sleep(0.005)


def _has_ended(api: Api, path: str) -> bool:
    status, reply = api.exchange("GET", path)
    # One that ended by itself cannot be killed and stays visible for a while.
    return status == 404 or json.loads(reply).get("status") in ("completed", "errored")
