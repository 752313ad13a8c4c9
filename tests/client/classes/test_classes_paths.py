"""Ids and names, however odd, never turn a request into another one."""

from __future__ import annotations

import functools
import importlib
import inspect
import pkgutil
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import httpx
import pytest
import scramjet_client.api
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from scramjet_client import errors
from scramjet_client._runtime.paths import segment

from scripts.description.source import BUNDLE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

BASE = "http://127.0.0.1:8000/api/v1"
BAD = [
    "",
    ".",
    "..",
    "../sequence",
    "a/../b",
    "a//b",
    "a/",
    "/a",
    "..;",
    "..;v=1/a",
    " .. ",
    "%2e%2e",
    ".%2E",
    "a%2F..",
    "%252e",
    "%5c",
    "a%00b",
    "a\\b",
    "..\\a",
    "a\0",
    "a\r\nx: y",
    "a\n",
    "\x7f",
    "a\u0085b",
    "a\u2028b",
    "\ud800",
    "a\udfffb",
]
NAMED = ["a", "@scope/name", "org/1", "a.b", "...", ".hidden", "a b", "100%", "50%ab", "a;b", "a?b#c", "ż", "👍", "~"]


def operations() -> Iterator[tuple[str, ModuleType, str]]:
    """Give each path parameter of each operation."""
    for info in pkgutil.walk_packages(scramjet_client.api.__path__, "scramjet_client.api."):
        if not info.ispkg:
            module = importlib.import_module(info.name)
            name = info.name.removeprefix("scramjet_client.api.")
            yield from ((f"{name}:{found}", module, found) for found in path_parameters(module))


def path_parameters(module: ModuleType) -> list[str]:
    found = re.search(r'operation_id="(\w+)"', inspect.getsource(module))
    assert found is not None
    return described()[found[1]]


@functools.cache
def described() -> dict[str, list[str]]:
    """The path parameters of the operations: the description is the judge, not the code that is tested."""
    paths = yaml.safe_load(BUNDLE.read_text(encoding="utf-8"))["paths"]
    return {
        operation["operationId"]: re.findall(r"{(\w+)}", path)
        for path, item in paths.items()
        for operation in item.values()
        if isinstance(operation, dict) and "operationId" in operation
    }


def arguments(module: ModuleType, **given: object) -> dict[str, Any]:
    """Give a value to each argument that must have one."""
    parameters = inspect.signature(module.call).parameters.values()
    needed = {
        parameter.name: 1 if "timedelta" in str(parameter.annotation) else "x"
        for parameter in parameters
        if parameter.default is parameter.empty
    }
    return {**needed, **given}


@pytest.mark.parametrize(("module", "parameter"), [pytest.param(m, p, id=name) for name, m, p in operations()])
def test_no_operation_takes_another_path(module: ModuleType, parameter: str) -> None:
    for value in BAD:
        with pytest.raises(errors.InvalidArgumentError, match="Nothing was sent") as caught:
            module.call(**arguments(module, **{parameter: value}))
        assert isinstance(caught.value, ValueError)
        assert str(caught.value).startswith(parameter)
        str(caught.value).encode()
    for odd in (None, 5, b"a", ["a"]):
        with pytest.raises(errors.ArgumentTypeError, match="must be text"):
            module.call(**arguments(module, **{parameter: odd}))


def test_each_operation_with_a_path_parameter_is_tried() -> None:
    assert len(list(operations())) == sum(map(len, described().values())) >= 60


@pytest.mark.parametrize("name", NAMED)
def test_real_names_are_taken(name: str) -> None:
    path = httpx.URL(f"{BASE}/x/{segment(name, 'id')}/y").raw_path.decode()
    assert unquote(path.removeprefix("/api/v1/x/").removesuffix("/y")) == name


@given(st.text(st.characters(codec=None, exclude_categories=())) | st.text("./%2eEfF5cC\\;\n ", min_size=1))
@example("..")
def test_a_value_is_one_segment_or_an_error(value: str) -> None:
    try:
        quoted = segment(value, "id")
    except errors.InvalidArgumentError:
        return
    path = httpx.URL(f"{BASE}/x/{quoted}/y").raw_path.decode()
    before, x, found, y = path.rsplit("/", 3)
    assert (before, x, y) == ("/api/v1", "x", "y")
    assert unquote(found, errors="strict") == value
    # Neither does a proxy that unquotes and tidies the path make another one of it.
    tidied = httpx.URL(f"{BASE}/x/{unquote(unquote(found))}/y".replace("?", "").replace("#", "")).path
    assert tidied.startswith("/api/v1/x/")
    assert tidied.endswith("/y")
