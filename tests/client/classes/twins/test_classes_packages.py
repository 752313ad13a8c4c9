"""Arguments that are packages, and errors of invalid ones."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from scramjet_client import HostClient, MiddlewareClient, SequenceClient, errors

from tests.client.runtime import scripts
from tests.client.runtime.conftest import serve
from tests.support.packages import SEQUENCES

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.client.runtime.servers import Server

__all__ = ["serve"]


@pytest.mark.parametrize("empty", ["", " ", "\n"])
async def test_no_path_is_not_the_current_folder(serve: Callable[..., Server], empty: str) -> None:
    server = serve(scripts.answer)
    async with HostClient(server.url) as host, MiddlewareClient(server.url) as platform:
        space = platform.get_space_client("s")
        for attempt in (
            lambda: host.send_sequence(empty),
            lambda: host.send_sequence(empty, {"a": 1}),
            lambda: host.raw.send_sequence(empty),
            lambda: SequenceClient("s", host).overwrite(empty),
            lambda: host.run(empty).read(),
            lambda: space.put_store_item(empty, "a"),
        ):
            await refused(attempt, errors.InvalidArgumentError, "is empty; for the current folder give '.'")
    assert server.connections == 0


async def refused(attempt: Callable[[], Any], kind: type[Exception], message: str) -> None:
    with pytest.raises(kind, match=message) as caught:
        await attempt()
    assert isinstance(caught.value, errors.ScramjetError)


async def test_text_is_a_path_wherever_a_package_is_meant(serve: Callable[..., Server], tmp_path: Path) -> None:
    server = serve(scripts.answer)
    (tmp_path / "package.tar.gz").write_bytes(b"the package")
    async with HostClient(server.url) as host, MiddlewareClient(server.url) as platform:
        path, space = str(tmp_path / "package.tar.gz"), platform.get_space_client("s")
        for attempt in (
            lambda: host.send_sequence(path),
            lambda: host.raw.send_sequence(path),
            lambda: SequenceClient("s", host).raw.overwrite(path),
            lambda: space.put_store_item(path, "a"),
        ):
            # The server answers with something else than the API describes, once it has the body.
            await refused(attempt, errors.UnexpectedReply, "not what the API describes")
    assert server.bodies == [b"the package"] * 4


async def test_the_current_folder_may_be_said(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(SEQUENCES / "plain")
    async with HostClient(url) as host:
        for path in (".", Path()):
            sequence = await host.send_sequence(path)
            await host.delete_sequence(sequence.id)


async def test_what_cannot_be_read_is_named(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HOME", raising=False)
    (tmp_path / "loop").symlink_to("loop")
    forbidden = tmp_path / "folder" / "secret"
    forbidden.parent.mkdir()
    forbidden.touch()
    forbidden.chmod(0)
    (tmp_path / "odd" / ".siignore").mkdir(parents=True)
    with (tmp_path / "closed").open("wb+") as file:
        pass
    async with HostClient(url) as host:
        with pytest.raises(errors.SourceMissingError, match="no' cannot be uploaded") as caught:
            await host.send_sequence(tmp_path / "no")
        assert (caught.value.errno, caught.value.filename) == (2, str(tmp_path / "no"))
        await refused(lambda: host.send_sequence(str(tmp_path / "no")), FileNotFoundError, "Check the path")
        await refused(lambda: host.send_sequence(tmp_path / "odd"), errors.SourceError, r"odd/\.siignore' cannot")
        await refused(lambda: host.send_sequence(tmp_path / "loop"), errors.SourceError, "loop' cannot be uploaded")
        await refused(lambda: host.send_sequence("~nobody-of-that-name/x"), errors.InvalidArgumentError, "home")
        await refused(lambda: host.send_sequence("a\0b"), errors.InvalidArgumentError, "no path can hold")
        await refused(lambda: host.send_sequence(file), errors.InvalidArgumentError, "closed")
        await refused(lambda: host.send_sequence(5), errors.ArgumentTypeError, "Cannot upload a int")  # type: ignore[arg-type] # that is what is tested
        await refused(lambda: host.send_sequence([5]), TypeError, "pieces are bytes")  # type: ignore[list-item] # likewise
        await refused(lambda: host.send_sequence(["\ud800"]), ValueError, "lone surrogate")
        await refused(lambda: host.send_sequence(b"", {"a": {1, 2}}), TypeError, "cannot be sent as JSON")
        await refused(lambda: host.send_sequence(b"", {"a": float("nan")}), ValueError, "NaN or an infinity")
        if os.geteuid():
            await refused(lambda: host.send_sequence(forbidden.parent), PermissionError, "secret' cannot be uploaded")
