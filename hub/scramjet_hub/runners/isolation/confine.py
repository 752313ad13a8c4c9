"""Confines a process, a child of the spawner, before it runs anything of a Sequence."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING, Any

from scramjet_hub.runners.isolation import landlock, limits, namespaces, seccomp, system

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

RIGHTS = {"read": landlock.READ, "run": landlock.RUN, "write": landlock.WRITE, "device": landlock.DEVICE}


def confine(sandbox: Mapping[str, Any], fds: int) -> None:
    """Confine this process as its launch says; irreversible.

    With bubblewrap, it returns in a child of the process that called it, which waits outside for the child's end.

    Args:
        sandbox: What `Sandbox.message` returns; empty for no confinement.
        fds: How many descriptors, from 0 on, belong to the runner.

    Raises:
        OSError: The kernel refuses a part; then nothing of a Sequence may run.
    """
    join_groups(sandbox.get("groups", ()))
    if not sandbox.get("kind"):
        return
    if "argv" in sandbox:
        namespaces.enter(sandbox["argv"], sandbox["namespaces"], fds)
    limits.apply(sandbox["limits"])
    system.give_up_privileges()
    _restrict(sandbox)


def join_groups(groups: Iterable[str]) -> None:
    """Make this process a member of control groups.

    Args:
        groups: The files that list their members.

    Raises:
        OSError: The kernel refuses it.
    """
    for members in groups:
        with open(members, "w") as file:  # noqa: PTH123 - pathlib is too slow here
            file.write("0")


def _restrict(sandbox: Mapping[str, Any]) -> None:
    abi = sandbox["landlock"]
    if sandbox["kind"] == "landlock":
        paths = {path: RIGHTS[kind] for kind, listed in sandbox["paths"].items() for path in listed}
        landlock.restrict(paths | _own_process(), abi=abi, ports=sandbox.get("ports"))
    else:
        # The namespaces leave abstract sockets, which belong to the network.
        if abi >= landlock.SCOPES_VERSION:
            landlock.restrict({}, abi=abi, files=False)
        # Only now may it look at itself in /proc.
        system.prctl(system.PR_SET_DUMPABLE, 1)
    if seccomp.available():
        seccomp.restrict(own_namespaces=sandbox["kind"] != "landlock")


def _own_process() -> dict[str, int]:
    """Allow this process to see itself in /proc, and no other.

    The descriptor stays open: without one, the kernel may forget the folder, and makes one without rights next time.
    """
    with contextlib.suppress(OSError):
        own = f"/proc/{os.getpid()}"
        fd = os.open(own, os.O_PATH)
        os.set_inheritable(fd, True)
        return {own: landlock.READ | landlock.WRITE_FILE}
    return {}
