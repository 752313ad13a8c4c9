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

    Unpacks a `tar.gz` and stores it under a new id. The body is the package, with the content type
    `application/octet-stream` or none, or a form with the package in the field `package` (or `file`).
    Uploading the same package twice creates two Sequences.

    The reply comes when the package is unpacked, validated and synced to the disk. Each file has a
    checksum, which is verified when a restarted Hub loads the package. A rejected or interrupted upload
    leaves nothing behind.

    `package.json` must be at the root, or in the only folder there; entries that macOS, Windows and
    `tar` add (`.DS_Store`, `__MACOSX/`, `._*`, `PaxHeader/` and the like) do not count. The file named
    by `main` is looked for at the start, not at the upload; but a `main` that cannot be a file name,
    such as one of 300 letters, is rejected. Descriptive fields (`description`, `author`, `keywords`,
    `args`, `repository`) may have any form that npm accepts; values in a form that `SequenceConfig`
    does not describe are left out. JSON in `package.json`, and in `appConfig` of the form, may be
    nested 100 levels deep.

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
