"""The profile of STH 1.0.1 explains every finding of a run against a real one, and no other."""

from __future__ import annotations

import functools
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import attrs
import pytest
import yaml
from scramjet_contract import cli, matrix, profile
from scramjet_contract.conformance import CHECKS, Conformance
from scramjet_contract.description import Description
from scramjet_contract.exchange import Exchange
from scramjet_contract.results import Problem, Results
from scramjet_contract.scenarios import load_all

from scripts.servers import embedded
from tests.support import sth_stand_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scramjet_contract.profile import Profile

REPLAY = Path(__file__).with_name("replays") / "sth-1.0.1.yaml"
ENTRIES: list[dict[str, Any]] = yaml.safe_load(REPLAY.read_text())
SCENARIOS = load_all()
DESCRIPTION = Description.load()


class Found(NamedTuple):
    """A problem of the run, how often it was told, and why it was ours if it was."""

    problem: Problem
    times: int
    ours: str


def found(entry: dict[str, Any]) -> Iterator[Found]:
    for name, place in entry["where"].items():
        problem = Problem(
            source=source_of(name, entry["check"]),
            check=entry["check"],
            operation="" if name == "cleanup" else place.get("operation", name),
            message=entry["message"],
            status=place.get("status", entry.get("status")),
        )
        yield Found(problem, place["times"], place.get("ours", ""))


def source_of(name: str, check: str) -> str:
    if name in SCENARIOS:
        return f"scenario {name}"
    if name == "cleanup":
        return name
    return "matrix" if check.startswith(("coverage ", "request ")) else "property coverage"


EVERYTHING = [item for entry in ENTRIES for item in found(entry)]


@functools.cache
def sth(version: str = "1.0.1") -> Profile:
    return profile.load(f"sth-{version}").informed_by(DESCRIPTION)


def explained(chosen: Profile, problem: Problem) -> bool:
    """Whether a run with this profile would not tell this problem."""
    if problem.operation in chosen.without:
        return True
    if problem.source != "matrix":
        return bool(chosen.known(problem))
    judged = nothing_seen()
    kind = problem.check.partition(" ")[2]
    if problem.check.startswith("request"):
        return judged.bodies[problem.operation, kind].state == "explained"
    assert problem.status is not None
    return judged.replies[problem.operation, problem.status, kind].state == "explained"


@functools.cache
def nothing_seen() -> matrix.Matrix:
    """The coverage of a run against it that has seen nothing."""
    return matrix.judge(sth().operations(DESCRIPTION), sth(), Results())


def test_it_is_the_whole_run() -> None:
    assert sum(item.times for item in EVERYTHING) == 488


@pytest.mark.parametrize("item", EVERYTHING, ids=lambda item: f"{item.problem.source} {item.problem.operation}")
def test_each_problem_is_explained_or_was_ours(item: Found) -> None:
    assert explained(sth(), item.problem) is not bool(item.ours)


def test_a_hub_of_which_nothing_is_known_has_no_excuse() -> None:
    unknown = profile.load("hub").informed_by(DESCRIPTION)
    assert not any(explained(unknown, item.problem) for item in EVERYTHING if item.problem.source != "matrix")


def test_each_deviation_that_shows_always_did_show() -> None:
    chosen = sth()
    met = {deviation.id for item in EVERYTHING for deviation in chosen.known(item.problem)}
    # Scenarios that came after the run could not show anything in it.
    played = {name for entry in ENTRIES for name in entry["where"]} & SCENARIOS.keys()
    shown = {
        deviation.id
        for deviation in chosen.expected
        if any(not sight.scenarios or played & set(sight.scenarios) for sight in deviation.seen)
    }
    assert {deviation.id for deviation in chosen.expected if not deviation.sometimes} & shown <= met


@pytest.mark.parametrize("version", ["1.0.1", "0.18.7"])
def test_what_is_new_is_not_explained(version: str) -> None:
    chosen = sth(version)
    sources = [f"scenario {name}" for name in SCENARIOS] + ["property fuzzing", "cleanup", "run"]
    for source in sources:
        for operation in chosen.operations(DESCRIPTION):
            for check in ("behaviour", "shape", "sequence", "ignored_auth"):
                news = Problem(source=source, check=check, operation=operation, message="never seen", status=299)
                assert not chosen.known(news), (source, operation, [item.id for item in chosen.known(news)])


@pytest.mark.parametrize("version", ["1.0.1", "0.18.7"])
def test_each_deviation_can_be_told(version: str) -> None:
    chosen = sth(version)
    assert len({deviation.id for deviation in chosen.deviations}) == len(chosen.deviations)
    for deviation in chosen.expected:
        assert deviation.what, deviation.id
        assert "\n-> " in deviation.exchange, deviation.id
        named = {name for sight in deviation.seen for name in sight.scenarios}
        assert named <= set(SCENARIOS), deviation.id


def test_five_that_were_not_described_are() -> None:
    ids = {deviation.id for deviation in sth().deviations}
    assert ids >= {"created-is-null", "events-of-true-are-empty", "taken-names-are-taken-again"}
    assert ids >= {"refused-types-have-no-body", "other-methods-are-404"}


def test_a_version_gets_what_its_range_says() -> None:
    newer = attrs.evolve(profile.load("sth-1.0.1"), version="1.0.2").informed_by(DESCRIPTION)
    assert {item.id for item in newer.deviations} == {item.id for item in profile.load("sth-1.0.1").deviations}
    assert "version-says-little" in {item.id for item in sth("0.18.7").deviations}
    assert "version-says-little" not in {item.id for item in sth().deviations}


@pytest.mark.parametrize(
    ("version", "name"),
    [
        (sth_stand_in.VERSION, "sth-1.0.1"),
        (sth_stand_in.VERSION | {"build": "embedded"}, "embedded"),
        (sth_stand_in.VERSION | {"version": "1.0.2"}, "hub"),
    ],
)
def test_it_is_chosen_by_what_the_hub_says(version: dict[str, str], name: str) -> None:
    assert profile.choose(version).name == name


def exchanges() -> Iterator[tuple[dict[str, Any], Exchange]]:
    for entry in ENTRIES:
        seen = entry.get("exchange", {})
        operation = operation_of(seen["request"]) if seen.get("whole") and seen["status"] else None
        if operation is not None:
            method, ended = seen["request"].partition(" ")[0], entry["check"] != "connection"
            reply = Exchange(operation, method, "http://hub/", status=seen["status"], ended=ended)
            reply.received(seen["body"].replace("<id>", "49f3b5f8-0e6d-4d6c-8c06-6d1f0a3e0c11").encode())
            if not lacks_type(entry, reply):
                kinds = DESCRIPTION.operations[operation].replies.get(reply.status or 0, ("text/plain",))
                reply.reply_headers = [("content-type", kinds[0])]
            yield entry, reply


def lacks_type(entry: dict[str, Any], reply: Exchange) -> bool:
    """Whether a reply came without a content type, of which the run told only where it was looked for."""
    told = entry["message"].startswith(("Missing Content-Type", "JSON deserialization"))
    empty_event = entry["message"].startswith("JSONDecodeError")
    return told or empty_event or (reply.status is not None and reply.status >= 400 and not reply.reply_body)


def operation_of(request: str) -> str | None:
    method, _, path = request.partition(" ")
    for operation in sorted(sth().operations(DESCRIPTION).values(), key=lambda item: item.path.count("{")):
        if operation.method == method and re.fullmatch(re.sub(r"{\w+}", "[^/]+", operation.path), path):
            return operation.id
    return None


@pytest.mark.parametrize(("entry", "reply"), list(exchanges()))
def test_replies_are_judged_as_they_were(entry: dict[str, Any], reply: Exchange) -> None:
    """The judging code finds in the reply what was told of it, and the profile explains all that it finds."""
    chosen = sth()
    wrong = Conformance(DESCRIPTION, chosen.operations(DESCRIPTION)).check(reply)
    if entry["check"] in CHECKS:
        assert entry["check"] in {check for check, _ in wrong}
    for check, message in wrong:
        problem = Problem(
            source="property coverage", check=check, operation=reply.operation, message=message, status=reply.status
        )
        assert chosen.known(problem), (check, message)


STORY = (
    "says-who-it-is,says-how-it-is,runs-to-its-end,an-event-is-told-as-json,form-sets-the-configuration,"
    "delete-needs-no-content-type,is-listed-until-deleted,starts-with-whatever-clients-send,first-use-makes-the-topic,"
    "name-is-taken-once,refuses-other-types-and-names,last-event-waits-for-the-first,instances-end-apart"
)


def test_a_run_against_a_stand_in_meets_what_is_known(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with embedded.running(tmp_path) as (hub, _), sth_stand_in.running(hub) as url:
        assert cli.main([url, "--plain", "--seed", "1", "--only", STORY]) == 0, capsys.readouterr().out
    lines = capsys.readouterr().out.splitlines()
    chosen = sth()
    assert lines[1] == "profile sth-1.0.1, seed 1"
    assert {"getHealth", "streamEvents", "getNextEvent"} <= set(chosen.without)
    known, lacking = len(chosen.expected), len(chosen.without)
    told = f"{known} deviations from the description are known of this server; it lacks {lacking} operations"
    assert lines[2] == told
    met = {line.split()[2] for line in lines if line.startswith("known deviation: ")}
    assert met >= {"created-is-null", "events-of-true-are-empty", "json-type-is-wanted", "refused-types-have-no-body"}
    # What one operation does otherwise breaks no scenario about others.
    assert not {"events-are-pairs", "instance-errors-are-500"} & met
    told = next(line for line in lines[-4:] if line.startswith("known deviations met: "))
    assert re.fullmatch(rf"known deviations met: \d+ of {len(chosen.expected)}", told)


def test_what_the_stand_in_does_beyond_that_is_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told = {**sth_stand_in.VERSION, "apiVersion": 2}
    monkeypatch.setattr(sth_stand_in, "VERSION", told)
    with embedded.running(tmp_path) as (hub, _), sth_stand_in.running(hub) as url:
        assert cli.main([url, "--plain", "--seed", "1", "--only", "says-who-it-is"]) == 1
    assert json.dumps(told["apiVersion"]) in capsys.readouterr().out
