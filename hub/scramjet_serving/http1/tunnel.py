"""CONNECT: hands a connection over to the application, which then owns it; the server is not a proxy."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias

from scramjet_serving.http1.heads import BadHead
from scramjet_serving.messages import join_headers

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Mapping

    from scramjet_serving.messages import RawHeaders

ACCEPTED: Final = b"HTTP/1.1 202 Accepted\r\n\r\n"


class Owner(Protocol):
    """The connection that a request to connect came on."""

    transport: asyncio.Transport

    def hand_over(self, protocol: asyncio.Protocol, reply: bytes) -> None:
        """Write a reply, and let another protocol have the connection."""

    def turn_down(self, reason: BadHead) -> None:
        """Write an error, and close the connection."""

    def sibling(self) -> asyncio.Protocol:
        """Return a protocol that serves another connection in the same way."""


class Connect:
    """A request to connect; call exactly one of `accept` and `refuse`.

    Args:
        owner: The connection.
        target: The request target, as sent.
        headers: The headers.

    Attributes:
        target: The request target, as sent.
        headers: The headers, names in lower case; repeated ones are joined with a comma.
        gone: Whether the client has disconnected.
    """

    def __init__(self, owner: Owner, target: str, headers: RawHeaders) -> None:
        self._owner = owner
        self.target = target
        self.headers: Mapping[str, str] = join_headers(headers)
        self.gone = False
        self.answered = False

    @property
    def address(self) -> str:
        """Where the client connects from, for logs."""
        name = self._owner.transport.get_extra_info("peername")
        return f"{name[0]}:{name[1]}" if isinstance(name, tuple) and len(name) > 1 else ""

    def accept(self, protocol: asyncio.Protocol) -> bool:
        """Answer 202, and give the connection to a protocol, with all that the client has sent after its request.

        Returns:
            Whether the client is still there; if not, nothing was done.
        """
        self._answer()
        if self.gone:
            return False
        self._owner.hand_over(protocol, ACCEPTED)
        return True

    def refuse(self, status: int, message: str) -> None:
        """Answer with an error, and close the connection.

        Args:
            status: The status.
            message: A sentence.
        """
        self._answer()
        if not self.gone:
            self._owner.turn_down(BadHead(status, message))

    def server(self) -> asyncio.Protocol:
        """Return a protocol that serves a connection, such as a channel of the tunnel, as this server does."""
        return self._owner.sibling()

    def _answer(self) -> None:
        if self.answered:
            raise RuntimeError("The request to connect was answered before")
        self.answered = True


# Decides about a request to connect; it may take its time. If it raises, or does not answer, the reply is 500.
ConnectHandler: TypeAlias = Callable[[Connect], Awaitable[None]]
