"""Duplicates in a list are found, in every list and among any other items."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scramjet_contract.conformance import Conformance
from scramjet_contract.description import Description
from scramjet_contract.exchange import Exchange
from scramjet_contract.lists import CHECK, ENTITIES, LISTS, wrong_in


def replying(operation: str, data: Any, status: int = 200, *, ended: bool = True) -> Exchange:
    exchange = Exchange(operation, "GET", "http://hub/x", status=status, ended=ended)
    exchange.received(data if isinstance(data, bytes) else json.dumps(data).encode())
    return exchange


def wrapped(kind: str, items: list[Any]) -> list[tuple[str, Any]]:
    """Every reply that has such a list in it."""
    parts = [part for part, operation in ENTITIES.items() if operation == kind]
    return [(kind, items), *(("listEntities", {part: items}) for part in parts)]


@pytest.mark.parametrize(("operation", "field"), LISTS.items())
@given(keys=st.lists(st.text(max_size=3), unique=True, min_size=1, max_size=6), data=st.data())
def test_a_double_is_noticed_wherever_it_stands(
    operation: str, field: str, keys: list[str], data: st.DataObject
) -> None:
    items = [{field: key} for key in keys]
    for kind, reply in wrapped(operation, items):
        assert wrong_in(replying(kind, reply)) == []
    doubled = [*items]
    doubled.insert(data.draw(st.integers(0, len(items))), data.draw(st.sampled_from(items)))
    for kind, reply in wrapped(operation, doubled):
        assert len(wrong_in(replying(kind, reply))) == 1


@pytest.mark.parametrize(
    ("operation", "data"),
    [
        ("listSequenceInstances", ["a", "b", "a"]),
        ("getSequence", {"id": "s", "instances": ["a", "a"]}),
        ("listSequences", [{"id": "s", "instances": ["a", "a"]}]),
        ("listEntities", {"sequences": [{"id": "s", "instances": ["a", "a"]}]}),
        ("listTopics", [{"topic": "a", "topicName": "b"}]),
    ],
)
def test_what_is_wrong_inside_is_noticed(operation: str, data: Any) -> None:
    assert len(wrong_in(replying(operation, data))) == 1


@pytest.mark.parametrize("operation", [*LISTS, "listEntities", "listSequenceInstances", "getSequence", "getVersion"])
@pytest.mark.parametrize("data", [b"", b"{", b"[[[", b"null", b"5", b"{}", b"[]", b"[null, null, 1, 1]", b'["a", "a"]'])
def test_what_is_no_such_list_is_for_other_checks(operation: str, data: bytes) -> None:
    if operation != "listSequenceInstances" or data != b'["a", "a"]':
        assert wrong_in(replying(operation, data)) == []


def test_what_was_not_read_whole_is_not_judged() -> None:
    doubled = [{"id": "a"}, {"id": "a"}]
    assert wrong_in(replying("listSequences", doubled, ended=False)) == []
    assert wrong_in(replying("listSequences", doubled, status=404)) == []


def test_conformance_tells_of_lists() -> None:
    description = Description.load()
    conformance = Conformance(description, description.served_by("hub", "embedded"))
    found = conformance.check(replying("listSequenceInstances", ["a", "a"]))
    assert (CHECK, "a is 2 times in the list of its Instances") in found
