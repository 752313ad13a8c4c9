"""The intake of an Instance: stdin and input, which accept one write after another."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from scramjet_serving.errors import Ended, Unsupported, Untyped
from scramjet_serving.streams.broadcast import StreamEnded

if TYPE_CHECKING:
    from scramjet_hub.runners.channels import Outlet


class Intake:
    """The stdin or input of an Instance: accepts writes one after another, until one of them ends it.

    Args:
        outlet: The channel to the runner.
        what: Its name in errors.
    """

    def __init__(self, outlet: Outlet, what: str) -> None:
        self.outlet = outlet
        self.content_type = ""
        self.fed_by = ""
        self._what = what
        self._turn = asyncio.Lock()

    def ended_error(self) -> Ended:
        """Return the error for a client that writes too late."""
        return Ended(f"The {self._what} of the Instance has ended")

    def begin(self, content_type: str) -> None:
        """Set the content type and send it to the runner, if that has not been done.

        Raises:
            Unsupported: The content type is already another one.
            Untyped: The content type is missing.
            StreamEnded: It has ended.
        """
        if self.outlet.ended:
            raise StreamEnded
        if self.content_type:
            if content_type not in ("", self.content_type):
                raise Unsupported(f"The {self._what} is {self.content_type} since its first write")
            return
        if not content_type:
            raise Untyped("Content-Type must be defined")
        self.outlet.push(f"Content-Type: {content_type}\r\n\r\n".encode("latin-1"))
        self.content_type = content_type

    def writer(self) -> IntakeWriter:
        """Create a writer, which waits for its turn."""
        return IntakeWriter(self)


class IntakeWriter:
    """One write to an `Intake`; it has its turn from its first byte until `finish` or `abandon`."""

    __slots__ = ("_has_turn", "_intake", "_open_line")

    def __init__(self, intake: Intake) -> None:
        self._intake = intake
        self._has_turn = False
        self._open_line = False

    @property
    def ready(self) -> bool:
        """Whether `write` would return without waiting."""
        return self._has_turn and not self._intake.outlet.full

    async def start(self) -> None:
        """Wait for this write's turn.

        Raises:
            StreamEnded: A previous write has ended the stream.
        """
        if not self._has_turn:
            await self._intake._turn.acquire()
            self._has_turn = True
        if self._intake.outlet.ended:
            raise StreamEnded

    async def write(self, chunk: bytes) -> None:
        """Write, waiting for the turn and while the Instance reads nothing.

        Raises:
            StreamEnded: It has ended, or the Instance has closed it.
        """
        await self.start()
        await self._intake.outlet.room()
        self._intake.outlet.push(chunk)
        self._open_line = not chunk.endswith(b"\n")

    async def finish(self) -> None:
        """Complete this write.

        Raises:
            StreamEnded: The Instance has closed it before it read everything.
        """
        await self.start()
        # The next write's first record must not become part of this write's last record.
        if self._open_line and self._intake.content_type.endswith("/x-ndjson"):
            await self.write(b"\n")
        await self._intake.outlet.room()
        if self._intake.outlet.ended:
            raise StreamEnded

    def abandon(self) -> None:
        """Pass the turn to the next write; must be called at the end of every write."""
        if self._has_turn:
            self._has_turn = False
            self._intake._turn.release()
