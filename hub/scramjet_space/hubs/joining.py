"""A Hub that asks to join a Space, before it is decided whether it may."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:
    from scramjet_space.hubs.hub import Hub


class Joining(Protocol):
    """A Hub's request to join (CONNECT); call exactly one of `accept` and `refuse`.

    Attributes:
        space: The Space it wants to join, as in the request's path or in `x-manager-id`; not checked. Empty from Hubs
            before 0.19, which do not say it.
        org: The organisation in the path; mostly empty.
        hub_id: The id that it claims, a valid one (1 to 128 letters, digits, `.`, `_`, `-`; not `.` or `..`); empty if
            it wants one assigned.
        description: What it says about itself; at most 1,000 characters.
        tags: Its tags; at most 100 of at most 100 characters.
        key_id: The first 16 characters of the access key that it presents; empty without one.
        address: Where it connects from, for the log.
    """

    space: str
    org: str
    hub_id: str
    description: str
    tags: list[str]
    key_id: str
    address: str

    async def proves(self, key: str) -> bool:
        """Return whether the Hub has an access key: whether its proof was made with it.

        Takes about 50 ms of CPU in a thread; refuse unknown `key_id`s without it.

        Args:
            key: The whole key.
        """

    async def accept(self, hub_id: str, *, key_id: str = "") -> Hub:
        """Let it in; it is served from then on.

        Args:
            hub_id: Its id from now on; if it claimed none, it is told this one, and keeps it.
            key_id: The id of the access key that it proved; marks it as self-hosted.

        Raises:
            HubAway: It has gone in the meantime.
        """

    def refuse(self, status: int, reason: str) -> None:
        """Send it away.

        Args:
            status: 403 makes a Hub give up for good; 404 (no such Space) and 409 (id connected already) make it try
                again later.
            reason: A sentence, for the Hub's log.
        """


# Decides about a Hub that wants to join: accepts or refuses it. If it raises, the Hub is refused with 500.
Doorkeeper: TypeAlias = Callable[[Joining], Awaitable[None]]
