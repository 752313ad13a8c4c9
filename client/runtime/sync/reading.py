"""Readers of streamed replies, in which an interruption never looks like the end."""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import TYPE_CHECKING, TypeAlias

from .. import process
from ..broken import CLOSED, OTHER_PROCESS
from ..errors import StreamBroken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .reply import Reply

Begin: TypeAlias = "Callable[[], Reply]"
"""Requests a reply."""


class Reading:
    """A reply that is opened and read in the thread of the reader.

    Args:
        begin: Requests the reply.
        idle_timeout: Seconds to wait for each piece; None for no limit.
    """

    def __init__(self, begin: Begin, idle_timeout: float | None) -> None:
        self.opened: Reply | None = None
        self._begin = begin
        self._idle_timeout = idle_timeout
        self._process = process.generation
        self._chunks: Iterator[bytes]
        self._failure: BaseException | None = None
        self._closed = False
        # A second reading thread waits for its turn. Closing does not.
        self._turn = threading.Lock()

    def reply(self) -> Reply:
        """Wait for the reply to begin.

        Raises:
            ScramjetError: No reply arrived, or it is an error.
        """
        with self._turn:
            return self._reply()

    def _reply(self) -> Reply:
        self._check()
        if self.opened is None:
            try:
                reply = self._begin()
            except BaseException as error:
                self._remember(error)
                raise
            reply.set_read_timeout(self._idle_timeout)
            self._chunks = iter(reply.chunks())
            self.opened = reply
        return self.opened

    def next(self) -> bytes:
        """Return the next piece of the body, an empty one at its end.

        Raises:
            ScramjetError: No reply arrived, or it was cut off, or this object was closed.
        """
        with self._turn:
            reply = self._reply()
            try:
                chunk = next(self._chunks, b"")
            except BaseException as error:
                self._remember(error)
                reply.close()
                raise
        if not chunk and not reply.ended:
            raise StreamBroken(CLOSED)
        return chunk

    def _remember(self, error: BaseException) -> None:
        if isinstance(error, Exception):
            self._failure = error
        else:
            self._failure = StreamBroken("The stream was interrupted while it was read: what came then is lost.")

    def _check(self) -> None:
        if self._process != process.generation:
            raise StreamBroken(OTHER_PROCESS)
        if self._failure is not None:
            # The same error each time, but without the tracebacks of earlier raises.
            raise self._failure.with_traceback(None)
        if self._closed and not (self.opened is not None and self.opened.ended):
            raise StreamBroken(CLOSED)

    def close(self) -> None:
        """Abort: closes the connection at once. Does nothing to a reply that was read to its end."""
        self._closed = True
        if self.opened is not None:
            self.opened.close()

    def abandon(self) -> None:
        """Abort without waiting."""
        if self.opened is not None:
            self.opened.abandon()

    def __del__(self) -> None:
        with suppress(Exception):
            # Errors while the interpreter shuts down do not matter.
            self.abandon()
