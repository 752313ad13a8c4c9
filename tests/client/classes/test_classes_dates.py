"""A date that is none does not make what it is in unreadable."""

from __future__ import annotations

import datetime
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scramjet_client import errors
from scramjet_client._runtime import replies
from scramjet_client.api.instances.list_instances import call
from scramjet_client.models import HubConnectionInfo, Instance

INSTANCE = {"id": "i", "sequence": "s", "created": "2026-01-02T03:04:05.678Z", "status": "running"}
ODD = [
    "yesterday",
    "",
    "2026-13-01T00:00:00Z",
    "0000-00-00",
    1767323045678,
    True,
    ["2026"],
    {"a": 1},
    "Fri, 02 Jan 2026",
]


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_date_leaves_the_rest_readable(odd: Any) -> None:
    content = [INSTANCE, {**INSTANCE, "started": odd, "new": 1}, {**INSTANCE, "created": odd, "ended": odd}]
    good, started, created = replies.result(call(), 200, json.dumps(content).encode(), "http://h")
    assert good.created == datetime.datetime(2026, 1, 2, 3, 4, 5, 678000, datetime.UTC)
    assert (started.started, started.created) == (None, good.created)
    assert started.additional_properties == {"started": odd, "new": 1}
    assert (created.created, created.ended, created.status) == (None, None, "running")
    assert created.to_dict() == content[2]
    assert started.to_dict() == content[1]


def test_a_date_that_must_be_there_may_be_odd_too() -> None:
    content = {"created": "soon", "lastConnected": "2026-01-02T03:04:05.678Z"}
    info = HubConnectionInfo.from_dict(content)
    assert info.created is None
    assert info.to_dict() == content


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner), max_leaves=3))
def test_whatever_stands_for_a_date_is_kept(value: Any) -> None:
    instance = Instance.from_dict({**INSTANCE, "ended": value})
    assert instance.ended is None or isinstance(instance.ended, datetime.datetime)
    if instance.ended is None and value is not None:
        assert instance.to_dict()["ended"] == value


def test_what_is_no_date_fails_as_before() -> None:
    with pytest.raises(errors.UnexpectedReply, match="not what the API describes"):
        replies.result(call(), 200, json.dumps([{**INSTANCE, "limits": 5, "ended": "never"}]).encode(), "http://h")
