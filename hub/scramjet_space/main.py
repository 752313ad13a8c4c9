"""Runs a Platform: data folder, socket and server, until a stop signal."""

from __future__ import annotations

import contextlib
import resource
from typing import TYPE_CHECKING, Final

import uvloop
from scramjet_serving.errors import CannotStart, StorageFailed
from scramjet_serving.http1.server import Server, authority, bind
from scramjet_serving.routing import BASE

from scramjet_space import served
from scramjet_space.handlers import OPERATIONS
from scramjet_space.handlers.passing import HubMount
from scramjet_space.hubs.tunnel import entrance
from scramjet_space.platform import Platform

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scramjet_space.config import PlatformConfig

# The maximum number of open files to request: each Hub and each stream needs one.
MOST_FILES: Final = 65536
NAME: Final = "Scramjet Platform"


def run(config: PlatformConfig, warnings: Iterable[str] = ()) -> None:
    """Run a Platform until it is told to stop.

    Args:
        config: Its configuration.
        warnings: Warnings about the configuration to log.

    Raises:
        CannotStart: The data folder, the address, the tokens or the description cannot be used.
    """
    allow_many_files()
    try:
        platform = Platform(config)
    except StorageFailed as error:
        raise CannotStart(str(error)) from error
    try:
        with bind(config.host, config.port) as listener:
            platform.url = f"http://{authority(listener)}{BASE}"
            platform.log.capture_logging()
            for warning in warnings:
                platform.log.write("WARN", warning, source="Platform")
            server = Server(
                platform,
                served.load(),
                OPERATIONS,
                listener,
                NAME,
                (HubMount(),),
                entrance(platform.admit),
            )
            uvloop.run(server.run_service())
    finally:
        platform.close()


def allow_many_files() -> None:
    """Raise the limit of open files to the system's maximum."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = MOST_FILES if hard == resource.RLIM_INFINITY else min(hard, MOST_FILES)
    if soft != resource.RLIM_INFINITY and soft < most:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
