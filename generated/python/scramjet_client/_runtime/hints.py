# Copied by `make generate` from client/runtime/hints.py: edit it there.
"""Annotations that name what is imported only when somebody looks at them, as `typing.get_type_hints` does.

The modules of this package import what only annotations name for type checkers alone, so that starting is fast and
no circle of imports arises. FastAPI, cattrs, sphinx and others look annotations up at run time, though.
"""

from __future__ import annotations

from functools import partial
from types import FunctionType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, ItemsView, Iterator, KeysView, Mapping, ValuesView


class Hints(dict[str, Any]):
    """The annotations of a class or function. Looking at them first brings what they name into its module.

    Args:
        annotations: As Python has them: the text of each.
        bring: Brings the names.
    """

    __slots__ = ("_bring",)

    def __init__(self, annotations: Mapping[str, Any], bring: Callable[[], None]) -> None:
        super().__init__(annotations)
        self._bring = bring

    def __iter__(self) -> Iterator[str]:
        self._bring()
        return super().__iter__()

    def __getitem__(self, name: str) -> Any:
        self._bring()
        return super().__getitem__(name)

    def get(self, name: str, default: Any = None) -> Any:
        """Give one of them."""
        self._bring()
        return super().get(name, default)

    def keys(self) -> KeysView[str]:  # type: ignore[override] # the same, but for its name
        """Give the names of what is annotated."""
        self._bring()
        return super().keys()

    def values(self) -> ValuesView[Any]:  # type: ignore[override] # likewise
        """Give the annotations."""
        self._bring()
        return super().values()

    def items(self) -> ItemsView[str, Any]:  # type: ignore[override] # likewise
        """Give both."""
        self._bring()
        return super().items()

    def copy(self) -> dict[str, Any]:
        """Give a plain copy."""
        return dict(self)

    def __reduce__(self) -> tuple[Any, ...]:
        return dict, (dict(self),)


def lazy_hints(module: dict[str, Any], places: Mapping[str, str]) -> None:
    """Have what a module's annotations name imported when they are first looked at.

    Args:
        module: The module's globals, at its end.
        places: By name, the module that has it, from this package if it begins with dots;
            a name that is a module itself stands beside an empty text.
    """
    bring = partial(_bring, module, places)
    for value in list(module.values()):
        if getattr(value, "__module__", None) != module["__name__"]:
            continue
        if isinstance(value, type):
            _mark_class(value, bring, module)
        elif isinstance(value, FunctionType):
            _mark(value, bring, module)


def _bring(module: dict[str, Any], places: Mapping[str, str]) -> None:
    from importlib import import_module

    for name, place in places.items():
        if name not in module:
            module[name] = getattr(import_module(place, module["__package__"]), name) if place else import_module(name)


def _mark_class(kind: type, bring: Callable[[], None], module: dict[str, Any]) -> None:
    if "__annotations__" in vars(kind):
        kind.__annotations__ = Hints(kind.__annotations__, bring)
    for member in list(vars(kind).values()):
        for function in _functions(member):
            _mark(function, bring, module)


def _functions(member: object) -> tuple[object, ...]:
    """Give the functions that a class's attribute consists of."""
    if isinstance(member, property):
        return member.fget, member.fset
    return (member.__func__ if isinstance(member, staticmethod | classmethod) else member,)


def _mark(function: object, bring: Callable[[], None], module: dict[str, Any]) -> None:
    if not isinstance(function, FunctionType) or isinstance(function.__annotations__, Hints):
        return
    if function.__globals__ is not module and function.__name__ == "__init__":
        # What attrs writes has globals of its own, in which its annotations mean nothing.
        bring = partial(_bring_to, function.__globals__, bring, module)
    function.__annotations__ = Hints(function.__annotations__, bring)


def _bring_to(place: dict[str, Any], bring: Callable[[], None], module: dict[str, Any]) -> None:
    bring()
    for name, value in module.items():
        place.setdefault(name, value)
