"""Test tools for threads; `aio_tools` has the same names for asyncio."""

from __future__ import annotations

import time
from concurrent.futures import Future
from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING, Any

import httpx
from scramjet_client._runtime.settings.config import ApiConfig, resolve
from scramjet_client._runtime.sync.attachment import Attachment
from scramjet_client._runtime.sync.connection import Connection

from tests.client.runtime.servers import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = ["Attachment", "Beside", "connected", "eventually", "pause", "take", "transport_that_answers"]


@contextmanager
def connected(url: str, **config: Any) -> Iterator[Connection]:
    """Connect to a server."""
    settings = resolve(ApiConfig(url=url, **config), environ={"HOME": "/nonexistent"})
    with Connection(settings) as connection:
        yield connection


def eventually(happens: Callable[[], bool]) -> None:
    """Wait until something is so."""
    end = time.monotonic() + PATIENCE
    while not happens():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.005)


def take(items: Iterable[Any], got: list[Any]) -> None:
    """Collect items, so that those that came before an error are known."""
    for item in items:
        got.append(item)  # noqa: PERF402 -- a copy would lose them


class Beside:
    """Something that is done beside the test."""

    def __init__(self, work: Callable[[], Any]) -> None:
        self._future: Future[Any] = Future()
        Thread(target=self._run, args=(work,), daemon=True).start()

    def _run(self, work: Callable[[], Any]) -> None:
        try:
            self._future.set_result(work())
        except BaseException as error:  # noqa: BLE001 -- it is raised again where the result is asked for
            self._future.set_exception(error)

    def result(self) -> Any:
        """Wait for its end and give what it gave."""
        return self._future.result(PATIENCE)


def pause(seconds: float) -> None:
    """Wait for time to pass, where nothing can be waited for."""
    time.sleep(seconds)


def transport_that_answers(response: httpx.Response) -> httpx.BaseTransport:
    """Give a transport that always gives the same reply."""
    return httpx.MockTransport(lambda _: response)
