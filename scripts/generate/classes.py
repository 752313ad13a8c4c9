"""Client classes for the templates: the methods that each gets from the description."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import attrs

from scripts.generate.arguments import signature
from scripts.generate.docstrings import method_docstring, raw_docstring
from scripts.generate.naming import python_name
from scripts.generate.parsing import GenerationError
from scripts.generate.syntax import defined

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from scripts.generate.arguments import Argument
    from scripts.generate.document import Binding
    from scripts.generate.operations import Call

BOUND = {
    "HostClient": {},
    "SequenceClient": {"id": "id"},
    "InstanceClient": {"id": "id"},
    "SpaceClient": {"space_id": "id"},
    "MiddlewareClient": {},
    "MultiManagerClient": {},
}
"""The client classes, and which path parameters their objects know by themselves: parameter to attribute."""

TO_PROGRAM = frozenset({"writeStdin", "writeInput", "exchangeInout", "sendEvent"})
"""Operations that a failed program refuses; the error must say why it failed."""


@attrs.frozen
class Method:
    """A method of a client class, made from the description.

    Attributes:
        name: Its name.
        call: The operation that it calls.
        bound: Path parameters that the object holds as attributes.
        aliases: Its older names.
    """

    name: str
    call: Call
    bound: Mapping[str, str]
    aliases: Sequence[str] = ()

    @property
    def arguments(self) -> list[Argument]:
        """Return the arguments that the method takes."""
        return [argument for argument in self.call.arguments if argument.name not in self.bound]

    @property
    def option_names(self) -> dict[str, str]:
        """Return the options of every request: the connection's name and the method's."""
        taken = {argument.name for argument in self.arguments}
        names = ["timeout", "headers"]
        if self.call.streams and not self.call.exchanges:
            names.append("idle_timeout")
        return {name: f"request_{name}" if name in taken else name for name in names}

    @property
    def signature(self) -> str:
        """Return the parameters after self."""
        types = {"headers": "Mapping[str, str] | None"}
        options = [f"{own}: {types.get(name, 'float | None')} = None" for name, own in self.option_names.items()]
        return signature(self.arguments, options)

    @property
    def made(self) -> str:
        """Return the expression that builds the call."""
        given = [
            f"{argument.name}={f'self.{self.bound[argument.name]}' if argument.name in self.bound else argument.name}"
            for argument in self.call.arguments
        ]
        return f"call({', '.join(given)})"

    @property
    def options(self) -> str:
        """Return the arguments that pass on the options."""
        return ", ".join(f"{name}={own}" for name, own in self.option_names.items())

    @property
    def sender(self) -> str:
        """Return the method that carries out the call."""
        to_program = self.call.operation.id in TO_PROGRAM
        if self.call.exchanges:
            return "_exchange_with_program" if to_program else "_connection.exchange"
        return "_send_to_program" if to_program else "_connection.send"

    @property
    def docstring(self) -> str:
        """Return its docstring."""
        return method_docstring(self.call, self.arguments)

    @property
    def raw_docstring(self) -> str:
        """Return the docstring of its raw variant, which returns the complete reply."""
        return raw_docstring(self.call, self.name)


@attrs.frozen
class Group:
    """A client class.

    Attributes:
        class_name: The class, such as `HostClient`.
        methods: Its generated methods.
        raw_methods: The same for raw access, including those of methods that the class itself has by hand.
        attributes: Attributes that hold path parameters.
    """

    class_name: str
    methods: Sequence[Method]
    raw_methods: Sequence[Method]
    bound: Sequence[str]

    @property
    def name(self) -> str:
        """Return the class's short name, such as `Host`."""
        return self.class_name.removesuffix("Client")

    @property
    def module(self) -> str:
        """Return the name of the modules that hold it."""
        return python_name(self.name)

    @property
    def classes(self) -> list[tuple[str, str]]:
        """Return the modules and names of `models` that its methods name."""
        calls = [method.call for method in (*self.methods, *self.raw_methods)]
        found = set().union(*(call.classes for call in calls))
        return sorted(found.union(*(argument.classes for call in calls for argument in call.arguments)))


def groups(calls: Iterable[Call], written: Mapping[str, set[str]]) -> list[Group]:
    """Group the operations by client class.

    Args:
        calls: All operations.
        written: The hand-written methods of each class.

    Raises:
        GenerationError: A class is unknown, or two operations have the same method.
    """
    bindings = [(binding, call) for call in calls for binding in call.operation.bindings]
    unknown = sorted({binding.class_name for binding, _ in bindings} - set(BOUND))
    if unknown:
        raise GenerationError(f"x-client names classes that there are not: {', '.join(unknown)}")
    return [_group(name, [pair for pair in bindings if pair[0].class_name == name], written[name]) for name in BOUND]


def _group(class_name: str, bindings: list[tuple[Binding, Call]], written: set[str]) -> Group:
    bound = BOUND[class_name]
    generated = [pair for pair in bindings if pair[0].method not in written]
    names = [binding.method for binding, _ in bindings]
    for binding, call in generated:
        if names.count(binding.method) > 1:
            message = f"{call.operation.id}: {class_name}.{binding.method} is claimed by several operations"
            raise GenerationError(f"{message}; write that method by hand in client/classes")
    return Group(
        class_name=class_name,
        methods=[Method(binding.method, call, bound, binding.aliases) for binding, call in generated],
        raw_methods=_raw_methods(bindings, bound),
        bound=sorted(set(bound.values())),
    )


def _raw_methods(bindings: list[tuple[Binding, Call]], bound: Mapping[str, str]) -> list[Method]:
    """Return the methods for raw access; an operation that shares its method with another goes by its own name."""
    names = [binding.method for binding, _ in bindings]
    methods: dict[str, Method] = {}
    for binding, call in bindings:
        if call.streams:
            continue
        alone = names.count(binding.method) == 1 and [other for _, other in bindings].count(call) == 1
        name = binding.method if alone else call.name
        methods[name] = Method(name, call, bound, binding.aliases if alone else ())
    return list(methods.values())


def written_methods(folder: Path) -> dict[str, set[str]]:
    """Find the hand-written methods.

    Args:
        folder: The folder of the hand-written parts of the classes.

    Returns:
        The names that each class defines, by class.
    """
    found: dict[str, set[str]] = {name: set() for name in BOUND}
    for path in sorted(folder.glob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and node.name in found:
                found[node.name].update(defined(node))
    return found
