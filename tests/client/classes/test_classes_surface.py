"""The public names of the client."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
import scramjet_client
import scramjet_client.models
import scramjet_client.sync

if TYPE_CHECKING:
    from types import ModuleType

# The classes of the JavaScript client, with the methods of the older Python client at their ends.
KNOWN = {
    "MiddlewareClient": "getManagers getManagerClient getVersion getAuditStream listAccessKeys createAccessKey "
    "revokeAccessKey revokeAllAccessKeys",
    "ManagerClient": "getHosts getHostClient getVersion getLoad getConfig getSequences getAllSequences getInstances "
    "getTopics getLogStream getAuditStream sendNamedData getNamedData getStoreItems putStoreItem deleteStoreItem "
    "clearStore disconnectHubs deleteHub",
    "HostClient": "listSequences listInstances listEntities getSequenceId getSequence getInstanceInfo sendSequence "
    "deleteSequence getLoadCheck getVersion getStatus getConfig getLogStream getAuditStream sendTopic sendNamedData "
    "getTopic getNamedData createTopic deleteTopic getTopics getInstanceClient getSequenceClient getManagerClient "
    "startSequence getHealth getLoad",
    "SequenceClient": "start listInstances getInstance getInfo overwrite",
    "InstanceClient": "stop kill sendEvent getNextEvent getEvent getEventStream getHealth getInfo getStream sendStream "
    "sendInput inout sendStdin getLogStream",
}
BOTH = [scramjet_client, scramjet_client.sync]


def snake_case(name: str) -> str:
    return re.sub(r"([A-Z])", lambda match: f"_{match[1].lower()}", name)


@pytest.mark.parametrize("package", BOTH, ids=lambda package: package.__name__)
@pytest.mark.parametrize("name", KNOWN)
def test_a_class_has_all_the_methods_that_people_know(package: ModuleType, name: str) -> None:
    client = getattr(package, name)

    missing = [method for method in map(snake_case, KNOWN[name].split()) if not callable(getattr(client, method, None))]
    assert missing == []


def test_the_twins_are_alike() -> None:
    for name in ("HostClient", "SequenceClient", "InstanceClient", "SpaceClient", "MiddlewareClient"):
        asynchronous, blocking = (vars_of(getattr(package, name)) for package in BOTH)
        renamed = {"aclose": "close", "__aenter__": "__enter__", "__aexit__": "__exit__"}
        assert {renamed.get(method, method) for method in asynchronous} == set(blocking)
        for method, found in asynchronous.items():
            twin = blocking[renamed.get(method, method)]
            if inspect.isfunction(found):
                assert list(inspect.signature(found).parameters) == list(inspect.signature(twin).parameters)
                assert not inspect.iscoroutinefunction(twin)


def vars_of(client: type) -> dict[str, Any]:
    return {
        name: value
        for base in reversed(client.__mro__[:-1])
        for name, value in vars(base).items()
        if inspect.isfunction(value) or isinstance(value, property)
    }


@pytest.mark.parametrize("package", [*BOTH, scramjet_client.models], ids=lambda package: package.__name__)
def test_all_that_is_offered_is_there(package: ModuleType) -> None:
    assert set(package.__all__) <= set(dir(package))
    for name in package.__all__:
        assert getattr(package, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'HubClient'"):
        _ = package.HubClient


def modules() -> list[ModuleType]:
    found = pkgutil.walk_packages(scramjet_client.__path__, "scramjet_client.")
    return [importlib.import_module(info.name) for info in found]


def test_all_that_is_public_is_documented() -> None:
    bare = []
    for module in modules():
        if "._runtime" in module.__name__ and module.__name__.rpartition(".")[2].startswith("_"):
            continue
        for name, value in vars(module).items():
            if name.startswith("_") or getattr(value, "__module__", "") != module.__name__:
                continue
            if (inspect.isclass(value) or inspect.isfunction(value)) and not inspect.getdoc(value):
                bare.append(f"{module.__name__}.{name}")
            if inspect.isclass(value):
                members = [member for member in vars(value).items() if not member[0].startswith("_")]
                bare += [
                    f"{module.__name__}.{name}.{member}"
                    for member, found in members
                    if (inspect.isfunction(found) or isinstance(found, property)) and not inspect.getdoc(found)
                ]
    assert bare == []


def test_importing_it_imports_little() -> None:
    script = (
        "import sys; import scramjet_client; before = set(sys.modules); "
        "from scramjet_client import HostClient; HostClient('http://127.0.0.1:1'); "
        "print(*(name for name in sys.modules if name.startswith(('httpx', 'scramjet_client.models', "
        "'scramjet_client.api', 'scramjet_client.sync'))), sep='\\n')"
    )
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)

    assert done.stdout.split() == []


def test_only_the_runtime_knows_the_http_client() -> None:
    imports = re.compile(r"^\s*(import|from) httpx", re.MULTILINE)
    importers = [module.__name__ for module in modules() if imports.search(inspect.getsource(module))]
    # The types of the transports that callers may give are in a module of their own.
    assert set(importers) == {"scramjet_client._runtime.http", "scramjet_client._runtime.settings.transports"}
