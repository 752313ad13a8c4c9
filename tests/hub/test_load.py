"""Load: of the machine, and of a container with limits."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import psutil
import pytest
from scramjet_serving.machine.cgroup import Cgroup
from scramjet_serving.machine.load import MIN_INTERVAL, LoadMonitor

if TYPE_CHECKING:
    from pathlib import Path

    import httpx

GIB = 1024**3


def lay_out(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


V2 = {
    "proc/self/cgroup": "0::/box/inner\n",
    "sys/fs/cgroup/box/inner/memory.max": "max\n",
    "sys/fs/cgroup/box/inner/memory.current": f"{GIB}\n",
    "sys/fs/cgroup/box/inner/memory.stat": f"anon 5\ninactive_file {GIB // 4}\n",
    "sys/fs/cgroup/box/inner/cpu.max": "max 100000\n",
    "sys/fs/cgroup/box/inner/cpu.stat": "usage_usec 2500000\nuser_usec 1\n",
    "sys/fs/cgroup/box/memory.max": f"{2 * GIB}\n",
    "sys/fs/cgroup/box/cpu.max": "50000 100000\n",
}
V2_NAMESPACE = {
    "proc/self/cgroup": "0::/\n",
    "sys/fs/cgroup/memory.max": f"{2 * GIB}\n",
    "sys/fs/cgroup/memory.current": f"{GIB}\n",
    "sys/fs/cgroup/memory.stat": f"inactive_file {GIB // 4}\n",
    "sys/fs/cgroup/cpu.max": "50000 100000\n",
    "sys/fs/cgroup/cpu.stat": "usage_usec 2500000\n",
}
V1 = {
    # As docker shows it: the path is the host's, what is mounted is the container's own.
    "proc/self/cgroup": "4:memory:/docker/abc\n3:cpu,cpuacct:/docker/abc\n0::/docker/abc\n",
    "sys/fs/cgroup/memory/memory.limit_in_bytes": f"{2 * GIB}\n",
    "sys/fs/cgroup/memory/memory.usage_in_bytes": f"{GIB}\n",
    "sys/fs/cgroup/memory/memory.stat": f"cache 5\ntotal_inactive_file {GIB // 4}\n",
    "sys/fs/cgroup/cpu/cpu.cfs_quota_us": "50000\n",
    "sys/fs/cgroup/cpu/cpu.cfs_period_us": "100000\n",
    "sys/fs/cgroup/cpuacct/cpuacct.usage": "2500000000\n",
}


@pytest.mark.parametrize("files", [V2, V2_NAMESPACE, V1], ids=["v2", "v2-namespace", "v1"])
def test_limits_of_a_container(tmp_path: Path, files: dict[str, str]) -> None:
    group = Cgroup(lay_out(tmp_path, files))

    assert group.memory() == (2 * GIB, GIB - GIB // 4)
    assert group.cpus() == 0.5
    assert group.cpu_seconds() == 2.5


UNLIMITED_V1 = {
    "sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n",
    "sys/fs/cgroup/memory/memory.usage_in_bytes": "5\n",
    "sys/fs/cgroup/cpu/cpu.cfs_quota_us": "-1\n",
    "sys/fs/cgroup/cpu/cpu.cfs_period_us": "100000\n",
}


@pytest.mark.parametrize("files", [{}, {"proc/self/cgroup": "0::/\n"}, UNLIMITED_V1], ids=["none", "v2", "v1"])
def test_without_limits_it_is_the_machine_that_counts(tmp_path: Path, files: dict[str, str]) -> None:
    root = lay_out(tmp_path, files)
    memory = LoadMonitor(tmp_path, root).memory()

    assert Cgroup(root).cpus() is None
    assert memory.free + memory.used == psutil.virtual_memory().total


def test_memory_of_a_container(tmp_path: Path) -> None:
    memory = LoadMonitor(tmp_path, lay_out(tmp_path, V2)).memory()

    assert memory.used == GIB - GIB // 4
    assert 0 < memory.free <= 2 * GIB - memory.used


def test_cpu_of_a_container(tmp_path: Path) -> None:
    root = lay_out(tmp_path, V2)
    monitor = LoadMonitor(tmp_path, root)
    time.sleep(2 * MIN_INTERVAL)
    started = time.monotonic()
    # Half a processor is all it has, so a tenth of a second of it in half a second is 40 per cent.
    (root / "sys/fs/cgroup/box/inner/cpu.stat").write_text("usage_usec 2600000\n")
    load = monitor.cpu_load()

    elapsed = 2 * MIN_INTERVAL + time.monotonic() - started
    assert load == pytest.approx(100 * 0.1 / elapsed / 0.5, rel=0.2)


def test_report(api: httpx.Client, tmp_path: Path) -> None:
    load = api.get("/load-check").json()

    assert load.keys() == {"avgLoad", "currentLoad", "memFree", "memUsed", "fsSize"}
    assert 0 <= load["currentLoad"] <= 100
    disk = psutil.disk_usage(str(tmp_path))
    (shown,) = load["fsSize"]
    assert shown["size"] == disk.total
    assert shown["use"] == pytest.approx(disk.percent, abs=1)
    assert str(tmp_path).startswith(shown["mount"])
