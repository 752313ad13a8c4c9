"""Cancelled calls leave nothing behind."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from scramjet_client import HostClient

from tests.support.packages import SEQUENCES, pack

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("kind", ["bytes", "folder", "file"])
async def test_a_run_cancelled_while_it_uploads_leaves_no_sequence(url: str, kind: str, tmp_path: Path) -> None:
    content = pack("plain")
    (tmp_path / "package.tar.gz").write_bytes(content)
    packages: dict[str, bytes | Path] = {
        "bytes": content,
        "folder": SEQUENCES / "plain",
        "file": tmp_path / "package.tar.gz",
    }
    async with HostClient(url) as host:
        await host.get_version()
        for turns in range(0, 60, 3):
            opening = asyncio.create_task(host.run(packages[kind]).open())
            # After each number of turns of the loop the upload is somewhere else.
            for _ in range(turns):
                await asyncio.sleep(0)
            opening.cancel()
            await asyncio.wait({opening})
            if not opening.cancelled() and opening.exception() is None:
                await opening.result().aclose()
        assert await host.list_sequences() == []
