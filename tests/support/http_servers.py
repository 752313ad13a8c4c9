"""Servers of `http.server` that run beside a test."""

from __future__ import annotations

import contextlib
import threading
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator
    from http.server import HTTPServer

S = TypeVar("S", bound="HTTPServer")


@contextlib.contextmanager
def running(server: S) -> Iterator[S]:
    """Serve in a thread for the length of a `with` block; then nothing of the server is left."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def base_of(server: HTTPServer) -> str:
    """Return the API base of a server on loopback."""
    return f"http://127.0.0.1:{server.server_port}/api/v1"
