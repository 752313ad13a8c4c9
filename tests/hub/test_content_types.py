"""Content types of requests: which texts count as one, for all requests that have one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml

from scripts.description.source import BUNDLE

if TYPE_CHECKING:
    import httpx

METHODS = ("get", "put", "post", "delete")


def taking_a_body() -> list[Any]:
    """Method and path of every operation of a Hub that takes a body, except for topics, which a request would make."""
    paths: dict[str, dict[str, Any]] = yaml.safe_load(BUNDLE.read_text())["paths"]
    return [
        pytest.param(method, path.replace("{id}", "nope"), id=operation["operationId"])
        for path, item in paths.items()
        for method, operation in item.items()
        if method in METHODS and "requestBody" in operation and "hub" in operation["x-served-by"]
        if "{topic}" not in path
    ]


@pytest.mark.parametrize(("method", "path"), taking_a_body())
def test_undefined_and_nothing_are_the_same_as_none(api: httpx.Client, method: str, path: str) -> None:
    # What is asked for is not there or not as described: every request is refused, and in the same manner.
    def refused(content_type: str | None) -> tuple[int, Any]:
        headers = {} if content_type is None else {"content-type": content_type}
        reply = api.request(method.upper(), path, content=b"[]", headers=headers)
        assert reply.status_code >= 400
        return reply.status_code, reply.json()

    without = refused(None)
    assert [refused(content_type) for content_type in ("undefined", "Undefined", "")] == [without] * 3
    assert refused("image/png") != without
    assert refused("; charset=utf-8") != without
