"""The primitives that need threads; `aio.primitives` has their counterparts with asyncio."""

from __future__ import annotations

import socket
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import AsyncIterable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from .limits import bounded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Self

    from ..uploads.sources import Pieces

Opened = TypeVar("Opened", bound="Openable")


class Openable(ABC):
    """Base class of objects that open when created."""

    @abstractmethod
    def open(self) -> Self:
        """Open it, unless it is open."""


def opened(openable: Opened) -> Opened:
    """Open at once, so that errors are raised where the object is created."""
    return openable.open()


def sleep(seconds: float) -> None:
    """Wait."""
    time.sleep(seconds)


class Naps:
    """Sleeps that can be ended early."""

    def __init__(self) -> None:
        self._woken = threading.Event()

    def begun(self) -> threading.Event:
        """Return the event to pass to `sleep`; get it when the call begins, as a wake-up may precede the wait."""
        return self._woken

    def sleep(self, seconds: float, begun: threading.Event) -> None:
        """Wait, unless woken since the call began.

        Raises:
            TimeoutError: The deadline of the whole call passes first.
        """
        left = bounded(seconds)
        begun.wait(left)
        bounded(seconds)

    def wake(self) -> None:
        """End all sleeps."""
        woken, self._woken = self._woken, threading.Event()
        woken.set()


def interrupt(extensions: Mapping[str, Any], *, close: bool = False) -> None:
    """Interrupt the reader of a connection that is about to be closed.

    Closing a socket does not wake a thread that waits for data; shutting it down does.

    Args:
        extensions: The extensions of the HTTP client's response.
        close: Whether to close it as well, if no other code will.
    """
    stream: Any = extensions.get("network_stream")
    if hasattr(stream, "interrupt"):
        stream.interrupt()
    connected: socket.socket | None = stream and stream.get_extra_info("socket")
    if connected is not None:
        with suppress(OSError):
            # Not the TLS socket's own `shutdown`, which changes its state while another thread reads.
            socket.socket.shutdown(connected, socket.SHUT_RDWR)
        if close:
            connected.close()


def each(pieces: Pieces) -> Iterator[Any]:
    """Return the pieces of an upload as a blocking iterator."""
    items = pieces.items
    if isinstance(items, AsyncIterable):
        from .feeding import feed

        return feed(items)
    return iter(items)


Lock = threading.Lock
"""Lets one thread at a time run a block."""


class Background:
    """Work in the background.

    Args:
        work: The work; it must handle its own errors.
    """

    def __init__(self, work: Callable[[], None]) -> None:
        # A daemon thread: a source that blocks indefinitely must not keep the process alive.
        threading.Thread(target=work, name="scramjet-upload", daemon=True).start()

    def stop(self) -> None:
        """Do nothing: a thread cannot be stopped, but ends at its next piece, once its connection is closed."""

    def abandon(self) -> None:
        """Do nothing, as `stop`."""
