"""Upload a package as a new Sequence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._runtime.call import Call, Progress, UploadSource
from ...models.sequence_id import SequenceId

DECODERS: Mapping[int, Callable[[Any], SequenceId]] = {200: SequenceId.from_dict}


def call(data: UploadSource, *, name: str | None = None, progress: Progress | None = None) -> Call[SequenceId]:
    """Upload a package as a new Sequence.

    Takes a `tar.gz`, unpacks it and keeps it under a new id. The body is the package itself, with the
    content type `application/octet-stream` or with none at all, or a form with the package in the field
    `package` (or `file`).

    The reply comes when the package is unpacked and checked. A refused or broken-off upload leaves
    nothing behind. Whether the file named by `main` exists is not looked at before the Sequence is
    started. The same package uploaded twice makes two Sequences.

    Args:
        data: The package.
        name: An alias for the Sequence, unique in the Hub.
        progress: Told the bytes sent so far, and their final number where it is known.
    """
    headers: dict[str, str] = {}
    if name is not None:
        headers["x-name"] = name
    return Call(
        operation_id="uploadSequence",
        method="POST",
        path="/sequence",
        headers=headers,
        body=data,
        content_type="application/octet-stream",
        progress=progress,
        decoders=DECODERS,
        down="json",
        retry_safe=False,
    )
