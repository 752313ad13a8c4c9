"""Selects what a run plays, by tags, names and operations; a selection is never empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from scramjet_contract.errors import BadOption
from scramjet_contract.phases import PHASES
from scramjet_contract.scenarios import Scenario, about

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from scramjet_contract.description import Description, Operation
    from scramjet_contract.profile import Profile
    from scramjet_contract.settings import Settings


LIFELESS = "no Instance lives on this Hub"


@attrs.frozen
class Selection:
    """A selection of what to play.

    Attributes:
        scenarios: Scenarios.
        phases: Phases of generated requests.
        operations: operationIds that generated requests go to.
        left_out: What the profile leaves out of it, to the reason.
    """

    scenarios: tuple[Scenario, ...]
    phases: tuple[str, ...]
    operations: tuple[str, ...]
    left_out: Mapping[str, str]


def check_words(settings: Settings, description: Description, tags: Collection[str], kind: str = "hub") -> None:
    """Reject unknown names, before anything is sent.

    Raises:
        BadOption: A name is unknown; the text lists the known names.
    """
    _known("tag", settings.tags, tags)
    _known("scenario or phase", settings.only, [*PHASES, *about(kind)])
    _known("operation", settings.operations, [key for key, item in description.operations.items() if item.tag in tags])


def select(
    settings: Settings, profile: Profile, operations: Mapping[str, Operation], description: Description
) -> Selection:
    """Choose what to play on a Hub of this kind.

    Args:
        settings: The requested selection.
        profile: The kind of Hub.
        operations: The operations that it has.
        description: The description.

    Raises:
        BadOption: Nothing is left to play, or a given name selects nothing.
    """
    absent = [key for key in settings.operations if key not in operations]
    if absent:
        raise BadOption(f"a Hub of the kind {profile.name} does not have {', '.join(absent)}")
    chosen = tuple(key for key in settings.operations or operations if operations[key].tag in settings.tags)
    scenarios, phases = tuple(_scenarios(settings)), tuple(_phases(settings, operations, chosen, description))
    selected = [*(item.name for item in scenarios), *phases]
    for word in settings.only:
        if word not in selected:
            raise BadOption(f"{word} has nothing to check {_among(settings)}")
    left_out = {name: reason for name, reason in profile.skip.items() if name in selected}
    if len(left_out) == len(selected):
        raise BadOption(f"nothing is selected {_among(settings)}{_reasons(left_out)}")
    return Selection(
        tuple(item for item in scenarios if item.name not in left_out),
        tuple(name for name in phases if name not in left_out),
        chosen,
        left_out,
    )


def needs_instances(selection: Selection, operations: Mapping[str, Operation]) -> bool:
    """Whether anything in the selection needs an Instance."""
    generated = selection.phases and any(operations[key].tag == "instances" for key in selection.operations)
    return bool(generated) or any("instances" in item.tags for item in selection.scenarios)


def without_instances(selection: Selection, operations: Mapping[str, Operation]) -> Selection:
    """Return what is left to play on a Hub that cannot run Instances."""
    gone = {item.name: LIFELESS for item in selection.scenarios if "instances" in item.tags}
    return attrs.evolve(
        selection,
        scenarios=tuple(item for item in selection.scenarios if item.name not in gone),
        operations=tuple(key for key in selection.operations if operations[key].tag != "instances"),
        left_out={**selection.left_out, **gone},
    )


def _known(what: str, words: Iterable[str], known: Collection[str]) -> None:
    unknown = [word for word in words if word not in known]
    if unknown:
        raise BadOption(f"there is no {what} called {', '.join(unknown)}; there are {', '.join(known)}")


def _scenarios(settings: Settings) -> Iterator[Scenario]:
    for item in about(settings.kind).values():
        if set(item.tags) & set(settings.tags) and (not settings.only or item.name in settings.only):
            yield item


def _phases(
    settings: Settings, operations: Mapping[str, Operation], chosen: Collection[str], description: Description
) -> Iterator[str]:
    for name in PHASES:
        wanted = chosen and (not settings.only or name in settings.only)
        if wanted and (name != "stateful" or _are_linked(chosen, operations, description)):
            yield name


def _are_linked(chosen: Collection[str], operations: Mapping[str, Operation], description: Description) -> bool:
    """Return whether the description links one of these operations to another: chains follow these links."""
    return any(
        description.resolve(link).get("operationId") in chosen
        for key in chosen
        for reply in description.raw(operations[key])["responses"].values()
        for link in description.resolve(reply).get("links", {}).values()
    )


def _among(settings: Settings) -> str:
    words = {"tags": settings.tags, "operations": settings.operations}
    return " and ".join(f"with the {what} {','.join(given)}" for what, given in words.items() if given)


def _reasons(left_out: Mapping[str, str]) -> str:
    return "".join(f"; {name} is left out: {reason}" for name, reason in left_out.items())
