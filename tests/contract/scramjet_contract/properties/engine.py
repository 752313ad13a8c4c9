"""Runs schemathesis as a library and converts its events into results."""

from __future__ import annotations

import contextlib
from importlib import resources
from typing import TYPE_CHECKING, Any

import attrs
import schemathesis
import yaml
from schemathesis.config import SchemathesisConfig
from schemathesis.config._checks import NEGATIVE_DATA_REJECTION_EXPECTED_STATUSES
from schemathesis.engine import events, from_schema
from schemathesis.generation.meta import REQUEST_SHAPE_PROBES, coverage_scenario
from schemathesis.hooks import GLOBAL_HOOK_DISPATCHER

from scramjet_contract import lists
from scramjet_contract.conformance import told
from scramjet_contract.exchange import Exchange
from scramjet_contract.phases import PHASES
from scramjet_contract.properties import media
from scramjet_contract.properties.aim import Aim
from scramjet_contract.properties.bounded import BoundedTransport, Road, installed
from scramjet_contract.properties.tolerance import tolerated
from scramjet_contract.properties.view import view_of
from scramjet_contract.results import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from schemathesis.engine.recorder import Interaction, ScenarioRecorder

    from scramjet_contract.description import Description, Operation
    from scramjet_contract.results import Results
    from scramjet_contract.silence import Silence
    from scramjet_contract.stock import Stock
    from scramjet_contract.wire import Address, Deadline


ACCEPTED = ["2xx", "3xx", "401", "403", "404", "409", "429", "5xx"]
"""Statuses that schemathesis accepts for a well-formed request."""
REFUSED = [*NEGATIVE_DATA_REJECTION_EXPECTED_STATUSES, "413", "414", "431"]
"""Statuses that reject an ill-formed request: one may also be too large, and be rejected for that."""


@attrs.frozen(kw_only=True)
class Plan:
    """The plan of a run of schemathesis.

    Attributes:
        description: The description.
        operations: All operations, by operationId.
        chosen: The operations to call.
        address: The Hub, and how requests reach it.
        token: Its token; empty for none.
        seed: The seed.
        budget: Seconds to stop after; None for no limit.
        phases: The phases to run, of `PHASES`.
        effort: A factor on the number of random requests.
        first_only: Whether to stop at the first problem.
        enough: Returns whether to send nothing more.
        silence: Informed of which requests got a reply; None to track nothing.
        limit: The time after which no request waits any longer; None for none.
        aim: Aims the requests at what belongs to the run.
    """

    description: Description
    operations: Mapping[str, Operation]
    chosen: Collection[str]
    address: Address
    token: str
    seed: int
    budget: float | None = None
    phases: Sequence[str] = PHASES
    effort: float = 1.0
    first_only: bool = False
    enough: Callable[[], bool] = lambda: False
    silence: Silence | None = None
    limit: Deadline | None = None
    aim: type[Aim] = Aim


class Properties:
    """One run of schemathesis.

    Args:
        plan: What to run.
        stock: Creates the targets of requests.
        results: Collects the findings.
        report: Decides whether a problem is known, and records it.
        progress: Called with the operationId and phase that is being tested.
    """

    def __init__(
        self,
        plan: Plan,
        stock: Stock,
        results: Results,
        report: Callable[[Problem], object],
        progress: Callable[[str, str], object],
    ) -> None:
        self.plan = plan
        self.stock = stock
        self.results = results
        self._report = report
        self._progress = progress
        self._rules = load_rules()
        self._ids = {operation.label: operation.id for operation in plan.operations.values()}

    def run(self) -> None:
        """Send the requests of the plan."""
        media.register()
        view = view_of(self.plan.description, self.plan.operations, token=bool(self.plan.token))
        schema = schemathesis.openapi.from_dict(view, config=SchemathesisConfig.from_dict(self._config()))
        # The others stay in the view: judging `Allow` needs the other operations of a path.
        # Excluded, instead of including the rest: the configuration of operations includes all of them already.
        others = [key for key in self.plan.operations if key not in self.plan.chosen]
        chosen = schema.exclude(operation_id=others) if others else schema
        guarded = {key: rule["guarded"] for key, rule in self._rules["operations"].items() if "guarded" in rule}
        aim = self.plan.aim(self.stock, self.results, guarded)
        with installed(self._transport(aim)), _hooked(aim):
            stream = from_schema(chosen).execute()
            for event in stream:
                self._on(event)
                if self.plan.enough():
                    stream.stop()

    def _on(self, event: events.EngineEvent) -> None:
        if isinstance(event, events.ScenarioStarted):
            self._progress(self._ids.get(event.label or "", ""), event.phase.value)
        elif isinstance(event, events.ScenarioFinished):
            self._finished(event)
        elif isinstance(event, (events.NonFatalError, events.FatalError)):
            self._failed(event)
        elif isinstance(event, events.Interrupted) and not self.plan.enough():
            # schemathesis would end quietly, as if everything had been sent.
            raise KeyboardInterrupt

    def _finished(self, event: events.ScenarioFinished) -> None:
        for case_id, interaction in event.recorder.interactions.items():
            self._checked(event, case_id, interaction)
        self._reap(event.recorder)

    def _checked(self, event: events.ScenarioFinished, case_id: str, interaction: Interaction) -> None:
        case = event.recorder.cases[case_id].value
        exchange = self._exchange(_operation_id(case), interaction)
        checks = event.recorder.checks.get(case_id, [])
        failed = [check for check in checks if check.failure_info is not None]
        for check in failed:
            assert check.failure_info is not None
            self._report(
                Problem(
                    source=f"property {event.phase.value}",
                    check=check.name,
                    operation=exchange.operation,
                    message=told(check.failure_info.failure),
                    exchanges=tuple(self._chain(event.recorder, case_id, exchange)),
                    status=exchange.status,
                )
            )
        wrong = lists.wrong_in(exchange)
        for message in wrong:
            self._report(
                Problem(
                    source=f"property {event.phase.value}",
                    check=lists.CHECK,
                    operation=exchange.operation,
                    message=message,
                    exchanges=(exchange,),
                    status=exchange.status,
                )
            )
        probe = coverage_scenario(case) in REQUEST_SHAPE_PROBES or case.method != case.operation.method.upper()
        if checks and not failed and not wrong and not probe:
            self.results.saw(exchange, f"property {event.phase.value}", (check.name for check in checks))

    def _exchange(self, operation: str, interaction: Interaction) -> Exchange:
        exchange = exchange_of(operation, interaction)
        exchange.policy = self.plan.address.policy
        return exchange

    def _chain(self, recorder: ScenarioRecorder, case_id: str, last: Exchange) -> Iterator[Exchange]:
        for case in recorder.iter_chain_cases(case_id=case_id):
            interaction = recorder.interactions.get(case.id)
            if case.id != case_id and interaction is not None:
                yield self._exchange(_operation_id(case), interaction)
        yield last

    def _failed(self, event: events.NonFatalError | events.FatalError) -> None:
        error = event.value if isinstance(event, events.NonFatalError) else event.exception
        label = event.label if isinstance(event, events.NonFatalError) else ""
        phase = event.phase.value if isinstance(event, events.NonFatalError) and event.phase else "engine"
        self._report(
            Problem(
                source=f"property {phase}",
                check=type(error).__name__,
                operation=self._ids.get(label, ""),
                message=str(error) or label,
            )
        )

    def _reap(self, recorder: ScenarioRecorder) -> None:
        """Delete what the requests of a scenario created, so that it does not pile up."""
        created = {
            key
            for case_id, interaction in recorder.interactions.items()
            if (
                key := _created(str(recorder.cases[case_id].value.operation.definition.raw["operationId"]), interaction)
            )
        }
        self.stock.ledger.delete(self.stock.api, created - self.stock.kept)

    def _transport(self, aim: Aim) -> BoundedTransport:
        streams = [operation.id for operation in self.plan.operations.values() if operation.streams_down]
        upload = [self.stock.package(label) for label in ("ticker", "bell")]
        packages = dict.fromkeys(("uploadSequence", "replaceSequence", "putStoreItem", "addStoreItem"), upload)
        road = Road(self.plan.address.policy, self.plan.silence, self.plan.limit)
        return BoundedTransport(streams, packages, aim.own_headers, road)

    def _config(self) -> dict[str, Any]:
        examples = self._rules["defaults"]["examples"]
        config: dict[str, Any] = {
            "base-url": self.plan.address.url,
            "seed": self.plan.seed,
            "workers": 1,
            "continue-on-failure": not self.plan.first_only,
            "request-timeout": 8,
            "warnings": False,
            "suppress-health-check": ["all"],
            "generation": {"max-examples": self._scaled(examples), "no-shrink": True, "database": "none"},
            "phases": self._phases(),
            "checks": {"negative_data_rejection": {"expected-statuses": REFUSED}},
            "operations": list(self._operations()),
        }
        config["headers"] = dict(self.plan.address.policy.headers)
        if self.plan.token:
            config["headers"]["Authorization"] = f"Bearer {self.plan.token}"
        if self.plan.budget is not None:
            config["max-time"] = self.plan.budget
        if self.plan.first_only:
            config["max-failures"] = 1
        return config

    def _phases(self) -> dict[str, Any]:
        # The Hub's answers must not steer what is sent: the same seed has to give the same requests.
        fixed = {"extra-data-sources": {"responses": False}, "operation-ordering": "none"}
        phases: dict[str, Any] = {
            "examples": {**fixed},
            "coverage": {**fixed},
            "fuzzing": {**fixed, "error-feedback": {"enabled": False}},
            "stateful": {
                "generation": {"max-examples": self._scaled(self._rules["defaults"]["stateful"])},
                "inference": {"algorithms": []},
                "link-calibration": False,
            },
        }
        for name, phase in phases.items():
            phase["enabled"] = name in self.plan.phases
        return phases

    def _operations(self) -> Iterator[dict[str, Any]]:
        for key, rule in self._rules["operations"].items():
            config: dict[str, Any] = {}
            if "examples" in rule:
                config["generation"] = {"max-examples": self._scaled(rule["examples"])}
            if "positive" in rule:
                config["checks"] = _also_accepting(rule["positive"])
            if "positive-stateful" in rule:
                config["phases"] = {"stateful": {"checks": _also_accepting(rule["positive-stateful"])}}
            if config:
                yield {"include-operation-id": key, **config}

    def _scaled(self, number: int) -> int:
        return max(1, round(number * self.plan.effort))


@contextlib.contextmanager
def _hooked(aim: Aim) -> Iterator[None]:
    # Functions, because schemathesis marks what it registers, and a bound method does not allow that.
    def before_call(context: Any, case: Any, kwargs: dict[str, Any]) -> None:
        aim.before_call(context, case, kwargs)

    def after_call(context: Any, case: Any, response: Any) -> None:
        aim.after_call(context, case, response)

    def filter_failure(context: Any, failure: Any, case: Any, response: Any) -> bool:
        del context
        return not tolerated(failure, case, response, aim.ledger.taken)

    hooks = (before_call, after_call, filter_failure)
    for hook in hooks:
        schemathesis.hook(hook)
    try:
        yield
    finally:
        for hook in hooks:
            GLOBAL_HOOK_DISPATCHER.unregister(hook)


def _also_accepting(statuses: Sequence[str]) -> dict[str, Any]:
    return {"positive_data_acceptance": {"expected-statuses": [*ACCEPTED, *statuses]}}


def load_rules() -> dict[str, Any]:
    """Load the rules for single operations; see `rules.yaml`."""
    text = (resources.files("scramjet_contract") / "properties" / "rules.yaml").read_text()
    rules: dict[str, Any] = yaml.safe_load(text)
    return rules


def exchange_of(operation: str, interaction: Interaction) -> Exchange:
    """Convert a recording of schemathesis into an Exchange."""
    request, response = interaction.request, interaction.response
    exchange = Exchange(operation, request.method, request.uri)
    exchange.request_headers = [(name, value) for name, values in request.headers.items() for value in values]
    if request.body is not None:
        exchange.sent(request.body)
    if response is not None:
        exchange.status = response.status_code
        exchange.reply_headers = [(name, value) for name, values in response.headers.items() for value in values]
        exchange.received(response.content or b"")
        exchange.ended = not response.stream_cut_short
        exchange.seconds = response.elapsed
    return exchange


def _operation_id(case: schemathesis.Case[Any]) -> str:
    return str(case.operation.definition.raw["operationId"])


def _created(operation: str, interaction: Interaction) -> str:
    response = interaction.response
    if operation not in ("uploadSequence", "startSequence") or response is None or response.status_code != 200:
        return ""
    with contextlib.suppress(ValueError, KeyError, TypeError):
        return str(response.json()["id"])
    return ""
