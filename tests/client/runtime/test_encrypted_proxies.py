"""A proxy that is itself talked to over TLS, before a server that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from scramjet_client import errors
from scramjet_client._runtime import http

from tests.client.runtime import aio_tools, scripts, sync_tools
from tests.client.runtime.calls import get, post
from tests.client.runtime.proxies import proxy
from tests.client.runtime.twins.test_proxies import AUTHORITY, every_way, tls

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.client.runtime.servers import Server


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A file of certificates that is the system's for the time of a test, as the proxy's is checked against that."""
    path = tmp_path / "ca.pem"
    AUTHORITY.cert_pem.write_to_path(path)
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    http.ssl_context_for.cache_clear()
    yield str(path)
    http.ssl_context_for.cache_clear()


async def test_async_all_goes_through_it(serve: Callable[..., Server], authority: str) -> None:
    server, between = serve(scripts.echo, tls=tls()), serve(proxy, tls=tls())
    options = {"proxy": between.url.removesuffix("/api/v1").replace("://", "://me:secret@")}
    async with aio_tools.connected(server.url, ca_file=authority, http=options) as connection:
        await every_way(connection)
    assert len(between.requests) == server.connections == 3


def test_blocking_calls_go_through_it_and_the_rest_says_why_not(serve: Callable[..., Server], authority: str) -> None:
    server, between = serve(scripts.answer, tls=tls()), serve(proxy, tls=tls())
    options = {"proxy": between.url.removesuffix("/api/v1").replace("://", "://me:secret@")}
    with sync_tools.connected(server.url, ca_file=authority, http=options) as connection:
        assert connection.send(get()) == {"version": "1"}
        for ask in (
            lambda: connection.exchange(post()).send(b"x"),
            lambda: connection.exchange(post(body=b"x")).read(),
        ):
            with pytest.raises(errors.ConfigurationError, match=r"https:// proxy .* the async client"):
                ask()
    assert len(server.requests) == 1
