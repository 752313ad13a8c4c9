"""The load of the machine, or of the container if the server runs in one with its own limits."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any, NamedTuple

import psutil

from scramjet_serving.machine.cgroup import Cgroup

Figures = dict[str, Any]
# A shorter interval, in seconds, between two measurements of the CPU gives no meaningful result.
MIN_INTERVAL = 0.25
MEMORY_INTERVAL = 0.1


class Memory(NamedTuple):
    """Memory in bytes."""

    free: int
    used: int


class LoadMonitor:
    """Measures CPU, memory and disks.

    Args:
        data_dir: The folder whose disk is measured.
        root: The folder with `proc` and `sys`; other than `/` only in tests.
    """

    def __init__(self, data_dir: Path, root: Path = Path("/")) -> None:
        self._data_dir = data_dir
        self._partition = _partition_of(data_dir)
        self._cgroup = Cgroup(root)
        self._cpus = self._cgroup.cpus() or float(os.cpu_count() or 1)
        self._cpu_at = time.monotonic()
        self._cpu_used = self._cpu_seconds()
        self._cpu_load = 0.0
        self._memory: Memory | None = None
        self._memory_at = 0.0

    def report(self) -> Figures:
        """Return the reply to `GET /load-check`: loads in per cent, sizes in bytes."""
        memory = self.memory()
        return {
            "avgLoad": round(os.getloadavg()[0] / self._cpus, 2),
            "currentLoad": self.cpu_load(),
            "memFree": memory.free,
            "memUsed": memory.used,
            "fsSize": self.disks(),
        }

    def memory(self) -> Memory:
        """Return free and used memory, within the container's limit if that is narrower.

        It is measured at most ten times a second, because many programs may be started at once.
        """
        now = time.monotonic()
        if self._memory is None or now - self._memory_at > MEMORY_INTERVAL:
            self._memory, self._memory_at = self._look_up_memory(), now
        return self._memory

    def _look_up_memory(self) -> Memory:
        host = psutil.virtual_memory()
        limit, used = self._cgroup.memory()
        if limit is None or limit >= host.total:
            return Memory(host.available, host.total - host.available)
        return Memory(max(0, min(host.available, limit - used)), used)

    def cpu_load(self) -> float:
        """Return the CPU load in per cent since the last measurement."""
        now, used = time.monotonic(), self._cpu_seconds()
        if now - self._cpu_at >= MIN_INTERVAL:
            busy = (used - self._cpu_used) / (now - self._cpu_at) / self._cpus
            self._cpu_load = round(min(100.0, max(0.0, 100 * busy)), 2)
            self._cpu_at, self._cpu_used = now, used
        return self._cpu_load

    def _cpu_seconds(self) -> float:
        limited = self._cgroup.cpu_seconds() if self._cgroup.cpus() else None
        if limited is not None:
            return limited
        times = psutil.cpu_times()
        return float(sum(times) - times.idle - getattr(times, "iowait", 0.0) - getattr(times, "guest", 0.0))

    def disks(self) -> list[Figures]:
        """Return the file system of the data folder, with `use` in per cent; None if the folder is gone."""
        partition = self._partition
        try:
            usage = psutil.disk_usage(str(self._data_dir))
        except OSError:
            return []
        return [
            {
                "fs": partition.device,
                "type": partition.fstype,
                "size": usage.total,
                "used": usage.used,
                "available": usage.free,
                "use": usage.percent,
                "mount": partition.mountpoint,
            }
        ]

    def free_space(self) -> int:
        """Return the bytes that can be written below the data folder.

        Raises:
            OSError: The folder is gone.
        """
        return psutil.disk_usage(str(self._data_dir)).free


class _Partition(NamedTuple):
    device: str
    mountpoint: str
    fstype: str


def _partition_of(path: Path) -> _Partition:
    resolved = path.resolve()
    candidates = [part for part in psutil.disk_partitions(all=True) if resolved.is_relative_to(part.mountpoint)]
    if not candidates:
        # In a chroot, the list of mounts may lack the one that holds the folder.
        mount = next(str(folder) for folder in (resolved, *resolved.parents) if folder.is_mount())
        return _Partition(mount, mount, "")
    best = max(candidates, key=lambda part: len(part.mountpoint))
    return _Partition(best.device, best.mountpoint, best.fstype)
