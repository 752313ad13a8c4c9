"""The standard input of a Python Sequence, beside the file that it stands for."""

from __future__ import annotations

import asyncio
import io
import os
import threading
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scramjet_hub.runners.python.linebuffer import LineBuffer
from scramjet_hub.runners.python.stdin import StandardInput

TEXTS = st.text("ab\n\rü€\u2028", max_size=60)
SIZES = st.integers(-1, 12)
OPERATIONS = st.one_of(
    st.tuples(st.just("read"), st.integers(0, 12)),
    st.tuples(st.just("readline"), SIZES),
    st.tuples(st.just("readlines"), SIZES),
    st.tuples(st.just("next"), st.just(0)),
)
DATA = st.binary(max_size=60).flatmap(lambda data: st.one_of(st.just(data), TEXTS.map(str.encode)))


def apply(file: Any, operation: tuple[str, int]) -> object:
    """What an operation gives; the end of an iteration is nothing."""
    name, size = operation
    return next(file, "") if name == "next" else getattr(file, name)(size)


def open_pipe(data: bytes) -> tuple[io.TextIOWrapper, threading.Thread]:
    """A file that gives data as it comes through a pipe."""
    reader, writer = os.pipe()

    def write() -> None:
        with os.fdopen(writer, "wb", 0) as pipe:
            for start in range(0, len(data), 7):
                pipe.write(data[start : start + 7])

    thread = threading.Thread(target=write)
    thread.start()
    return os.fdopen(reader, encoding="utf-8", errors="surrogateescape"), thread


@given(DATA, st.lists(OPERATIONS, max_size=8))
@example(b"aaaaaaaa\na", [("readlines", 9)])
def test_as_a_file_it_gives_what_a_file_gives(data: bytes, operations: list[tuple[str, int]]) -> None:
    like = io.TextIOWrapper(io.BytesIO(data), "utf-8", "surrogateescape")
    file, thread = open_pipe(data)
    with StandardInput(file) as stdin:
        for operation in operations:
            assert apply(stdin, operation) == apply(like, operation)
        assert stdin.read() == like.read()
        assert stdin.read() == stdin.readline() == ""
    thread.join()


@given(DATA, st.lists(st.booleans(), max_size=8))
def test_as_a_stream_it_gives_lines_as_they_came(data: bytes, manners: list[bool]) -> None:
    lines = io.TextIOWrapper(io.BytesIO(data), "utf-8", "surrogateescape", newline="\n").readlines()
    file, thread = open_pipe(data)

    async def one(by_reading: bool) -> str | None:
        return await stdin.read() if by_reading else await anext(aiter(stdin), None)

    async def read() -> list[str]:
        found = [await one(by_reading) for by_reading in manners]
        return [line for line in found if line is not None] + [line async for line in stdin]

    with StandardInput(file) as stdin:
        assert asyncio.run(read()) == lines
    thread.join()


@given(st.lists(st.one_of(st.text("ab\n", max_size=9), st.integers(0, 9)), max_size=20))
def test_a_buffer_loses_nothing_and_makes_nothing_up(steps: list[str | int]) -> None:
    buffer = LineBuffer("utf-8", "strict")
    put, taken = "", ""
    for step in steps:
        if isinstance(step, str) and step:
            buffer.feed(step.encode())
            put += step
        elif isinstance(step, int):
            taken += buffer.take(step) or ""
            taken += buffer.take_line() or ""
    buffer.feed(b"")
    assert taken + buffer.take_all() == put


def test_another_encoding_may_be_set() -> None:
    file, thread = open_pipe("ü\nrest".encode("latin-1"))
    with StandardInput(file) as stdin:
        stdin.reconfigure(encoding="latin-1")
        assert (stdin.readline(), stdin.read()) == ("ü\n", "rest")
    thread.join()


def test_what_it_has_not_it_says() -> None:
    file, thread = open_pipe(b"")
    with StandardInput(file) as stdin:
        assert not hasattr(stdin, "nothing")
        with pytest.raises(AttributeError, match="has no 'nothing'"):
            stdin.nothing  # noqa: B018 - asking is what fails
        assert stdin.read() == ""
    thread.join()
