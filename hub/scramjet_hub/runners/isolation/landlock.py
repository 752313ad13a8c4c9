"""Landlock: restricts what a process, and all that it starts, may open, signal and connect to (landlock(7)).

It needs no privilege and three system calls. What it does not control are metadata: existence, mode and times of files.
"""

from __future__ import annotations

import ctypes
import os
import stat
from typing import TYPE_CHECKING, Final

from scramjet_hub.runners.isolation import system

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

CREATE_RULESET: Final = 444
ADD_RULE: Final = 445
RESTRICT_SELF: Final = 446
ASK_VERSION: Final = 1
PATH_BENEATH: Final = 1
NET_PORT: Final = 2

# Rights to files, with the version (ABI) that introduced them.
EXECUTE, WRITE_FILE, READ_FILE, READ_DIR, REMOVE_DIR, REMOVE_FILE = (1 << bit for bit in range(6))
MAKE_CHAR, MAKE_DIR, MAKE_REG, MAKE_SOCK, MAKE_FIFO, MAKE_BLOCK, MAKE_SYM = (1 << bit for bit in range(6, 13))
REFER, TRUNCATE, IOCTL_DEV = 1 << 13, 1 << 14, 1 << 15
BIND_TCP, CONNECT_TCP = 1, 2
SCOPE_ABSTRACT_SOCKETS, SCOPE_SIGNALS = 1, 2

READ: Final = READ_FILE | READ_DIR
RUN: Final = READ | EXECUTE
WRITE: Final = (1 << 15) - 1 & ~(MAKE_CHAR | MAKE_BLOCK)
DEVICE: Final = READ_FILE | WRITE_FILE | IOCTL_DEV
# A rule for anything but a folder may name no others.
OF_FILES: Final = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV
# The first version that keeps files from being truncated.
LEAST_VERSION: Final = 3
PORTS_VERSION: Final = 4
SCOPES_VERSION: Final = 6


class Ruleset(ctypes.Structure):
    """`struct landlock_ruleset_attr`: what is denied unless a rule allows it."""

    _fields_ = (("files", ctypes.c_uint64), ("ports", ctypes.c_uint64), ("scopes", ctypes.c_uint64))


class PathRule(ctypes.Structure):
    """`struct landlock_path_beneath_attr`."""

    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


class PortRule(ctypes.Structure):
    """`struct landlock_net_port_attr`."""

    _fields_ = (("allowed", ctypes.c_uint64), ("port", ctypes.c_uint64))


def version() -> int:
    """Return the version (ABI) of Landlock that the kernel offers; 0 if it has none, or has it switched off."""
    try:
        return system.call(CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(ASK_VERSION))
    except OSError:
        return 0


def file_rights(abi: int) -> int:
    """Return all rights to files that a version knows."""
    last = {1: MAKE_SYM, 2: REFER, 3: TRUNCATE, 4: TRUNCATE}.get(abi, IOCTL_DEV)
    return (last << 1) - 1


def restrict(paths: Mapping[str, int], *, abi: int, ports: Iterable[int] | None = None, files: bool = True) -> None:
    """Restrict this process, and all that it will start; irreversible.

    Args:
        paths: Rights to files and folders, with all that is in them; those that do not exist are left out.
        abi: The version that the kernel offers.
        ports: The TCP ports that it may connect to, if it may not use others, nor listen.
        files: Whether files are restricted at all.

    Raises:
        OSError: The kernel refuses it, as it does without `no_new_privs`.
    """
    handled = file_rights(abi) if files else 0
    closed = BIND_TCP | CONNECT_TCP if ports is not None and abi >= PORTS_VERSION else 0
    scopes = SCOPE_ABSTRACT_SOCKETS | SCOPE_SIGNALS if abi >= SCOPES_VERSION else 0
    attributes = Ruleset(handled, closed, scopes)
    ruleset = system.call(
        CREATE_RULESET, ctypes.byref(attributes), ctypes.c_size_t(ctypes.sizeof(attributes)), ctypes.c_uint32(0)
    )
    try:
        for path, rights in paths.items() if files else ():
            _allow(ruleset, path, rights & handled)
        for port in ports or () if closed else ():
            _add(ruleset, NET_PORT, PortRule(CONNECT_TCP, port))
        system.call(RESTRICT_SELF, ctypes.c_int(ruleset), ctypes.c_uint32(0))
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: str, rights: int) -> None:
    try:
        fd = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return  # there is nothing to allow
    try:
        if not stat.S_ISDIR(os.fstat(fd).st_mode):
            rights &= OF_FILES
        _add(ruleset, PATH_BENEATH, PathRule(rights, fd))
    finally:
        os.close(fd)


def _add(ruleset: int, kind: int, rule: PathRule | PortRule) -> None:
    system.call(ADD_RULE, ctypes.c_int(ruleset), ctypes.c_int(kind), ctypes.byref(rule), ctypes.c_uint32(0))
