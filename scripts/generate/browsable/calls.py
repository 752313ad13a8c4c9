"""Examples of calls in Python: which method of the client's classes calls an operation, with its required arguments."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

import attrs

from scripts.generate.naming import python_name
from scripts.generate.parsing import GenerationError
from scripts.generate.syntax import defined

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

HOST: Final = ("HostClient", "http://127.0.0.1:8000/api/v1", "host")
PLATFORM: Final = ("MiddlewareClient", "https://api.example.com/api/v1", "platform")
MANAGER: Final = ("MultiManagerClient", "http://127.0.0.1:11000/api/v1", "manager")
"""The class that a program begins with, the address that it gets, and the variable for it."""

ROADS: Final = {
    "HostClient": (HOST, ()),
    "SequenceClient": (HOST, ("sequence = host.get_sequence_client(id)",)),
    "InstanceClient": (HOST, ("instance = host.get_instance_client(id)",)),
    "MiddlewareClient": (PLATFORM, ()),
    "MultiManagerClient": (MANAGER, ()),
    "SpaceClient": (PLATFORM, ("space = platform.get_manager_client(space_id)",)),
}
"""How a program reaches an object of each class: where it begins, and the lines after that."""


@attrs.frozen
class Call:
    """A method of a client class, as a program calls it.

    Attributes:
        class_name: The class.
        method: The method.
        arguments: The names of its required arguments.
        awaited: Whether the async variant is a coroutine; the others return a stream.
    """

    class_name: str
    method: str
    arguments: tuple[str, ...]
    awaited: bool

    def program(self, *, blocking: bool) -> str:
        """Return a program that makes the call.

        Args:
            blocking: Whether it uses `scramjet_client.sync`.
        """
        (begins_with, address, variable), road = ROADS[self.class_name]
        package = "scramjet_client.sync" if blocking else "scramjet_client"
        return "\n".join(
            [
                f"from {package} import {begins_with}",
                "",
                f'{"" if blocking else "async "}with {begins_with}("{address}") as {variable}:',
                *(f"    {line}" for line in [*road, *self._lines(self._owner(variable), blocking=blocking)]),
            ]
        )

    def _owner(self, variable: str) -> str:
        _, road = ROADS[self.class_name]
        return road[-1].partition(" =")[0] if road else variable

    def _lines(self, owner: str, *, blocking: bool) -> Iterator[str]:
        made = f"{owner}.{self.method}({', '.join(self.arguments)})"
        if self.awaited:
            yield f"reply = {'' if blocking else 'await '}{made}"
        else:
            yield f"{'' if blocking else 'async '}for item in {made}:"
            yield "    print(item)"


def calls(package: Path) -> dict[tuple[str, str], Call]:
    """Find the public methods of the client classes.

    Args:
        package: The folder of the Python client.

    Returns:
        The calls, by class and method.
    """
    found: dict[tuple[str, str], Call] = {}
    for name in ROADS:
        module = python_name(name.removesuffix("Client"))
        for path in (package / "_operations" / f"{module}.py", package / f"{module}.py"):
            found.update({(name, call.method): call for call in _calls(path, name)})
    return found


def call_of(found: Mapping[tuple[str, str], Call], class_name: str, method: str) -> Call:
    """Return the call of a binding in `x-client`.

    Raises:
        GenerationError: The class has no such method.
    """
    call = found.get((class_name, method))
    if call is None:
        raise GenerationError(f"x-client names {class_name}.{method}, which the client does not have")
    return call


def _calls(path: Path, class_name: str) -> Iterator[Call]:
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ClassDef) and defined(node):
            yield from (_call(item, class_name) for item in node.body if isinstance(item, FUNCTIONS))


FUNCTIONS: Final = (ast.FunctionDef, ast.AsyncFunctionDef)


def _call(node: ast.FunctionDef | ast.AsyncFunctionDef, class_name: str) -> Call:
    positional = node.args.args[1 : len(node.args.args) - len(node.args.defaults)]
    named = [arg for arg, default in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True) if default is None]
    arguments = [arg.arg for arg in positional] + [f"{arg.arg}={arg.arg}" for arg in named]
    return Call(class_name, node.name, tuple(arguments), isinstance(node, ast.AsyncFunctionDef))
