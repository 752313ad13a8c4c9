# Made blocking by `make generate` from client/classes/_outcome.py: edit it there.
"""How an Instance ended, and the last that it had to say."""

from __future__ import annotations

from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING

from .._runtime.errors import InstanceFailedError, ScramjetError
from .._runtime.hints import lazy_hints

if TYPE_CHECKING:
    from ..models import Instance
    from .instance import InstanceClient

ENDS = frozenset({"completed", "errored", "gone"})
"""The statuses after which nothing more happens."""

LONGEST_TAIL = 1 << 16
"""Bytes of stderr that an error keeps."""

SILENCE = 2.0
"""Seconds to wait for stderr of a program that has ended: all of it is there, or will not come."""

REFUSAL = 0.5
"""Seconds to wait for the end of a program that takes nothing more: it may be about to fail."""


def failure(instance_id: str, info: Instance, stderr: str = "") -> InstanceFailedError:
    """Give the error for an Instance that has ended."""
    ended = info.terminated
    return InstanceFailedError(
        instance_id,
        status=info.status or "gone",
        exitcode=ended.exitcode if ended else None,
        reason=ended.reason if ended else None,
        stderr=stderr,
    )


def succeeded(info: Instance) -> bool:
    """Tell whether an Instance that has ended did so as a program should."""
    ended = info.terminated
    return info.status == "completed" and (ended is None or not ended.exitcode)


def checked(instance: InstanceClient) -> Instance:
    """Wait for the end of an Instance and make sure that it succeeded.

    Raises:
        InstanceFailedError: It did not. What nobody has read of its stderr is taken, and kept in the error.
    """
    info = instance.wait()
    if succeeded(info):
        return info
    raise failure(instance.id, info, _tail(instance))


def _tail(instance: InstanceClient) -> str:
    """Give the end of what nobody has read of an Instance's stderr."""
    kept: deque[bytes] = deque()
    # That there is none is no reason to hide why the program failed.
    with suppress(ScramjetError):
        _read_stderr(instance, kept)
    return b"".join(kept)[-LONGEST_TAIL:].decode("utf-8", errors="replace")


def _read_stderr(instance: InstanceClient, kept: deque[bytes]) -> None:
    size = 0
    with instance.get_stderr(timeout=SILENCE, idle_timeout=SILENCE) as stderr:
        for chunk in stderr:
            kept.append(chunk)
            size += len(chunk)
            while size - len(kept[0]) >= LONGEST_TAIL:
                size -= len(kept.popleft())


def explained(instance: InstanceClient, error: ScramjetError) -> ScramjetError:
    """Give the error that tells most about what an Instance did not take: that it has failed, if it has."""
    with suppress(ScramjetError):
        info = instance.wait(timeout=REFUSAL)
        if not succeeded(info):
            return failure(instance.id, info)
    return error


# What annotations alone name comes when somebody looks at them, as `typing.get_type_hints` does.
lazy_hints(globals(), {"Instance": "..models", "InstanceClient": ".instance"})
