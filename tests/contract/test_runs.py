"""Whole runs against a real Hub: what they say, what they leave, what they do not touch."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from scramjet_contract import cli, packages
from scramjet_contract.api import Api, Call
from scramjet_contract.conformance import Conformance
from scramjet_contract.description import Description
from scramjet_contract.settings import TAGS, parse
from scramjet_contract.wire import Address

from scripts.servers import embedded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from scramjet_contract.exchange import Exchange

QUICK = ("--plain", "--seed", "1", "--only", "says-who-it-is,is-there-until-deleted,runs-to-its-end")


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    with embedded.running(tmp_path_factory.mktemp("hub")) as (url, _):
        yield Api(Address.parse(url), "", Description.load().operations, lambda _: None)


def held(hub: Api) -> dict[str, list[Any]]:
    return {
        operation: hub.call(Call(operation=operation)).json()
        for operation in ("listSequences", "listInstances", "listTopics")
    }


def test_a_sound_hub_passes_and_is_left_as_it_was(hub: Api, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([hub.address.url, *QUICK]) == 0
    assert "The Hub keeps the contract." in capsys.readouterr().out
    assert held(hub) == {"listSequences": [], "listInstances": [], "listTopics": []}


def test_what_others_have_is_not_touched(hub: Api) -> None:
    package = packages.package("bell", "not-of-the-contract-tests")
    uploaded = hub.call(Call(operation="uploadSequence", body=package, headers={"x-name": "somebodys"})).json()["id"]
    started = hub.call(Call(operation="startSequence", path={"id": uploaded}, json={})).json()["id"]
    hub.call(
        Call(operation="writeTopic", path={"topic": "somebodys"}, body=b"1\n", content_type="application/x-ndjson")
    )
    operations = "getSequence,deleteSequence,replaceSequence,killInstance,writeTopic,readTopic,deleteTopic,createTopic"
    phases = ("--only", "coverage,fuzzing,stateful", "--operations", operations, "--effort", "0.5")

    assert cli.main([hub.address.url, "--plain", "--seed", "2", *phases]) == 0

    after = held(hub)
    assert [item["id"] for item in after["listSequences"]] == [uploaded]
    assert [(item["id"], item["status"]) for item in after["listInstances"]] == [(started, "running")]
    assert [item["topic"] for item in after["listTopics"]] == ["somebodys"]
    with hub.open(Call(operation="readTopic", path={"topic": "somebodys"})) as reading:
        assert reading.read_line() == "1"
    hub.call(Call(operation="deleteSequence", path={"id": uploaded}, headers={"x-seq-kill-inst": "true"}))
    hub.call(Call(operation="deleteTopic", path={"topic": "somebodys"}))


def cases_of(hub: Api, seed: int, capsys: pytest.CaptureFixture[str]) -> str:
    what = ("--only", "examples,coverage,fuzzing,stateful", "--operations", "createTopic,writeTopic,deleteTopic")
    assert cli.main([hub.address.url, "--plain", "--seed", str(seed), "--effort", "0.3", *what]) == 0
    return capsys.readouterr().out.partition("cases ")[2].split()[0]


def test_the_same_seed_gives_the_same_cases(hub: Api, capsys: pytest.CaptureFixture[str]) -> None:
    first, again, other = (cases_of(hub, seed, capsys) for seed in (3, 3, 4))
    assert first == again
    assert first != other


def test_only_what_is_chosen_is_called(hub: Api, capsys: pytest.CaptureFixture[str]) -> None:
    chosen = ("--only", "examples,coverage", "--operations", "createTopic")
    assert cli.main([hub.address.url, "--plain", "--seed", "1", *chosen]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines() if "requests" in line and line[0] in "✓✗"]
    called = {name for _, name, number, *_ in lines if number != "0"}
    assert called == {"createTopic"}


# Whoever starts the tests in the background has them ignore SIGINT, and their children with them.
HEEDING = "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); "
HEEDING += "from scramjet_contract.cli import main; sys.exit(main())"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_leaves_nothing(hub: Api, number: signal.Signals) -> None:
    command = [sys.executable, "-c", HEEDING, hub.address.url, "--plain", "--seed", "5"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        while not any(item["status"] == "running" for item in held(hub)["listInstances"]):
            assert process.poll() is None
        process.send_signal(number)
        output = process.communicate(timeout=60)[0].decode()
    assert process.returncode == 130, output
    assert "What was created has been deleted; the Hub's lists were read to make sure.\nInterrupted." in output
    assert held(hub) == {"listSequences": [], "listInstances": [], "listTopics": []}


def test_nobody_there_is_one_line_and_two(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    assert cli.main([f"http://127.0.0.1:{port}/api/v1"]) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert f"no Hub answers at http://127.0.0.1:{port}/api/v1" in error


def test_a_hub_that_wants_a_token_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with embedded.running(tmp_path, "--token", "secret") as (url, _):
        assert cli.main([url, *QUICK]) == 2
        assert "set TOKEN" in capsys.readouterr().err
        assert cli.main([url, *QUICK, "--token", "wrong"]) == 2
        assert "does not know the token" in capsys.readouterr().err
        assert cli.main([url, *QUICK, "--token", "secret"]) == 0


def test_a_deviation_that_is_not_known_fails(hub: Api, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A profile that expects of the Hub what it does not do finds that out, and the other way round."""
    path = tmp_path / "odd.yaml"
    path.write_text(
        "name: odd\ntitle: Odd\nonly: embedded\nelsewhere: [{status: 200, operations: [getVersion], reason: x}]\n"
    )
    assert cli.main([hub.address.url, *QUICK, "--profile", str(path)]) == 1
    assert "getVersion" in capsys.readouterr().out
    path.write_text(
        path.read_text() + "deviations: [{id: d, what: w, reason: r, operations: [getVersion], status: 200}]\n"
    )
    assert cli.main([hub.address.url, *QUICK, "--profile", str(path)]) == 0
    assert "known deviation: d" in capsys.readouterr().out


def test_settings_come_from_options_before_the_environment() -> None:
    environment = {"HUB": "http://e/api/v1", "TOKEN": "e", "TAGS": "hub, topics", "SEED": "9", "BUDGET": "30"}
    settings = parse([], environment)
    assert (settings.url, settings.token, settings.tags) == ("http://e/api/v1", "e", ("hub", "topics"))
    assert (settings.seed, settings.budget) == (9, 30)
    settings = parse(["http://o", "--token", "o", "--seed", "1"], environment)
    assert (settings.url, settings.token, settings.seed) == ("http://o", "o", 1)
    assert parse([], {}).tags == TAGS
    assert parse([], {}).seed != parse([], {}).seed
    assert "e" not in repr(parse([], environment)).partition("token")[2][:12]


def test_a_profile_that_is_not_there_is_one_line_and_two(hub: Api, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([hub.address.url, "--profile", "nonsense"]) == 2
    assert "there is no profile 'nonsense'" in capsys.readouterr().err


def test_a_mistake_of_ours_does_not_pass_for_success(
    hub: Api, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(_self: Conformance, _exchange: Exchange) -> list[tuple[str, str]]:
        raise RuntimeError("a mistake of ours")

    monkeypatch.setattr(Conformance, "check", broken)
    assert cli.main([hub.address.url, *QUICK, "--reports", str(tmp_path)]) == 1
    assert "the contract tests themselves failed: RuntimeError: a mistake of ours" in capsys.readouterr().out
    assert "a mistake of ours" in (tmp_path / "summary.md").read_text()
    assert held(hub)["listSequences"] == []
