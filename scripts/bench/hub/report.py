"""The figures of two Hubs, side by side, for people (Markdown) and for programs (JSON)."""

from __future__ import annotations

import platform
from typing import TYPE_CHECKING, Any

from scripts.bench.hub.contenders import OURS, THEIRS
from scripts.bench.hub.requests import load_tool

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scripts.bench.hub.figures import Effort, Figure, Result, Spread

NAMES = (OURS, THEIRS)


def markdown(results: Sequence[Result], effort: Effort, processors: int) -> str:
    """Return the report as a table: each figure's median on both, and their ratio with its spread."""
    lines = [
        f"# {OURS} beside {THEIRS}",
        "",
        f"One run on {processors} processors, Python {platform.python_version()}, all on loopback, the Hubs in turn.",
        f"Requests are made by {load_tool()}. {effort.instances} Instances are held for the memory figures.",
        f"Figures are medians of the rounds, p50 and p99 those of all starts; ratios are {OURS} to {THEIRS},",
        "with the smallest and the largest of the rounds.",
        "",
        f"| figure | unit | {OURS} | {THEIRS} | ratio | |",
        "|---|---|---:|---:|---:|---|",
        *(row for result in results for row in _rows(result)),
    ]
    return "\n".join(lines) + "\n"


def goals_missed(results: Sequence[Result]) -> list[str]:
    """Name each figure whose median ratio is not what we have set ourselves."""
    return [
        figure.name
        for result in results
        for number, figure in enumerate(result.measure.figures)
        if (ratio := result.ratio(*NAMES, number)) and figure.meets_goal(ratio.middle) is False
    ]


def data(results: Sequence[Result]) -> dict[str, Any]:
    """Return every value of every round, ready for JSON."""
    return {
        figure.name: {
            "unit": figure.unit,
            "goal": figure.goal,
            "values": {name: result.values(name, number) for name in result.rounds},
            "failures": result.failures,
            "left_out": result.left_out,
        }
        for result in results
        for number, figure in enumerate(result.measure.figures)
    }


def _rows(result: Result) -> Iterator[str]:
    for number, figure in enumerate(result.measure.figures):
        values = [_value(result.spread(name, number)) for name in NAMES]
        ratio = result.ratio(*NAMES, number)
        shown = f"{ratio.middle:.2f} ({ratio.low:.2f} to {ratio.high:.2f})" if ratio else "-"
        words = _verdict(figure, ratio) if ratio else "; ".join([*result.failures.values(), *result.left_out.values()])
        yield f"| {figure.name} | {figure.unit} | {values[0]} | {values[1]} | {shown} | {words} |"


def _value(spread: Spread | None) -> str:
    if spread is None:
        return "-"
    return f"{spread.middle:,.0f}" if spread.middle >= 100 else f"{spread.middle:.1f}"


def _verdict(figure: Figure, ratio: Spread) -> str:
    word = "better" if figure.wins(ratio.middle) else "worse"
    if figure.goal is None:
        return word
    sign = "at least" if figure.more_is_better else "at most"
    return f"{word}, {'meets' if figure.meets_goal(ratio.middle) else '**misses**'} {sign} {figure.goal:g}"
