"""Deviations: known differences of a kind of Hub from the contract, and how to recognise a problem as one of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import attrs
from packaging.specifiers import SpecifierSet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from scramjet_contract.description import Description
    from scramjet_contract.results import Problem


def _words(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(words)


def _statuses(status: int | list[int] | None) -> tuple[int, ...]:
    return () if status is None else (status,) if isinstance(status, int) else tuple(status)


@attrs.frozen(kw_only=True)
class Sight:
    """One way in which a deviation shows: a problem that meets every given condition.

    Texts are regular expressions that must match somewhere.

    Attributes:
        status: Statuses that the reply may have; empty for any.
        check: Condition on the name of the failed check.
        message: Condition on the message.
        source: Condition on where the problem was found.
        scenarios: Scenarios in which it is found; in them the operation called last does not matter.
        operations: Operations it is about; empty for any.
    """

    status: tuple[int, ...] = attrs.field(default=(), converter=_statuses)
    check: str = ""
    message: str = ""
    source: str = ""
    scenarios: tuple[str, ...] = attrs.field(default=(), converter=_words)
    operations: tuple[str, ...] = attrs.field(default=(), converter=_words)

    def covers(self, problem: Problem) -> bool:
        """Return whether a problem meets the conditions."""
        return (
            self._is_about(problem)
            and (not self.status or problem.status in self.status)
            and re.search(self.source, problem.source) is not None
            and re.search(self.check, problem.check) is not None
            and re.search(self.message, problem.message, re.DOTALL) is not None
        )

    def _is_about(self, problem: Problem) -> bool:
        if self.scenarios:
            return problem.source in {f"scenario {name}" for name in self.scenarios}
        return not self.operations or problem.operation in self.operations


@attrs.frozen(kw_only=True)
class Deviation:
    """One known way in which a kind of Hub breaks the contract.

    Attributes:
        id: Its unique name.
        what: What happens.
        reason: Why it is accepted.
        exchange: The request and the reply that show it.
        seen: How it shows; empty if none of our checks meets it.
        sometimes: Whether it need not happen in every run; then it is never reported as gone.
        operations: The operations that have it; empty if it is about none in particular.
        missing: Whether these operations do not exist at all.
        never: Documented replies (status, or status and media type) that it makes impossible.
        refuses: Request media types that are rejected because of it.
    """

    id: str
    what: str
    reason: str = ""
    exchange: str = ""
    seen: tuple[Sight, ...] = ()
    sometimes: bool = False
    operations: tuple[str, ...] = attrs.field(default=(), converter=_words)
    missing: bool = False
    never: tuple[str, ...] = attrs.field(default=(), converter=_words)
    refuses: tuple[str, ...] = attrs.field(default=(), converter=_words)

    @classmethod
    def parse(cls, raw: Mapping[str, Any]) -> Deviation:
        """Parse a profile's deviation, in which the conditions of its only `Sight` stand beside the other keys.

        Raises:
            TypeError: A key is unknown or missing.
        """
        fields = dict(raw)
        names = {field.name for field in attrs.fields(Sight)}
        sight = Sight(**{name: fields.pop(name) for name in names & fields.keys()})
        return cls(**fields, seen=(sight,))

    def covers(self, problem: Problem) -> bool:
        """Return whether a problem is this deviation."""
        return any(sight.covers(problem) for sight in self.seen)

    def explains(self, operation: str, status: int, media_type: str) -> bool:
        """Return whether this deviation is the reason that a documented reply is never given."""
        return operation in self.operations and not {str(status), f"{status} {media_type}"}.isdisjoint(self.never)


def described(description: Description, server: str, version: str) -> tuple[Deviation, ...]:
    """Return the deviations of a server version from the description, each once, with all operations that have it.

    Args:
        description: The description.
        server: The server, as named in `x-deviations`.
        version: Its version.
    """
    found: dict[str, tuple[Mapping[str, Any], list[str]]] = {}
    for operation in description.operations.values():
        for item in description.raw(operation).get("x-deviations", ()):
            raw = description.resolve(item)
            if raw["server"] == server and SpecifierSet(raw["versions"]).contains(version, prereleases=True):
                found.setdefault(raw["id"], (raw, []))[1].append(operation.id)
    return tuple(_described(raw, operations) for raw, operations in found.values())


def _described(raw: Mapping[str, Any], operations: list[str]) -> Deviation:
    fields = {name: value for name, value in raw.items() if name not in ("server", "versions", "seen")}
    return Deviation(**fields, operations=operations, seen=tuple(_sights(raw, operations)))


def _sights(raw: Mapping[str, Any], operations: list[str]) -> Iterator[Sight]:
    for sight in raw.get("seen", ()):
        yield Sight(**sight, operations=() if "scenarios" in sight else operations)
