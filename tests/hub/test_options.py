"""Options of any server: the configuration class, the name of the program and the prefix are arguments."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest
from scramjet_serving.command_line import CommandLine, check_server
from scramjet_serving.config import ServerConfig
from scramjet_serving.errors import CannotStart
from scramjet_serving.options import OptionError, option


def even(text: str) -> str:
    if int(text) % 2:
        raise ValueError("but should be even")
    return text


@attrs.frozen(kw_only=True)
class MillConfig(ServerConfig):
    grain: str = option("rye", "Kind of grain", secret=True)
    stones: int = option(2, "Number of stones", most=8)
    sacks: tuple[str, ...] = option((), "Numbers of sacks", item=even)
    ground: Path | None = option(None, "Where flour goes", path=True)  # noqa: RUF009 - paths are immutable


MILL = CommandLine(
    config=MillConfig,
    program="mill",
    prefix="THE_MILL_",
    about="Mills grain.",
    epilog="{sources}\nIt turns.\n\n{tokens}",
    check=check_server,
)


def test_all_sources_are_read_under_the_given_names(tmp_path: Path) -> None:
    file = tmp_path / "mill.yaml"
    file.write_text("sacks: ['2', '4']\nstones: 3\n")
    environment = {"THE_MILL_CONFIG": str(file), "THE_MILL_GROUND": "/floor", "THE_MILL_STONES": "4"}
    places: dict[str, str] = {}

    config = MILL.read(["--stones", "5"], environment | {"SCRAMJET_HUB_PORT": "9"}, places)

    assert config == MillConfig(stones=5, sacks=("2", "4"), ground=Path("/floor"))
    assert places == {"sacks": f"sacks in the file {file}", "ground": "THE_MILL_GROUND", "stones": "--stones"}


@pytest.mark.parametrize(
    ("arguments", "environment", "message"),
    [
        (["--stones", "9"], {}, "--stones is '9', but should be a whole number from 0 to 8"),
        (["--sacks", "3"], {}, "--sacks is .*, but should be even"),
        (["--grain", "\0"], {}, "--grain is not shown here, but"),
        (["--max-instances", "3"], {}, "--max-instances.*; mill --help tells the options"),
        ([], {"THE_MILL_PORT": "tcp://10.0.0.1:80"}, "Kubernetes sets this variable for a Service named mill:"),
        (["--host", "192.0.2.1"], {}, "Listening on 192.0.2.1 lets others"),
    ],
)
def test_what_is_wrong_is_told_in_the_terms_of_that_program(
    arguments: list[str], environment: dict[str, str], message: str
) -> None:
    with pytest.raises(OptionError, match=message):
        MILL.read(arguments, environment)


def test_help_names_the_program_and_its_variables(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        MILL.read(["--help"], {})
    told = capsys.readouterr().out

    assert "usage: mill" in told
    assert "(THE_MILL_ and the option's name" in told
    assert "--token-file or THE_MILL_TOKEN" in told
    assert "It turns." in told
    assert "HUB" not in told.upper()


def test_what_keeps_it_from_starting_is_one_line_and_faults_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    def full(_config: MillConfig, _warnings: list[str]) -> None:
        raise CannotStart("The bin\nis full")

    def faulty(_config: MillConfig, _warnings: list[str]) -> None:
        raise KeyError("grain")

    assert MILL.run(full, []) == 2
    assert capsys.readouterr().err == "mill: The bin is full\n"
    with pytest.raises(KeyError):
        MILL.run(faulty, [])


def test_a_token_on_the_command_line_is_warned_of(capsys: pytest.CaptureFixture[str]) -> None:
    warned: list[str] = []
    assert MILL.run(lambda _config, warnings: warned.extend(warnings), ["--token", "t"]) == 0
    assert capsys.readouterr().err == ""
    assert warned == ["--token shows in the list of processes; give it as THE_MILL_TOKEN, or in a --token-file"]
