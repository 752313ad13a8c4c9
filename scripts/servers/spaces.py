"""Starts the embedded Platform as contract runs need it: with a Space of their own, and a Hub in another one."""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from scripts.servers.hub import HubServer
from scripts.servers.platform import PlatformServer

if TYPE_CHECKING:
    from collections.abc import Iterator

SPACE = "contract-own"
"""The Space that a run may empty."""

WITH_HUB = "space-1"
HUB = "hub-1"


@contextlib.contextmanager
def platform_with_hub() -> Iterator[tuple[PlatformServer, str, str]]:
    """Run a Platform with two Spaces, and a Hub that it reaches by its URL.

    Yields:
        The Platform, a token that may only read, and the address of the Hub behind it.

    Raises:
        NotStarted: One of them does not start to serve.
    """
    with tempfile.TemporaryDirectory(prefix="scramjet-contract-") as name, contextlib.ExitStack() as stack:
        folders = {label: Path(name) / label for label in ("hub", "platform")}
        for folder in folders.values():
            folder.mkdir()
        hub = HubServer(folders["hub"], session=False).start()
        stack.callback(_end, hub)
        options = ["--space", SPACE, "--space", WITH_HUB, "--hub", f"{WITH_HUB}/{HUB}={hub.url}"]
        platform = PlatformServer(folders["platform"], *options, session=False).start()
        stack.callback(_end, platform)
        read_token = platform.create_token("--scope", "read")
        yield platform, read_token, f"{platform.space_url(WITH_HUB)}/sth/{HUB}/api/v1"


def _end(server: HubServer) -> None:
    server.stop()
    server.kill()
