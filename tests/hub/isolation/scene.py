"""What an isolated Sequence must not reach: a Hub's secrets, another Instance, other processes, files, sockets."""

from __future__ import annotations

import ctypes
import json
import os
import socket
import subprocess
import sys
import sysconfig
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil

from tests.support.hub_process import HubProcess
from tests.support.packages import SEQUENCES, pack_files, pack_python
from tests.support.runs import Run, start, upload

if TYPE_CHECKING:
    from typing import Self

TOKEN = "the-token-of-the-operator"
VICTIM = """
import os, sys, threading
def run(context, input):
    place = os.path.abspath(os.environ.get("SCRAMJET_INSTANCE_DIR", ".")) + "/secret"
    open(place, "w").write("secret")
    context.emit("ready", {"pid": os.getpid(), "file": place})
    threading.Event().wait()
"""
ATTACKER = SEQUENCES / "attacker"
PYTHON = {"name": "attacker", "version": "1.0.0", "main": "main.py", "engines": {"python3": ">=3.10"}}
NODE = {"name": "attacker", "version": "1.0.0", "main": "index.js", "engines": {"node": ">=18"}}
MOST_PIPES = 0o1000
MQ_CREATE = {"x86_64": (240, 241), "aarch64": (180, 181)}


class Scene:
    """A Hub with a victim, and all that stands around it.

    Args:
        folder: Where everything goes.
        isolation: The isolation of the Hub.
        options: Its further options.

    Attributes:
        facts: What an attacker is told of it all.
    """

    def __init__(self, folder: Path, isolation: str, *options: str) -> None:
        self.folder = folder
        tokens = folder / "tokens"
        tokens.write_text(f"manage {TOKEN}\n")
        limited = ("--instance-file-size", "1000000000")
        self.hub = HubProcess(folder, "--isolation", isolation, "--token-file", str(tokens), *limited, *options)
        self.hub.token = TOKEN
        self.facts: dict[str, Any] = {"tokens": str(tokens), "python": sys.executable}
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            stack.enter_context(self.hub)
            self._api = stack.enter_context(self.hub.client())
            self._files()
            self._sockets(stack)
            self._shared(stack)
            self._processes(stack)
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *error: object) -> None:
        for folder in (self.folder / "outside").glob("planted*"):
            folder.unlink()
        self._stack.close()

    def attack(self, language: str) -> dict[str, tuple[str, str]]:
        """Have a Sequence try everything; for each attempt whether it got something, and what."""
        manifest = PYTHON if language == "python" else NODE
        files = {name: (ATTACKER / name).read_bytes() for name in ("attack.py", "main.py", "index.js")}
        sequence = upload(self._api, pack_files({**files, "package.json": json.dumps(manifest).encode()}))
        package = self._api.get(f"/sequence/{sequence}").json()["config"]["sequenceDir"]
        run = start(self._api, sequence, args=[{**self.facts, "package": package}])
        output = run.read().decode()
        assert output, run.read("stderr").decode()
        results: dict[str, tuple[str, str]] = json.loads(json.loads(output) if output.startswith('"') else output)
        run.wait_for_end()
        return {name: _judged(outcome, what) for name, (outcome, what) in results.items()}

    def _files(self) -> None:
        outside = self.folder / "outside"
        outside.mkdir()
        for name in ("secret", "spare"):
            (outside / name).write_text("secret\n")
        temporary = Path(self._temporary())
        self.facts |= {
            "outside": str(outside),
            "secret": str(outside / "secret"),
            "spare": str(outside / "spare"),
            "data": str(self.hub.data_dir),
            "packages": sysconfig.get_path("purelib"),
            "temporary": temporary.name,
        }

    @staticmethod
    def _temporary() -> str:
        """The name of something in /tmp that is not the Instance's."""
        found = [name for name in os.listdir("/tmp") if name]  # noqa: PTH208, S108 - names
        return found[0] if found else tempfile.mkdtemp()

    def _sockets(self, stack: ExitStack) -> None:
        name = f"scramjet-test-{os.getpid()}-{id(self)}"
        address = str(self.folder / "s")
        for kind, where in (
            (socket.SOCK_STREAM, f"\0{name}"),
            (socket.SOCK_DGRAM, f"\0{name}-datagrams"),
            (socket.SOCK_STREAM, address),
        ):
            server = stack.enter_context(socket.socket(socket.AF_UNIX, kind))
            server.bind(where)
            if kind == socket.SOCK_STREAM:
                server.listen(100)
        self.facts |= {"abstract": name, "socket": address}

    def _shared(self, stack: ExitStack) -> None:
        """Shared memory and a message queue of the same user."""
        libc = ctypes.CDLL(None, use_errno=True)
        key = 0x53000000 | os.getpid()
        identifier = libc.shmget(key, 4096, 0o1600)
        assert identifier >= 0
        stack.callback(libc.shmctl, identifier, 0, None)
        create, remove = MQ_CREATE[os.uname().machine]
        queue = f"scramjet-test-{os.getpid()}".encode()
        fd = libc.syscall(create, queue, os.O_CREAT | os.O_RDWR, 0o600, None)
        assert fd >= 0
        os.close(fd)
        stack.callback(libc.syscall, remove, queue)
        self.facts |= {"memory_key": key, "queue": queue.decode()}

    def _processes(self, stack: ExitStack) -> None:
        stranger = subprocess.Popen(["/bin/sleep", "600"])
        stack.callback(stranger.wait)
        stack.callback(stranger.kill)
        victim = start(self._api, pack_python(VICTIM))
        stack.callback(self._end, victim)
        told = self._api.get(f"{victim.path}/event/ready").json()
        if "pid" not in told:
            told = told["message"]
        package = victim.info()["sequence"]["config"]["sequenceDir"]
        hub = psutil.Process(self.hub.process.pid)
        (spawner,) = hub.children()
        self.facts |= {
            "stranger": stranger.pid,
            "hub": hub.pid,
            "spawner": spawner.pid,
            "victim": self._outer_pid(spawner, told["pid"], package),
            "victim_file": told["file"],
            "victim_package": package,
        }

    @staticmethod
    def _outer_pid(spawner: psutil.Process, inner: int, package: str) -> int:
        """The process id, outside its sandbox, of the Instance with this one inside."""
        children = [child.pid for child in spawner.children(recursive=True)]
        (found,) = [pid for pid in children if _inner_pid(pid) == inner and os.readlink(f"/proc/{pid}/cwd") == package]  # noqa: PTH115
        return found

    @staticmethod
    def _end(run: Run) -> None:
        run.post("_kill")
        run.wait_for_end()


def _judged(outcome: str, what: str) -> tuple[str, str]:
    """What was planted has to be there, outside the sandbox, too; and is removed."""
    planted = Path(what.removeprefix("planted "))
    if outcome == "got" and what.startswith("planted "):
        if not planted.exists():
            return "refused", f"only a folder of its own has {planted}"
        planted.unlink()
    return outcome, what


def _inner_pid(pid: int) -> int:
    """The process id in its own namespace."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[-1]) for line in lines if line.startswith("NSpid:"))
