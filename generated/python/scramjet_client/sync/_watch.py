# Made blocking by `make generate` from client/classes/_watch.py: edit it there.
"""A stream of the history of Instances that survives disconnects and restarts of the Hub."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from .._runtime.errors import ApiStatusError, ConnectionFailed, StreamBroken, TimedOut
from .._runtime.hints import lazy_hints
from .._runtime.retries import RETRIED_STATUSES
from .._runtime.sync.primitives import sleep

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType
    from typing import Self

    from .._runtime.sync.items import Items
    from .._runtime.sync.streams import Stream
    from ..models import InstanceEvent

SILENCE = 90.0
"""Seconds without a byte after which a connection counts as dead; a Hub sends a bookmark every 30."""

FIRST_PAUSE, LONGEST_PAUSE = 0.05, 2.0


class Watch:
    """What happens to Instances, without a gap and with nothing twice, over any number of connections.

    When the connection is lost or the Hub restarts, it connects again and goes on after the last event. A wait for an
    event that is cancelled loses none.

    Args:
        begin: Opens the stream of the events after a cursor.
        cursor: The id of the last event that is known; None for those from now on, "0" for all that are kept.
        patience: Seconds without a connection after which the error is raised.

    Attributes:
        cursor: The id of the last event that was returned, or of a later bookmark; with it, another watch can go on.
            None before the first connection, if none was given.
    """

    def __init__(
        self, begin: Callable[[str | None], Stream[InstanceEvent]], cursor: str | None, patience: float
    ) -> None:
        self.cursor = cursor
        self._begin = begin
        self._patience = patience
        self._stream: Stream[InstanceEvent] | None = None
        self._records: Items[InstanceEvent] | None = None
        self._lost: float | None = None
        self._pause = FIRST_PAUSE

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> InstanceEvent:
        """Wait for the next event.

        Raises:
            GoneError: Events after the cursor are no longer kept; begin again without it.
            ConnectionFailed: The Hub was out of reach for too long.
            ScramjetError: Any other failure.
        """
        while True:
            event = self._next()
            if event is not None:
                self.cursor = event.id
                if event.type != "bookmark":
                    return event

    def open(self) -> Self:
        """Connect, and learn the cursor if none was given; does nothing if it is connected.

        Raises:
            ScramjetError: As for an event.
        """
        while self._stream is None or self.cursor is None:
            # Without a cursor, the stream begins with a bookmark.
            event = self._next(connect_only=self.cursor is not None)
            if event is not None:
                self.cursor = event.id
        return self

    def _next(self, *, connect_only: bool = False) -> InstanceEvent | None:
        """Return the next line; None after a connection was made or lost."""
        try:
            if self._stream is None:
                self._connect()
                return None
            if self._records is None or connect_only:
                return None
            event = next(self._records, None)
        except ApiStatusError as error:
            if error.status not in RETRIED_STATUSES:
                raise
            self._reconnect_after(error)
            return None
        except (ConnectionFailed, StreamBroken, TimedOut) as error:
            self._reconnect_after(error)
            return None
        if event is None:
            self._reconnect_after(None)
        return event

    def _connect(self) -> None:
        stream = self._begin(self.cursor)
        try:
            stream.open()
        except BaseException:
            stream.close()
            raise
        self._stream, self._records = stream, stream.records()
        self._lost, self._pause = None, FIRST_PAUSE

    def _reconnect_after(self, error: Exception | None) -> None:
        self._leave()
        now = time.monotonic()
        self._lost = now if self._lost is None else self._lost
        if error is not None and now - self._lost >= self._patience:
            raise error
        pause, self._pause = self._pause, min(2 * self._pause, LONGEST_PAUSE)
        sleep(pause)

    def _leave(self) -> None:
        stream, self._stream, self._records = self._stream, None, None
        if stream is not None:
            stream.close()

    def close(self) -> None:
        """Disconnect; `cursor` stays."""
        self._leave()

    def __enter__(self) -> Self:
        return self.open()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} after {self.cursor}>"


# Names that only annotations use are imported when these are read, as by `typing.get_type_hints`.
lazy_hints(
    globals(),
    {
        "Callable": "collections.abc",
        "InstanceEvent": "..models",
        "Items": ".._runtime.sync.items",
        "Self": "typing",
        "Stream": ".._runtime.sync.streams",
        "TracebackType": "types",
    },
)
