"""Calls that are answered as a whole."""

from __future__ import annotations

import math
import socket
import time
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from scramjet_client import errors

from tests.client.runtime import scripts
from tests.client.runtime.aio_tools import AsyncBeside, connected, eventually
from tests.client.runtime.calls import get, post

if TYPE_CHECKING:
    from collections.abc import Callable

    from scramjet_client._runtime.call import Call

    from tests.client.runtime.servers import Server


async def test_gives_the_decoded_reply(serve: Callable[..., Server]) -> None:
    server = serve(scripts.answer)
    async with connected(server.url) as connection:
        call = get(params={"a": [1, 2], "b": True, "c": None}, decoders={200: lambda data: data["version"]})
        assert await connection.send(call) == "1"
    assert server.requests[0].target == "/api/v1/version?a=1&a=2&b=true"


async def test_gives_status_headers_and_body_on_demand(serve: Callable[..., Server]) -> None:
    async with connected(serve(scripts.answer).url) as connection:
        reply = await connection.send_raw(get())
    assert (reply.status, reply.content, reply.parsed) == (200, b'{"version": "1"}', {"version": "1"})
    assert reply.headers["X-Request-Id"] == "r1"
    assert reply.json() == {"version": "1"}
    assert reply.text == '{"version": "1"}'


async def test_sends_json_token_and_headers(serve: Callable[..., Server]) -> None:
    server = serve(scripts.answer)
    async with connected(server.url, token="secret", headers={"X-One": "client", "X-Two": "client"}) as connection:
        call = post(json={"name": "ż"}, headers={"x-two": "operation", "x-three": "operation"})
        await connection.send(call, headers={"X-Three": "call"})
    headers = server.requests[0].headers
    assert headers["authorization"] == "Bearer secret"
    assert headers["content-type"] == "application/json"
    assert [headers[f"x-{name}"] for name in ("one", "two", "three")] == ["client", "operation", "call"]
    assert server.bodies == ['{"name":"ż"}'.encode()]


async def test_uses_one_connection_for_calls_after_each_other(serve: Callable[..., Server]) -> None:
    server = serve(scripts.answer)
    async with connected(server.url) as connection:
        for _ in range(5):
            await connection.send(get())
        assert server.connections == 1
    await eventually(lambda: server.open == 0)


async def test_a_closed_client_opens_again(serve: Callable[..., Server]) -> None:
    server = serve(scripts.answer)
    async with connected(server.url) as connection:
        await connection.send(get())
        await connection.aclose()
        await eventually(lambda: server.open == 0)
        await connection.send(get())
    assert server.connections == 2


@pytest.mark.parametrize(
    ("down", "expected"), [("text", '{"version": "1"}'), ("bytes", b'{"version": "1"}'), ("none", None)]
)
async def test_gives_other_kinds_of_replies(serve: Callable[..., Server], down: str, expected: object) -> None:
    async with connected(serve(scripts.answer).url) as connection:
        assert await connection.send(get(down=down)) == expected


async def test_an_undescribed_reply_is_an_error(serve: Callable[..., Server]) -> None:
    async with connected(serve(scripts.answer).url) as connection:
        with pytest.raises(errors.UnexpectedReply, match="200 with a body") as caught:
            await connection.send(get(decoders={200: lambda data: data["missing"]}))
    assert caught.value.content == b'{"version": "1"}'


async def test_a_refused_connection_fails_after_repeats(unused_port: int) -> None:
    async with connected(f"http://127.0.0.1:{unused_port}", max_retries=1) as connection:
        start = time.monotonic()
        with pytest.raises(errors.ConnectionFailed, match="cannot connect") as caught:
            await connection.send(post(json={}))
    assert time.monotonic() - start > 0.3
    assert not caught.value.sent


async def test_a_connection_that_takes_too_long_times_out() -> None:
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        address = full.getsockname()
        with socket.socket() as first, socket.socket() as second:
            # The queue takes two; whoever comes next gets no answer at all.
            first.connect(address)
            second.setblocking(False)
            second.connect_ex(address)
            async with connected(f"http://127.0.0.1:{address[1]}", connect_timeout=0.2, max_retries=0) as connection:
                with pytest.raises(errors.TimedOut, match="no connection") as caught:
                    await connection.send(get())
    assert not caught.value.sent


async def test_a_lost_connection_is_not_tried_again_if_that_may_do_harm(serve: Callable[..., Server]) -> None:
    server = serve(scripts.close_without_reply)
    async with connected(server.url) as connection:
        with pytest.raises(errors.ConnectionFailed, match="lost before the reply") as caught:
            await connection.send(post(json={}))
    assert len(server.requests) == 1
    assert caught.value.sent


async def test_a_lost_connection_is_tried_again_if_that_is_safe(serve: Callable[..., Server]) -> None:
    server = serve(scripts.close_without_reply)
    async with connected(server.url) as connection:
        assert await connection.send(get()) == {}
    assert len(server.requests) == 3


async def test_a_reply_that_breaks_off_is_an_error(serve: Callable[..., Server]) -> None:
    server = serve(scripts.reset_inside_reply)
    async with connected(server.url) as connection:
        with pytest.raises((errors.StreamBroken, errors.ConnectionFailed)):
            await connection.send(post(json={}))
    assert len(server.requests) == 1


async def test_a_reply_that_ends_too_soon_is_an_error(serve: Callable[..., Server]) -> None:
    server = serve(scripts.cut_inside_reply)
    async with connected(server.url, max_retries=0) as connection:
        with pytest.raises(errors.StreamBroken, match="broke off after 7 bytes") as caught:
            await connection.send(get())
    assert caught.value.received == 7


async def test_a_server_of_another_kind_is_an_error(serve: Callable[..., Server]) -> None:
    async with connected(serve(scripts.talk_nonsense).url, max_retries=0) as connection:
        with pytest.raises(errors.ConnectionFailed):
            await connection.send(get())


async def test_a_stalled_server_times_out_once(serve: Callable[..., Server]) -> None:
    server = serve(scripts.stall)
    async with connected(server.url, timeout=0.2) as connection:
        start = time.monotonic()
        with pytest.raises(errors.TimedOut, match="no answer") as caught:
            await connection.send(get())
        assert time.monotonic() - start < 2
        await eventually(lambda: server.open == 0)
    assert isinstance(caught.value, TimeoutError)
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("call", "timeout"), [(get(long_poll=True), None), (get(extra_wait=5.0), None), (get(), 5.0), (get(), math.inf)]
)
async def test_a_call_may_have_a_timeout_of_its_own(
    serve: Callable[..., Server], call: Call[Any], timeout: float | None
) -> None:
    async with connected(serve(scripts.answer_late).url, timeout=0.2) as connection:
        assert await connection.send(call, timeout=timeout) == {}


async def test_waits_as_long_as_a_busy_server_asks(serve: Callable[..., Server]) -> None:
    server = serve(scripts.busy_once)
    async with connected(server.url) as connection:
        start = time.monotonic()
        assert await connection.send(get(headers={"x-status": "503", "x-after": "0.8"})) == {}
    assert 0.8 <= time.monotonic() - start < 3
    assert len(server.requests) == 2


@pytest.mark.parametrize("status", [408, 429, 502, 503, 504])
async def test_asks_a_busy_server_again(serve: Callable[..., Server], status: int) -> None:
    server = serve(scripts.busy_once)
    async with connected(server.url) as connection:
        assert await connection.send(get(headers={"x-status": str(status), "x-after": "0"})) == {}
    assert len(server.requests) == 2


@pytest.mark.parametrize(
    ("call", "status", "after"), [(post, 503, "0"), (get, 500, "0"), (get, 404, "0"), (get, 503, "3600")]
)
async def test_does_not_repeat_what_would_not_help_or_not_be_safe(
    serve: Callable[..., Server], call: Callable[..., Call[Any]], status: int, after: str
) -> None:
    server = serve(scripts.busy_once)
    async with connected(server.url) as connection:
        with pytest.raises(errors.ApiStatusError, match="busy"):
            await connection.send(call(headers={"x-status": str(status), "x-after": after}))
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (302, errors.ApiStatusError),
        (400, errors.BadRequestError),
        (401, errors.UnauthorizedError),
        (403, errors.ForbiddenError),
        (404, errors.NotFoundError),
        (405, errors.MethodNotAllowedError),
        (406, errors.NotAcceptableError),
        (409, errors.ConflictError),
        (413, errors.PayloadTooLargeError),
        (415, errors.UnsupportedMediaTypeError),
        (418, errors.ClientStatusError),
        (422, errors.UnprocessableEntityError),
        (429, errors.TooManyRequestsError),
        (500, errors.InternalServerError),
        (502, errors.BadGatewayError),
        (503, errors.ServiceUnavailableError),
        (504, errors.GatewayTimeoutError),
        (507, errors.InsufficientStorageError),
        (599, errors.ServerStatusError),
    ],
)
async def test_each_error_status_has_its_error(
    serve: Callable[..., Server], status: int, kind: type[errors.ApiStatusError]
) -> None:
    server = serve(scripts.echo_status)
    async with connected(server.url, max_retries=0, token="secret-token") as connection:
        with pytest.raises(kind) as caught:
            await connection.send(post(f"/{status}"))
    error = caught.value
    assert type(error) is kind
    assert (error.status, error.method, error.url) == (status, "POST", f"{server.url}/{status}")
    assert error.body == {"error": "because secret-token"}
    assert error.headers["content-type"] == "application/json"
    assert error.request_id == "r7"
    assert str(error) == f"{status} from POST {server.url}/{status}: because ***"


async def test_an_error_that_is_no_json_keeps_its_text(serve: Callable[..., Server]) -> None:
    async with connected(serve(scripts.fail_as_text).url) as connection:
        with pytest.raises(errors.InternalServerError, match="415: Invalid content-type") as caught:
            await connection.send(get())
    assert caught.value.body == "415: Invalid content-type"


async def test_many_calls_at_once_do_not_mix(serve: Callable[..., Server]) -> None:
    server = serve(scripts.echo_path)
    async with connected(server.url) as connection:

        async def ask(number: int) -> None:
            for _ in range(10):
                assert await connection.send(get(f"/{number}")) == number

        asking = [AsyncBeside(partial(ask, number)) for number in range(10)]
        for beside in asking:
            await beside.result()
        assert server.connections <= 10


@pytest.mark.parametrize("value", ["a\nb", "ż", "\x00"])
async def test_a_header_that_cannot_be_sent_does_not_show(serve: Callable[..., Server], value: str) -> None:
    async with connected(serve(scripts.answer).url) as connection:
        with pytest.raises(errors.RequestError, match="cannot be sent") as caught:
            await connection.send(get(), headers={"x-key": value})
    assert caught.value.__cause__ is None
    assert not caught.value.sent
