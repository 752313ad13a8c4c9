"""The coverage of the contract: each operation, documented status and media type is seen, explained, or a gap."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import attrs

from scramjet_contract.results import Problem
from scramjet_contract.scenarios import REGISTRY

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from scramjet_contract.description import Operation
    from scramjet_contract.profile import Profile
    from scramjet_contract.results import Results

ANYTHING = "*/*"
"""A request body that may have any type; every one that is accepted shows it."""

State = Literal["seen", "explained", "gap"]


@attrs.frozen
class Cell:
    """One documented reply, or one documented media type of a request body.

    Attributes:
        state: Whether it was seen and checked.
        why: Where it was seen, or why it was not.
    """

    state: State
    why: str


@attrs.frozen
class Matrix:
    """The coverage of a run.

    Attributes:
        replies: Operation, status and media type to its cell.
        bodies: Operation and media type of the request body to its cell; "seen" means that it was accepted.
    """

    replies: Mapping[tuple[str, int, str], Cell]
    bodies: Mapping[tuple[str, str], Cell]

    def count(self, state: State) -> int:
        """Return how many documented replies are in this state."""
        return sum(cell.state == state for cell in self.replies.values())


def judge(operations: Mapping[str, Operation], profile: Profile, results: Results) -> Matrix:
    """Compute the coverage of a run."""
    replies = {
        (key, status, media_type): _reply(profile, results, key, status, media_type)
        for key, operation in operations.items()
        for status, media_types in operation.replies.items()
        for media_type in media_types
    }
    bodies = {
        (key, media_type): _body(profile, results, key, media_type)
        for key, operation in operations.items()
        for media_type in operation.accepts
    }
    return Matrix(replies, bodies)


def problems(matrix: Matrix, tags: Collection[str], operations: Mapping[str, Operation]) -> Iterator[Problem]:
    """Return everything documented that was neither seen nor explained."""
    for (key, status, media_type), cell in matrix.replies.items():
        if cell.state == "gap" and operations[key].tag in tags:
            message = (
                f"{key}: the documented reply {status} {media_type} was never seen, and the profile does not say why"
            )
            yield Problem(
                source="matrix", check=f"coverage {media_type}", operation=key, message=message, status=status
            )
    for (key, media_type), cell in matrix.bodies.items():
        if cell.state == "gap" and operations[key].tag in tags:
            message = f"{key}: no request with the documented type {media_type} was accepted"
            yield Problem(source="matrix", check=f"request {media_type}", operation=key, message=message)


def gone(profile: Profile, results: Results) -> Iterator[Problem]:
    """Return known deviations that did not happen, and explanations of replies that were seen after all."""
    for deviation in profile.expected:
        if deviation.id not in results.met and not deviation.sometimes:
            message = f"the known deviation {deviation.id!r} no longer happens: {deviation.what}. Remove it"
            yield Problem(source="profile", check=f"gone {deviation.id}", operation="", message=message)


def _reply(profile: Profile, results: Results, key: str, status: int, media_type: str) -> Cell:
    if (source := results.seen.get((key, status, media_type))) is not None:
        return Cell("seen", source)
    for unseen in profile.unseen:
        if unseen.covers(key, status, media_type):
            return Cell("explained", unseen.reason)
    for deviation in profile.deviations:
        if deviation.explains(key, status, media_type):
            return Cell("explained", f"{deviation.what} ({deviation.id})")
    for name, reason in results.not_run.items():
        if name in REGISTRY and status in REGISTRY[name].provokes:
            return Cell("explained", f"{name} was left out: {reason}")
    return Cell("gap", "")


def _body(profile: Profile, results: Results, key: str, media_type: str) -> Cell:
    if (source := results.sent_types.get((key, media_type))) is not None:
        return Cell("seen", source)
    if media_type == ANYTHING and (others := [told for (name, _), told in results.sent_types.items() if name == key]):
        return Cell("seen", others[-1])
    for deviation in profile.deviations:
        if key in deviation.operations and media_type in deviation.refuses:
            return Cell("explained", f"{deviation.what} ({deviation.id})")
    return Cell("gap", "")
