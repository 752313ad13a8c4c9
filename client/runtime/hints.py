"""Lazy annotations: the names in them are imported when they are read, as by `typing.get_type_hints`.

The modules of this package import names that only annotations use for type checkers alone, so that starting is fast and
imports form no circle. FastAPI, cattrs, Sphinx and others read annotations at run time, though.
"""

from __future__ import annotations

from functools import partial
from types import FunctionType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, ItemsView, Iterator, KeysView, Mapping, ValuesView


class Hints(dict[str, Any]):
    """The annotations of a class or function. Reading them first imports the names in them into its module.

    Args:
        annotations: The annotations as Python stores them: strings.
        bring: Imports the names.
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
        """Return one annotation."""
        self._bring()
        return super().get(name, default)

    def keys(self) -> KeysView[str]:  # type: ignore[override] # the same, but for its name
        """Return the annotated names."""
        self._bring()
        return super().keys()

    def values(self) -> ValuesView[Any]:  # type: ignore[override] # as above
        """Return the annotations."""
        self._bring()
        return super().values()

    def items(self) -> ItemsView[str, Any]:  # type: ignore[override] # as above
        """Return pairs of name and annotation."""
        self._bring()
        return super().items()

    def copy(self) -> dict[str, Any]:
        """Return a plain copy."""
        return dict(self)

    def __reduce__(self) -> tuple[Any, ...]:
        return dict, (dict(self),)


def lazy_hints(module: dict[str, Any], places: Mapping[str, str]) -> None:
    """Import the names in a module's annotations when these are first read.

    Args:
        module: The module's globals, at its end.
        places: By name, the module to import it from, relative to this package if it begins with dots;
            an empty string for a name that is a module itself.
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
    """Return the functions of a class's attribute."""
    if isinstance(member, property):
        return member.fget, member.fset
    return (member.__func__ if isinstance(member, staticmethod | classmethod) else member,)


def _mark(function: object, bring: Callable[[], None], module: dict[str, Any]) -> None:
    if not isinstance(function, FunctionType) or isinstance(function.__annotations__, Hints):
        return
    if function.__globals__ is not module and function.__name__ == "__init__":
        # Methods that attrs generates have globals of their own, where the names in annotations are undefined.
        bring = partial(_bring_to, function.__globals__, bring, module)
    function.__annotations__ = Hints(function.__annotations__, bring)


def _bring_to(place: dict[str, Any], bring: Callable[[], None], module: dict[str, Any]) -> None:
    bring()
    for name, value in module.items():
        place.setdefault(name, value)
