"""Resource limits of single processes (setrlimit(2))."""

from __future__ import annotations

import resource
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

KINDS: Final = {
    "files": resource.RLIMIT_NOFILE,
    "file_size": resource.RLIMIT_FSIZE,
    "cpu_time": resource.RLIMIT_CPU,
    "processes": resource.RLIMIT_NPROC,
}


def apply(limits: Mapping[str, int]) -> None:
    """Limit this process and all that it will start; irreversible once the privileges are given up.

    Args:
        limits: The limits by the names of `KINDS`; sizes in bytes, times in seconds; 0 is no limit.

    Raises:
        OSError: The kernel refuses one.
    """
    for name, limit in limits.items():
        if limit:
            kind = KINDS[name]
            most = resource.getrlimit(kind)[1]
            least = limit if most == resource.RLIM_INFINITY else min(limit, most)
            resource.setrlimit(kind, (least, least))
