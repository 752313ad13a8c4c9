"""Faults that can be switched on in the embedded Hub, to see whether the contract tests find them.

Each is a function with the decorator `mutant` that changes the Hub's objects before it serves; its docstring says what
is wrong then. The Hub knows nothing of this, so it costs nothing when it is not used.
"""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable


@attrs.frozen
class Mutant:
    """One fault.

    Attributes:
        name: Unique, words joined by hyphens.
        subject: The module it is in.
        what: What is wrong with the Hub.
        apply: Brings it about.
        operations: The operations that generated requests go to when it is hunted.
        whole: Whether the Hubs in special states are needed to see it.
    """

    name: str
    subject: str
    what: str
    apply: Callable[[], None]
    operations: tuple[str, ...]
    whole: bool


REGISTRY: dict[str, Mutant] = {}


def mutant(*operations: str, whole: bool = False) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Register a function as a mutant.

    Args:
        operations: The operations that it is about.
        whole: Whether the Hubs in special states are needed to see it.
    """

    def register(apply: Callable[[], None]) -> Callable[[], None]:
        name = apply.__name__.replace("_", "-")
        if name in REGISTRY:
            raise ValueError(f"two mutants are called {name}")
        what = " ".join((apply.__doc__ or "").split())
        subject = apply.__module__.rpartition(".")[2]
        REGISTRY[name] = Mutant(name, subject, what, apply, operations, whole)
        return apply

    return register


def load_all() -> dict[str, Mutant]:
    """Every mutant by its name."""
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda module: module.name):
        if module.name.startswith("faults"):
            importlib.import_module(f"{__name__}.{module.name}")
    return REGISTRY
