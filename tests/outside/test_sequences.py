"""The table of Sequences, on the embedded Hub and on STH 0.18.7: what people write gives the same on both."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from scripts import sth
from scripts.sth import packages
from tests.outside.sequences.node_rows import NODE_ROWS
from tests.outside.sequences.playing import Hub, Play, SthHub, expected
from tests.outside.sequences.python_rows import PYTHON_ROWS
from tests.support.hub_process import HubProcess
from tests.support.tools import left_out, needs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.outside.sequences.rows import Row

ROWS = (*NODE_ROWS, *PYTHON_ROWS)

needs_node = needs("node", because="it runs Node Sequences")
needs_sth = needs("node", "npm", because="Sequences were not compared with a real STH")
needs_old_python = pytest.mark.skipif(
    packages.python_for_runner() is None,
    reason=left_out("a Python from 3.7 to 3.11.4", because="STH's Python runner runs in it"),
)


def rows(*, on_sth: bool) -> list[object]:
    """The rows as parameters, with the marks of what they need."""
    if on_sth:
        marks = {"node": [needs_sth], "python": [needs_sth, needs_old_python]}
    else:
        marks = {"node": [needs_node], "python": []}
    return [pytest.param(row, marks=marks[row.language], id=str(row)) for row in ROWS]


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    with HubProcess(tmp_path_factory.mktemp("hub")) as process:
        hub = Hub(process.url)
        yield hub
        hub.api.close()


@pytest.fixture(scope="module")
def sth_hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SthHub]:
    with sth.start(sth.Settings(log_level="trace")) as running:
        hub = SthHub(running, tmp_path_factory.mktemp("sth"))
        yield hub
        hub.api.close()


def check(row: Row, hub: Hub) -> None:
    wanted = expected(row, hub)
    seen = Play(hub, row).to_its_end()
    assert re.search(wanted.stderr, seen.stderr), seen.stderr
    assert bool(wanted.stderr) == bool(seen.stderr), seen.stderr
    assert replace(seen, stderr="") == replace(wanted, stderr="")


@pytest.mark.parametrize("row", rows(on_sth=False))
def test_on_the_embedded_hub(hub: Hub, row: Row) -> None:
    check(row, hub)


@pytest.mark.parametrize("row", rows(on_sth=True))
def test_on_sth(sth_hub: SthHub, row: Row) -> None:
    check(row, sth_hub)


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_a_row_that_differs_says_why(row: Row) -> None:
    assert bool(row.sth) == bool(row.why)
    assert row.sth is None or SthHub.given(row.sth) != SthHub.given(row.seen), "it does not differ"


def test_the_table_has_each_row_once() -> None:
    assert len({str(row) for row in ROWS}) == len(ROWS)
    assert len(ROWS) >= 40
