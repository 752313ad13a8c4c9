"""Microseconds of a call that is answered without a socket, by each client: `calls.py ROUNDS COUNT`."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from typing import TYPE_CHECKING, Any

import httpx
import urllib3

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

BODY = b'{"service": "@scramjet/host", "apiVersion": "v1", "version": "1.0.1", "build": "abc"}'
URL = "http://127.0.0.1:8000/api/v1"
HEADERS = {"content-type": "application/json"}


def answer(_request: httpx.Request) -> httpx.Response:
    """Answer GET /version."""
    return httpx.Response(200, headers=HEADERS, content=BODY)


def blocking() -> dict[str, Callable[[], Any]]:
    """Return the call of each blocking client."""
    import generator_client
    from scramjet_client import ApiConfig
    from scramjet_client._runtime.settings.config import resolve
    from scramjet_client._runtime.sync.connection import Connection
    from scramjet_client.sync import HostClient
    from stock_client import Client
    from stock_client.api.hub import get_version

    transport = httpx.MockTransport(answer)
    connection = Connection(resolve(ApiConfig(url=URL, token="t")), transport=transport)  # noqa: S106 -- not a secret
    bare = httpx.Client(base_url=URL, transport=transport, headers={"authorization": "Bearer t"})
    stock = Client(base_url=URL)
    stock.set_httpx_client(httpx.Client(base_url=URL, transport=transport, headers={"authorization": "Bearer t"}))
    generator = generator_client.HubApi(generator_client.ApiClient(generator_client.Configuration(host=URL)))
    generator.api_client.rest_client.pool_manager = _Pool()
    return {
        "ours": HostClient(connection=connection).get_version,
        "httpx": lambda: bare.get("/version").json(),
        "openapi-python-client": lambda: get_version.sync(client=stock),
        "openapi-generator": generator.get_version,
    }


class _Pool:
    """Answers as urllib3 does."""

    def request(self, *_arguments: object, **_options: object) -> urllib3.HTTPResponse:
        return urllib3.HTTPResponse(BODY, headers=HEADERS, status=200, preload_content=False)


def asynchronous() -> dict[str, Callable[[], Awaitable[Any]]]:
    """Return the call of each async client."""
    from scramjet_client import ApiConfig, HostClient
    from scramjet_client._runtime.aio.connection import AsyncConnection
    from scramjet_client._runtime.settings.config import resolve
    from stock_client import Client
    from stock_client.api.hub import get_version

    transport = httpx.MockTransport(answer)
    connection = AsyncConnection(resolve(ApiConfig(url=URL, token="t")), transport=transport)  # noqa: S106
    bare = httpx.AsyncClient(base_url=URL, transport=transport, headers={"authorization": "Bearer t"})
    stock = Client(base_url=URL)
    stock.set_async_httpx_client(httpx.AsyncClient(base_url=URL, transport=transport))

    async def plain() -> Any:
        return (await bare.get("/version")).json()

    return {
        "ours": HostClient(connection=connection).get_version,
        "httpx": plain,
        "openapi-python-client": lambda: get_version.asyncio(client=stock),
    }


async def time_async(rounds: int, count: int) -> dict[str, list[float]]:
    """Time each in turn."""
    calls = asynchronous()
    times: dict[str, list[float]] = {name: [] for name in calls}
    for call in calls.values():
        # The cost of the first use counts as importing.
        await call()
    for _ in range(rounds):
        for name, call in calls.items():
            start = time.perf_counter()
            for _ in range(count):
                await call()
            times[name].append((time.perf_counter() - start) / count * 1e6)
    return times


def time_blocking(rounds: int, count: int) -> dict[str, list[float]]:
    """Time each in turn."""
    calls = blocking()
    times: dict[str, list[float]] = {name: [] for name in calls}
    for call in calls.values():
        call()
    for _ in range(rounds):
        for name, call in calls.items():
            start = time.perf_counter()
            for _ in range(count):
                call()
            times[name].append((time.perf_counter() - start) / count * 1e6)
    return times


if __name__ == "__main__":
    amount = int(sys.argv[1]), int(sys.argv[2])
    print(json.dumps({"async": asyncio.run(time_async(*amount)), "blocking": time_blocking(*amount)}))
