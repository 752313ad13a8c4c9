"""A filter of system calls (seccomp(2)) for what Landlock does not control between processes of one user.

Such a process may change another's limits (a limit of CPU time ends it), its scheduling, and what both share in the
kernel: keys, System V memory, message queues.
"""

from __future__ import annotations

import ctypes
import platform
import struct
from typing import Final

from scramjet_hub.runners.isolation import system

PR_SET_SECCOMP: Final = 22
MODE_FILTER: Final = 2
ALLOW: Final = 0x7FFF0000
REFUSE: Final = 0x00050000 | 1  # with EPERM
# Instructions of classic BPF: load a word of the data, jump if equal, jump if greater or equal, return.
LOAD, JUMP_EQUAL, JUMP_FROM, RETURN = 0x20, 0x15, 0x35, 0x06
NUMBER_AT, ARCHITECTURE_AT, FIRST_AT, SECOND_AT = 0, 4, 16, 24
# The other ABI of x86-64 (x32) has the same numbers from here on.
X32: Final = 0x40000000


class _Machine:
    """The numbers of one kind of processor.

    Attributes:
        architecture: Its number in `linux/audit.h`.
        keys: Calls about keys, which belong to a user in all namespaces.
        always: Other calls that are refused.
        others: Calls that are refused unless the process is the caller's own: the first argument is 0.
        whose: Calls that are refused unless the second argument is 0.
    """

    def __init__(
        self,
        architecture: int,
        keys: tuple[int, ...],
        always: tuple[int, ...],
        others: tuple[int, ...],
        whose: tuple[int, ...],
    ) -> None:
        self.architecture = architecture
        self.keys = keys
        self.always = always
        self.others = others
        self.whose = whose


# keys: add_key, request_key, keyctl. always: shmget, msgget, semget, mq_open, bpf, perf_event_open, userfaultfd.
# others: prlimit64, sched_setparam, sched_setscheduler, sched_setattr, sched_setaffinity.
# whose: setpriority, ioprio_set.
MACHINES: Final = {
    "x86_64": _Machine(
        0xC000003E, (248, 249, 250), (29, 68, 64, 240, 321, 298, 323), (302, 142, 144, 314, 203), (141, 251)
    ),
    "aarch64": _Machine(
        0xC00000B7, (217, 218, 219), (194, 186, 190, 180, 280, 241, 282), (261, 118, 119, 274, 122), (140, 30)
    ),
}


class Program(ctypes.Structure):
    """`struct sock_fprog`."""

    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def available() -> bool:
    """Return whether this kind of processor is known here."""
    return platform.machine() in MACHINES


def restrict(*, own_namespaces: bool) -> None:
    """Refuse these calls in this process and all that it will start; irreversible.

    Args:
        own_namespaces: Whether it is in namespaces of its own, so that only keys are shared with others.

    Raises:
        OSError: The kernel refuses it, as it does without `no_new_privs`.
    """
    code = assemble(MACHINES[platform.machine()], own_namespaces=own_namespaces)
    program = Program(len(code) // 8, code)
    system.prctl(PR_SET_SECCOMP, MODE_FILTER, ctypes.addressof(program))


def assemble(machine: _Machine, *, own_namespaces: bool) -> bytes:
    """Return the filter for a kind of processor; see `restrict`."""
    code = [
        _instruction(LOAD, 0, 0, ARCHITECTURE_AT),
        _instruction(JUMP_EQUAL, 1, 0, machine.architecture),
        _instruction(RETURN, 0, 0, REFUSE),
        _instruction(LOAD, 0, 0, NUMBER_AT),
        _instruction(JUMP_FROM, 0, 1, X32),
        _instruction(RETURN, 0, 0, REFUSE),
    ]
    for number in (*machine.keys, *(() if own_namespaces else machine.always)):
        code += [_instruction(JUMP_EQUAL, 0, 1, number), _instruction(RETURN, 0, 0, REFUSE)]
    for numbers, argument in () if own_namespaces else ((machine.others, FIRST_AT), (machine.whose, SECOND_AT)):
        for number in numbers:
            code += [
                _instruction(JUMP_EQUAL, 0, 4, number),
                _instruction(LOAD, 0, 0, argument),
                _instruction(JUMP_EQUAL, 0, 1, 0),
                _instruction(RETURN, 0, 0, ALLOW),
                _instruction(RETURN, 0, 0, REFUSE),
            ]
    return b"".join([*code, _instruction(RETURN, 0, 0, ALLOW)])


def _instruction(code: int, if_true: int, if_false: int, value: int) -> bytes:
    return struct.pack("HBBI", code, if_true, if_false, value)
