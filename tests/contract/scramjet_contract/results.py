"""The results of a run: checked exchanges, problems, and how much was tried."""

from __future__ import annotations

import hashlib
import threading
from collections import Counter
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scramjet_contract.exchange import Exchange


@attrs.frozen(kw_only=True)
class Problem:
    """A violation of the contract.

    Attributes:
        source: Where it was found: `scenario NAME`, `property PHASE`, `matrix`, `profile`, `cleanup`.
        check: The check that failed, such as `status_code_conformance`.
        operation: The operationId; empty if it concerns none.
        message: What is wrong.
        exchanges: The exchanges that led to it; the last one showed it.
        status: The status of that last reply.
    """

    source: str
    check: str
    operation: str
    message: str
    exchanges: tuple[Exchange, ...] = ()
    status: int | None = None

    @property
    def key(self) -> tuple[str, str, str, int | None]:
        """The presumed cause: problems with the same key count as one."""
        return (self.source, self.check, self.operation, self.status)


@attrs.define
class Tally:
    """The tally of one operation's checks.

    Attributes:
        cases: How many requests were sent.
        statuses: Status to the number of replies with it.
        checks: Names of checks that ran.
        seconds: How long the requests took.
    """

    cases: int = 0
    seconds: float = 0.0
    statuses: Counter[int] = attrs.field(factory=Counter)
    checks: set[str] = attrs.field(factory=set)


class Results:
    """Everything a run found. Thread-safe."""

    def __init__(self) -> None:
        self.problems: dict[tuple[str, str, str, int | None], Problem] = {}
        self.known: dict[str, list[Problem]] = {}
        self.met: set[str] = set()
        self.tallies: dict[str, Tally] = {}
        self.seen: dict[tuple[str, int, str], str] = {}
        self.sources: dict[tuple[str, int, str], set[str]] = {}
        self.sent_types: dict[tuple[str, str], str] = {}
        self.scenarios: dict[str, str] = {}
        self.seconds: dict[str, float] = {}
        self.not_run: dict[str, str] = {}
        self._cases = hashlib.sha256()
        self._lock = threading.Lock()

    def saw(self, exchange: Exchange, source: str, checks: Iterable[str]) -> None:
        """Record an exchange that was checked against the description and conforms to it."""
        status = exchange.status
        if status is None:
            return
        with self._lock:
            tally = self.tallies.setdefault(exchange.operation, Tally())
            tally.cases += 1
            tally.seconds += exchange.seconds
            tally.statuses[status] += 1
            tally.checks.update(checks)
            cell = (exchange.operation, status, exchange.media_type or "-")
            self.seen.setdefault(cell, source)
            self.sources.setdefault(cell, set()).add(source)
            if exchange.request_media_type and 200 <= status < 300:
                self.sent_types.setdefault((exchange.operation, exchange.request_media_type), source)

    def problem(self, problem: Problem, deviations: Sequence[str] = ()) -> None:
        """Record a problem.

        Args:
            problem: What is wrong.
            deviations: The known deviations that it may be; it is reported as the first. Empty for a new problem.
        """
        with self._lock:
            self.met.update(deviations)
            if deviations:
                self.known.setdefault(deviations[0], []).append(problem)
            else:
                self.problems.setdefault(problem.key, problem)

    def case(self, *parts: object) -> None:
        """Record the parts of a generated request, for `digest`."""
        with self._lock:
            self._cases.update(repr(parts).encode())

    @property
    def digest(self) -> str:
        """Return a checksum of all generated requests: the same seed gives the same checksum."""
        return self._cases.hexdigest()[:16]

    @property
    def cases(self) -> int:
        """Return how many requests were sent and checked."""
        return sum(tally.cases for tally in self.tallies.values())
