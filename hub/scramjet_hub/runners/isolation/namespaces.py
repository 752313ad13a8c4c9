"""Joins the namespaces of a sandbox that bubblewrap builds, so that a copy of the spawner can run inside it.

Bubblewrap starts the program in a sandbox by executing it, which takes a Python interpreter a tenth of a second. So it
only builds the sandbox around a program that waits; then a copy of the spawner, which has imported everything already,
enters it, as `nsenter` does.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
from typing import TYPE_CHECKING, Any, Final, NoReturn

from scramjet_hub.runners.adoption import PR_SET_CHILD_SUBREAPER, PR_SET_PDEATHSIG
from scramjet_hub.runners.isolation import system

if TYPE_CHECKING:
    from collections.abc import Sequence

KINDS: Final = {
    "user": 0x10000000,
    "mount": 0x00020000,
    "pid": 0x20000000,
    "ipc": 0x08000000,
    "uts": 0x04000000,
    "cgroup": 0x02000000,
    "net": 0x40000000,
}
# What waits in the sandbox until its input ends, and shows that the sandbox is complete by returning a byte.
WAITING: Final = "cat"
SIGN: Final = b"."


def enter(argv: Sequence[str], kinds: Sequence[str], fds: int) -> None:
    """Build a sandbox and continue inside it, in a child process; this one waits for the child and ends as it does.

    Args:
        argv: The command line of bubblewrap, up to its options for descriptors.
        kinds: The namespaces that it creates, names in `KINDS`.
        fds: How many descriptors, from 0 on, belong to the child.

    Raises:
        OSError: The sandbox cannot be built.
    """
    sandbox, pid = build(argv)
    join(pid, kinds)
    child = os.fork()
    if child:
        _wait(child, fds, sandbox)
    assert sandbox.stdin is not None  # noqa: S101 - it was asked for
    assert sandbox.stdout is not None  # noqa: S101
    sandbox.stdin.close()
    sandbox.stdout.close()
    settle()


def settle() -> None:
    """Lead a session in the sandbox, end with the process outside, and adopt orphans."""
    os.setsid()
    system.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    system.prctl(PR_SET_CHILD_SUBREAPER, 1)


def build(argv: Sequence[str]) -> tuple[subprocess.Popen[bytes], int]:
    """Build a sandbox; it lasts until the input of the returned process ends.

    Returns:
        The process of bubblewrap, and the first process in the sandbox.

    Raises:
        OSError: Bubblewrap failed.
    """
    reading, writing = os.pipe()
    # Not on the command line, which the Sequence can read in /proc.
    options = os.memfd_create("options")
    try:
        os.write(options, b"".join(os.fsencode(option) + b"\0" for option in argv[1:]))
        os.lseek(options, 0, os.SEEK_SET)
        sandbox = subprocess.Popen(  # noqa: S603 - the program that was found at start
            [argv[0], "--args", str(options), "--info-fd", str(writing), "--", WAITING],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            pass_fds=[writing, options],
            env={"PATH": "/usr/bin:/bin"},
            bufsize=0,
        )
    finally:
        os.close(writing)
        os.close(options)
    with os.fdopen(reading, "rb") as info:
        told = info.read()
    assert sandbox.stdin is not None  # noqa: S101 - all three were asked for
    assert sandbox.stdout is not None  # noqa: S101
    assert sandbox.stderr is not None  # noqa: S101
    try:
        sandbox.stdin.write(SIGN)
        built = sandbox.stdout.read(1) == SIGN
    except BrokenPipeError:
        built = False
    if not built:
        raise OSError(f"bubblewrap failed: {sandbox.stderr.read().decode(errors='replace').strip()}")
    sandbox.stderr.close()
    details: dict[str, Any] = json.loads(told)
    return sandbox, details["child-pid"]


def join(pid: int, kinds: Sequence[str]) -> None:
    """Join namespaces of a process; that of process ids only holds for children that start from now on.

    Args:
        pid: The process.
        kinds: The namespaces, names in `KINDS`.

    Raises:
        OSError: The kernel refuses it.
    """
    fd = os.pidfd_open(pid)
    try:
        system.setns(fd, sum(KINDS[kind] for kind in kinds))
    finally:
        os.close(fd)


def _wait(child: int, fds: int, sandbox: subprocess.Popen[bytes]) -> NoReturn:
    """Wait for the process inside, and end as it does; with this process, the sandbox ends."""
    os.closerange(0, fds)
    _, status = os.waitpid(child, 0)
    if sandbox.stdin is not None:
        sandbox.stdin.close()
    sandbox.wait()
    mirror(status)


def mirror(status: int) -> NoReturn:
    """End this process as another one has ended, by exit code or signal.

    Args:
        status: The status of the other, from `os.waitpid`.
    """
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        # Some are ignored here, and none must leave a dump of this process.
        system.prctl(system.PR_SET_DUMPABLE, 0)
        if number != signal.SIGKILL:
            signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
    os._exit(os.waitstatus_to_exitcode(status) & 0xFF)
