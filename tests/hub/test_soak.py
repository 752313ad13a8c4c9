"""The soak itself, in short, and that it would see what it looks for."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest

from scripts.soak.hub import Census, SoakedHub, processes_left
from scripts.soak.ledger import Ledger, WrongError
from scripts.soak.records import Follower, line, lines, parse
from scripts.soak.run import Soak

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    from tests.support.hub_process import HubProcess

ROOT = Path(__file__).parents[2]


@pytest.mark.timeout(180)
def test_a_short_soak_finds_nothing_wrong() -> None:
    command = [sys.executable, "-m", "scripts.soak", "--duration", "12", "--crowd", "10", "--seed", "3"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=170, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    counts = dict(re.findall(r"^  ([^:]+(?:: \w+)?): (\d+)$", done.stdout, re.MULTILINE))
    assert int(counts["lives of the Hub"]) >= 3
    assert int(counts["bytes echoed and checked"]) > 10_000
    assert int(counts["lines of topics checked"]) > 100
    assert "10 of 10 Instances at once worked" in done.stdout


@pytest.mark.parametrize("damage", [b"x", b"", b'"'])
def test_a_damaged_line_is_seen(damage: bytes) -> None:
    text = line("writer", 7, 50)
    assert parse(text) == ("writer", 7)
    for place in range(len(text) - 1):
        if text[place : place + 1] == damage:
            continue
        with pytest.raises(WrongError):
            parse(text[:place] + damage + text[place + 1 :])


def test_lines_have_an_order_for_each_writer() -> None:
    one, other = lines(random.Random(1), "one", 3), lines(random.Random(1), "other", 2)  # noqa: S311 - any will do
    follower = Follower()
    for text in (one[0], other[0], one[1], other[1], one[2]):
        follower.take(text)
    assert (follower.came("one"), follower.came("other"), follower.came("nobody")) == (3, 2, 0)
    for wrong in (one[2], one[0], line("one", 4), line("third", 1)):
        with pytest.raises(WrongError, match="had to"):
            follower.take(wrong)


def test_what_a_hub_leaves_is_seen(tmp_path: Path) -> None:
    half = "0" * 32  # what the Hub calls its own there; other files it leaves alone
    hub = SoakedHub(tmp_path)
    hub.start()
    try:
        (tmp_path / "data" / "work" / half).touch()
        (tmp_path / "tmp" / "forgotten").touch()
        assert hub.census().unfinished == (f"work/{half}", "tmp/forgotten")
        assert hub.census().processes >= 1
    finally:
        assert hub.stop() == 0
    assert hub.left() == ["tmp/forgotten"]


def test_a_process_that_is_left_is_seen(tmp_path: Path) -> None:
    environment = {**os.environ, "SCRAMJET_HUB_DIR": str(tmp_path)}
    with subprocess.Popen(["sleep", "60"], env=environment) as process:
        try:
            assert [text for text in processes_left(tmp_path) if text.startswith(f"process {process.pid}: sleep")]
        finally:
            process.send_signal(signal.SIGKILL)


def test_growth_and_leaks_are_violations(tmp_path: Path) -> None:
    soak = Soak(tmp_path, 1, 1, 0)
    before = Census(100_000_000, 30, 4, ())
    soak._compare(before, Census(109_000_000, 30, 4, ()), tells=True)
    soak._compare(before, Census(150_000_000, 30, 4, ()), tells=False)
    assert soak.ledger.violations == []
    for worse in (Census(111_000_000, 30, 4, ()), Census(100_000_000, 31, 4, ()), Census(100_000_000, 30, 5, ())):
        soak._compare(before, worse, tells=True)
    assert soak.ledger.counts["violations"] == 3


def test_the_report_has_all_of_it() -> None:
    ledger = Ledger()
    ledger.counts["things"] += 2
    ledger.figure("a figure")
    ledger.violation("a wrong byte")
    assert ledger.report().splitlines() == [
        "figures:",
        "  a figure",
        "counts:",
        "  things: 2",
        "  violations: 1",
        "violations:",
        "  a wrong byte",
    ]


def test_what_is_kept_for_the_audit_takes_little_memory(start_hub: Callable[..., HubProcess]) -> None:
    hub = start_hub()
    with hub.client() as client:
        grown = [_resident_after(hub, lambda: _make_and_delete(client)) for _ in range(2)]
    # Two thousand records, each of some hundred bytes.
    assert grown[1] - grown[0] < 4_000_000


def _make_and_delete(client: httpx.Client) -> None:
    for _ in range(500):
        assert client.post("/topics", json={"id": "x", "content-type": "text/plain"}).status_code == 200
        assert client.delete("/topics/x").status_code == 200


def _resident_after(hub: HubProcess, action: Callable[[], None]) -> int:
    action()
    return int(psutil.Process(hub.process.pid).memory_info().rss)
