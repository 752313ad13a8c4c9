"""Aims generated requests at things of our own: they read what exists, and destroy nothing that is not ours.

A legal path or name that is not ours is replaced by something of ours that exists, or by a name of ours that does not.
Illegal values stay as generated. The choice depends on the generated values alone, so the same seed gives the same
requests.
"""

from __future__ import annotations

import itertools
import re
import zlib
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from schemathesis.core import NotSet
from schemathesis.core.parameters import ParameterLocation
from schemathesis.generation.meta import TestPhase

from scramjet_contract.api import Call

if TYPE_CHECKING:
    from collections.abc import Mapping, MutableMapping

    from schemathesis import Case, HookContext, Response

    from scramjet_contract.ledger import Ledger
    from scramjet_contract.results import Results
    from scramjet_contract.stock import Stock

TOPIC = re.compile(r"[A-Za-z0-9_+-]{1,255}")
ALIAS = re.compile(r"[A-Za-z0-9@_][A-Za-z0-9@/._+-]{0,213}")
ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
WAITING = {"getLastEvent", "getNextEvent", "getNextNamedEvent"}
"""These answer only when an event arrives, so they are aimed at one that will arrive."""
LIVE = {
    "getSequence": "hello",
    "listSequenceInstances": "hello",
    "startSequence": "hello",
    "sendEvent": "bell",
}
READS_TICKER = {
    "getInstance",
    "getInstanceHealth",
    "readStdout",
    "readStderr",
    "readOutput",
    "readInstanceLog",
    "streamEvents",
    "streamNamedEvents",
    "setMonitoringRate",
    *WAITING,
}


ENDING = ("stopInstance", "killInstance")
USING_UP = {
    "writeStdin": (200,),
    "writeInput": (200,),
    "exchangeInout": (200, 202),
    **dict.fromkeys(ENDING, (200, 202)),
}
"""Replies after which an Instance ends, or its input has ended."""


class Aim:
    """The hooks that schemathesis calls around every request.

    Args:
        stock: Creates the targets of requests.
        results: Records the requests for the digest.
        guarded: Operations that are sent to a live Instance only with a request that must be rejected.
    """

    def __init__(self, stock: Stock, results: Results, guarded: Mapping[str, str]) -> None:
        self.stock = stock
        self.results = results
        self.ledger: Ledger = stock.ledger
        self._guarded = guarded
        self._instances: dict[str, set[str]] = {}
        self._serial = itertools.count()

    def before_call(self, context: HookContext, case: Case[Any], kwargs: dict[str, Any]) -> None:
        """Replace values that are not ours."""
        del context, kwargs
        operation = str(case.operation.definition.raw["operationId"])
        self._own_names(operation, case)
        for name, value in list(case.path_parameters.items()):
            if name in ("id", "topic") and isinstance(value, str) and not self.ledger.owns(value):
                case.path_parameters[name] = self._target(operation, name, value, case)
        if operation in WAITING and case.path_parameters.get("id") in self.ledger.instances:
            case.path_parameters.update({"name": "tick"} if "name" in case.path_parameters else {})
        # Chains continue from the Hub's replies and their timing; only their beginnings follow from the seed.
        if not _is_chained(case):
            self.results.case(operation, case.method, self._symbols(case.path_parameters), case.query, plain(case))

    def after_call(self, context: HookContext, case: Case[Any], response: Response) -> None:
        """Record what was created, what has ended or was deleted, and what is used up."""
        del context
        operation = str(case.operation.definition.raw["operationId"])
        key = str(case.path_parameters.get("id"))
        if operation in ENDING and response.status_code >= 500:
            # Its effect is unknown, and the next request must not be blamed for it.
            self.stock.forget(key)
        if case.method != case.operation.method.upper() or not 200 <= response.status_code < 300:
            return
        if operation == "uploadSequence":
            self.ledger.add_sequence(identity_of(response))
        elif operation == "startSequence":
            started = self.ledger.add_instance(identity_of(response))
            self._instances.setdefault(key, set()).add(started)
        elif operation == "deleteSequence":
            self.ledger.take({key, *self._instances.get(key, ())})
        elif operation in ENDING:
            self.ledger.take([key])
        if operation in USING_UP and response.status_code in USING_UP[operation]:
            # The next request gets another one, so that it is not blamed for what this one did.
            self.stock.forget(key)

    def _target(self, operation: str, name: str, value: str, case: Case[Any]) -> str:
        text = unquote(value)
        legal = TOPIC.fullmatch(text) if name == "topic" else 0 < len(text) <= 255
        if not legal:
            return value
        if name == "topic":
            return self._topic(operation, value, case)
        # Values from an earlier reply are chosen by the Hub, and our choice must not depend on them.
        number = 1 if ID.fullmatch(value) or _is_chained(case) else zlib.crc32(value.encode(errors="replace"))
        refused = _is_negative(case) or case.method != case.operation.method.upper()
        if operation in self._guarded:
            live = refused and _is_negative(case, ParameterLocation.BODY)
        else:
            live = refused or number % 4 != 0
        return self._live(operation, case) if live else self.ledger.names.name(f"absent-{number}")

    def _live(self, operation: str, case: Case[Any]) -> str:
        if operation in READS_TICKER or operation in self._guarded:
            return self.stock.instance("ticker")
        if operation == "sendEvent":
            return self.stock.instance("bell")
        if operation == "writeStdin":
            return self.stock.instance("stdio")
        if operation == "writeInput":
            return self.stock.instance("echo", case.media_type or "none")
        if operation == "deleteSequence":
            return self.stock.upload(self.stock.package("hello"))
        if operation == "replaceSequence":
            return self.stock.sequence("settings")
        return self.stock.sequence(LIVE[operation])

    def _topic(self, operation: str, value: str, case: Case[Any]) -> str:
        kind = case.headers.get("content-type") or case.media_type or "application/x-ndjson"
        tail = zlib.crc32(f"{value}{kind}".encode())
        name = self.ledger.add_topic(
            f"{self.ledger.names.prefix}{re.sub('[^a-z]', '-', str(kind).lower())[:24]}-{tail % 8}"
        )
        if operation == "deleteTopic" and tail % 4:
            self._create(name)
        return name

    def _create(self, name: str) -> None:
        body = {"id": name, "content-type": "text/plain"}
        self.stock.api.call(Call(operation="createTopic", json=body))

    def own_headers(self, headers: MutableMapping[str, Any]) -> None:
        """Replace a legal name in a header by one of ours."""
        alias = headers.get("x-name")
        if isinstance(alias, str) and ALIAS.fullmatch(alias):
            headers["x-name"] = self._own(alias)

    def _own_names(self, operation: str, case: Case[Any]) -> None:
        fields = {"startSequence": ("inputTopic", "outputTopic"), "createTopic": ("id",)}.get(operation, ())
        if isinstance(case.body, dict):
            for field in fields:
                value = case.body.get(field)
                if isinstance(value, str) and TOPIC.fullmatch(value):
                    mine = self._fresh(value) if operation == "createTopic" else self._own(value)
                    case.body[field] = self.ledger.add_topic(mine)

    def _fresh(self, name: str) -> str:
        """Return a new name: a topic can be created only once."""
        return self.ledger.names.name(f"{zlib.crc32(name.encode())}-{next(self._serial)}")

    def _own(self, name: str) -> str:
        if self.ledger.owns(name):
            return name
        return self.ledger.names.name(str(zlib.crc32(name.encode())))

    def _symbols(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return path parameters with ids that the Hub chose replaced by the labels of their things."""
        return {name: self._symbol(value) for name, value in values.items()}

    def _symbol(self, value: Any) -> Any:
        if isinstance(value, str) and value in self.ledger.sequences:
            return self.stock.label_of(value) or "a Sequence"
        if isinstance(value, str) and value in self.ledger.instances:
            return self.stock.label_of(value) or "an Instance"
        return value


def _is_negative(case: Case[Any], location: ParameterLocation | None = None) -> bool:
    meta = case.meta
    if meta is None:
        return False
    return meta.generation.mode.is_negative if location is None else meta.is_negative_at(location)


def _is_chained(case: Case[Any]) -> bool:
    return case.meta is not None and case.meta.phase.name is TestPhase.STATEFUL


def plain(case: Case[Any]) -> tuple[Any, ...]:
    """Return what a request says besides its path, for the digest of the run."""
    body = None if isinstance(case.body, NotSet) else case.body
    # Not the token, which may differ from run to run.
    headers = sorted((name.lower(), value) for name, value in case.headers.items() if name.lower() != "authorization")
    return (case.media_type, headers, body)


def identity_of(response: Response) -> str:
    """Return the id that a reply tells; empty if it tells none."""
    try:
        return str(response.json()["id"])
    except (ValueError, KeyError, TypeError):
        return ""
