"""Scenarios: small stories that provoke on purpose what generated requests meet only by chance, or never.

Each is a function with the decorator `scenario`; its docstring states the requirement.
"""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING, TypeAlias

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable

    from scramjet_contract.scene import Scene

    Act: TypeAlias = Callable[[Scene], None]


@attrs.frozen
class Scenario:
    """One scenario.

    Attributes:
        name: Unique, words joined by hyphens.
        subject: The module it is defined in.
        tags: Tags of the operations it is about.
        what: The requirement.
        act: Plays the scenario.
        seconds: How long it may take.
        alone: Whether nothing else may run at the same time.
        provokes: Statuses that only this scenario provokes; if it is left out, they cannot be seen.
        kinds: The kinds of servers it is about.
    """

    name: str
    subject: str
    tags: tuple[str, ...]
    what: str
    act: Act
    seconds: float
    alone: bool
    provokes: tuple[int, ...]
    kinds: tuple[str, ...]


REGISTRY: dict[str, Scenario] = {}


def scenario(
    *tags: str,
    seconds: float = 20.0,
    alone: bool = False,
    provokes: tuple[int, ...] = (),
    kinds: tuple[str, ...] = ("hub",),
) -> Callable[[Callable[[Scene], None]], Callable[[Scene], None]]:
    """Register a function as a scenario.

    Args:
        tags: Tags of the operations it is about.
        seconds: How long it may take.
        alone: Whether nothing else may run at the same time.
        provokes: Statuses that only this scenario provokes.
        kinds: The kinds of servers it is about.
    """

    def register(act: Act) -> Act:
        name = act.__name__.replace("_", "-")
        if name in REGISTRY:
            raise ValueError(f"two scenarios are called {name}")
        what = " ".join((act.__doc__ or "").split())
        subject = act.__module__.rpartition(".")[2]
        REGISTRY[name] = Scenario(name, subject, tags, what, act, seconds, alone, provokes, kinds)
        return act

    return register


def load_all() -> dict[str, Scenario]:
    """Return every scenario by name, in the order of the modules."""
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda module: module.name):
        importlib.import_module(f"{__name__}.{module.name}")
    return REGISTRY


def about(kind: str) -> dict[str, Scenario]:
    """Return the scenarios about servers of a kind by name, in the order of the modules."""
    return {name: item for name, item in load_all().items() if kind in item.kinds}
