"""A Platform, a Space and a Hub behind it, as far as the client is concerned."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest
from scramjet_client import HostClient, ManagerClient, MiddlewareClient, MultiManagerClient, SpaceClient, errors

from tests.support import http_servers

if TYPE_CHECKING:
    from collections.abc import Iterator

VERSION = b'{"service":"x","apiVersion":"v1","version":"1","build":"b"}'


class Proxy(ThreadingHTTPServer):
    """Remembers the paths that it was asked for, with the connections and the tokens that came with them."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.asked: list[tuple[str, Any, str | None]] = []


class Answer(BaseHTTPRequestHandler):
    """Gives a version to everybody."""

    server: Proxy
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.server.asked.append((self.path, self.client_address, self.headers.get("authorization")))
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(VERSION)))
        self.end_headers()
        self.wfile.write(VERSION)

    def log_message(self, *_args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def proxy() -> Iterator[Proxy]:
    with http_servers.running(Proxy()) as server:
        yield server


async def test_a_hub_behind_a_space_shares_its_connections(proxy: Proxy) -> None:
    url = f"http://127.0.0.1:{proxy.server_port}/api/v1"
    async with MiddlewareClient(url, token="t0ken") as platform:
        space = platform.get_manager_client("org/1")
        assert isinstance(space, SpaceClient)
        assert SpaceClient is ManagerClient
        await platform.get_version()
        await space.get_version()
        async with space.get_host_client("sth 0") as hub:
            assert isinstance(hub, HostClient)
            await hub.get_version()
        # Leaving the Hub has not closed what is the Platform's.
        await platform.get_version()
    paths, connections, tokens = zip(*proxy.asked, strict=True)
    assert paths == (
        "/api/v1/version",
        "/api/v1/space/org%2F1/api/v1/version",
        "/api/v1/space/org%2F1/api/v1/sth/sth%200/api/v1/version",
        "/api/v1/version",
    )
    assert len(set(connections)) == 1
    assert set(tokens) == {"Bearer t0ken"}


async def test_from_a_hub_to_its_space(proxy: Proxy) -> None:
    platform = f"http://127.0.0.1:{proxy.server_port}/api/v1"
    async with HostClient(f"{platform}/space/org%2F1/api/v1/sth/sth-0/api/v1", token="t0ken") as hub:
        space = hub.get_manager_client()
        assert (space.id, space.platform.url) == ("org/1", platform)
        await space.get_version()
        await space.platform.aclose()
    assert [(path, token) for path, _, token in proxy.asked] == [
        ("/api/v1/space/org%2F1/api/v1/version", "Bearer t0ken")
    ]


async def test_a_hub_by_itself_passes_on_to_its_space(proxy: Proxy) -> None:
    async with HostClient(http_servers.base_of(proxy), token="t0ken") as hub:
        space = hub.get_manager_client()
        await space.get_version()
        await space.with_options(timeout=5).get_version()
        with pytest.raises(errors.ConfigurationError, match="not on a Platform"):
            _ = space.platform
        assert space.server is hub
        await hub.get_version()
    paths, connections, _ = zip(*proxy.asked, strict=True)
    assert paths == ("/api/v1/cpm/api/v1/version", "/api/v1/cpm/api/v1/version", "/api/v1/version")
    assert len(set(connections)) == 1


async def test_a_multi_manager_has_its_spaces_elsewhere(proxy: Proxy) -> None:
    async with MultiManagerClient(http_servers.base_of(proxy)) as managers:
        space = managers.get_space_client("space-1")
        await managers.get_version()
        await space.get_version()
        await space.get_host_client("sth-0").get_version()
    async with HostClient(f"{http_servers.base_of(proxy)}/cpm/space-1/api/v1/sth/sth-0/api/v1") as hub:
        again = hub.get_manager_client()
        assert (again.id, again.server.url) == ("space-1", http_servers.base_of(proxy))
        await again.get_version()
        await again.server.aclose()
    assert [path for path, _, _ in proxy.asked] == [
        "/api/v1/version",
        "/api/v1/cpm/space-1/api/v1/version",
        "/api/v1/cpm/space-1/api/v1/sth/sth-0/api/v1/version",
        "/api/v1/cpm/space-1/api/v1/version",
    ]


async def test_a_shared_connection_is_not_closed(proxy: Proxy) -> None:
    url = f"http://127.0.0.1:{proxy.server_port}/api/v1"
    async with HostClient(url) as hub:
        async with HostClient(connection=hub.connection) as other:
            await other.get_version()
        await hub.get_version()
    assert len({connection for _, connection, _ in proxy.asked}) == 1
