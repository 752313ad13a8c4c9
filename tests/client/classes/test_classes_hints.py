"""The types in signatures can be looked up at run time, and imported by name."""

from __future__ import annotations

import importlib
import importlib.metadata
import inspect
import pkgutil
import re
import subprocess
import sys
import typing
from typing import TYPE_CHECKING, Any

import attrs
import pytest
import scramjet_client
import scramjet_client.api
import scramjet_client.errors
import scramjet_client.models
import scramjet_client.sync
from pydantic import TypeAdapter

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

PACKAGES = [scramjet_client, scramjet_client.sync]
WORD = re.compile(r"[A-Za-z_]\w*")


def public(package: ModuleType) -> dict[str, type]:
    found = {name: getattr(package, name) for name in package.__all__}
    return {name: value for name, value in found.items() if isinstance(value, type)}


def functions(kind: type) -> Iterator[tuple[str, Any]]:
    """Give the public methods and properties of a class, of its bases too."""
    members = {name: member for base in reversed(kind.__mro__) for name, member in vars(base).items()}
    for name, member in members.items():
        if name.startswith("_") and name not in {"__init__", "__aenter__", "__enter__", "__aiter__", "__iter__"}:
            continue
        found = member.fget if isinstance(member, property) else getattr(member, "__func__", member)
        if inspect.isfunction(found) and found.__module__.startswith("scramjet_client"):
            yield f"{kind.__name__}.{name}", found


def calls() -> list[Any]:
    modules = pkgutil.walk_packages(scramjet_client.api.__path__, "scramjet_client.api.")
    return [importlib.import_module(info.name).call for info in modules if not info.ispkg]


@pytest.mark.parametrize("name", scramjet_client.models.__all__)
def test_the_types_of_a_model(name: str) -> None:
    model = getattr(scramjet_client.models, name)
    if not isinstance(model, type):
        return
    hints = typing.get_type_hints(model)
    attributes = [field.name for field in attrs.fields(model)]
    assert set(attributes) <= set(hints)
    assert not [found for found in hints.values() if isinstance(found, (str, typing.ForwardRef))]
    attrs.resolve_types(model)
    for _, method in functions(model):
        assert typing.get_type_hints(method)["return"]


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.__name__)
def test_the_types_of_public_classes_and_their_methods(package: ModuleType) -> None:
    tried = 0
    for kind in public(package).values():
        typing.get_type_hints(kind)
        for _, function in functions(kind):
            hints = typing.get_type_hints(function)
            assert "return" in hints
            inspect.signature(function, eval_str=True)
            tried += 1
    assert tried > 300


def test_the_types_of_each_operation() -> None:
    for call in calls():
        assert typing.get_type_hints(call)["return"].__origin__ is scramjet_client.Call


MADE_BY_OTHERS = ("Raw", "Call", "Async", "Run", "Writer", "Attachment", "Connection", "Exchange", "Stream", "Reply")
"""Classes whose constructors are the business of the client's own methods."""


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.__name__)
def test_all_that_a_signature_names_can_be_imported(package: ModuleType) -> None:
    ours = names_of_ours()
    named = {
        word: place
        for kind in public(package).values()
        for place, function in functions(kind)
        if not (place.endswith("__init__") and place.startswith(MADE_BY_OTHERS)) and "Duplex" not in place
        for text in dict(function.__annotations__).values()
        for word in WORD.findall(str(text))
        if word in ours
    }
    assert {"UploadSource", "Progress", "UploadItem", "ReadName", "RawHost", "Instance"} <= set(named)
    known = {*package.__all__, *scramjet_client.models.__all__}
    assert {name: place for name, place in named.items() if name not in known} == {}


def names_of_ours() -> set[str]:
    """The classes and type aliases of all modules of the client."""
    found: set[str] = set()
    for info in pkgutil.walk_packages(scramjet_client.__path__, "scramjet_client."):
        module = importlib.import_module(info.name)
        found.update(name for name, text in vars(module).get("__annotations__", {}).items() if "TypeAlias" in str(text))
        for name, value in vars(module).items():
            if isinstance(value, type) and value.__module__ == module.__name__:
                found.add(name)
    return found


def test_twins_offer_the_same_names() -> None:
    asynchronous, blocking = (set(package.__all__) for package in PACKAGES)
    assert {name.removeprefix("Async") for name in asynchronous} - {"sync"} == blocking


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.__name__)
def test_the_version_is_that_of_the_distribution(package: ModuleType) -> None:
    assert package.__version__ == importlib.metadata.version("scramjet-openapi")
    assert "__version__" in package.__all__


def test_a_framework_that_reads_types_takes_a_model() -> None:
    # As FastAPI does with what a handler is annotated with.
    function = scramjet_client.HostClient.list_instances
    adapter = TypeAdapter(typing.get_type_hints(function)["return"], config={"arbitrary_types_allowed": True})
    assert adapter.validate_python([]) == []


def test_looking_at_types_is_what_imports_them() -> None:
    script = (
        "import sys, typing; from scramjet_client import HostClient, InstanceClient; "
        "assert 'scramjet_client.models' not in sys.modules and 'scramjet_client._run' not in sys.modules; "
        "print(typing.get_type_hints(HostClient.run)['return'].__name__, "
        "typing.get_type_hints(InstanceClient.wait)['return'].__name__)"
    )
    done = subprocess.run([sys.executable, "-W", "error", "-c", script], check=True, capture_output=True, text=True)
    assert done.stdout == "AsyncRun Instance\n"
