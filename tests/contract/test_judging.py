"""Profiles, the matrix of coverage, names, and the description as schemathesis sees it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from scramjet_contract import matrix, profile
from scramjet_contract.conformance import Conformance
from scramjet_contract.description import Description
from scramjet_contract.exchange import Exchange
from scramjet_contract.names import Names
from scramjet_contract.profile import Profile
from scramjet_contract.properties.view import view_of
from scramjet_contract.results import Problem, Results


@pytest.fixture(scope="module")
def description() -> Description:
    return Description.load()


def problem(**fields: Any) -> Problem:
    return Problem(
        **{"source": "scenario x", "check": "behaviour", "operation": "getVersion", "message": "m", **fields}
    )


def deviating(**conditions: Any) -> Profile:
    return Profile.parse(
        {"name": "p", "title": "P", "deviations": [{"id": "d", "what": "w", "reason": "r", **conditions}]}
    )


@pytest.mark.parametrize(
    ("conditions", "fits"),
    [
        ({}, True),
        ({"operations": ["getVersion"]}, True),
        ({"operations": ["getStatus"]}, False),
        ({"status": 404}, True),
        ({"status": 200}, False),
        ({"source": "scenario"}, True),
        ({"source": "property"}, False),
        ({"check": "behav"}, True),
        ({"message": "not.*found"}, True),
        ({"message": "elsewhere"}, False),
    ],
)
def test_a_deviation_covers_what_fits_all_its_conditions(conditions: dict[str, Any], fits: bool) -> None:
    found = problem(status=404, message="not\nfound")
    assert bool(deviating(**conditions).known(found)) is fits


def test_a_deviation_that_no_longer_happens_is_a_problem() -> None:
    results = Results()
    assert [item.check for item in matrix.gone(deviating(), results)] == ["gone d"]
    results.problem(problem(), ["d"])
    assert list(matrix.gone(deviating(), results)) == []
    assert list(matrix.gone(deviating(sometimes=True), Results())) == []


def test_a_profile_with_an_unknown_key_is_refused(tmp_path: Any) -> None:
    path = tmp_path / "p.yaml"
    path.write_text("name: p\ntitle: P\nnonsense: 1\n")
    with pytest.raises(ValueError, match="nonsense"):
        profile.load(str(path))
    with pytest.raises(ValueError, match="there is no profile"):
        profile.load("no-such-profile")


@pytest.mark.parametrize(
    ("version", "name"),
    [
        ({"service": "@scramjet/host", "version": "0.1.0", "build": "embedded"}, "embedded"),
        ({"version": "0.18.7"}, "sth-0.18.7"),
        ({"service": "other"}, "hub"),
    ],
)
def test_the_profile_is_chosen_by_the_version(version: dict[str, str], name: str) -> None:
    assert profile.choose(version).name == name


def test_profiles_name_what_there_is(description: Description) -> None:
    for name in ("embedded", "hub", "sth-0.18.7"):
        chosen = profile.load(name)
        items: list[Any] = [*chosen.unseen, *chosen.elsewhere, *chosen.deviations]
        named = {key for item in items for key in item.operations if key}
        assert named | set(chosen.without) <= set(description.operations), name
        assert len({item.id for item in chosen.deviations}) == len(chosen.deviations), name


BROKEN_DISK = {("deleteSequence", 500), ("listInstanceEvents", 500), ("watchInstanceEvents", 500)}
"""Replies that a test cannot bring about from outside."""
OTHER_SETTINGS = {
    *(("execCommand", status) for status in (101, 400, 404, 426)),
    ("listInstanceEvents", 404),
    ("watchInstanceEvents", 404),
}
"""Replies of a Hub with `--exec`, or without a history; tests/hub starts such Hubs."""


def test_the_embedded_profile_explains_nothing_but_what_is_listed(description: Description) -> None:
    chosen = profile.load("embedded")
    cells = matrix.judge(chosen.operations(description), chosen, Results()).replies.items()
    explained = {(operation, status) for (operation, status, _), cell in cells if cell.state == "explained"}
    assert explained == BROKEN_DISK | OTHER_SETTINGS
    assert chosen.deviations == ()


def test_what_was_seen_is_seen_and_what_was_not_is_a_gap(description: Description) -> None:
    chosen = profile.load("embedded")
    operations = chosen.operations(description)
    results = Results()
    seen = Exchange("getStatus", "GET", "http://hub/", status=200, reply_headers=[("content-type", "application/json")])
    results.saw(seen, "scenario x", ["check"])
    judged = matrix.judge(operations, chosen, results)
    assert judged.replies["getStatus", 200, "application/json"].state == "seen"
    assert judged.replies["getStatus", 401, "application/json"].state == "gap"
    gaps = {(item.operation, item.status) for item in matrix.problems(judged, ["hub"], operations)}
    assert ("getStatus", 401) in gaps
    assert not any(key in operations and operations[key].tag != "hub" for key, _ in gaps)


def test_a_scenario_that_was_left_out_explains_what_it_provokes(description: Description) -> None:
    from scramjet_contract.scenarios import load_all

    load_all()
    chosen = profile.load("embedded")
    results = Results()
    results.not_run["asks-for-a-token"] = "needs --token"
    cell = matrix.judge(chosen.operations(description), chosen, results).replies["getStatus", 401, "application/json"]
    assert (cell.state, "needs --token" in cell.why) == ("explained", True)


def test_names_follow_from_the_seed() -> None:
    assert Names.for_seed(5) == Names.for_seed(5)
    assert Names.for_seed(5).uuid("x") == Names.for_seed(5).uuid("x") != Names.for_seed(6).uuid("x")
    taken = frozenset({Names.for_seed(5).name("x")})
    assert not any(Names.for_seed(5, taken).owns(name) for name in taken)
    assert Names.for_seed(5).owns("contract-5-x")
    assert not Names.for_seed(5).owns("contract-55-x")
    assert re.fullmatch(r"[A-Za-z0-9_+-]+", Names.for_seed(1 << 32).name("x"))


def test_the_view_makes_arrays_of_records(description: Description) -> None:
    operations = profile.load("embedded").operations(description)
    view = view_of(description, operations, token=False)
    log = view["paths"]["/log"]["get"]["responses"]["200"]["content"]["application/octet-stream"]["schema"]
    output = view["paths"]["/instance/{id}/output"]["get"]["responses"]["200"]["content"]["application/octet-stream"]
    assert log["type"] == "array"
    assert description.resolve(output["schema"])["type"] == "string"
    assert "/spaces" not in view["paths"]


def test_the_view_leaves_out_what_others_reply(description: Description) -> None:
    view = view_of(description, profile.load("embedded").operations(description), token=False)
    assert "403" not in view["paths"]["/version"]["get"]["responses"]
    assert "403" in view["paths"]["/sequence"]["post"]["responses"]


def test_the_view_asks_for_tokens_only_if_the_hub_does(description: Description) -> None:
    operations = profile.load("embedded").operations(description)
    assert view_of(description, operations, token=True)["security"] == [{"bearer": []}]
    assert view_of(description, operations, token=False)["security"] == []


def test_every_operation_can_be_judged(description: Description) -> None:
    operations = profile.load("embedded").operations(description)
    conformance = Conformance(description, operations)
    for key, operation in operations.items():
        odd = Exchange(key, operation.method, "http://hub/x", status=299, ended=True)
        assert [name for name, _ in conformance.check(odd)][:1] == ["status_code_conformance"], key
