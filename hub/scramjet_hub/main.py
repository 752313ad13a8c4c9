"""Runs a Hub: data folder, socket and server, until a stop signal."""

from __future__ import annotations

import contextlib
import resource
from typing import TYPE_CHECKING, Final

import uvloop
from scramjet_serving import description
from scramjet_serving.http1.server import Server, authority, bind
from scramjet_serving.routing import BASE

from scramjet_hub.handlers import OPERATIONS
from scramjet_hub.handlers.space import SpaceRoad
from scramjet_hub.hub import Hub
from scramjet_hub.machine.memory_trimming import keep_freed_memory

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scramjet_hub.config import HubConfig

# The maximum number of open files to request; more would only slow down code that loops over all of them.
MOST_FILES: Final = 65536


def run(config: HubConfig, warnings: Iterable[str] = ()) -> None:
    """Run a Hub until it is told to stop.

    Args:
        config: Its configuration.
        warnings: Warnings about the configuration to log.

    Raises:
        DataDirError: The data folder cannot be used.
        ListenError: The address cannot be listened on.
        DescriptionError: The description does not match the handlers.
        TokenError: The file of tokens cannot be used.
    """
    allow_many_files()
    keep_freed_memory()
    hub = Hub(config)
    try:
        with bind(config.host, config.port) as listener:
            hub.url = f"http://{authority(listener)}{BASE}"
            hub.log.capture_logging()
            for warning in warnings:
                hub.log.write("WARN", warning)
            server = Server(hub, description.load("hub"), OPERATIONS, listener, "Scramjet Hub", [SpaceRoad()])
            hub.serve_channel = server.connection
            uvloop.run(server.run_service())
    finally:
        hub.close()


def allow_many_files() -> None:
    """Raise the limit of open files to the system's maximum: each connection and each Instance needs some."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard == resource.RLIM_INFINITY or hard > MOST_FILES:
        hard = MOST_FILES
    if soft != resource.RLIM_INFINITY and soft < hard:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (hard, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
