"""One run: examine the Hub, play the scenarios, send generated requests, compute the coverage, clean up."""

from __future__ import annotations

import contextlib
import signal
import time
import traceback
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import TYPE_CHECKING, Any

import attrs

from scramjet_contract import matrix, profile
from scramjet_contract.api import Api, Call, NotServed
from scramjet_contract.conformance import CHECKS, Conformance
from scramjet_contract.description import Description
from scramjet_contract.errors import BadOption, CannotCheck, Stopped
from scramjet_contract.fates import why_none_lives
from scramjet_contract.ledger import Ledger, names_on
from scramjet_contract.names import Names
from scramjet_contract.properties.aim import Aim
from scramjet_contract.properties.engine import Plan, Properties
from scramjet_contract.properties.space_aim import SpaceAim
from scramjet_contract.recognition import version_of
from scramjet_contract.results import Problem, Results
from scramjet_contract.scenarios import REGISTRY
from scramjet_contract.scene import Broken, NotHere, Scene
from scramjet_contract.selection import needs_instances, select, without_instances
from scramjet_contract.silence import Silence
from scramjet_contract.space_ledger import LISTING, SpaceLedger, names_in, spaces_of
from scramjet_contract.stock import Stock, Unavailable
from scramjet_contract.wire import Deadline, WireError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scramjet_contract.description import Operation
    from scramjet_contract.deviations import Deviation
    from scramjet_contract.exchange import Exchange
    from scramjet_contract.profile import Profile
    from scramjet_contract.reports.terminal import Terminal
    from scramjet_contract.scenarios import Scenario
    from scramjet_contract.settings import Settings

ASKING = 10.0
"""Seconds to wait for the version of a Hub that may have stopped answering."""


@attrs.define
class Report:
    """The complete report of a run.

    Attributes:
        settings: How it was run.
        profile: The kind of Hub.
        version: The Hub's reply to `GET /version`.
        operations: The operations that this kind of Hub has.
        results: What was found.
        matrix: What was covered.
        seconds: The duration of the run.
        interrupted: Whether it was stopped by a signal.
        stopped: Why the run ended early by itself; empty if it did not.
        left: The names of what is known to be left on the Hub.
        looked: Whether the Hub answered when asked what is left.
        prefix: The prefix of the names of everything created.
    """

    settings: Settings
    profile: Profile
    version: dict[str, Any]
    operations: dict[str, Operation]
    results: Results
    matrix: matrix.Matrix
    seconds: float = 0.0
    interrupted: bool = False
    stopped: str = ""
    left: list[str] = attrs.field(factory=list)
    looked: bool = False
    prefix: str = ""

    @property
    def kept(self) -> bool:
        """Whether the Hub keeps the contract."""
        return not self.results.problems and not self.interrupted and not self.stopped

    @property
    def program(self) -> str:
        """The name of the Hub's program; some Hubs give fewer fields than others."""
        told = (self.version.get(field) for field in ("service", "version", "build"))
        return " ".join(str(value) for value in told if value)


class Run:
    """One run.

    Args:
        settings: How to run.
        terminal: Shows the progress.
        description: The description; the installed one by default.
    """

    def __init__(self, settings: Settings, terminal: Terminal, description: Description | None = None) -> None:
        self.settings = settings
        self.terminal = terminal
        self.description = (description or Description.load()).seen_by(settings.kind)
        self.results = Results()
        self._stopping = False
        self._doing = ""
        self._lifeless = False
        self._deadlines: list[Deadline] = []
        self._limit = Deadline(settings.time_limit) if settings.time_limit else None

    def go(self) -> Report:
        """Run the checks and return the report.

        Raises:
            CannotCheck: No Hub answers at the address, or there is nothing to check.
        """
        begun = time.monotonic()
        self._look()
        report = Report(self.settings, self.profile, self.version, self.operations, self.results, matrix.Matrix({}, {}))
        self.terminal.begin(report)
        try:
            self._see_whether_any_lives()
            self._scenarios()
            self._properties()
            self.silence.suspect()
        except (KeyboardInterrupt, Stopped):
            report.interrupted = True
        except Exception as error:  # noqa: BLE001 - the findings up to here must be reported
            self._mistake("run", error)
        finally:
            report.stopped = self._why_stopped()
            self._clean_up(report)
        if not report.interrupted and not report.stopped:
            self._conclude(report)
        report.seconds = time.monotonic() - begun
        self._must_have_checked(report)
        return report

    def _look(self) -> None:
        """Identify the Hub, and choose the profile, the names and what to play."""
        address, token = self.settings.address, self.settings.token
        everything = Api(address, token, self.description.operations, lambda _: None)
        listing = LISTING[self.settings.kind]
        self.version = version_of(everything, wait=self.settings.wait, token=token, listing=listing)
        try:
            chosen = self.settings.profile
            kind = profile.load(chosen) if chosen else profile.choose(self.version, self.settings.kind)
            self.profile = kind.informed_by(self.description)
        except ValueError as error:
            raise BadOption(str(error)) from None
        self.operations = self.profile.operations(self.description)
        self.selection = select(self.settings, self.profile, self.operations, self.description)
        self.results.not_run.update(
            {name: reason for name, reason in self.selection.left_out.items() if name in REGISTRY}
        )
        self._unwatched = Api(address, token, self.operations, lambda _: None)
        self.silence = Silence(self._answers, self._give_up)
        self.api = Api(address, token, self.operations, lambda _: None, self._limit, silence=self.silence)
        try:
            self.ledger = self._new_ledger()
        except ValueError as error:
            raise CannotCheck(str(error)) from None
        self.stock = self._new_stock()
        self.conformance = Conformance(self.description, self.operations)

    def _new_ledger(self) -> Ledger:
        if self.settings.kind == "hub":
            return Ledger(Names.for_seed(self.settings.seed, names_on(self._unwatched)))
        spaces = spaces_of(self._unwatched, self.settings.space)
        names = Names.for_seed(self.settings.seed, names_in(self._unwatched, spaces))
        return SpaceLedger(names, spaces=spaces)

    def _answers(self) -> bool:
        """Return whether the Hub still returns its version."""
        try:
            self._unwatched.call(Call(operation="getVersion"), ASKING * self.settings.pace)
        except WireError:
            return False
        return True

    def _give_up(self) -> None:
        """Expire all deadlines, because the Hub has stopped answering."""
        for deadline in list(self._deadlines):
            deadline.expire()

    def _why_stopped(self) -> str:
        if self.silence.operation:
            found = Problem(
                source="run",
                check="answers",
                operation=self.silence.operation,
                message="the Hub has stopped answering: several requests in a row got no reply, and GET /version got "
                f"none either; the first of them was {self.silence.operation}",
            )
            self._note(found)
            return f"Stopped: the Hub no longer answers, since {self.silence.operation}."
        if self._limit is not None and not self._limit.left:
            return f"Stopped at the time limit of {self.settings.time_limit:g} s, during {self._doing or 'the start'}."
        return ""

    def _must_have_checked(self, report: Report) -> None:
        """Ensure that a run that has checked nothing does not pass.

        Raises:
            CannotCheck: Nothing was checked.
        """
        if report.kept and not self.results.cases:
            reasons = [f"{name}: {reason}" for name, reason in self.results.not_run.items()]
            why = f" ({'; '.join(reasons)})" if reasons else ""
            raise CannotCheck(f"nothing was checked: what is selected has sent no request that could be{why}")

    def _new_stock(self, salt: str = "") -> Stock:
        language = self.settings.language or self.profile.language
        return Stock(self.api, self.ledger, language, salt, self.profile.settings.get("start"))

    def _see_whether_any_lives(self) -> None:
        """Start an Instance; if it does not run, report that once instead of with each check that needs one."""
        if not needs_instances(self.selection, self.operations) or not (why := why_none_lives(self.stock)):
            return
        hint = f"Sequences are in {self.stock.language}; --language chooses another"
        message = f"no Instance lives on this Hub, so nothing that needs one was tried: {why}\n({hint})"
        self._lifeless = True
        self._report(Problem(source="run", check="instances", operation="startSequence", message=message))
        self.selection = without_instances(self.selection, self.operations)
        self.results.not_run.update(
            {name: reason for name, reason in self.selection.left_out.items() if name in REGISTRY}
        )

    def _scenarios(self) -> None:
        together = [item for item in self.selection.scenarios if not item.alone]
        alone = [item for item in self.selection.scenarios if item.alone]
        self.terminal.phase("scenarios", len(together) + len(alone))
        with ThreadPoolExecutor(self.settings.workers, "scenario") as pool:
            pending: set[Future[None]] = set()
            try:
                for item in together:
                    if len(pending) >= self.settings.workers:
                        done, pending = wait(pending, return_when=FIRST_COMPLETED)
                        _raise_what_failed(done)
                    if self._enough():
                        break
                    pending.add(pool.submit(self._play, item))
                _raise_what_failed(wait(pending).done)
            except BaseException:
                self._stopping = True
                for deadline in self._deadlines:
                    deadline.expire()
                raise
        for item in alone:
            if not self._enough():
                self._play(item)

    def _enough(self) -> bool:
        return (
            self._stopping
            or bool(self.silence.operation)
            or (self._limit is not None and not self._limit.left)
            or (self.settings.first_only and bool(self.results.problems))
        )

    def _play(self, item: Scenario) -> None:
        """Play one scenario and record the result."""
        if self._enough():
            return
        self._doing = item.name
        begun = time.monotonic()
        exchanges: list[Exchange] = []
        deadline, pace = Deadline(item.seconds, self._limit), self.settings.pace
        self._deadlines.append(deadline)
        api = Api(
            self.api.address, self.settings.token, self.operations, exchanges.append, deadline, pace, self.silence
        )
        stock = self.stock.seen_by(api)
        scene = Scene(item.name, api, stock, self.profile, attrs.asdict(self.settings))
        problem = self._act(item, scene, exchanges)
        broken = self._check_all(item, exchanges)
        outcome = "broken" if problem or broken else "not run" if item.name in self.results.not_run else "kept"
        self.results.scenarios[item.name] = outcome
        self.results.seconds[item.name] = time.monotonic() - begun
        self.terminal.scenario(item.name, outcome)

    def _act(self, item: Scenario, scene: Scene, exchanges: list[Exchange]) -> bool:
        try:
            item.act(scene)
        except (NotHere, NotServed) as reason:
            self.results.not_run[item.name] = str(reason)
            return False
        except (Broken, WireError, Unavailable) as error:
            check = {Broken: "behaviour", Unavailable: "behaviour"}.get(type(error), "connection")
            return self._found(item, exchanges, *_blamed(scene, check, str(error)))
        except Exception as error:  # noqa: BLE001 - no reply, of any shape, may end the run
            return self._found(item, exchanges, *_blamed(scene, "shape", f"{type(error).__name__}: {error}"))
        return False

    def _found(self, item: Scenario, exchanges: list[Exchange], check: str, message: str) -> bool:
        # A stream is recorded when it is closed; the problem belongs to the request that was sent last.
        exchanges = sorted(exchanges, key=lambda exchange: exchange.begun)
        last = exchanges[-1] if exchanges else None
        return self._report(
            Problem(
                source=f"scenario {item.name}",
                check=check,
                operation=last.operation if last else "",
                message=f"{message}\n({item.what})",
                exchanges=tuple(exchanges[-8:]),
                status=last.status if last else None,
            )
        )

    def _check_all(self, item: Scenario, exchanges: list[Exchange]) -> bool:
        broken = False
        for exchange in exchanges:
            if exchange.status is None:
                continue
            wrong = self.conformance.check(exchange)
            for check, message in wrong:
                problem = Problem(
                    source=f"scenario {item.name}",
                    check=check,
                    operation=exchange.operation,
                    message=message,
                    exchanges=(exchange,),
                    status=exchange.status,
                )
                broken |= self._report(problem)
            if not wrong:
                self.results.saw(exchange, f"scenario {item.name}", CHECKS)
        return broken

    def _report(self, problem: Problem) -> bool:
        """Record a problem; return whether it is a new one."""
        if self._stopping or self.silence.operation or (self._limit is not None and not self._limit.left):
            # Failures from here on only show that the run is ending.
            return False
        known = self._note(problem)
        if known is None:
            self.terminal.problem(problem)
        return known is None

    def _properties(self) -> None:
        phases, chosen = self.selection.phases, self.selection.operations
        if not phases or self._enough():
            return
        self.terminal.phase("generated requests", len(chosen) * len(phases))
        # What scenarios leave depends on their timing; the requests must not.
        self.ledger.sweep(self.api)
        self.stock = self._new_stock("generated/")
        plan = Plan(
            description=self.description,
            operations=self.operations,
            chosen=chosen,
            address=self.api.address,
            token=self.settings.token,
            seed=self.settings.seed,
            budget=self.settings.budget,
            phases=phases,
            effort=self.settings.effort,
            first_only=self.settings.first_only,
            enough=self._enough,
            silence=self.silence,
            limit=self._limit,
            aim=Aim if self.settings.kind == "hub" else SpaceAim,
        )
        Properties(plan, self.stock, self.results, self._report, self._generating).run()

    def _generating(self, operation: str, phase: str) -> None:
        self._doing = f"{phase} {operation}".strip()
        self.terminal.generating(operation, phase)

    def _conclude(self, report: Report) -> None:
        try:
            report.matrix = self._judge()
        except Exception as error:  # noqa: BLE001 - as above
            self._mistake("matrix", error)

    def _mistake(self, source: str, error: Exception) -> None:
        """Record an error of our own, which must neither pass for success nor lose the report."""
        where = "".join(traceback.format_exception(error)[-4:])
        message = f"the contract tests themselves failed: {type(error).__name__}: {error}\n{where}"
        problem = Problem(source=source, check="mistake", operation="", message=message)
        self.results.problem(problem)
        self.terminal.problem(problem)

    def _clean_up(self, report: Report) -> None:
        self._stopping = True
        with _undisturbed():
            try:
                report.left = self.ledger.sweep(self._unwatched)
                report.looked = self.ledger.looked
            except Exception as error:  # noqa: BLE001 - as above
                self._mistake("cleanup", error)
        report.prefix = self.ledger.names.prefix
        if report.left and report.looked:
            message = f"could not be deleted: {', '.join(report.left)}"
            self._note(Problem(source="cleanup", check="cleanup", operation="", message=message))

    def _note(self, problem: Problem) -> Deviation | None:
        """Record a problem; return the known deviation that it is, if any."""
        known = self.profile.known(problem)
        self.results.problem(problem, [deviation.id for deviation in known])
        return known[0] if known else None

    def _judge(self) -> matrix.Matrix:
        judged = matrix.judge(self.operations, self.profile, self.results)
        chosen = self.settings.only or self.settings.operations or self.settings.first_only
        whole = not chosen and not self._lifeless
        if whole:
            for problem in matrix.problems(judged, self.settings.tags, self.operations):
                self._note(problem)
        usual = self.stock.language == self.profile.language
        if whole and usual and set(self.settings.tags) == set(self.settings.all_tags):
            for problem in matrix.gone(self.profile, self.results):
                self.results.problem(problem)
        return judged


def _blamed(scene: Scene, check: str, message: str) -> tuple[str, str]:
    """Return the check and the message of a problem; a failed Sequence may be the cause."""
    if not scene.failures:
        return check, message
    return "sequence", f"{'; '.join(scene.failures)}; because of it: {message}"


def _raise_what_failed(done: set[Future[None]]) -> None:
    """Raise an error of our own from a thread, which must not pass for a scenario without problems."""
    for future in done:
        future.result()


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """Block signals for a short time: seconds at most."""
    before = {number: signal.signal(number, signal.SIG_IGN) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
