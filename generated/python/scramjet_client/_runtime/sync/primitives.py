# Copied by `make generate` from client/runtime/sync/primitives.py: edit it there.
"""What is different in kind without asyncio; `aio.primitives` has the same names."""

from __future__ import annotations

import socket
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import AsyncIterable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from ..._runtime.hints import lazy_hints
from .limits import bounded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Self

    from ..uploads.sources import Pieces

Opened = TypeVar("Opened", bound="Openable")


class Openable(ABC):
    """Something that opens when it is made."""

    @abstractmethod
    def open(self) -> Self:
        """Open it, unless it is open already."""


def opened(openable: Opened) -> Opened:
    """Open at once, so that what is wrong shows where it was asked for."""
    return openable.open()


def sleep(seconds: float) -> None:
    """Wait."""
    time.sleep(seconds)


class Naps:
    """Waits that can be ended early."""

    def __init__(self) -> None:
        self._woken = threading.Event()

    def begun(self) -> threading.Event:
        """Give what a wait needs, to be asked for where the call begins: another thread may wake it before it waits."""
        return self._woken

    def sleep(self, seconds: float, begun: threading.Event) -> None:
        """Wait, unless woken since the call began.

        Raises:
            TimeoutError: The time for the whole call is over before.
        """
        left = bounded(seconds)
        begun.wait(left)
        bounded(seconds)

    def wake(self) -> None:
        """End all waits."""
        woken, self._woken = self._woken, threading.Event()
        woken.set()


def interrupt(extensions: Mapping[str, Any], *, close: bool = False) -> None:
    """Wake whoever reads from a connection that is about to be closed.

    Closing a socket does not wake a thread that waits for its data; shutting it down does.

    Args:
        extensions: What the HTTP client tells about a reply.
        close: Whether to close it, too, since nobody else is going to.
    """
    stream: Any = extensions.get("network_stream")
    if hasattr(stream, "interrupt"):
        stream.interrupt()
    connected: socket.socket | None = stream and stream.get_extra_info("socket")
    if connected is not None:
        with suppress(OSError):
            # Not its own `shutdown`: that of TLS changes the state under the hands of who reads.
            socket.socket.shutdown(connected, socket.SHUT_RDWR)
        if close:
            connected.close()


def each(pieces: Pieces) -> Iterator[Any]:
    """Give the pieces of an upload, whichever kind of iterable they come in."""
    items = pieces.items
    if isinstance(items, AsyncIterable):
        from .feeding import feed

        return feed(items)
    return iter(items)


Lock = threading.Lock
"""Lets one thread after the other do something."""


class Background:
    """Work that goes on beside the code that started it.

    Args:
        work: What to do; it must handle its own failures.
    """

    def __init__(self, work: Callable[[], None]) -> None:
        # A daemon: a source that blocks for ever must not keep the process alive.
        threading.Thread(target=work, name="scramjet-upload", daemon=True).start()

    def stop(self) -> None:
        """Do nothing: a thread cannot be stopped, but ends at its next piece, as its connection is closed."""

    def abandon(self) -> None:
        """Do nothing, as `stop`."""


# What annotations alone name comes when somebody looks at them, as `typing.get_type_hints` does.
lazy_hints(
    globals(),
    {
        "Callable": "collections.abc",
        "Iterator": "collections.abc",
        "Mapping": "collections.abc",
        "Pieces": "..uploads.sources",
        "Self": "typing",
    },
)
