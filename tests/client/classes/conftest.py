"""A Hub for the tests of the client classes; those in `twins` run twice, the second time as blocking code."""

from __future__ import annotations

import asyncio
import inspect
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

from tests.support.hub_process import HubProcess
from tests.support.twins import blocking_test, without_leaks

if TYPE_CHECKING:
    from collections.abc import Iterator

TRANSLATED = pytest.StashKey[TemporaryDirectory[str]]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[TRANSLATED] = TemporaryDirectory(prefix="blocking-tests-")


def pytest_unconfigure(config: pytest.Config) -> None:
    config.stash[TRANSLATED].cleanup()


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Module | None:
    if file_path.parent.name != "twins" or not file_path.match("test_*.py"):
        return None
    blocking = Path(parent.config.stash[TRANSLATED].name, file_path.name.replace("test_", "test_blocking_"))
    blocking.write_text(blocking_test(file_path.read_text(encoding="utf-8")), encoding="utf-8")
    module: pytest.Module = pytest.Module.from_parent(parent, path=blocking)
    return module


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    names = inspect.signature(pyfuncitem.obj).parameters
    asyncio.run(without_leaks(pyfuncitem.obj(**{name: pyfuncitem.funcargs[name] for name in names})))
    return True


@pytest.fixture(scope="session")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HubProcess]:
    """A Hub for all tests; they leave it as they found it."""
    with HubProcess(tmp_path_factory.mktemp("hub")) as process:
        yield process


@pytest.fixture
def url(hub: HubProcess) -> Iterator[str]:
    """The address of the Hub, which holds nothing; what a failed test leaves does not make others fail."""
    yield hub.url
    with hub.client() as client:
        for sequence in client.get("/sequences").json():
            client.delete(f"/sequence/{sequence['id']}", headers={"x-seq-kill-inst": "true"})
        for topic in client.get("/topics").json():
            client.delete(f"/topics/{topic['topic']}")
