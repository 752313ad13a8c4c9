"""Runs each test in `twins` twice: as it is, and translated into blocking code, as the client itself is."""

from __future__ import annotations

import asyncio
import inspect
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.support.twins import blocking_test, without_leaks

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
