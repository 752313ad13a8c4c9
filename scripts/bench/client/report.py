"""The figures, for people (Markdown) and for programs (JSON)."""

from __future__ import annotations

import platform
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scripts.bench.client.figures import Figure


def markdown(figures: Sequence[Figure], processors: int) -> str:
    """Return the report as tables, one for each figure."""
    lines = [
        "# Our Python client beside others",
        "",
        f"One run on {processors} processors, Python {platform.python_version()}, on loopback, the clients in turn.",
        "Figures are medians; a ratio is ours to the other's in the same round: the median, and the range.",
        "",
        "| figure | client | median | ratio | |",
        "|---|---|---:|---:|---|",
        *(row for figure in figures for row in _rows(figure)),
    ]
    goals = [(goal.met(figure), f"{figure.name}: {goal.name}") for figure in figures for goal in figure.goals]
    lines += ["", "Goals:", "", *(f"- {'met' if met else '**missed**'}: {name}" for met, name in goals)]
    return "\n".join(lines) + "\n"


def data(figures: Sequence[Figure]) -> dict[str, Any]:
    """Return every value of every round, ready for JSON."""
    return {figure.name: {"unit": figure.unit, "values": figure.values, "missed": figure.missed} for figure in figures}


def _rows(figure: Figure) -> Iterator[str]:
    for name, median in figure.medians.items():
        ratio, word = "", ""
        if not name.startswith("ours") and (ratios := figure.ratios(name)):
            middle = figure.ratio(name)
            ratio = f"{middle:.2f} ({min(ratios):.2f} to {max(ratios):.2f})"
            word = "we win" if (middle > 1) == figure.more_is_better else "we lose"
        yield f"| {figure.name} | {name} | {_number(median)} {figure.unit} | {ratio} | {word} |"


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.1f}"
