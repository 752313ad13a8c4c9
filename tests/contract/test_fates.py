"""A Sequence that fails is told as that, with its stderr; where none lives, one line says so."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING

import pytest
from scramjet_contract import cli, packages

from scripts.servers import embedded

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE_OF = packages.source_of
BROKEN = "def run(context, input, *args):\n    raise OSError('of no use here')\n"


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with embedded.running(tmp_path_factory.mktemp("hub")) as (url, _):
        yield url


def spoil(monkeypatch: pytest.MonkeyPatch, *labels: str) -> None:
    def source(label: str, language: str) -> str:
        return BROKEN if label in labels else SOURCE_OF(label, language)

    monkeypatch.setattr(packages, "source_of", source)


@pytest.mark.parametrize(
    ("label", "scenario"),
    [
        ("hello", "what-is-left-stays-readable"),
        ("count", "output-is-whole-and-in-order"),
        ("patient", "stop-runs-the-handler"),
        ("records", "objects-come-as-lines-of-json"),
    ],
)
def test_a_sequence_that_failed_is_not_lost_output(
    label: str, scenario: str, hub: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(monkeypatch, label)
    assert cli.main([hub, "--plain", "--seed", "1", "--only", scenario]) == 1
    told = capsys.readouterr().out
    assert f"the Sequence {label} failed, says the Hub (errored, exit code 22" in told
    assert "OSError: of no use here" in told
    assert "1 problems." in told


def test_an_instance_that_was_killed_has_not_failed(
    hub: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    quiet = SOURCE_OF("stubborn", "python").replace('print(f"{os.getpid()} {child.pid}", flush=True)', "pass")
    monkeypatch.setattr(
        packages, "source_of", lambda label, language: quiet if label == "stubborn" else SOURCE_OF(label, language)
    )
    assert cli.main([hub, "--plain", "--seed", "1", "--only", "killed-means-not-running"]) == 1
    assert "failed, says the Hub" not in capsys.readouterr().out


def test_where_no_instance_lives_one_line_says_so(
    hub: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(monkeypatch, "bell", "hello", "ticker", "echo", "settings")
    assert cli.main([hub, "--plain", "--seed", "1", "--effort", "0.1", "--budget", "20"]) == 1
    told = capsys.readouterr().out
    assert "no Instance lives on this Hub, so nothing that needs one was tried" in told
    assert "OSError: of no use here" in told
    assert "1 problems." in told
    assert "left out: runs-to-its-end: no Instance lives on this Hub" in told


def test_what_needs_no_instance_does_not_look_for_one(
    hub: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(monkeypatch, "bell")
    assert cli.main([hub, "--plain", "--seed", "1", "--only", "says-who-it-is"]) == 0
    assert "no Instance lives" not in capsys.readouterr().out


def test_every_sequence_of_ours_gives_what_both_runners_take() -> None:
    folder = resources.files("scramjet_contract") / "sequences" / "python"
    for path in folder.iterdir():
        if path.name.endswith(".py") and path.name != "runners.py":
            assert "return given(" in path.read_text(), path.name
