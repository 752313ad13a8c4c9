"""The selected operations and scenarios are checked, and nothing else; a selection of nothing is an error."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from scramjet_contract import cli, profile
from scramjet_contract.description import Description
from scramjet_contract.errors import BadOption
from scramjet_contract.phases import PHASES
from scramjet_contract.profile import Profile
from scramjet_contract.scenarios import about
from scramjet_contract.selection import Selection, select
from scramjet_contract.settings import TAGS, Settings, parse

from scripts.servers import embedded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from scripts.servers.embedded import Trio


@pytest.fixture(scope="module")
def hubs() -> Iterator[Trio]:
    with embedded.trio() as hubs:
        yield hubs


@pytest.fixture(scope="module")
def open_hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with embedded.running(tmp_path_factory.mktemp("hub")) as (url, _):
        yield url


@pytest.fixture(scope="module")
def description() -> Description:
    return Description.load()


@pytest.mark.parametrize("tag", TAGS)
def test_each_tag_alone_is_green_on_a_guarded_hub(tag: str, hubs: Trio, capsys: pytest.CaptureFixture[str]) -> None:
    """The matrix asks only for what the chosen part can bring about."""
    options = ["--token", hubs.token, "--read-token", hubs.read_token]
    options += ["--full-hub", hubs.full, "--draining-hub", hubs.draining]
    code = cli.main([hubs.url, *options, "--plain", "--seed", "1", "--effort", "0.2", "--tags", tag])
    out = capsys.readouterr().out
    assert code == 0, out
    assert "The Hub keeps the contract." in out


@pytest.mark.parametrize("tag", ["hub", "topics"])
def test_a_tag_alone_is_green_on_an_open_hub(tag: str, open_hub: str, capsys: pytest.CaptureFixture[str]) -> None:
    code = cli.main([open_hub, "--plain", "--seed", "1", "--effort", "0.2", "--tags", tag])
    assert code == 0, capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--only", "examples", "--tags", "hub"], "nothing was checked"),
        (["--only", "stateful", "--tags", "hub"], "stateful has nothing to check with the tags hub"),
        (["--only", "says-who-it-is", "--tags", "topics"], "says-who-it-is has nothing to check with the tags topics"),
        (["--only", "says-who-it-is,every-type-goes-through", "--tags", "hub"], "every-type-goes-through has nothing"),
        (["--only", "coverage", "--operations", "createTopic", "--tags", "hub"], "coverage has nothing to check"),
        (["--only", "asks-for-a-token"], "nothing was checked: "),
    ],
)
def test_what_checks_nothing_is_two(
    options: list[str], said: str, open_hub: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert cli.main([open_hub, "--plain", "--seed", "1", *options, "--reports", str(tmp_path)]) == 2
    told = capsys.readouterr()
    assert said in told.err
    assert "keeps the contract" not in told.out
    assert "<error" in (tmp_path / "junit.xml").read_text()


def test_the_reason_is_told_why_nothing_was_checked(open_hub: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([open_hub, "--plain", "--only", "asks-for-a-token"]) == 2
    assert "asks-for-a-token: needs --token" in capsys.readouterr().err


def test_what_was_not_tried_has_no_check_mark(open_hub: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([open_hub, "--plain", "--seed", "1", "--only", "says-who-it-is"]) == 0
    lines = [line for line in capsys.readouterr().out.splitlines() if " requests" in line and line[:1] in "✓✗-"]
    marks = {line.split()[1]: line[0] for line in lines}
    assert marks["getVersion"] == "✓"
    assert {name for name, mark in marks.items() if mark == "✓"} == {"getVersion"}
    assert marks["getStatus"] == "-"


def chosen(description: Description, *options: str, of: Profile | None = None) -> Selection:
    kind = of or profile.load("embedded")
    return select(parse(list(options), {}), kind, kind.operations(description), description)


def test_everything_is_chosen_by_default(description: Description) -> None:
    selection = chosen(description)
    assert {item.name for item in selection.scenarios} == set(about("hub"))
    assert selection.phases == PHASES
    assert set(selection.operations) == set(profile.load("embedded").operations(description))


def test_a_scenario_of_several_tags_is_chosen_by_each(description: Description) -> None:
    for tag in TAGS:
        names = {item.name for item in chosen(description, "--tags", tag).scenarios}
        assert names == {item.name for item in about("hub").values() if tag in item.tags}


def test_what_a_profile_leaves_out_is_not_silently_nothing(description: Description) -> None:
    embedded_only = {"name": "p", "title": "P", "only": "embedded"}
    left_out = Profile.parse({**embedded_only, "skip": {"says-who-it-is": "It does not."}})
    with pytest.raises(BadOption, match=r"says-who-it-is is left out: It does not\."):
        chosen(description, "--only", "says-who-it-is", of=left_out)
    selection = chosen(description, "--only", "says-who-it-is,examples", of=left_out)
    assert (selection.scenarios, selection.phases) == ((), ("examples",))
    assert selection.left_out == {"says-who-it-is": "It does not."}
    lacking = Profile.parse({**embedded_only, "without": {"getStatus": "It came later."}})
    with pytest.raises(BadOption, match="does not have getStatus"):
        chosen(description, "--operations", "getStatus,getVersion", of=lacking)


def test_words_are_read_with_care() -> None:
    settings = parse(["--tags", " hub,, topics,hub "], {})
    assert settings.tags == ("hub", "topics")
    assert Settings(url="x").tags == TAGS
