"""Runs each test in `twins` twice: as it is, and translated into blocking code, as the client itself is."""

from __future__ import annotations

import asyncio
import inspect
import socket
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest

from scripts.generation.blocking import to_blocking
from tests.client.runtime.servers import Server

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator

TRANSLATED = pytest.StashKey[TemporaryDirectory[str]]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[TRANSLATED] = TemporaryDirectory(prefix="blocking-tests-")


def pytest_unconfigure(config: pytest.Config) -> None:
    config.stash[TRANSLATED].cleanup()


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Module | None:
    if file_path.parent.name != "twins" or not file_path.match("test_*.py"):
        return None
    blocking = Path(parent.config.stash[TRANSLATED].name, file_path.name.replace("test_", "test_blocking_"))
    source = to_blocking(file_path.read_text(encoding="utf-8"))
    # What asyncio and threads do differently is in a module of its own for each, in the tests as in the client.
    source = source.replace("_runtime.aio.", "_runtime.sync.").replace("runtime.aio_tools", "runtime.sync_tools")
    blocking.write_text(source, encoding="utf-8")
    module: pytest.Module = pytest.Module.from_parent(parent, path=blocking)
    return module


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    names = inspect.signature(pyfuncitem.obj).parameters
    asyncio.run(_without_leaks(pyfuncitem.obj(**{name: pyfuncitem.funcargs[name] for name in names})))
    return True


async def _without_leaks(test: Coroutine[Any, Any, None]) -> None:
    await test
    left = {task for task in asyncio.all_tasks() if task is not asyncio.current_task()}
    if left:
        # Some are just about to end.
        _, left = await asyncio.wait(left, timeout=1)
    assert not left, f"tasks that nobody waits for: {left}"


@pytest.fixture
def serve() -> Iterator[Callable[..., Server]]:
    """Starts servers that behave as a test tells them to."""
    servers: list[Server] = []

    def start(*arguments: Any, **options: Any) -> Server:
        servers.append(Server(*arguments, **options))
        return servers[-1]

    yield start
    for server in servers:
        server.stop()


@pytest.fixture
def unused_port() -> int:
    """A port at which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
    return port
