"""Measures the throughput of streams: bytes and small records through topics, records through an Instance."""

from __future__ import annotations

import itertools
import os
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import TYPE_CHECKING

from scripts.bench.hub.instances import instance_of
from scripts.bench.hub.wire import BUFFER, Base, BenchError, expect
from scripts.servers.wire import LAST_CHUNK, chunk

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from scripts.bench.hub.contenders import Contender
    from scripts.bench.hub.figures import Effort
    from scripts.bench.hub.packages import Package
    from scripts.servers.wire import Wire

OCTETS = {"Content-Type": "application/octet-stream"}
LINES = {"Content-Type": "application/x-ndjson"}
TEXT = {"Content-Type": "text/plain"}
ENDS = {"x-end-stream": "true"}
CHUNKED = {"Transfer-Encoding": "chunked"}

# A mark ends each record and each block, and is in nothing else that is sent, not in the framing of chunks either:
# readers count marks, which costs far less than to take the framing apart.
MARK = b"}"
RECORD = b'{"a":"record of sixty-four bytes, counted by their last brace"}\n'
BLOCK = 1 << 16
RECORDS_A_WRITE = 256

_numbers = itertools.count()


def topic_bytes(readers: int) -> Callable[[Contender, Effort], Sequence[float]]:
    """Return what measures megabytes a second from one writer to so many readers, by the slowest of them."""

    def run(contender: Contender, effort: Effort) -> Sequence[float]:
        blocks = effort.volume // BLOCK
        headers = OCTETS | ENDS | {"Content-Length": str(blocks * BLOCK)}
        seconds = _through_topic(contender, readers, OCTETS, headers, _blocks(blocks), blocks)
        return [blocks * BLOCK / seconds / 1e6]

    return run


def topic_records(contender: Contender, effort: Effort) -> Sequence[float]:
    """Measure records a second from one writer, who sends each record as a chunk of its own, to one reader."""
    pieces = _chunked_records(effort.records)
    seconds = _through_topic(contender, 1, LINES, LINES | ENDS | CHUNKED, pieces, effort.records)
    return [effort.records / seconds]


def instance_records(package: Package) -> Callable[[Contender, Effort], Sequence[float]]:
    """Return what measures lines a second into an Instance, each sent as a chunk of its own, and out of it again."""

    def run(contender: Contender, effort: Effort) -> Sequence[float]:
        with instance_of(contender, package) as path:
            base = Base.of(contender.url)
            with base.open("GET", f"{path}/output", {}) as output:
                pieces = _chunked_records(effort.lines)
                seconds = _run(base, f"{path}/input", TEXT | CHUNKED, pieces, [output], effort.lines)
        return [effort.lines / seconds]

    return run


def _through_topic(
    contender: Contender,
    readers: int,
    reads: Mapping[str, str],
    writes: Mapping[str, str],
    pieces: Iterable[memoryview | bytes],
    marks: int,
) -> float:
    base = Base.of(contender.url)
    path = f"/topic/bench-{os.getpid()}-{next(_numbers)}"
    with ExitStack() as stack:
        outputs = [stack.enter_context(base.open("GET", path, reads)) for _ in range(readers)]
        for output in outputs:
            # A reader has joined when the head of its reply is there; later it would miss what was sent meanwhile.
            expect(output, 200)
            if output.rest:
                raise BenchError(f"bytes in a topic that nobody wrote to: {output.rest[:100]!r}")
        return _run(base, path, writes, pieces, outputs, marks)


def _run(
    base: Base,
    path: str,
    writes: Mapping[str, str],
    pieces: Iterable[memoryview | bytes],
    outputs: Sequence[Wire],
    marks: int,
) -> float:
    with ThreadPoolExecutor(len(outputs) + 1) as pool:
        begin = time.perf_counter()
        readers = [pool.submit(_count_marks, output.socket, marks) for output in outputs]
        writer = pool.submit(_write, base, path, writes, pieces)
        end = max(reader.result() for reader in readers)
        writer.result()
    return end - begin


def _write(base: Base, path: str, headers: Mapping[str, str], pieces: Iterable[memoryview | bytes]) -> None:
    with base.open("POST", path, headers) as wire:
        for piece in pieces:
            wire.socket.sendall(piece)
        expect(wire, 200, 202)


def _count_marks(connection: socket.socket, marks: int) -> float:
    """Read until the last mark is there and return when that was."""
    buffer = bytearray(BUFFER)
    left = marks
    while left > 0:
        got = connection.recv_into(buffer)
        if not got:
            raise BenchError(f"the stream ended with {left} of {marks} parts missing")
        left -= buffer.count(MARK, 0, got)
    if left:
        raise BenchError(f"{-left} more parts came than the {marks} that were sent")
    return time.perf_counter()


def _blocks(number: int) -> Iterator[memoryview]:
    block = b"x" * (BLOCK - 1) + MARK
    many = memoryview(block * (BUFFER // BLOCK))
    while number > 0:
        yield many[: number * BLOCK]
        number -= len(many) // BLOCK


def _chunked_records(number: int) -> Iterator[bytes]:
    record = chunk(RECORD)
    many = record * RECORDS_A_WRITE
    while number > 0:
        yield many if number >= RECORDS_A_WRITE else record * number
        number -= RECORDS_A_WRITE
    yield LAST_CHUNK
