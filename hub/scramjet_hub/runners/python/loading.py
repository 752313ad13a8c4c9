"""Loads the file of a Sequence and finds its `run` function."""

from __future__ import annotations

import importlib.util
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType


def load(path: Path) -> ModuleType:
    """Import the file of a Sequence, with its folder and its `__pypackages__` on the import path.

    Other code can import or unpickle the module under its own name, unless that is a name of the standard library.

    Raises:
        TypeError: It has no callable `run`.
        Exception: Any error that the file raises.
    """
    folder = path.parent
    sys.path[:0] = [str(folder), str(folder / "__pypackages__")]
    name = path.stem if path.stem not in sys.modules and path.stem not in sys.stdlib_module_names else "sequence"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path.name} is not a Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    if not callable(getattr(module, "run", None)):
        raise TypeError(f"{path.name} has no function run(context, input, *args)")
    return module


def declared(owner: Any, attribute: str) -> tuple[str, str]:
    """Return the topic that an object or module names with `provides` or `requires`, and its content type.

    The attribute is `{attribute: topic, "contentType": type}` or just the topic's name, with the type in
    `content_type`; missing values are empty.
    """
    declaration = getattr(owner, attribute, None)
    content_type = str(getattr(owner, "content_type", None) or "")
    if isinstance(declaration, dict):
        return str(declaration.get(attribute) or ""), str(declaration.get("contentType") or content_type)
    return (declaration if isinstance(declaration, str) else ""), content_type
