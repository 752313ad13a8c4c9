"""The cases in which schemathesis is stricter than the contract."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from schemathesis.core.failures import AcceptedNegativeData
from schemathesis.core.parameters import ParameterLocation
from schemathesis.generation.meta import CoverageScenario, coverage_scenario
from schemathesis.openapi.checks import (
    EnsureResourceAvailability,
    MissingHeaderNotRejected,
    UndefinedStatusCode,
    UseAfterFree,
)

from scramjet_contract.properties.validity import has_legal_body

if TYPE_CHECKING:
    from collections.abc import Collection

    from schemathesis import Case, Response
    from schemathesis.core.failures import Failure

ABSENT = ("", "null", "undefined")
"""Clients send these for a header without a value; they count as a missing header."""
STREAMS = {"writeStdin", "writeInput", "exchangeInout", "writeTopic", "writeSpaceTopic"}
"""Their body is a stream, which may be empty."""

PLACES = (ParameterLocation.PATH, ParameterLocation.QUERY, ParameterLocation.HEADER, ParameterLocation.BODY)

MAKERS = {"readTopic", "writeTopic", "readSpaceTopic", "writeSpaceTopic"}
"""These create the topic that they name, even one that was deleted before."""
LONG = 2000
"""Characters of a target or of headers that any server, or a proxy before it, may reject as too many."""


def tolerated(failure: Failure, case: Case[Any], response: Response, taken: Collection[str]) -> bool:
    """Return whether a Hub may do what a check reports.

    Args:
        failure: The failed check.
        case: The request.
        response: The reply to it.
        taken: Ids of what our requests have deleted or killed before.
    """
    if isinstance(failure, UseAfterFree):
        return case.operation.definition.raw["operationId"] in MAKERS
    if isinstance(failure, EnsureResourceAvailability):
        # schemathesis knows the deletions of one chain only, and reuses an id in the next chain.
        return any(value in taken for value in case.path_parameters.values())
    if isinstance(failure, MissingHeaderNotRejected):
        # A Platform says so without a token, where schemathesis knows 401 only.
        return response.status_code == 403 and b"Forbidden" in response.content
    if isinstance(failure, UndefinedStatusCode):
        return _is_too_long(response)
    if not isinstance(failure, AcceptedNegativeData):
        return False
    return _lacks_body_only(case) or _is_legal_as_sent(case, response)


def _is_too_long(response: Response) -> bool:
    """Return whether a request was rejected for a length that HTTP leaves to each server."""
    if response.status_code == 414:
        return len(response.request.url or "") > LONG
    return response.status_code == 431 and sum(map(len, response.request.headers.values())) > LONG


def _lacks_body_only(case: Case[Any]) -> bool:
    operation = case.operation.definition.raw["operationId"]
    data = case.meta.phase.data if case.meta else None
    lacks_body = coverage_scenario(case) == CoverageScenario.MISSING_PARAMETER and (
        getattr(data, "parameter_location", None) == ParameterLocation.BODY
    )
    return lacks_body and operation in STREAMS


def _is_legal_as_sent(case: Case[Any], response: Response) -> bool:
    """Return whether each part of a request that was meant to be wrong became legal on its way."""
    legal = {
        ParameterLocation.PATH: _is_legal_once_decoded,
        ParameterLocation.HEADER: _has_empty_header,
        ParameterLocation.QUERY: _is_lenient,
    }
    wrong = [place for place in PLACES if case.meta is not None and case.meta.is_negative_at(place)]
    return bool(wrong) and all(
        has_legal_body(case, response) if place == ParameterLocation.BODY else place in legal and legal[place](case)
        for place in wrong
    )


def _has_empty_header(case: Case[Any]) -> bool:
    described = [parameter.name for parameter in case.operation.headers]
    return any(str(case.headers.get(name, "x")).strip() in ABSENT for name in described)


def _is_lenient(case: Case[Any]) -> bool:
    """Return whether no value in the query can be wrong (`x-lenient`)."""
    return all(parameter.definition.get("x-lenient", False) for parameter in case.operation.query)


def _is_legal_once_decoded(case: Case[Any]) -> bool:
    # schemathesis judges the percent-encoded path, in which a name of 210 characters can be too long with 1073.
    decoded = {name: unquote(str(value)) for name, value in case.path_parameters.items()}
    return bool(case.operation.path_parameters.get_strict_validator().is_valid(decoded))
