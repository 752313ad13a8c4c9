"""Clients generated from small descriptions."""

from __future__ import annotations

import copy
import importlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scripts.generate.clients import generate

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import ModuleType

    from scripts.generate.package import Package

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "scripts/generate/templates"
CLIENT = ROOT / "client"
CLASSES = {
    "host": ("HostClient", "ServerClient"),
    "sequence": ("SequenceClient", "Client"),
    "instance": ("InstanceClient", "Client"),
    "space": ("SpaceClient", "Client"),
    "middleware": ("MiddlewareClient", "ServerClient"),
    "multi_manager": ("MultiManagerClient", "ServerClient"),
}
PLAIN_CLASS = '''\
from __future__ import annotations

from ._client import {base}
from ._operations.{module} import {short}Operations


class {name}({short}Operations, {base}):
    """A plain one."""
'''


def description(schemas: Mapping[str, Any], operation: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """A description of one operation, `getThing`, which gives the schema `Thing` unless said otherwise."""
    reply = {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}
    thing = {
        "operationId": "getThing",
        "tags": ["things"],
        "summary": "Show a thing",
        "x-client": {"class": "HostClient", "method": "get_thing"},
        "responses": {"200": {"description": "The thing.", "content": reply}},
        **(operation or {}),
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Small", "version": "1"},
        "paths": {"/thing": {"get": thing}},
        "components": {"schemas": dict(schemas)},
    }


def plain_classes(folder: Path) -> Path:
    """A folder of client classes that have nothing written by hand."""
    folder.mkdir()
    for shared in ("_client.py", "_model.py"):
        (folder / shared).write_text((CLIENT / "classes" / shared).read_text())
    for module, (name, base) in CLASSES.items():
        short = name.removesuffix("Client")
        (folder / f"{module}.py").write_text(PLAIN_CLASS.format(name=name, base=base, module=module, short=short))
    return folder


def generated(content: Mapping[str, Any], folder: Path, **folders: Path) -> Package:
    """Generate a client.

    Args:
        content: The description.
        folder: Where the package `small_client` goes.
        folders: Other folders than those of the project, and than plain classes.
    """
    classes = folders.pop("classes", None) or plain_classes(folder / "classes")
    templates = folders.pop("templates", TEMPLATES)
    target = folder / "small_client"
    return generate(
        copy.deepcopy(dict(content)), target, templates=templates, classes=classes, runtime=CLIENT / "runtime"
    )


def models(schemas: Mapping[str, Any], folder: Path) -> ModuleType:
    """The models of a client that is generated from some schemas, `Thing` among them."""
    generated(description(schemas), folder)
    for name in [name for name in sys.modules if name.partition(".")[0] == "small_client"]:
        del sys.modules[name]
    sys.path.insert(0, str(folder))
    try:
        return importlib.import_module("small_client.models")
    finally:
        # Submodules are found through the package from now on.
        sys.path.remove(str(folder))
