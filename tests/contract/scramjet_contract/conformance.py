"""Judges with the checks of schemathesis whether a reply is as described: status, content type, headers and body."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import requests
import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from scramjet_contract import lists
from scramjet_contract.exchange import KEEP
from scramjet_contract.properties import media
from scramjet_contract.properties.view import view_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from schemathesis.checks import CheckFunction

    from scramjet_contract.description import Description, Operation
    from scramjet_contract.exchange import Exchange

CHECKS = {
    check.__name__: check
    for check in (
        status_code_conformance,
        content_type_conformance,
        response_headers_conformance,
        response_schema_conformance,
    )
}


class Conformance:
    """Judges exchanges. Thread-safe.

    Args:
        description: The description.
        operations: The operations that may occur.
    """

    def __init__(self, description: Description, operations: Mapping[str, Operation]) -> None:
        media.register()
        view = view_of(description, operations, token=False)
        schema = schemathesis.openapi.from_dict(view, config=SchemathesisConfig.from_dict({"base-url": "http://hub"}))
        self._operations = {key: schema.find_operation_by_id(key) for key in operations}
        self._streams = {key for key, operation in operations.items() if operation.streams_down}
        self._lock = threading.Lock()

    def check(self, exchange: Exchange) -> list[tuple[str, str]]:
        """Return the checks that a reply fails, by name, with the reason; empty if it passes."""
        with self._lock:
            operation = self._operations[exchange.operation]
            # schemathesis builds a curl command of the case when a check fails, and needs the whole path for it.
            case = operation.Case(path_parameters={item.name: "any" for item in operation.path_parameters})
            response = _response(exchange)
            wrong = [
                (name, told(failure))
                for name, check in CHECKS.items()
                if check is not response_schema_conformance or self._can_judge_body(exchange)
                for failure in _failures(case, response, check)
            ]
        return [*wrong, *((lists.CHECK, message) for message in lists.wrong_in(exchange))]

    def _can_judge_body(self, exchange: Exchange) -> bool:
        """Return whether enough was read to judge: the whole body, or the beginning of a stream."""
        return exchange.ended or exchange.operation in self._streams


def told(failure: Failure) -> str:
    """Return the message of a failed check, with the essential part in the first line."""
    return f"{failure.title}. {failure.message}"


def _failures(case: schemathesis.Case[Any], response: schemathesis.Response, check: CheckFunction) -> list[Failure]:
    try:
        case.validate_response(response, checks=[check])
    except FailureGroup as group:
        return [failure for failure in group.exceptions if isinstance(failure, Failure)]
    return []


def _response(exchange: Exchange) -> schemathesis.Response:
    headers: dict[str, list[str]] = {}
    for name, value in exchange.reply_headers:
        headers.setdefault(name, []).append(value)
    return schemathesis.Response(
        status_code=exchange.status or 0,
        headers=headers,
        content=bytes(exchange.reply_body),
        request=requests.Request(exchange.method, exchange.url).prepare(),
        elapsed=exchange.seconds,
        verify=False,
        encoding="utf-8",
        stream_cut_short=not exchange.ended or exchange.reply_size > KEEP,
    )
