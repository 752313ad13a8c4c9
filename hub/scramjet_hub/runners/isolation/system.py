"""System calls that Python does not offer: raw calls, `prctl`, capabilities."""

from __future__ import annotations

import contextlib
import ctypes
import os
from typing import Final

PR_SET_DUMPABLE: Final = 4
PR_CAPBSET_READ: Final = 23
PR_CAPBSET_DROP: Final = 24
PR_SET_NO_NEW_PRIVS: Final = 38
# The version of capset(2) with 64 capabilities, in two halves.
CAPABILITY_VERSION: Final = 0x20080522
CAPABILITIES: Final = 64

_libc = ctypes.CDLL(None, use_errno=True)


class CapabilityHeader(ctypes.Structure):
    """`struct __user_cap_header_struct`."""

    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


def call(number: int, *arguments: object) -> int:
    """Make a system call by its number.

    Raises:
        OSError: The kernel refuses it.
    """
    return checked(_libc.syscall(ctypes.c_long(number), *arguments), f"system call {number}")


def prctl(option: int, *arguments: int) -> int:
    """Call `prctl(2)`.

    Raises:
        OSError: The kernel refuses it.
    """
    values = [ctypes.c_ulong(value) for value in (*arguments, 0, 0, 0, 0)[:4]]
    return checked(_libc.prctl(option, *values), f"prctl {option}")


def setns(fd: int, kinds: int) -> None:
    """Join namespaces of the process that a descriptor stands for.

    Args:
        fd: A pidfd.
        kinds: The CLONE_NEW flags of the namespaces.

    Raises:
        OSError: The kernel refuses it.
    """
    checked(_libc.setns(fd, kinds), "setns")


def give_up_privileges() -> None:
    """Give up all capabilities, and the possibility to get any by executing a program; irreversible.

    Raises:
        OSError: The kernel refuses it.
    """
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    for capability in range(CAPABILITIES):
        try:
            held = prctl(PR_CAPBSET_READ, capability)
        except OSError:
            break  # the kernel knows no more
        if held:
            _drop_from_bounds(capability)
    header = CapabilityHeader(CAPABILITY_VERSION, 0)
    checked(_libc.capset(ctypes.byref(header), (ctypes.c_uint32 * 6)()), "capset")


def _drop_from_bounds(capability: int) -> None:
    # Without privileges it cannot be dropped, but with no_new_privs it cannot be gained either.
    with contextlib.suppress(PermissionError):
        prctl(PR_CAPBSET_DROP, capability)


def checked(result: int, what: str) -> int:
    """Return the result of a call.

    Raises:
        OSError: It failed.
    """
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result
