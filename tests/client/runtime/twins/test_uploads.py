"""Request bodies that are sent while they are read."""

from __future__ import annotations

import io
import math
import os
import tarfile
import time
from typing import TYPE_CHECKING, Any

import pytest
from scramjet_client import errors

from tests.client.runtime import scripts
from tests.client.runtime.aio_tools import AsyncBeside, connected, eventually, pause
from tests.client.runtime.calls import post, stream
from tests.client.runtime.sources import PIECES, WHOLE, Endless, async_pieces, failing, one_and_wait

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.client.runtime.servers import Server


@pytest.mark.parametrize(
    ("make", "length"),
    [
        (lambda _: WHOLE, len(WHOLE)),
        (lambda _: bytearray(WHOLE), len(WHOLE)),
        (lambda _: memoryview(WHOLE), len(WHOLE)),
        (lambda _: WHOLE.decode(), len(WHOLE)),
        (lambda path: path, len(WHOLE)),
        (lambda _: io.BytesIO(WHOLE), len(WHOLE)),
        (lambda _: io.StringIO(WHOLE.decode()), None),
        (lambda _: list(PIECES), None),
        (lambda _: iter(PIECES), None),
        (lambda _: (piece for piece in PIECES), None),
        (lambda _: async_pieces(), None),
    ],
    ids=["bytes", "bytearray", "view", "text", "path", "file", "text file", "list", "iterator", "generator", "async"],
)
async def test_takes_every_kind_of_source(
    serve: Callable[..., Server], tmp_path: Path, make: Callable[[Path], Any], length: int | None
) -> None:
    path = tmp_path / "upload"
    path.write_bytes(WHOLE)
    server = serve(scripts.take_upload)
    progress: list[tuple[int, int | None]] = []
    async with connected(server.url) as connection:
        call = post(body=make(path), content_type="text/plain")
        assert await connection.send(call) == {"size": len(WHOLE)}
        call = post(body=make(path), progress=lambda sent, total: progress.append((sent, total)))
        assert await connection.send(call) == {"size": len(WHOLE)}
    assert server.bodies == [WHOLE, WHOLE]
    assert server.requests[0].headers["content-type"] == "text/plain"
    assert server.requests[0].headers.get("content-length") == (None if length is None else str(length))
    assert progress[-1] == (len(WHOLE), length)
    assert progress == sorted(progress)


async def test_an_open_file_is_sent_from_where_it_is(serve: Callable[..., Server], tmp_path: Path) -> None:
    path = tmp_path / "upload"
    path.write_bytes(b"not this|but this")
    server = serve(scripts.take_upload)
    async with connected(server.url) as connection:
        with path.open("rb") as file:
            file.seek(9)
            await connection.send(post(body=file))
    assert server.bodies == [b"but this"]


async def test_objects_become_lines_of_json(serve: Callable[..., Server]) -> None:
    server = serve(scripts.take_upload)
    async with connected(server.url) as connection:
        await connection.send(post(body=[{"n": "ż"}, [1, 2], "text", b"bytes"]))
    assert server.bodies == ['{"n":"ż"}\n[1,2]\ntextbytes'.encode()]


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
async def test_a_number_that_json_has_not_is_refused(serve: Callable[..., Server], number: float) -> None:
    server = serve(scripts.take_upload)
    async with connected(server.url) as connection:
        for call in (post(body=[{"n": 1}, {"n": [number]}]), post(json={"n": number})):
            with pytest.raises(errors.InvalidArgumentError, match="NaN or an infinity"):
                await connection.send(call)
        async with connection.exchange(post()) as exchange:
            with pytest.raises(errors.InvalidArgumentError, match="NaN or an infinity"):
                await exchange.send({"n": number})
    assert server.bodies == []


async def test_a_folder_is_packed_while_it_is_sent(serve: Callable[..., Server], tmp_path: Path) -> None:
    (tmp_path / "package.json").write_text("{}")
    (tmp_path / "junk.tmp").write_text("junk")
    (tmp_path / ".siignore").write_text("*.tmp")
    server = serve(scripts.take_upload)
    async with connected(server.url) as connection:
        await connection.send(post(body=tmp_path))
    with tarfile.open(fileobj=io.BytesIO(server.bodies[0])) as archive:
        assert archive.getnames() == ["package.json"]


async def test_nothing_can_be_uploaded(serve: Callable[..., Server]) -> None:
    server = serve(scripts.take_upload)
    async with connected(server.url) as connection:
        assert await connection.send(post(body=b"")) == {"size": 0}
        assert await connection.send(post(body=[])) == {"size": 0}
    assert server.bodies == [b"", b""]


@pytest.mark.parametrize("source", [3, {"a": 1}, [3]])
async def test_what_is_no_source_is_refused(serve: Callable[..., Server], source: Any) -> None:
    async with connected(serve(scripts.take_upload).url) as connection:
        with pytest.raises(TypeError, match="Cannot upload"):
            await connection.send(post(body=source))


async def test_a_missing_file_is_not_sent(serve: Callable[..., Server], tmp_path: Path) -> None:
    server = serve(scripts.take_upload)
    async with connected(server.url) as connection:
        with pytest.raises(FileNotFoundError):
            await connection.send(post(body=tmp_path / "missing"))
    assert server.connections == 0


async def test_a_slow_server_holds_the_source_up(serve: Callable[..., Server]) -> None:
    server = serve(scripts.take_slowly)
    source = Endless(500)
    async with connected(server.url, timeout=1.0) as connection:
        start = time.monotonic()
        sending = AsyncBeside(lambda: connection.send(post(body=source)))
        await eventually(lambda: bool(server.bodies))
        taken = -1
        while taken != source.taken or time.monotonic() < start + 1.5:
            taken = source.taken
            await pause(0.3)
        assert taken < 300
        # That the server takes nothing does not count as waiting for its answer.
        server.tell()
        assert await sending.result() == {}
    assert sum(map(len, server.bodies)) == 500 * len(Endless.PIECE)


@pytest.mark.parametrize("script", [scripts.refuse_upload, scripts.refuse_and_close])
@pytest.mark.parametrize("source", [one_and_wait, lambda: Endless(None)])
async def test_an_early_refusal_ends_it(serve: Callable[..., Server], script: Any, source: Callable[[], Any]) -> None:
    server = serve(script)
    async with connected(server.url) as connection:
        start = time.monotonic()
        with pytest.raises(errors.UnsupportedMediaTypeError, match="not that"):
            await connection.send(post(body=source()))
        assert time.monotonic() - start < 5
        await eventually(lambda: server.open == 0)
    assert len(server.requests) == 1


async def test_a_lost_connection_ends_it(serve: Callable[..., Server]) -> None:
    server = serve(scripts.break_off_upload)
    async with connected(server.url) as connection:
        with pytest.raises(errors.ConnectionFailed, match="lost before the reply"):
            await connection.send(post(body=Endless(None), retry_safe=True))
    assert len(server.requests) == 1


async def test_a_refused_connection_is_not_tried_again(unused_port: int) -> None:
    source = Endless(3)
    async with connected(f"http://127.0.0.1:{unused_port}") as connection:
        start = time.monotonic()
        with pytest.raises(errors.ConnectionFailed, match="cannot connect"):
            await connection.send(post(body=source, retry_safe=True))
        assert time.monotonic() - start < 0.4
    assert source.taken == 0


async def test_a_busy_server_is_not_asked_again(serve: Callable[..., Server]) -> None:
    server = serve(scripts.busy_once)
    async with connected(server.url) as connection:
        call = post(body=iter(PIECES), retry_safe=True, headers={"x-status": "503", "x-after": "0"})
        with pytest.raises(errors.ServiceUnavailableError):
            await connection.send(call)
    assert len(server.requests) == 1


async def test_a_server_that_never_answers_times_out(serve: Callable[..., Server]) -> None:
    server = serve(scripts.stall)
    async with connected(server.url, timeout=0.2) as connection:
        with pytest.raises(errors.TimedOut, match="no answer"):
            await connection.send(post(body=iter(PIECES)))
        await eventually(lambda: server.open == 0)


@pytest.mark.parametrize("asynchronous", [False, True])
async def test_a_source_that_fails_breaks_it_off(serve: Callable[..., Server], asynchronous: bool) -> None:
    server = serve(scripts.take_upload)
    async with connected(server.url) as connection:
        with pytest.raises(ValueError, match="the source's own"):
            await connection.send(post(body=failing(asynchronous=asynchronous)))
        await eventually(lambda: server.open == 0)
    # The server knows that this was not all.
    assert server.bodies == []


async def test_a_file_that_shrinks_breaks_it_off(serve: Callable[..., Server], tmp_path: Path) -> None:
    # So large that not all of it is read ahead.
    size = 16 << 20
    path = tmp_path / "upload"
    path.write_bytes(bytes(size))

    def shrink(sent: int, total: int | None) -> None:
        assert (sent <= size, total) == (True, size)
        with path.open("r+b") as file:
            file.truncate(sent)

    server = serve(scripts.take_upload)
    async with connected(server.url) as connection:
        with pytest.raises(errors.ScramjetError, match="did the file shrink"):
            await connection.send(post(body=path, progress=shrink))
    assert server.bodies == []


async def test_a_file_that_grows_is_sent_as_it_was(serve: Callable[..., Server], tmp_path: Path) -> None:
    path = tmp_path / "upload"
    path.write_bytes(b"a" * (1 << 20))

    def grow(sent: int, total: int | None) -> None:
        assert sent <= total if total else False
        with path.open("ab") as file:
            file.write(b"b")

    server = serve(scripts.take_upload)
    async with connected(server.url) as connection:
        await connection.send(post(body=path, progress=grow))
    assert server.bodies == [b"a" * (1 << 20)]


async def test_the_reply_may_be_a_stream(serve: Callable[..., Server]) -> None:
    server = serve(scripts.take_upload)
    async with connected(server.url) as connection:
        opened = connection.open(stream(method="POST", body=iter(PIECES)))
        assert await opened.read() == b'{"size": %d}' % len(WHOLE)


@pytest.mark.parametrize("buffering", [0, -1])
async def test_a_non_blocking_file_is_sent_to_its_end(serve: Callable[..., Server], buffering: int) -> None:
    reading, writing = os.pipe()
    os.set_blocking(reading, False)
    server = serve(scripts.take_upload)
    with open(reading, "rb", buffering=buffering) as file:  # noqa: ASYNC230, PTH123 -- a descriptor has no path, and opening it does not block
        async with connected(server.url) as connection:
            sending = AsyncBeside(lambda: connection.send(post(body=file)))
            await eventually(lambda: len(server.requests) == 1)
            for piece in (b"one", b"two"):
                # So that the file is found empty before each.
                await pause(0.05)
                os.write(writing, piece)
            os.close(writing)
            assert await sending.result() == {"size": 6}
    assert server.bodies == [b"onetwo"]
