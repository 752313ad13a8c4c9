"""A Hub for the tests of the client classes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.hub_process import HubProcess

if TYPE_CHECKING:
    from collections.abc import Iterator


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
