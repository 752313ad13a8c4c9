"""Starts the embedded Hub as contract runs need it: guarded by tokens, without room, about to end."""

from __future__ import annotations

import contextlib
import secrets
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
from scramjet_contract import packages
from scramjet_contract.api import Api, Call
from scramjet_contract.description import Description
from scramjet_contract.exchange import printable
from scramjet_contract.scene import OCTETS
from scramjet_contract.wire import Address

from scripts.servers.hub import COMMAND, HubServer, NotStarted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scramjet_contract.exchange import Exchange

STOPPING = 20.0
"""Seconds to wait for a Hub to end."""


@attrs.frozen
class Trio:
    """The embedded Hub in three states.

    Attributes:
        url: The Hub to check.
        token: The token with full access, the same for all three.
        read_token: The read-only token.
        full: A Hub at its limits.
        draining: A Hub that is shutting down.
    """

    url: str
    token: str
    read_token: str
    full: str
    draining: str


@contextlib.contextmanager
def running(
    folder: Path, *options: str, command: Sequence[str] = (str(COMMAND),)
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Run a Hub on a free port of the loopback interface.

    Args:
        folder: Where its data, its temporary files and its log go.
        options: Further options.
        command: What starts it.

    Yields:
        Its address and its process.

    Raises:
        NotStarted: It does not start to serve.
    """
    # In the session of the run, so that what ends all of the run ends its Hubs, too.
    hub = HubServer(folder, *options, command=command, session=False).start()
    try:
        yield hub.url, hub.process
    finally:
        _stop(hub.process)


@contextlib.contextmanager
def trio(command: Sequence[str] = (str(COMMAND),)) -> Iterator[Trio]:
    """The embedded Hub, guarded by tokens, and two more in special states.

    Args:
        command: What starts each of them.

    Raises:
        NotStarted: One of them does not start to serve.
    """
    token, read_token = secrets.token_hex(16), secrets.token_hex(16)
    with tempfile.TemporaryDirectory(prefix="scramjet-contract-") as name, contextlib.ExitStack() as stack:
        tokens = Path(name) / "tokens"
        tokens.touch(mode=0o600)
        tokens.write_text(f"manage {token}\nread {read_token}\n")
        guarded = ("--token-file", str(tokens))
        folders = {label: Path(name) / label for label in ("main", "full", "draining")}
        for folder in folders.values():
            folder.mkdir()
        url, _ = stack.enter_context(running(folders["main"], *guarded, command=command))
        full = _full(stack, folders["full"], guarded, token, command)
        draining = _draining(stack, folders["draining"], guarded, token, command)
        yield Trio(url, token, read_token, full, draining)


def _full(stack: contextlib.ExitStack, folder: Path, guarded: Sequence[str], token: str, command: Sequence[str]) -> str:
    """Run a Hub that holds one Sequence and is at its limits."""
    with running(folder, *guarded) as (url, _):
        _upload(_api(url, token), "hello")
    no_room = ("--min-free-space", str(1 << 62), "--max-instances", "0", "--max-topics", "0")
    url, _ = stack.enter_context(running(folder, *guarded, *no_room, command=command))
    return url


def _draining(
    stack: contextlib.ExitStack, folder: Path, guarded: Sequence[str], token: str, command: Sequence[str]
) -> str:
    """Run a Hub that is shutting down and waits for an Instance that takes its time."""
    url, process = stack.enter_context(running(folder, *guarded, "--drain-timeout", "600", command=command))
    api = _api(url, token)
    instance = _id(api.call(Call(operation="startSequence", path={"id": _upload(api, "stubborn")}, json={})))
    _upload(api, "hello")
    with api.open(Call(operation="readOutput", path={"id": instance})) as output:
        output.read_line()
    process.send_signal(signal.SIGTERM)
    return url


def _upload(api: Api, label: str) -> str:
    package = packages.package(label, label)
    call = Call(operation="uploadSequence", body=package, content_type=OCTETS)
    return _id(api.call(call))


def _id(exchange: Exchange) -> str:
    if exchange.status != 200:
        raise NotStarted(f"the embedded Hub cannot be set up: {exchange.summary()} {printable(exchange.reply_body)}")
    return str(exchange.json()["id"])


def _api(url: str, token: str) -> Api:
    return Api(Address.parse(url), token, Description.load().operations, lambda _: None)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Stop a Hub; one that is draining already stops at once on a second signal."""
    with process:
        for number in (signal.SIGTERM, signal.SIGTERM, signal.SIGKILL):
            process.send_signal(number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(STOPPING / 4 if number == signal.SIGTERM else STOPPING)
                return
