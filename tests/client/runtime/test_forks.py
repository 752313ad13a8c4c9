"""A process never uses the connections of another."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.client.runtime import scripts

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.client.runtime.servers import Server

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")

ROOT = Path(__file__).resolve().parents[3]


def run(name: str, server: Server, *, tell: bool = False) -> None:
    command = [sys.executable, "-m", "tests.client.runtime.forking", name, server.url]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            if tell:
                assert process.stdout is not None
                process.stdout.readline()
                server.tell()
            _, said = process.communicate(timeout=60)
        finally:
            process.kill()
    assert process.returncode == 0, said


@pytest.mark.parametrize("name", ["own_connections", "loops"])
def test_a_child_has_connections_of_its_own(serve: Callable[..., Server], name: str) -> None:
    server = serve(scripts.echo_path)
    run(name, server)
    assert server.connections == 2


def test_replies_do_not_cross(serve: Callable[..., Server]) -> None:
    run("crossing", serve(scripts.echo_path))


def test_a_child_does_not_read_the_streams_of_its_parent(serve: Callable[..., Server]) -> None:
    run("streams", serve(scripts.stream_when_told), tell=True)


@pytest.mark.parametrize("name", ["given_transport", "given_async_transport"])
def test_a_given_transport_is_not_used_by_a_child(serve: Callable[..., Server], name: str) -> None:
    server = serve(scripts.echo_path)
    run(name, server)
    assert [request.target for request in server.requests] == ["/api/v1/1", "/api/v1/3"]
    assert server.connections == 1
