"""Upload a package as a new Sequence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._runtime.call import Call, Progress, UploadSource
from ..._runtime.uploads.packages import package_source
from ...models.sequence_id import SequenceId

DECODERS: Mapping[int, Callable[[Any], SequenceId]] = {200: SequenceId.from_dict}


def call(data: UploadSource, *, name: str | None = None, progress: Progress | None = None) -> Call[SequenceId]:
    """Upload a package as a new Sequence.

    Takes a `tar.gz`, unpacks it and keeps it under a new id. The body is the package itself, with the
    content type `application/octet-stream` or with none at all, or a form with the package in the field
    `package` (or `file`).

    The reply comes when the package is unpacked, checked and safe on the disk. Each file has a
    checksum, which is verified when a Hub loads the package again after its own restart. A refused or
    broken-off upload leaves nothing behind. Whether the file named by `main` exists is not looked at
    before the Sequence is started; a `main` that cannot be the name of a file, such as one of 300
    letters, is refused at once. `package.json` is at the root, or in the only folder there; what macOS,
    Windows and `tar` add beside it (`.DS_Store`, `__MACOSX/`, `._*`, `PaxHeader/` and the like) does
    not count. Its descriptive fields (`description`, `author`, `keywords`, `args`, `repository`) may
    have any form that npm takes; what has none that `SequenceConfig` describes is left out. JSON may be
    nested 100 levels deep, `appConfig` of the form as well as `package.json`. The same package uploaded
    twice makes two Sequences.

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
        body=package_source(data),
        content_type="application/octet-stream",
        progress=progress,
        decoders=DECODERS,
        down="json",
        retry_safe=False,
    )
