"""Memory trimming: returns free memory to the system.

The C library's allocator keeps free memory between blocks in use, and more of it the longer a Hub runs, unless told to
release it.
"""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

# How often, in seconds. It takes a few milliseconds, during which the Hub does nothing else.
EVERY: Final = 30.0
# How much free memory at the end of the heap the C library keeps until then. The kernel takes longer to provide zeroed
# pages for a chunk than a stream takes to copy it. Chunks that wait for their reader's acknowledgement are freed
# together, and by default glibc would return them to the kernel each time.
KEPT: Final = 16 * 1024 * 1024
# Larger blocks are returned at once when freed. Set explicitly: otherwise glibc adapts it to the first such block.
LARGE: Final = 4 * 1024 * 1024
M_TRIM_THRESHOLD: Final = -1
M_MMAP_THRESHOLD: Final = -3


def keep_freed_memory() -> None:
    """Make the C library keep some freed memory for reuse, if it can, as glibc can."""
    with contextlib.suppress(AttributeError, OSError):
        set_option = ctypes.CDLL(None).mallopt
        set_option(M_TRIM_THRESHOLD, KEPT)
        set_option(M_MMAP_THRESHOLD, LARGE)


def find_trim() -> Callable[[int], int] | None:
    """Return the C library's `malloc_trim`, if it has one, as glibc has."""
    try:
        trim: Callable[[int], int] = ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError):
        return None
    return trim


class Trimmer:
    """Returns free memory to the system at regular intervals.

    Args:
        every: How often, in seconds.
    """

    def __init__(self, every: float = EVERY) -> None:
        self._every = every
        self._trim = find_trim()
        self._timer: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """Start; must be called in the event loop."""
        if self._trim is not None:
            self._timer = asyncio.get_running_loop().call_later(self._every, self._work)

    def _work(self) -> None:
        if self._trim is not None:
            self._trim(0)
        self.start()

    def close(self) -> None:
        """Stop."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
