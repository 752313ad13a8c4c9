"""The outcome of an Instance: success or failure, with the end of its stderr."""

from __future__ import annotations

from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING

from ._runtime.errors import InstanceFailedError, ScramjetError

if TYPE_CHECKING:
    from .instance import InstanceClient
    from .models import Instance

ENDS = frozenset({"completed", "errored", "gone"})
"""The final statuses of an Instance."""

LONGEST_TAIL = 1 << 16
"""The most bytes of stderr that an error keeps."""

SILENCE = 2.0
"""Seconds to wait for the stderr of an ended program: all of it is there, or will never arrive."""

REFUSAL = 0.5
"""Seconds to wait for the end of a program that reads no more data: it may be about to fail."""


def failure(instance_id: str, info: Instance, stderr: str = "") -> InstanceFailedError:
    """Return the error for an Instance that has failed."""
    ended = info.terminated
    return InstanceFailedError(
        instance_id,
        status=info.status or "gone",
        exitcode=ended.exitcode if ended else None,
        reason=ended.reason if ended else None,
        stderr=stderr,
    )


def succeeded(info: Instance) -> bool:
    """Return whether an ended Instance succeeded."""
    ended = info.terminated
    return info.status == "completed" and (ended is None or not ended.exitcode)


async def checked(instance: InstanceClient) -> Instance:
    """Wait for the end of an Instance and check that it succeeded.

    Raises:
        InstanceFailedError: It failed. Its unread stderr is consumed and stored in the error.
    """
    info = await instance.wait()
    if succeeded(info):
        return info
    raise failure(instance.id, info, await _tail(instance))


async def _tail(instance: InstanceClient) -> str:
    """Return the end of an Instance's unread stderr."""
    kept: deque[bytes] = deque()
    # A missing stderr must not hide why the program failed.
    with suppress(ScramjetError):
        await _read_stderr(instance, kept)
    return b"".join(kept)[-LONGEST_TAIL:].decode("utf-8", errors="replace")


async def _read_stderr(instance: InstanceClient, kept: deque[bytes]) -> None:
    size = 0
    async with instance.get_stderr(timeout=SILENCE, idle_timeout=SILENCE) as stderr:
        async for chunk in stderr:
            kept.append(chunk)
            size += len(chunk)
            while size - len(kept[0]) >= LONGEST_TAIL:
                size -= len(kept.popleft())


async def explained(instance: InstanceClient, error: ScramjetError) -> ScramjetError:
    """Return the most telling error for data that an Instance did not read: its failure, if it failed."""
    with suppress(ScramjetError):
        info = await instance.wait(timeout=REFUSAL)
        if not succeeded(info):
            return failure(instance.id, info)
    return error
