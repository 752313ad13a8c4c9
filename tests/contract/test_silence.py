"""A Hub that stops answering, or never finishes, ends the run; objects that may be left there are named."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from scramjet_contract import cli, ledger, run
from scramjet_contract.properties import bounded
from scramjet_contract.silence import HubSilent, Silence
from scramjet_contract.wire import Connection

from scripts.servers import embedded

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Hub that is frozen is so for any time; these need not wait for it as long as usual."""
    monkeypatch.setattr(run, "ASKING", 1.0)
    monkeypatch.setattr(bounded, "PATIENCE", 1.0)
    monkeypatch.setattr(ledger, "SWEEPING", 2.0)


def after(number: int, act: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> None:
    """Do something to the Hub when so many requests of scenarios have been answered."""
    answered: list[int] = []
    close = Connection.close

    def counted(self: Connection) -> None:
        close(self)
        answered.append(1)
        if len(answered) == number:
            act()

    monkeypatch.setattr(Connection, "close", counted)


def thaw(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGCONT)


def test_a_hub_that_freezes_between_scenarios_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with embedded.running(tmp_path) as (url, process):
        after(30, lambda: process.send_signal(signal.SIGSTOP), monkeypatch)
        try:
            assert cli.main([url, "--plain", "--seed", "1", "--pace", "0.2", "--reports", str(tmp_path)]) == 1
        finally:
            thaw(process)
    out = capsys.readouterr().out
    found = re.search(r"Stopped: the Hub no longer answers, since (\w+)\.", out)
    assert found, out
    assert f"the first of them was {found[1]}" in out
    assert "What was created has been deleted" not in out
    assert "The Hub did not say what is left on it. What was created may still be there: Sequence " in out
    assert "The Hub keeps the contract" not in out
    assert "failure" in (tmp_path / "junit.xml").read_text()


@pytest.mark.parametrize("number", [signal.SIGSTOP, signal.SIGKILL])
def test_a_hub_that_goes_during_generated_requests_is_given_up(
    number: signal.Signals, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sent: list[str] = []
    send = bounded.BoundedTransport.send

    with embedded.running(tmp_path) as (url, process):

        def counted(self: Any, case: Any, **kwargs: Any) -> Any:
            sent.append(case.operation.label)
            if len(sent) == 20:
                process.send_signal(number)
            return send(self, case, **kwargs)

        monkeypatch.setattr(bounded.BoundedTransport, "send", counted)
        try:
            only = ("--only", "coverage,fuzzing,stateful", "--pace", "0.3")
            assert cli.main([url, "--plain", "--seed", "1", *only]) == 1
        finally:
            thaw(process)
    out = capsys.readouterr().out
    assert "Stopped: the Hub no longer answers, since " in out
    assert "The Hub did not say what is left on it." in out
    # Those that were under way, and a few that are refused without being sent.
    assert len(sent) < 200


def test_a_hub_that_answers_again_is_not_given_up() -> None:
    asked: list[str] = []
    gone: list[str] = []

    def answers() -> bool:
        asked.append("version")
        return True

    silence = Silence(answers, lambda: gone.append("gone"))
    for _ in range(8):
        silence.unanswered("x")
    silence.check()
    assert (len(asked), gone) == (2, [])


def test_replies_in_between_start_the_count_again() -> None:
    silence = Silence(lambda: False, lambda: None)
    for _ in range(5):
        silence.unanswered("x")
        silence.unanswered("y")
        silence.answered()
    silence.check()


def test_the_last_request_of_a_run_is_enough_to_ask() -> None:
    silence = Silence(lambda: False, lambda: None)
    silence.suspect()
    silence.check()
    silence.unanswered("x")
    silence.suspect()
    assert silence.operation == "x"


def test_the_first_of_three_is_named() -> None:
    gone: list[str] = []
    silence = Silence(lambda: False, lambda: gone.append("gone"))
    for operation in ("a", "b", "c", "d"):
        silence.unanswered(operation)
    assert (silence.operation, gone) == ("a", ["gone"])
    with pytest.raises(HubSilent):
        silence.check()


def test_the_time_limit_ends_a_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with embedded.running(tmp_path) as (url, _):
        assert cli.main([url, "--plain", "--seed", "1", "--time-limit", "1.5", "--reports", str(tmp_path)]) == 1
    out = capsys.readouterr().out
    assert re.search(r"Stopped at the time limit of 1\.5 s, during [\w-]+( \w+)?\.", out), out
    assert "What was created has been deleted; the Hub's lists were read to make sure." in out
    assert "time limit of 1.5 s" in (tmp_path / "junit.xml").read_text()
    assert "time limit of 1.5 s" in (tmp_path / "summary.md").read_text()
    assert "time limit of 1.5 s" in (tmp_path / "report.html").read_text()


def test_the_time_limit_holds_during_generated_requests(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with embedded.running(tmp_path) as (url, _):
        only = ("--only", "coverage,fuzzing", "--effort", "50", "--time-limit", "3")
        assert cli.main([url, "--plain", "--seed", "1", *only]) == 1
    assert "Stopped at the time limit of 3 s, during " in capsys.readouterr().out


HEEDING = "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); "
HEEDING += "from scramjet_contract import ledger; ledger.SWEEPING = 2.0; "
HEEDING += "from scramjet_contract.cli import main; sys.exit(main())"


def test_an_interrupted_run_claims_nothing_of_a_hub_that_is_away(tmp_path: Path) -> None:
    with embedded.running(tmp_path) as (url, process):
        command = [sys.executable, "-c", HEEDING, url, "--plain", "--seed", "5"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as running:
            while not (tmp_path / "data" / "sequences").is_dir() or not any(
                (tmp_path / "data" / "sequences").iterdir()
            ):
                assert running.poll() is None
            process.kill()
            running.send_signal(signal.SIGINT)
            output = running.communicate(timeout=60)[0].decode()
    assert running.returncode == 130, output
    assert "has been deleted" not in output
    assert re.search(r"What was created may still be there(: |; its names begin with contract-5-)", output), output


def test_what_cannot_be_deleted_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused(_self: ledger.Ledger, _api: object, _key: str) -> None:
        """Delete nothing."""

    monkeypatch.setattr(ledger.Ledger, "_delete_sequence", refused)
    with embedded.running(tmp_path) as (url, _):
        assert cli.main([url, "--plain", "--seed", "6", "--only", "runs-to-its-end"]) == 1
    out = capsys.readouterr().out
    assert "Left on the Hub, as it could not be deleted: Sequence " in out
    assert "has been deleted" not in out


def test_a_reply_that_drips_does_not_keep_the_run() -> None:
    """Each byte comes in time, and the whole never."""
    import socket
    import threading

    import requests
    from scramjet_contract.wire import Deadline

    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def drip() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
                while not over.wait(0.02):
                    try:
                        connection.sendall(b"x")
                    except OSError:
                        return

        thread = threading.Thread(target=drip)
        thread.start()
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        try:
            hooks: Any = {"response": bounded._reader(Deadline(0.3))}
            with pytest.raises(requests.exceptions.ReadTimeout):
                requests.get(url, stream=True, timeout=5, hooks=hooks)
        finally:
            over.set()
            thread.join()
