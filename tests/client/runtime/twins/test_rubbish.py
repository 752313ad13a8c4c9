"""Replies that are rubbish, over real connections."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from scramjet_client import errors

from tests.client.runtime import scripts
from tests.client.runtime.aio_tools import connected
from tests.client.runtime.calls import get, post, stream

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.client.runtime.servers import Server

GZIP = {"content_encoding": "gzip"}


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (b"this is no gzip", GZIP),
        (b"\x1f\x8b\x08\x00", GZIP),
        (b"[" * 200_000, {}),
        (b"\xff\xfe", {"content_type": "application/json; charset=nonsense"}),
        (b"{}", {"content_encoding": "deflate", "set_cookie": "a=b; path=\xff"}),
    ],
    ids=["no-gzip", "cut-gzip", "deep", "charset", "deflate"],
)
@pytest.mark.parametrize("status", [200, 404])
async def test_a_body_that_cannot_be_read(
    serve: Callable[..., Server], status: int, body: bytes, headers: dict[str, str]
) -> None:
    server = serve(partial(scripts.answer_with, status=status, body=body, headers=headers))
    async with connected(server.url, max_retries=0) as connection:
        for call in (
            get(decoders={200: lambda data: data["x"]}),
            post(body=[b"x"], decoders={200: lambda data: data["x"]}),
        ):
            with pytest.raises(errors.ScramjetError) as caught:
                await connection.send(call)
            str(caught.value).encode()


async def test_a_record_that_is_too_deep(serve: Callable[..., Server]) -> None:
    server = serve(partial(scripts.answer_with, status=200, body=b"[" * 200_000 + b"\n", headers={}))
    async with connected(server.url, max_retries=0) as connection:
        with pytest.raises(errors.UnexpectedReply):
            _ = [record async for record in connection.open(stream()).records()]


@pytest.mark.parametrize("status", [301, 302, 307, 308, 304])
async def test_a_redirect_is_an_error_that_says_where_to(serve: Callable[..., Server], status: int) -> None:
    where = {"location": "https://elsewhere.example/api/v1"}
    server = serve(partial(scripts.answer_with, status=status, body=b"", headers=where))
    async with connected(server.url) as connection:
        with pytest.raises(errors.ApiStatusError, match=r"redirect to https://elsewhere\.example/api/v1") as caught:
            await connection.send(get())
    assert caught.value.status == status
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("options", "kind"),
    [
        ({"headers": {"x": 5}}, TypeError),
        ({"headers": {"x": "a\r\ny: z"}}, ValueError),
        ({"headers": {"x\n": "a"}}, ValueError),
        ({"headers": {5: "a"}}, TypeError),
        ({"headers": 5}, TypeError),
        ({"timeout": "soon"}, TypeError),
        ({"timeout": -1}, ValueError),
        ({"timeout": float("nan")}, ValueError),
        ({"timeout": 10**300}, ValueError),
    ],
    ids=str,
)
async def test_options_that_cannot_be(
    serve: Callable[..., Server], options: dict[str, Any], kind: type[Exception]
) -> None:
    server = serve(scripts.answer)
    async with connected(server.url) as connection:
        with pytest.raises(kind) as caught:
            await connection.send(get(), **options)
        assert isinstance(caught.value, errors.InvalidArgumentError)
        with pytest.raises(errors.InvalidArgumentError):
            await connection.send(get(params={"a": "\ud800"}))
        with pytest.raises(errors.InvalidArgumentError):
            await connection.send(post(json={"a": "\ud800"}))
        with pytest.raises(errors.RequestError, match="cannot be sent"):
            await connection.send(get(params={"a": "x" * 70_000}))
        with pytest.raises(errors.RequestError, match="cannot be sent"):
            await connection.send(post(params={"a": "x" * 70_000}, body=[b"x"]))
    assert server.requests == []
