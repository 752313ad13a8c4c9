"""Which isolation is in force: what the options ask for, and what the kernel and the machine offer."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from typing import TYPE_CHECKING, Any, Final

import attrs
from scramjet_serving.options import OptionError

from scramjet_hub.runners.isolation import landlock, places, seccomp

if TYPE_CHECKING:
    from pathlib import Path

    from scramjet_hub.config import HubConfig
    from scramjet_hub.runners.isolation.groups import Groups

NONE: Final = "none"
LANDLOCK: Final = "landlock"
BUBBLEWRAP: Final = "bubblewrap"
AUTO: Final = "auto"
KINDS: Final = (NONE, LANDLOCK, BUBBLEWRAP, AUTO)
# How long, in seconds, a trial of bubblewrap may take.
TRIAL: Final = 20.0
# The first version of bubblewrap that can keep a sandbox from creating further user namespaces.
DISABLES_USER_NAMESPACES: Final = (0, 8)


@attrs.frozen
class Choice:
    """The isolation in force.

    Attributes:
        kind: `none`, `landlock` or `bubblewrap`.
        warning: What an operator should know; empty if there is nothing.
        abi: The version of Landlock, 0 if there is none.
        bwrap: The program of bubblewrap and the options that it knows; empty without it.
    """

    kind: str
    warning: str = ""
    abi: int = 0
    bwrap: tuple[str, ...] = ()

    def enforces(self, *, network: bool) -> list[str]:
        """Return the names of what is kept from a Sequence.

        Args:
            network: Whether it may use the network.
        """
        if self.kind == NONE:
            return []
        scoped = self.abi >= landlock.SCOPES_VERSION
        spaces = self.kind == BUBBLEWRAP
        parts = {
            "files": True,
            "processes": spaces or scoped,
            "memory": True,
            "limits of others": spaces or seccomp.available(),
            "abstract sockets": scoped or (spaces and not network),
            "network": not network and (spaces or self.abi >= landlock.PORTS_VERSION),
        }
        return [name for name, enforced in parts.items() if enforced]


def choose(config: HubConfig, data: Path) -> Choice:
    """Return the isolation for the options of a Hub.

    Args:
        config: The options.
        data: The data folder.

    Raises:
        OptionError: They ask for one that this machine cannot give.
    """
    if config.isolation == NONE:
        return Choice(NONE)
    if config.isolation == BUBBLEWRAP:
        bwrap, problem = try_bubblewrap()
        if problem:
            raise OptionError(f"--isolation is bubblewrap, but {problem}; give landlock, auto or none")
        return Choice(BUBBLEWRAP, abi=landlock.version(), bwrap=bwrap)
    abi, problem = try_landlock(data)
    if not problem:
        return Choice(LANDLOCK, warning=_gaps(abi), abi=abi)
    if config.isolation == LANDLOCK:
        raise OptionError(f"--isolation is landlock, but {problem}; give bubblewrap, auto or none")
    return Choice(NONE, warning=f"Sequences are not isolated from the Hub and from each other: {problem}")


def try_landlock(data: Path) -> tuple[int, str]:
    """Return the version of Landlock that is offered, and why it cannot be used; empty if it can."""
    abi = landlock.version()
    if abi < landlock.LEAST_VERSION:
        return abi, f"the kernel offers no Landlock of version {landlock.LEAST_VERSION} or later (Linux 6.2)"
    if around := places.holder(data, [*places.programs(), *places.settings()]):
        return abi, f"the data folder is inside {around}, which Sequences have to read"
    return abi, ""


def _gaps(abi: int) -> str:
    if abi >= landlock.SCOPES_VERSION:
        return ""
    return "This kernel's Landlock (before Linux 6.12) does not keep Sequences from signalling other processes"


def try_bubblewrap() -> tuple[tuple[str, ...], str]:
    """Return the program of bubblewrap with the options that it knows, and why it cannot be used; empty if it can."""
    bwrap = shutil.which("bwrap")
    if bwrap is None:
        return (), "there is no bwrap on the PATH (Debian's package bubblewrap)"
    if not hasattr(os, "pidfd_open"):
        return (), "this Python has no pidfd_open"
    command: tuple[str, ...] = (bwrap, "--unshare-user")
    if _version(bwrap) >= DISABLES_USER_NAMESPACES:
        command = (*command, "--disable-userns")
    trial = _run([*command, "--unshare-pid", "--ro-bind", "/", "/", "--proc", "/proc", "--dev", "/dev", "true"])
    if trial.returncode:
        return (), f"bwrap does not work here: {trial.stderr.strip()[:300] or trial.returncode}"
    return command, ""


def _version(bwrap: str) -> tuple[int, ...]:
    found = re.search(r"(\d+)\.(\d+)", _run([bwrap, "--version"]).stdout)
    return tuple(map(int, found.groups())) if found else (0,)


def _run(argv: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(argv, capture_output=True, text=True, timeout=TRIAL, check=False)  # noqa: S603 - found on the PATH


class Limits:
    """Resource limits of Instances: those of the options, and where they are in force.

    Args:
        config: The options.
        kind: The isolation in force.
        groups: Creates control groups.
    """

    def __init__(self, config: HubConfig, kind: str, groups: Groups) -> None:
        self.processes = config.instance_processes
        single = {
            "files": config.instance_files,
            "file_size": config.instance_file_size,
            "cpu_time": config.instance_cpu_time,
        }
        self.single = single if kind != NONE else {}
        self.groups = groups
        self.grouped = kind != NONE
        # The kernel counts processes by user, and never limits those of root; in a user namespace it counts its own.
        self.counted = kind == BUBBLEWRAP and os.getuid() != 0 and "pids" not in groups.controllers
        if self.counted:
            self.single["processes"] = self.processes

    def public(self) -> dict[str, Any]:
        """Return how each limit is enforced; without an entry, it is not."""
        ways = dict.fromkeys(self.single, "process")
        if self.counted:
            ways["processes"] = "namespace"
        if self.grouped:
            ways |= {"processes": "cgroup"} if "pids" in self.groups.controllers else {}
            ways |= {"memory": "cgroup"} if "memory" in self.groups.controllers else {}
        return ways
