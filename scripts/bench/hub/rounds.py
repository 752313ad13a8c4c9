"""Measuring Hubs in one run, in turn: every figure in several rounds, and on each Hub in every round."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING

from scripts.bench.hub.figures import Result
from scripts.bench.hub.wire import BenchError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager

    from scripts.bench.hub.contenders import Contender
    from scripts.bench.hub.figures import Effort, Measure

    Opener = Callable[[], AbstractContextManager[Contender]]


def run(openers: Sequence[Opener], measures: Sequence[Measure], effort: Effort, rounds: int) -> list[Result]:
    """Measure everything on all Hubs, in turn.

    Args:
        openers: Each starts one Hub for the length of a `with` block.
        measures: What to measure.
        effort: How much of it.
        rounds: How often; a measure may set itself fewer.
    """
    with contextlib.ExitStack() as stack:
        contenders = [stack.enter_context(opener()) for opener in openers]
        return [_measure(measure, openers, contenders, effort, rounds) for measure in measures]


def _measure(
    measure: Measure, openers: Sequence[Opener], contenders: Sequence[Contender], effort: Effort, rounds: int
) -> Result:
    result = Result(measure)
    for number in range(min(rounds, measure.rounds or rounds)):
        pairs = list(zip(openers, contenders, strict=True))
        # The first may find the machine quieter: the order changes with each round.
        for opener, contender in pairs[:: -1 if number % 2 else 1]:
            print(f"{measure.key}, round {number + 1}: {contender.name}", file=sys.stderr)
            _measure_once(result, opener, contender, effort)
    return result


def _measure_once(result: Result, opener: Opener, contender: Contender, effort: Effort) -> None:
    measure = result.measure
    if contender.name in result.failures:
        return
    if measure.language and measure.language not in contender.languages:
        result.left_out[contender.name] = f"{contender.name} has no {measure.language} here that its runner works with"
        return
    try:
        with opener() if measure.fresh else contextlib.nullcontext(contender) as hub:
            result.rounds.setdefault(hub.name, []).append(measure.run(hub, effort))
    except (BenchError, OSError) as error:
        result.failures[contender.name] = f"{contender.name} failed: {error}"
