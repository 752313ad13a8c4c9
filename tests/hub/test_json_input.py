"""JSON from outside, up to a depth."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scramjet_serving.json_input import MAX_DEPTH, TooDeep, is_shallow, read_json

from tests.support.archives import package

if TYPE_CHECKING:
    import httpx

LEAVES = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=5)
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=4)
)


def depth(value: object) -> int:
    """How many arrays and objects are in one another."""
    if isinstance(value, dict | list):
        return 1 + max((depth(item) for item in (value.values() if isinstance(value, dict) else value)), default=0)
    return 0


@given(VALUES, st.integers(0, 8))
def test_depth_is_counted_as_it_is(value: object, most: int) -> None:
    assert is_shallow(value, most) == (depth(value) <= most)
    text = orjson.dumps(value)
    if depth(value) <= most:
        assert read_json(text, most) == value
    else:
        with pytest.raises(TooDeep):
            read_json(text, most)


@pytest.mark.parametrize("opening", ["[", '{"a":', '[{"a":'])
@pytest.mark.parametrize("levels", [MAX_DEPTH - 1, MAX_DEPTH, MAX_DEPTH + 1, 254, 255, 1023, 1024, 1025, 100_000])
def test_what_is_deep_is_refused_whatever_it_is_made_of(opening: str, levels: int) -> None:
    count = levels // (len(opening) // 5 + 1) if opening == '[{"a":' else levels
    closing = "".join({"[": "]", "{": "}"}[sign] for sign in reversed(opening) if sign in "[{")
    text = opening * count + "1" + closing * count
    deep = count * len(closing) > MAX_DEPTH
    for form in (text, text.encode(), bytearray(text.encode())):
        if deep:
            with pytest.raises(TooDeep, match=str(MAX_DEPTH)):
                read_json(form)
        else:
            read_json(form)


def test_brackets_in_text_do_not_count() -> None:
    assert read_json(orjson.dumps(["[{" * 1000])) == ["[{" * 1000]


def nested(levels: int) -> Any:
    value: Any = 1
    for _ in range(levels):
        value = {"a": value}
    return value


def test_what_is_taken_can_be_shown_everywhere_and_what_is_not_leaves_nothing(api: httpx.Client) -> None:
    sequence = api.post("/sequence", content=package(scramjet={"config": nested(MAX_DEPTH - 2)})).json()["id"]
    body = {"appConfig": nested(MAX_DEPTH - 1), "args": [nested(MAX_DEPTH - 2)]}
    instance = api.post(f"/sequence/{sequence}/start", json=body).json()["id"]
    for path in ("/sequences", f"/sequence/{sequence}", "/instances", f"/instance/{instance}", "/entities"):
        assert api.get(path).status_code == 200
    for deep in ({"appConfig": nested(MAX_DEPTH)}, {"args": [nested(MAX_DEPTH)]}, {"unknown": nested(MAX_DEPTH)}):
        reply = api.post(f"/sequence/{sequence}/start", json=deep)
        assert (reply.status_code, f"deeper than {MAX_DEPTH} levels" in reply.text) == (400, True)
    for path, inner in (("_event", "message"), ("_stop", "x"), ("_kill", "x"), ("_monitoring_rate", "x")):
        text = b'{"eventName":"e","monitoringRate":1000,"%b":%b}' % (inner.encode(), b"[" * 5000 + b"]" * 5000)
        reply = api.post(f"/instance/{instance}/{path}", content=text, headers={"content-type": "application/json"})
        assert (reply.status_code, f"deeper than {MAX_DEPTH} levels" in reply.text) == (400, True)
    deep_topic = {"id": "t", "content-type": "text/plain", "x": nested(MAX_DEPTH)}
    assert api.post("/topics", json=deep_topic).status_code == 400
    assert [found["id"] for found in api.get("/instances").json()] == [instance]
    # As deep an event as may come in goes to the Sequence.
    event = {"eventName": "e", "message": nested(MAX_DEPTH - 1)}
    assert api.post(f"/instance/{instance}/_event", json=event).status_code == 200
    assert api.delete(f"/sequence/{sequence}", headers={"x-seq-kill-inst": "true"}).status_code == 200
