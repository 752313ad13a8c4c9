# Made blocking by `make generate` from client/runtime/aio/requester.py: edit it there.
"""What streams and exchanges need of the connection that they are opened on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from ..._runtime.hints import lazy_hints

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..call import Call
    from ..settings.config import Settings
    from .dialogues import Dialogues
    from .reply import Reply


class Requester(Protocol):
    """Sends calls to one server."""

    @property
    def settings(self) -> Settings:
        """Where and how to connect."""

    @property
    def dialogues(self) -> Dialogues:
        """Opens connections that read and write at once."""

    def begin(self, call: Call[Any], headers: Mapping[str, str] | None, timeouts: dict[str, float | None]) -> Reply:
        """Send a call, again where that is safe and may help, until its reply has begun.

        Args:
            call: What to ask.
            headers: Headers of this call, on top of all others.
            timeouts: Seconds for each step.

        Raises:
            ScramjetError: There is no reply, or it is an error.
        """


# What annotations alone name comes when somebody looks at them, as `typing.get_type_hints` does.
lazy_hints(
    globals(),
    {
        "Call": "..call",
        "Dialogues": ".dialogues",
        "Mapping": "collections.abc",
        "Reply": ".reply",
        "Settings": "..settings.config",
    },
)
