"""Starts the embedded Platform as contract runs need it: with a Space of their own, and a Hub in another one."""

from __future__ import annotations

import contextlib
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scramjet_contract.api import Api, Call
from scramjet_contract.description import Description
from scramjet_contract.wire import Address

from scripts.servers.hub import HubServer, NotStarted
from scripts.servers.platform import PlatformServer

if TYPE_CHECKING:
    from collections.abc import Iterator

SPACE = "contract-own"
"""The Space that a run may empty."""

WITH_HUB = "space-1"
HUB = "hub-1"
JOINING = 60.0
"""Seconds for a Hub to join its Space."""


@contextlib.contextmanager
def platform_with_hub() -> Iterator[tuple[PlatformServer, str, str]]:
    """Run a Platform with two Spaces, and a Hub that has joined one of them.

    Yields:
        The Platform, a token that may only read, and the address of the Hub behind it.

    Raises:
        NotStarted: One of them does not start to serve.
    """
    with tempfile.TemporaryDirectory(prefix="scramjet-contract-") as name, contextlib.ExitStack() as stack:
        folders = {label: Path(name) / label for label in ("hub", "platform")}
        for folder in folders.values():
            folder.mkdir()
        platform = PlatformServer(folders["platform"], "--space", SPACE, "--space", WITH_HUB, session=False).start()
        stack.callback(_end, platform)
        key = _asked(platform, "createAccessKey", json={})["accessKey"]
        place = ["--space", platform.url.removesuffix("/api/v1"), "--space-id", WITH_HUB, "--space-key", key]
        stack.callback(_end, HubServer(folders["hub"], "--id", HUB, *place, session=False).start())
        until = time.monotonic() + JOINING
        while not any(hub["isConnectionActive"] for hub in _asked(platform, "listHubs")):
            if time.monotonic() > until:
                raise NotStarted(f"The Hub has not joined its Space within {JOINING:g} s")
            time.sleep(0.1)
        read_token = platform.create_token("--scope", "read")
        yield platform, read_token, f"{platform.space_url(WITH_HUB)}/sth/{HUB}/api/v1"


def _asked(platform: PlatformServer, operation: str, **request: Any) -> Any:
    operations = Description.load().operations
    api = Api(Address.parse(platform.url), platform.token, operations, lambda _: None)
    return api.call(Call(operation=operation, path={"space_id": WITH_HUB}, **request)).json()


def _end(server: HubServer) -> None:
    server.stop()
    server.kill()
