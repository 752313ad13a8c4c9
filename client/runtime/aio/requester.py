"""The protocol of connections that streams and exchanges use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..call import Call
    from ..settings.config import Settings
    from .duplex.connector import AsyncDuplexConnector
    from .reply import AsyncReply


class AsyncRequester(Protocol):
    """Sends calls to one server."""

    @property
    def settings(self) -> Settings:
        """The settings of the connection."""
        ...

    @property
    def connector(self) -> AsyncDuplexConnector:
        """Opens full-duplex connections."""
        ...

    async def begin(
        self, call: Call[Any], headers: Mapping[str, str] | None, timeouts: dict[str, float | None]
    ) -> AsyncReply:
        """Send a call and wait for its reply to begin; retry if that is safe and may help.

        Args:
            call: The call.
            headers: Additional headers of this call.
            timeouts: Seconds for each step: connect, write, read, pool.

        Raises:
            ScramjetError: No reply arrived, or it is an error.
        """
        ...
