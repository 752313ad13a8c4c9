"""Checks that the generated client covers the whole description."""

from __future__ import annotations

import ast
import builtins
import re
from typing import TYPE_CHECKING

from scripts.generate.parsing import GenerationError
from scripts.generate.syntax import defined

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from scripts.generate.classes import Group
    from scripts.generate.operations import Call

RAISES = re.compile(r"^Raises:\n((?:[ \t]+.*\n?|\n(?=[ \t]))+)", re.MULTILINE)
RAISED = re.compile(r"^    (\w[\w.]*):", re.MULTILINE)


def check_complete(
    operations: Sequence[str], calls: Sequence[Call], groups: Sequence[Group], files: Mapping[str, str]
) -> None:
    """Check that every operation has its module, and that a method of a client class calls it.

    Args:
        operations: The operationIds of the description.
        calls: The generated calls.
        groups: The client classes.
        files: The files of the package.

    Raises:
        GenerationError: Something is missing; the message lists everything, one item per line with the check's name.
    """
    missing = [
        *_without_module(operations, calls, files),
        *_without_method(calls, groups, files),
        *_unused(calls, files),
        *_dangling(files),
        *_unknown_errors(files),
    ]
    if missing:
        raise GenerationError("the client would not be complete:\n" + "\n".join(f"  {line}" for line in missing))


def _without_module(operations: Sequence[str], calls: Sequence[Call], files: Mapping[str, str]) -> Iterator[str]:
    paths = {call.operation.id: f"api/{call.tag}/{call.name}.py" for call in calls}
    for operation in operations:
        if operation not in paths:
            yield f"operation-has-module: {operation} was dropped"
        elif paths[operation] not in files:
            yield f"operation-has-module: {operation} has no {paths[operation]}"


def _without_method(calls: Sequence[Call], groups: Sequence[Group], files: Mapping[str, str]) -> Iterator[str]:
    names = {group.class_name: _names(group, files) for group in groups}
    for call in calls:
        if not call.operation.bindings:
            yield f"operation-has-method: {call.operation.id} names no method of a client class in x-client"
        for binding in call.operation.bindings:
            for name in (binding.method, *binding.aliases):
                if name not in names[binding.class_name]:
                    yield f"operation-has-method: {call.operation.id} has no {binding.class_name}.{name}"


def _names(group: Group, files: Mapping[str, str]) -> set[str]:
    """Find the names that a client class defines, hand-written and generated."""
    found: set[str] = set()
    for path in (f"{group.module}.py", f"_operations/{group.module}.py"):
        for node in ast.parse(files.get(path, "")).body:
            if isinstance(node, ast.ClassDef):
                found.update(defined(node))
    return found


def _unused(calls: Sequence[Call], files: Mapping[str, str]) -> Iterator[str]:
    """Find operations that a hand-written method claims to call, but whose module no class imports."""
    classes = [path for path in files if not path.startswith(("sync/", "_operations/raw_"))]
    imported = {module for path in classes for module in _api_imports(files[path])}
    for call in calls:
        if f"{call.tag}.{call.name}" not in imported:
            yield f"operation-is-called: no class imports api.{call.tag}.{call.name} of {call.operation.id}"


def _dangling(files: Mapping[str, str]) -> Iterator[str]:
    """Find imports of operations that the description no longer has."""
    modules = {path.removeprefix("api/").removesuffix(".py").replace("/", ".") for path in files}
    for path, text in files.items():
        for module in _api_imports(text) if not path.startswith("api/") else ():
            if module not in modules:
                yield f"import-has-operation: {path} imports api.{module}, which no operation is"


def _api_imports(text: str) -> Iterator[str]:
    if ".api" not in text:
        return
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and node.level and (node.module or "").startswith("api."):
            module = (node.module or "").removeprefix("api.")
            if "." in module:
                yield module
            else:
                yield from (f"{module}.{alias.name}" for alias in node.names)


def _unknown_errors(files: Mapping[str, str]) -> Iterator[str]:
    """Find error classes that docstrings name but that do not exist."""
    errors = {node.name for node in _classes(files.get("_runtime/errors.py", ""))}
    for path, text in files.items():
        tree = ast.parse(text)
        here = errors | {node.name for node in _classes(text)} | set(_imported_names(tree))
        for owner, name in _raised(tree):
            if name.partition(".")[0] not in here and not _is_builtin_error(name):
                yield f"raised-error-exists: {path}: {owner} says that it raises {name}, which is no error"


def _classes(text: str) -> Iterator[ast.ClassDef]:
    yield from (node for node in ast.parse(text).body if isinstance(node, ast.ClassDef))


def _imported_names(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom | ast.Import):
            yield from (alias.asname or alias.name for alias in node.names)


def _raised(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Yield functions and classes with the errors in the `Raises:` sections of their docstrings."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            for section in RAISES.findall(ast.get_docstring(node) or ""):
                yield from ((node.name, name) for name in RAISED.findall(section))


def _is_builtin_error(name: str) -> bool:
    kind = getattr(builtins, name, None)
    return isinstance(kind, type) and issubclass(kind, Exception)
