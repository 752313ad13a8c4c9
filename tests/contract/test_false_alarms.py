"""Permitted behaviour of a Hub is not reported; other behaviour still is."""

from __future__ import annotations

import contextlib
import itertools
import json
import threading
from typing import TYPE_CHECKING, Any

import pytest
import requests
import schemathesis
from hypothesis import given
from hypothesis import strategies as st
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import AcceptedNegativeData
from schemathesis.core.parameters import ParameterLocation
from schemathesis.openapi.checks import EnsureResourceAvailability, UndefinedStatusCode
from scramjet_contract import cli, profile
from scramjet_contract.api import Api, Call
from scramjet_contract.description import Description
from scramjet_contract.properties import media
from scramjet_contract.properties.engine import REFUSED
from scramjet_contract.properties.tolerance import tolerated
from scramjet_contract.properties.view import view_of
from scramjet_contract.scenarios.hub import _same_again
from scramjet_contract.scene import Broken
from scramjet_contract.wire import Address

from scripts.servers import embedded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def schema() -> Any:
    description = Description.load()
    media.register()
    view = view_of(description, profile.load("embedded").operations(description), token=False)
    return schemathesis.openapi.from_dict(view, config=SchemathesisConfig.from_dict({"base-url": "http://hub"}))


class Meta:
    """That a case was generated to be wrong in one place."""

    def __init__(self, *places: ParameterLocation) -> None:
        self._places = places
        self.components: dict[str, Any] = {}
        self.phase = type("Phase", (), {"data": None, "name": None})()

    def is_dirty(self) -> bool:
        return False

    def is_negative_at(self, place: ParameterLocation) -> bool:
        return place in self._places


def case_of(schema: Any, operation: str, *wrong: ParameterLocation, **fields: Any) -> Any:
    case = schema.find_operation_by_id(operation).Case(media_type="application/json", **fields)
    case._meta = Meta(*wrong)
    return case


def reply(body: bytes | None, status: int = 202, url: str = "http://hub/x", **headers: str) -> schemathesis.Response:
    request = requests.Request("POST", url, data=body, headers=headers).prepare()
    return schemathesis.Response(
        status_code=status, headers={}, content=b"", request=request, elapsed=0.1, verify=False, encoding="utf-8"
    )


ACCEPTED = AcceptedNegativeData(operation="x", message="m", status_code=202, expected_statuses=["400"])


@pytest.mark.parametrize("body", [b"", b" ", b"\n", b"\t\r\n ", None])
def test_white_space_is_no_body(schema: Any, body: bytes | None) -> None:
    optional = case_of(schema, "stopInstance", ParameterLocation.BODY)
    assert tolerated(ACCEPTED, optional, reply(body), ())
    needed = case_of(schema, "createTopic", ParameterLocation.BODY)
    assert not tolerated(ACCEPTED, needed, reply(body), ())


@pytest.mark.parametrize("body", [b"x", b"{", b"\x00", b"\xc2\xa0", b'{"timeout": "soon"}', b"5", b"[]"])
def test_what_is_no_legal_body_must_be_refused(schema: Any, body: bytes) -> None:
    assert not tolerated(ACCEPTED, case_of(schema, "stopInstance", ParameterLocation.BODY), reply(body), ())


@pytest.mark.parametrize("body", [b"{}", b"null", b' {"timeout": 5} '])
def test_what_turned_out_legal_may_be_accepted(schema: Any, body: bytes) -> None:
    assert tolerated(ACCEPTED, case_of(schema, "stopInstance", ParameterLocation.BODY), reply(body), ())
    elsewhere = case_of(schema, "stopInstance", ParameterLocation.BODY, ParameterLocation.PATH)
    assert not tolerated(ACCEPTED, elsewhere, reply(body), ())


def test_what_we_have_deleted_may_be_missing(schema: Any) -> None:
    missing = EnsureResourceAvailability(operation="x", message="m", created_with="a", not_available_with="b")
    case = case_of(schema, "startSequence", path_parameters={"id": "key"})
    assert tolerated(missing, case, reply(b"{}", 404), {"key"})
    assert not tolerated(missing, case, reply(b"{}", 404), {"other"})


def test_lengths_may_be_refused_by_any_server(schema: Any) -> None:
    undocumented = UndefinedStatusCode(
        operation="x", message="m", status_code=414, defined_status_codes=[], allowed_status_codes=[]
    )
    case = case_of(schema, "startSequence")
    assert tolerated(undocumented, case, reply(b"", 414, "http://hub/" + "x" * 3000), ())
    assert not tolerated(undocumented, case, reply(b"", 414), ())
    assert tolerated(undocumented, case, reply(b"", 431, **{"x-long": "x" * 3000}), ())
    assert not tolerated(undocumented, case, reply(b"", 431), ())
    assert not tolerated(undocumented, case, reply(b"", 418, "http://hub/" + "x" * 3000), ())


def test_a_refusal_for_size_is_a_refusal() -> None:
    assert {"413", "414", "431"} <= set(REFUSED)
    assert "2xx" not in REFUSED


class Judge:
    """As much of a scene as the comparison needs."""

    def check(self, holds: object, otherwise: str) -> None:
        if not holds:
            raise Broken(otherwise)


def same_again(seen: list[bytes], again: list[bytes], new: list[bytes]) -> None:
    _same_again(Judge(), seen, again, new)  # type: ignore[arg-type]  # all that it needs


@given(st.integers(1, 40), st.tuples(*[st.integers(0, 30)] * 5))
def test_a_full_log_gives_the_same_but_for_the_oldest(bound: int, written: tuple[int, ...]) -> None:
    """A log of any bound, at any age, that others write to all the time."""
    _, watched, first, first_end, second, end = itertools.accumulate(written, initial=1)
    lines = [b"%d\n" % number for number in range(end)]
    seen = lines[max(first - bound, 0) : first_end]
    again = lines[max(second - bound, 0) : end]
    same_again(seen, again, lines[watched:])


LINES = [b"%d\n" % number for number in range(6)]


@pytest.mark.parametrize(
    "again",
    [
        [],
        LINES[3:],
        LINES[5:],
        [b"new\n"],
        [LINES[0], *LINES[2:]],
        [LINES[1], LINES[0], *LINES[2:]],
        [LINES[0], LINES[0], *LINES[1:]],
        [*LINES[1:3], b"new\n"],
    ],
    ids=["nothing", "late", "last", "only new", "gap", "swapped", "doubled", "lost at the end"],
)
def test_a_log_that_does_not_replay_is_told(again: list[bytes]) -> None:
    with pytest.raises(Broken):
        same_again(LINES, again, [])


@contextlib.contextmanager
def writing_to_the_log(api: Api, entries: int) -> Iterator[None]:
    """Have a Hub log something again and again, at least so often before the body runs."""
    enough, stop = threading.Event(), threading.Event()

    def write() -> None:
        for written in itertools.count(0, 2):
            api.call(Call(operation="createTopic", json={"id": "x"}))
            api.call(Call(operation="deleteTopic", path={"topic": "x"}, json={}))
            if written >= entries:
                enough.set()
                if stop.wait(0.01):
                    return

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert enough.wait(120)
        yield
    finally:
        stop.set()
        writer.join()


def test_a_hub_whose_log_is_full_passes_while_others_write_to_it(tmp_path: Path) -> None:
    with embedded.running(tmp_path, "--log-buffer", "300") as (url, _):
        api = Api(Address.parse(url), "", Description.load().operations, lambda _: None)
        only = ("--only", "log-replays-and-follows", "--plain", "--seed", "1")
        with writing_to_the_log(api, 300):
            assert [cli.main([url, *only]) for _ in range(3)] == [0, 0, 0]
        with api.open(Call(operation="streamLog")) as log:
            assert json.loads(log.read_line())


def test_who_was_stopped_is_not_used_again(tmp_path: Path) -> None:
    """An accepted stop of a shared Instance must not be blamed on the request that comes after it."""
    from scramjet_contract.ledger import Ledger
    from scramjet_contract.names import Names
    from scramjet_contract.properties.aim import Aim
    from scramjet_contract.results import Results
    from scramjet_contract.stock import Stock

    with embedded.running(tmp_path) as (url, _):
        api = Api(Address.parse(url), "", Description.load().operations, lambda _: None)
        stock = Stock(api, Ledger(Names.for_seed(1)), "python")
        aim = Aim(stock, Results(), {})
        for operation in ("stopInstance", "killInstance"):
            first = stock.instance("ticker")
            fake: Any = type("Fake", (), {})()
            fake.method = "POST"
            fake.path_parameters = {"id": first}
            fake.operation = type("Operation", (), {"method": "post"})()
            fake.operation.definition = type("Definition", (), {"raw": {"operationId": operation}})()
            aim.after_call(None, fake, reply(b"", 400))  # type: ignore[arg-type]  # no context is needed
            assert stock.instance("ticker") == first
            aim.after_call(None, fake, reply(b"", 202))  # type: ignore[arg-type]  # likewise
            assert stock.instance("ticker") != first
            assert first in stock.ledger.taken
            second = stock.instance("ticker")
            fake.path_parameters = {"id": second}
            aim.after_call(None, fake, reply(b"", 500))  # type: ignore[arg-type]  # likewise
            assert stock.instance("ticker") != second
        stock.ledger.sweep(api)


@pytest.mark.parametrize(
    ("media_type", "body", "legal"),
    [
        ("text/plain", b"false", True),
        ("application/octet-stream", b"\xff", True),
        ("application/x-ndjson", b'{"a": 1}\n\n2\n', True),
        ("application/x-ndjson", b"{", False),
        ("application/json", b"false", False),
    ],
)
def test_every_wrong_part_must_be_legal_after_all(schema: Any, media_type: str, body: bytes, legal: bool) -> None:
    """Two parts that were meant to be wrong, each of which came out right."""
    places = (ParameterLocation.HEADER, ParameterLocation.BODY)
    for word, is_absent in (("undefined", True), ("maybe", False)):
        case = case_of(schema, "writeInput", *places, headers={"x-end-stream": word})
        case.media_type = media_type
        assert tolerated(ACCEPTED, case, reply(body), ()) is (legal and is_absent)
