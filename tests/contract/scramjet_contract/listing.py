"""Lists the possible values of `--tags`, `--only`, `--operations` and `--profile`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scramjet_contract import profile
from scramjet_contract.phases import PHASES
from scramjet_contract.scenarios import about

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scramjet_contract.description import Description
    from scramjet_contract.settings import Settings


def lines(settings: Settings, description: Description) -> Iterator[str]:
    """Return the lines of the list; only scenarios and operations of the chosen tags."""
    yield from _part("tags (--tags)", ((name, "") for name in settings.all_tags))
    scenarios = [item for item in about(settings.kind).values() if set(item.tags) & set(settings.tags)]
    yield from _part("scenarios (--only)", ((item.name, f"[{','.join(item.tags)}] {item.what}") for item in scenarios))
    yield from _part("phases of generated requests (--only)", ((name, "") for name in PHASES))
    operations = [item for item in description.operations.values() if item.tag in settings.tags]
    yield from _part("operations (--operations)", ((item.id, f"[{item.tag}] {item.label}") for item in operations))
    yield from _part("profiles (--profile)", ((name, profile.load(name).title) for name in profile.names()))


def _part(title: str, items: Iterable[tuple[str, str]]) -> Iterator[str]:
    listed = list(items)
    width = max((len(name) for name, _ in listed), default=0)
    yield f"{title}:"
    for name, what in listed:
        yield f"  {name:<{width}}  {what}".rstrip()
    yield ""
