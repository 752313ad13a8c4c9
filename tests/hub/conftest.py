from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.hub_process import HubProcess

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import httpx


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HubProcess]:
    """A Hub for the tests of a module; they leave it as they found it."""
    with HubProcess(tmp_path_factory.mktemp("hub")) as process:
        yield process


@pytest.fixture
def api(hub: HubProcess) -> Iterator[httpx.Client]:
    """A client of `hub`."""
    with hub.client() as client:
        yield client


@pytest.fixture
def start_hub(tmp_path: Path) -> Iterator[Callable[..., HubProcess]]:
    """Starts Hubs of a test's own, all in one data folder unless told otherwise; they have to end well."""
    started: list[HubProcess] = []

    def start(*options: str, folder: Path = tmp_path, environment: dict[str, str] | None = None) -> HubProcess:
        started.append(HubProcess(folder, *options, environment=environment))
        return started[-1].start()

    yield start
    for process in started:
        if process.running:
            assert process.stop() == 0
        process.kill()
    for process in started:
        process.assert_nothing_left()
