"""Options that a run cannot use are one sentence and exit code 2, before anything is sent."""

from __future__ import annotations

import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from scramjet_contract import cli, profile
from scramjet_contract.description import Description
from scramjet_contract.errors import BadOption
from scramjet_contract.http_policy import Proxy
from scramjet_contract.phases import PHASES
from scramjet_contract.scenarios import about, load_all
from scramjet_contract.settings import KINDS, parse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.strangers import Stranger

from tests.support.strangers import answering

VARIABLES = ("HUB", "TOKEN", "READ_TOKEN", "TAGS", "ONLY", "OPERATIONS", "SEED", "BUDGET", "REPORTS", "PROFILE")


@pytest.fixture(autouse=True)
def _no_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def stranger() -> Iterator[Stranger]:
    """Notes whether anything was sent to it."""
    with answering(200, b'{"version": "1"}') as server:
        yield server


BAD: list[tuple[list[str], str]] = [
    (["--seed", "x"], "--seed (or SEED) takes a whole number from 0"),
    (["--seed", "-1"], "--seed (or SEED) takes a whole number from 0"),
    (["--seed", "1.5"], "not '1.5'"),
    (["--budget", "soon"], "--budget (or BUDGET) takes a number above 0, not 'soon'"),
    (["--budget", "0"], "--budget"),
    (["--budget", "-3"], "--budget"),
    (["--budget", "nan"], "--budget"),
    (["--workers", "0"], "--workers (or WORKERS) takes a whole number from 1 up to 64, not '0'"),
    (["--workers", "-1"], "--workers"),
    (["--workers", "many"], "--workers"),
    (["--effort", "0"], "--effort"),
    (["--effort", "inf"], "--effort"),
    (["--pace", "-1"], "--pace"),
    (["--time-limit", "0"], "--time-limit"),
    (["--wait", "-1"], "--wait"),
    (["--token", "a b"], "the token has a blank"),
    (["--token", "secret\n"], "the token has a blank, a line break"),
    (["--token", "ü"], "the token has"),
    (["--read-token", "a\tb"], "the reading token has"),
    (["--full-hub", "ftp://x"], "--full-hub cannot be used"),
    (["--draining-hub", "http://h:99999"], "--draining-hub cannot be used"),
    (["--only", "typo"], "there is no scenario or phase called typo"),
    (["--only", "says-who-it-is,Examples"], "there is no scenario or phase called Examples"),
    (["--tags", "hubs"], "there is no tag called hubs; there are hub, sequences, instances, topics"),
    (["--operations", "nonsense"], "there is no operation called nonsense; there are getVersion"),
    (["--profile", "nonsense"], "there is no profile 'nonsense'"),
    (["--proxy", "socks5://h:1"], "is not the address of an HTTP proxy"),
    (["--ca-file", "/absent.pem"], "the CA file /absent.pem cannot be used: No such file"),
    (["--cert", "/absent.pem"], "the certificate /absent.pem cannot be used"),
    (["--key", "/absent.pem"], "--key needs --cert"),
    (["--insecure", "--ca-file", "/absent.pem"], "exclude each other"),
    (["--header", "no colon"], "--header takes NAME: VALUE"),
    (["--header", "a b: c"], "--header takes NAME: VALUE"),
    (["--header", "X: a\nY: b"], "--header takes NAME: VALUE"),
    (["--header", "Content-Length: 5"], "--header cannot set Content-Length"),
    (["--token", "t", "--header", "authorization: Basic x"], "give one of them"),
    (["--nonsense"], "unrecognized arguments: --nonsense"),
    (["--see", "1"], "unrecognized arguments"),
    (["--seed"], "expected one argument"),
]


@pytest.mark.parametrize(("options", "said"), BAD, ids=[" ".join(options)[:40].strip() for options, _ in BAD])
def test_what_cannot_be_used_is_one_sentence_and_two(
    options: list[str], said: str, stranger: Stranger, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main([stranger.url, *options]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("scramjet-contract: ")
    assert told.err.count("\n") == 1
    assert said in told.err
    assert stranger.seen == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SEED", "x"),
        ("BUDGET", "x"),
        ("TAGS", "x"),
        ("ONLY", "x"),
        ("OPERATIONS", "x"),
        ("TOKEN", "x y"),
        ("WAIT", "x"),
    ],
)
def test_variables_are_checked_like_options(
    name: str, value: str, stranger: Stranger, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(name, value)
    assert cli.main([stranger.url]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert stranger.seen == []


@pytest.mark.parametrize(
    "url", ["ftp://h", "http://", "http://h:port", "http://h:70000", "http://u:p@h", "http://h/?a=b"]
)
def test_a_bad_address_is_one_sentence_and_two(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([url]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_folder_that_cannot_be_written_is_told_first(
    tmp_path: Path, stranger: Stranger, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    assert cli.main([stranger.url, "--reports", str(tmp_path / "file")]) == 2
    assert f"no reports can be written into {tmp_path / 'file'}" in capsys.readouterr().err
    assert cli.main([stranger.url, "--reports", str(tmp_path / "file" / "below")]) == 2
    assert stranger.seen == []


def test_an_empty_variable_is_none() -> None:
    names = ("HUB", "TOKEN", "TAGS", "ONLY", "OPERATIONS", "SEED", "BUDGET", "REPORTS", "PROFILE", "WAIT", "HUB_PROXY")
    settings = parse(["--seed", "1"], dict.fromkeys(names, ""))
    assert settings == parse(["--seed", "1"], {})


def test_what_is_not_documented_is_not_an_option(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parse(["--help"], {})
    text = capsys.readouterr().out
    for code in ("0 ", "1 ", "2 ", "130"):
        assert f"\n  {code}" in text


@pytest.mark.parametrize("kind", KINDS)
def test_list_names_everything_that_can_be_chosen(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["http://127.0.0.1:9", "--list", "--kind", kind]) == 0
    words = set(capsys.readouterr().out.split())
    operations = {item.id: item.tag in KINDS[kind] for item in Description.load().operations.values()}
    chosen = {name for name, there in operations.items() if there}
    assert {*KINDS[kind], *PHASES, *about(kind), *chosen, *profile.names()} <= words
    assert not words & {*operations.keys() - chosen, *load_all().keys() - about(kind).keys()}


def test_list_can_be_narrowed(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--list", "--tags", "topics"]) == 0
    words = capsys.readouterr().out.split()
    assert "createTopic" in words
    assert "getVersion" not in words


def test_a_proxy_is_read() -> None:
    assert Proxy.parse("proxy") == Proxy("proxy", 8080)
    assert Proxy.parse("http://me:p%40ss@[::1]:1") == Proxy("::1", 1, "me", "p@ss")
    assert Proxy.parse("http://me:p%40ss@[::1]:1").url == "http://me:p%40ss@[::1]:1"
    with pytest.raises(BadOption):
        Proxy.parse("http://h:port")


# Whoever starts the tests in the background has them ignore SIGINT, and their children with them.
HEEDING = "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); "
# Ctrl-C while a module is being imported.
AT_IMPORT = """
class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == {module!r}:
            raise KeyboardInterrupt
sys.meta_path.insert(0, Finder())
"""
STARTS = {
    "the installed command": "from scramjet_contract.command import main; sys.exit(main())",
    "the module": "from scramjet_contract.cli import main; sys.exit(main())",
    "make contract": "from scripts.contract.__main__ import main; sys.exit(main([]))",
}


@pytest.mark.parametrize("module", ["attrs", "scramjet_contract.settings", "schemathesis", "rich.console"])
@pytest.mark.parametrize("how", STARTS)
def test_an_interruption_while_starting_is_one_sentence(how: str, module: str, stranger: Stranger) -> None:
    # Nothing may be left of what the tests have imported: the process is a new one.
    program = HEEDING + AT_IMPORT.format(module=module) + STARTS[how]
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, env=environment(stranger), timeout=60)
    assert (done.returncode, done.stderr.decode()) == (130, "scramjet-contract: interrupted\n")
    assert stranger.seen == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("how", STARTS)
def test_an_interruption_while_waiting_is_one_sentence(how: str, number: signal.Signals, stranger: Stranger) -> None:
    # A Hub that has to be waited for, so that nothing is over before the signal comes.
    stranger.status = 502
    command = [sys.executable, "-c", HEEDING + STARTS[how]]
    with subprocess.Popen(command, stderr=subprocess.PIPE, env=environment(stranger)) as process:
        while not stranger.seen:
            assert process.poll() is None
        process.send_signal(number)
        _, error = process.communicate(timeout=60)
    assert (process.returncode, error.decode()) == (130, "scramjet-contract: interrupted\n")


def environment(stranger: Stranger) -> dict[str, str]:
    """Nothing but what is meant."""
    return {"HUB": stranger.url, "WAIT": "60", "PATH": "/usr/bin:/bin"}
