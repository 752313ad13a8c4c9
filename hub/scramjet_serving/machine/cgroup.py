"""The limits of a container, from Linux control groups (cgroups)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class Cgroup:
    """The limits that a container sets for this process, in version 2 or 1 of Linux control groups.

    Source: the kernel's documents cgroup-v2 and cgroup-v1 (memory, cpuacct, cpu bandwidth).

    Args:
        root: The folder with `proc` and `sys`.
    """

    def __init__(self, root: Path) -> None:
        self._base = root / "sys/fs/cgroup"
        self._own = _own_groups(root / "proc/self/cgroup")

    def memory(self) -> tuple[int | None, int]:
        """Return limit and use in bytes, without what the kernel can reclaim at once; without a limit it is None."""
        v2 = self._directories("")
        v1 = self._directories("memory")
        limits = [_number(folder / "memory.max") for folder in v2]
        limits += [_number(folder / "memory.limit_in_bytes") for folder in v1]
        used = next((n for folder in v2 if (n := _number(folder / "memory.current")) is not None), None)
        if used is None:
            used = next((n for folder in v1 if (n := _number(folder / "memory.usage_in_bytes")) is not None), 0)
        stat = next((s for folder in v2 + v1 if (s := _table(folder / "memory.stat"))), {})
        cache = stat.get("inactive_file", stat.get("total_inactive_file", 0))
        return min((n for n in limits if n is not None), default=None), max(0, used - cache)

    def cpus(self) -> float | None:
        """Return how many CPUs the container may use; None if unlimited."""
        shares = [_ratio(*_words(folder / "cpu.max")[:2]) for folder in self._directories("")]
        for folder in self._directories("cpu"):
            quota, period = _words(folder / "cpu.cfs_quota_us"), _words(folder / "cpu.cfs_period_us")
            shares.append(_ratio(*(quota + period)[:2]))
        return min((share for share in shares if share), default=None)

    def cpu_seconds(self) -> float | None:
        """Return the CPU time that the container has used, in seconds."""
        for folder in self._directories(""):
            if usage := _table(folder / "cpu.stat").get("usage_usec"):
                return usage / 1e6
        for folder in self._directories("cpuacct"):
            if (nanoseconds := _number(folder / "cpuacct.usage")) is not None:
                return nanoseconds / 1e9
        return None

    def _directories(self, controller: str) -> list[Path]:
        """Return the folders of the own group, then of those around it: each may have a narrower limit."""
        top = self._base / controller
        own = self._own.get(controller)
        if own is None:
            return [top] if not controller or top.is_dir() else []
        inner = top / own.lstrip("/")
        return [inner, *(parent for parent in inner.parents if parent.is_relative_to(top))]


def _own_groups(path: Path) -> dict[str, str]:
    groups: dict[str, str] = {}
    for line in _text(path).splitlines():
        _, controllers, group = line.split(":", 2)
        groups.update(dict.fromkeys(controllers.split(","), group))
    return groups


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""


def _words(path: Path) -> list[str]:
    return _text(path).split()


def _number(path: Path) -> int | None:
    words = _words(path)
    return int(words[0]) if words and words[0].isdigit() else None


def _table(path: Path) -> dict[str, int]:
    rows = (line.split() for line in _text(path).splitlines())
    return {row[0]: int(row[1]) for row in rows if len(row) == 2 and row[1].isdigit()}


def _ratio(quota: str = "max", period: str = "100000") -> float | None:
    return int(quota) / int(period) if quota.isdigit() and int(quota) > 0 else None
