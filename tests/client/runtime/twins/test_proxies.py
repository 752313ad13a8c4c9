"""Every request takes the same way: proxy, Unix socket, client certificate, or a transport that was given."""

from __future__ import annotations

import socket
import ssl
from typing import TYPE_CHECKING, Any

import httpx
import pytest
import trustme
from scramjet_client import HttpOptions, errors

from tests.client.runtime import scripts
from tests.client.runtime.aio_tools import connected, eventually, transport_that_answers
from tests.client.runtime.calls import get, post
from tests.client.runtime.proxies import proxy

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.client.runtime.servers import Server

AUTHORITY = trustme.CA()


def tls(*, client: bool = False) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    AUTHORITY.issue_cert("127.0.0.1").configure_cert(context)
    if client:
        AUTHORITY.configure_trust(context)
        context.verify_mode = ssl.CERT_REQUIRED
    return context


async def every_way(connection: Any) -> None:
    """Make a request of each kind."""
    async with connection.exchange(post("/inout")) as exchange:
        await exchange.send("line\n")
        assert await anext(exchange.lines()) == "LINE"
        await exchange.end()
        assert await exchange.read() == b""
    assert await connection.exchange(post(body=iter([b"a", b"b"]))).read() == b"AB"
    assert await connection.exchange(post(body=b"c")).read() == b"C"


@pytest.mark.parametrize("encrypted", [False, True])
@pytest.mark.parametrize("from_environment", [False, True])
async def test_all_goes_through_the_proxy(
    serve: Callable[..., Server],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    encrypted: bool,
    from_environment: bool,
) -> None:
    AUTHORITY.cert_pem.write_to_path(tmp_path / "ca.pem")
    server, between = serve(scripts.echo, tls=tls() if encrypted else None), serve(proxy)
    address = between.url.removesuffix("/api/v1").replace("://", "://me:secret@")
    for name in ("NO_PROXY", "no_proxy", "HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy"):
        monkeypatch.delenv(name, raising=False)
    if from_environment:
        monkeypatch.setenv("https_proxy" if encrypted else "http_proxy", address)
    options = HttpOptions() if from_environment else HttpOptions(proxy=address)
    async with connected(server.url, ca_file=str(tmp_path / "ca.pem"), http=options) as connection:
        await every_way(connection)
    assert len(between.requests) == server.connections == 3
    assert {request.method for request in between.requests} == {"CONNECT" if encrypted else "POST"}


@pytest.mark.parametrize("encrypted", [False, True])
async def test_a_proxy_that_refuses_says_so(serve: Callable[..., Server], encrypted: bool) -> None:
    server, between = serve(scripts.echo, tls=tls() if encrypted else None), serve(proxy)
    options = {"proxy": between.url.removesuffix("/api/v1")}
    async with connected(server.url, http=options, max_retries=0) as connection:
        with pytest.raises((errors.ConnectionFailed, errors.ApiStatusError), match="407"):
            await connection.exchange(post()).read()
    assert server.connections == 0


@pytest.mark.parametrize(
    ("script", "error"), [(scripts.stall_unread, errors.TimedOut), (scripts.hang_up, errors.ConnectionFailed)]
)
async def test_a_handshake_that_does_not_end_well_is_told(
    serve: Callable[..., Server], script: Any, error: type[Exception]
) -> None:
    server, between = serve(script), serve(proxy)
    url = server.url.replace("http://", "https://")
    for options in ({}, {"proxy": between.url.removesuffix("/api/v1").replace("://", "://me:secret@")}):
        async with connected(url, http=options, connect_timeout=0.5, max_retries=0) as connection:
            with pytest.raises(error):
                await connection.exchange(post()).read()
            for call in (get(), post(body=iter([b"x"]))):
                with pytest.raises(error):
                    await connection.send(call)
        await eventually(lambda: server.open == 0)


async def test_a_client_certificate_is_shown_each_time(serve: Callable[..., Server], tmp_path: Path) -> None:
    AUTHORITY.cert_pem.write_to_path(tmp_path / "ca.pem")
    AUTHORITY.issue_cert("client.example").private_key_and_cert_chain_pem.write_to_path(tmp_path / "own.pem")
    server = serve(scripts.echo, tls=tls(client=True))
    options = HttpOptions(cert=str(tmp_path / "own.pem"))
    async with connected(server.url, ca_file=str(tmp_path / "ca.pem"), http=options) as connection:
        await every_way(connection)


async def test_all_goes_over_the_unix_socket(serve: Callable[..., Server], tmp_path: Path) -> None:
    path = str(tmp_path / "s")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(path)
        listening.listen()
        server = serve(scripts.echo, listening=listening)
        async with connected("http://hub.example/api/v1", http=HttpOptions(unix_socket=path)) as connection:
            await every_way(connection)
        assert {request.headers["host"] for request in server.requests} == {"hub.example"}


async def test_a_given_transport_refuses_what_it_cannot_carry() -> None:
    options = HttpOptions(transport=transport_that_answers(httpx.Response(200, json={"n": 1})))
    async with connected("http://127.0.0.1:9/api/v1", http=options) as connection:
        assert await connection.send(get()) == {"n": 1}
        with pytest.raises(errors.ConfigurationError, match="transport"):
            await connection.exchange(post()).read()


@pytest.mark.parametrize(
    "options",
    [
        {"proxy": "nonsense"},
        {"proxy": "http://127.0.0.1:1", "unix_socket": "/x"},
        {"transport": httpx.MockTransport(lambda _: httpx.Response(200)), "cert": "x"},
        {"max_connections": 0},
        {"unknown": 1},
        3,
    ],
)
async def test_options_that_make_no_sense_are_refused(options: Any) -> None:
    with pytest.raises(errors.ConfigurationError, match="http"):
        async with connected("http://127.0.0.1:9", http=options):
            pass


async def test_a_proxy_of_another_kind_is_refused_where_it_cannot_serve() -> None:
    async with connected("http://127.0.0.1:9", http={"proxy": "socks5://127.0.0.1:9"}) as connection:
        with pytest.raises(errors.ConfigurationError, match="socks5"):
            await connection.exchange(post()).read()


async def test_secrets_of_the_options_do_not_show() -> None:
    options = HttpOptions(proxy="http://me:secret@127.0.0.1:1")
    async with connected("http://127.0.0.1:9", http=options) as connection:
        assert "secret" not in repr(options) + repr(connection.settings)
