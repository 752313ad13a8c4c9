"""Replace a Sequence's package."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._runtime.call import Call, Progress, UploadSource
from ..._runtime.paths import segment
from ..._runtime.uploads.packages import package_source
from ...models.sequence_id import SequenceId

DECODERS: Mapping[int, Callable[[Any], SequenceId]] = {200: SequenceId.from_dict}


def call(id: str, data: UploadSource, *, name: str | None = None, progress: Progress | None = None) -> Call[SequenceId]:
    """Replace a Sequence's package.

    Puts another package in the place of the one that is kept; the id stays, and so does the name unless
    another one is given. The body is as for `HostClient.send_sequence`. A Sequence with Instances that
    have not finished cannot be replaced. If the new package is refused, the old one stays.

    Args:
        id: The id of a Sequence, the name it was given at upload, or the name of its package if no
            other package is named so.
        data: The package.
        name: An alias for the Sequence, unique in the Hub.
        progress: Told the bytes sent so far, and their final number where it is known.
    """
    headers: dict[str, str] = {}
    if name is not None:
        headers["x-name"] = name
    return Call(
        operation_id="replaceSequence",
        method="PUT",
        path=f"/sequence/{segment(id, 'id')}",
        headers=headers,
        body=package_source(data),
        content_type="application/octet-stream",
        progress=progress,
        decoders=DECODERS,
        down="json",
        retry_safe=False,
    )
