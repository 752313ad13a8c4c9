"""The ledger of a soak: counts, figures and violations."""

from __future__ import annotations

import time
from collections import Counter

# Beyond this many, more of the same would only hide the first ones.
MOST_VIOLATIONS = 50


class WrongError(Exception):
    """The Hub did what it must not; the text says what was seen."""


class EndedEarlyError(WrongError):
    """A stream ended well before all of it came, which is right only if the Hub was asked to stop."""


class Ledger:
    """Counts what happens.

    Attributes:
        counts: How often each thing happened.
        violations: What must not have happened.
        figures: Lines of the report, in order.
    """

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.violations: list[str] = []
        self.figures: list[str] = []
        self._began = time.monotonic()

    @property
    def elapsed(self) -> float:
        """Seconds since it began."""
        return time.monotonic() - self._began

    def violation(self, text: str) -> None:
        """Note something that must not happen."""
        self.counts["violations"] += 1
        if len(self.violations) < MOST_VIOLATIONS:
            self.violations.append(text)
        self.say(f"VIOLATION {text}")

    def figure(self, text: str) -> None:
        """Note a line of the report."""
        self.figures.append(text)
        self.say(text)

    def say(self, text: str) -> None:
        """Tell how it goes."""
        print(f"{self.elapsed:7.1f} s  {text}", flush=True)

    def report(self) -> str:
        """All of it."""
        counts = [f"  {name}: {count}" for name, count in sorted(self.counts.items())]
        verdict = [f"  {text}" for text in self.violations] or ["  none"]
        return "\n".join(
            ["figures:", *(f"  {line}" for line in self.figures), "counts:", *counts, "violations:", *verdict]
        )
