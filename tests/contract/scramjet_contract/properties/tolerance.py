"""Where schemathesis is stricter than the contract."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from schemathesis.core.failures import AcceptedNegativeData
from schemathesis.core.parameters import ParameterLocation
from schemathesis.generation.meta import CoverageScenario, coverage_scenario
from schemathesis.openapi.checks import UseAfterFree

if TYPE_CHECKING:
    from schemathesis import Case
    from schemathesis.core.failures import Failure

ABSENT = ("", "null", "undefined")
"""Clients send these for a header that they have no value for; it counts as left out."""
STREAMS = {"writeStdin", "writeInput", "exchangeInout", "writeTopic"}
"""Their body is a stream, and a stream of nothing is one too."""

PLACES = (ParameterLocation.PATH, ParameterLocation.QUERY, ParameterLocation.HEADER, ParameterLocation.BODY)

MAKERS = {"readTopic", "writeTopic"}
"""They make the topic that they name, also one that was deleted before."""


def tolerated(failure: Failure, case: Case[Any]) -> bool:
    """Whether a Hub may do what a check found."""
    if isinstance(failure, UseAfterFree):
        return case.operation.definition.raw["operationId"] in MAKERS
    if not isinstance(failure, AcceptedNegativeData):
        return False
    return _lacks_body_only(case) or _has_empty_header_only(case) or _is_legal_once_decoded(case)


def _lacks_body_only(case: Case[Any]) -> bool:
    operation = case.operation.definition.raw["operationId"]
    data = case.meta.phase.data if case.meta else None
    lacks_body = coverage_scenario(case) == CoverageScenario.MISSING_PARAMETER and (
        getattr(data, "parameter_location", None) == ParameterLocation.BODY
    )
    return lacks_body and operation in STREAMS


def _has_empty_header_only(case: Case[Any]) -> bool:
    if not _is_negative_only_at(ParameterLocation.HEADER, case):
        return False
    described = [parameter.name for parameter in case.operation.headers]
    return any(str(case.headers.get(name, "x")).strip() in ABSENT for name in described)


def _is_legal_once_decoded(case: Case[Any]) -> bool:
    # schemathesis judges a path percent-encoded, where a name of 210 characters can be too long with 1073.
    if not _is_negative_only_at(ParameterLocation.PATH, case):
        return False
    decoded = {name: unquote(str(value)) for name, value in case.path_parameters.items()}
    return bool(case.operation.path_parameters.get_strict_validator().is_valid(decoded))


def _is_negative_only_at(location: ParameterLocation, case: Case[Any]) -> bool:
    meta = case.meta
    return meta is not None and [place for place in PLACES if meta.is_negative_at(place)] == [location]
