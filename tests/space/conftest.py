from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.platform_process import PlatformProcess

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import httpx


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PlatformProcess]:
    """A Platform with two Spaces for the tests of a module; they leave it as they found it."""
    with PlatformProcess(tmp_path_factory.mktemp("platform"), "--space", "space-1", "--space", "space-2") as process:
        yield process


@pytest.fixture
def api(platform: PlatformProcess) -> Iterator[httpx.Client]:
    """A client of `platform`."""
    with platform.client() as client:
        yield client


@pytest.fixture
def space(platform: PlatformProcess) -> Iterator[httpx.Client]:
    """A client of the first Space of `platform`."""
    with platform.client("space-1") as client:
        yield client


@pytest.fixture
def start_platform(tmp_path: Path) -> Iterator[Callable[..., PlatformProcess]]:
    """Starts Platforms of a test's own, all in one data folder unless told otherwise; they have to end well."""
    started: list[PlatformProcess] = []

    def start(*options: str, folder: Path = tmp_path, environment: dict[str, str] | None = None) -> PlatformProcess:
        started.append(PlatformProcess(folder, *options, environment=environment))
        return started[-1].start()

    yield start
    for process in started:
        code = process.stop() if process.running else 0
        process.kill()
        assert code == 0, process.stderr
        process.assert_nothing_left()
