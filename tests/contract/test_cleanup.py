"""The clean-up tries everything, no matter what a Hub lists, and a report is always written."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from scramjet_contract import cli, ledger
from scramjet_contract.api import Api, Call
from scramjet_contract.description import Description
from scramjet_contract.ledger import Ledger, names_on
from scramjet_contract.names import Names
from scramjet_contract.wire import Address

from scripts.servers import embedded
from tests.support.odd_hub import Reply, serving, spoiled

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAMES = Names.for_seed(1)
OURS = NAMES.name("ours")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
FIELDS = ("id", "name", "config", "sequence", "status", "topic", "topicName", "terminated", "instances")
ODD = JSON | st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=5)
ODDLY = settings(
    deadline=None,
    max_examples=30,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
# Not shrunk: each step would take as long as the clean-up goes on trying.
LISTS = ("sequences", "instances", "topics")
MINE: dict[str, list[Any]] = {
    "sequences": [{"id": "s1", "config": {"name": OURS}}, {"id": 7, "name": OURS}, {"id": "noted"}],
    "instances": [{"id": "i1", "sequence": {"id": "s1"}}, {"id": "i2", "sequence": "noted"}, {"id": "i3"}],
    "topics": [{"topic": OURS}],
}
WANTED = {
    *("DELETE /sequence/s1", "DELETE /sequence/7", "DELETE /sequence/noted", f"DELETE /topics/{OURS}"),
    *("POST /instance/i1/_kill", "POST /instance/i2/_kill", "POST /instance/i3/_kill"),
}


class Listing:
    """A Hub that lists what it was told, and notes what it is asked to take away; then that is gone."""

    def __init__(self, lists: dict[str, Any], deletion: int = 200) -> None:
        self.lists = lists
        self.deletion = deletion
        self.asked: set[str] = set()

    def __call__(self, method: str, path: str, _body: bytes, _content_type: str | None) -> Reply:
        path = path.removeprefix("/api/v1")
        name = path.strip("/")
        if method == "GET" and name in LISTS:
            value = self.lists.get(name, [])
            return 200, "application/json", value if isinstance(value, bytes) else json.dumps(value).encode()
        self.asked.add(f"{method} {path}")
        if self.deletion == 200 and self.asked >= WANTED:
            self.lists = {}
        return self.deletion, "application/json", b"{}"


def api(url: str) -> Api:
    return Api(Address.parse(url), "", Description.load().operations, lambda _: None)


def noted() -> Ledger:
    return Ledger(NAMES, {"noted"}, {"i3"}, {OURS})


@ODDLY
@given(st.fixed_dictionaries({name: st.tuples(st.lists(ODD, max_size=4), st.lists(ODD, max_size=4)) for name in LISTS}))
def test_each_thing_is_tried_whatever_else_is_listed(odd: dict[str, tuple[list[Any], list[Any]]]) -> None:
    hub = Listing({name: [*before, *MINE[name], *after] for name, (before, after) in odd.items()})
    with serving(hub) as url:
        assert noted().sweep(api(url)) == []
    assert hub.asked >= WANTED


@ODDLY
@given(st.fixed_dictionaries({name: JSON | st.binary(max_size=20) for name in LISTS}))
def test_what_is_no_list_does_not_stop_the_run(odd: dict[str, Any]) -> None:
    with serving(Listing(odd)) as url:
        assert all(isinstance(name, str) for name in names_on(api(url)))
        assert noted().sweep(api(url)) == []


@pytest.mark.parametrize("body", [b"<html>", b"", b"{}", b"null", b"[" * 100_000, b'[{"id": "\xff"}]'])
def test_without_a_list_the_notes_tell_what_is_left(body: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "SWEEPING", 1.0)
    hub = Listing(dict.fromkeys(LISTS, body), deletion=500)
    with serving(hub) as url:
        assert noted().sweep(api(url)) == ["Sequence noted", "Instance i3", f"topic {OURS}"]
    assert hub.asked == {"DELETE /sequence/noted", "POST /instance/i3/_kill", f"DELETE /topics/{OURS}"}


def test_what_is_left_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "SWEEPING", 1.0)
    ended = {"id": "i3", "status": "killing", "terminated": {"exitcode": 213}}
    lists = {"sequences": [{"id": None, "name": OURS}, {"id": "..", "name": OURS}], "instances": [ended]}
    hub = Listing(lists, deletion=500)
    with serving(hub) as url:
        assert Ledger(NAMES, set(), {"i3"}).sweep(api(url)) == [f"Sequence {OURS}", f"Sequence {OURS}"]
    assert hub.asked == {"POST /instance/i3/_kill"}


def test_a_hub_that_is_away_leaves_what_was_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "SWEEPING", 1.0)
    with serving(Listing({})) as url:
        pass
    assert noted().sweep(api(url)) == ["Sequence noted", "Instance i3", f"topic {OURS}"]


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with embedded.running(tmp_path_factory.mktemp("hub")) as (url, _):
        yield url


def without_sequences(path: str, body: bytes) -> bytes:
    if not path.endswith("/instances"):
        return body
    return json.dumps([item | {"sequence": {}} for item in json.loads(body)]).encode()


def among_oddities(path: str, body: bytes) -> bytes:
    if not path.endswith(LISTS):
        return body
    return json.dumps(
        [None, {"id": None, "config": []}, *json.loads(body), [[]], {"id": {}, "name": 1}, "\ud800"]
    ).encode()


def html(path: str, body: bytes) -> bytes:
    return b"<html>Bad gateway</html>" if path.endswith(LISTS) else body


@pytest.mark.parametrize("spoil", [without_sequences, among_oddities, html])
def test_a_run_ends_with_a_report_and_leaves_nothing(
    spoil: Any, hub: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    only = ("--only", "is-there-until-deleted,runs-to-its-end,says-which-field-is-wrong,lists-are-complete")
    with spoiled(hub, spoil) as url:
        assert cli.main([url, "--plain", "--seed", "1", *only, "--reports", str(tmp_path)]) == 1
    assert "problems." in capsys.readouterr().out
    assert {path.name for path in tmp_path.iterdir()} == {"junit.xml", "report.html", "summary.md"}
    for operation in ("listSequences", "listTopics"):
        assert api(hub).call(Call(operation=operation)).json() == []
    ended = ("completed", "errored", "gone")
    assert all(item["status"] in ended for item in api(hub).call(Call(operation="listInstances")).json())
