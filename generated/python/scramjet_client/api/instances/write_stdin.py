"""Write to an Instance's stdin."""

from __future__ import annotations

from ..._runtime.call import Call, Progress, UploadSource
from ..._runtime.paths import segment


def call(
    id: str, data: UploadSource, *, end_stream: bool | None = None, progress: Progress | None = None
) -> Call[None]:
    """Write to an Instance's stdin.

    Passes the body to the process's standard input as it arrives, at the pace of the process
    (back-pressure). The reply comes when all of it was accepted: 200, and stdin ends; with
    `x-end-stream: false`, 202, and stdin stays open for another write. Concurrent writes are accepted
    one after another. If the client disconnects before the end of its body, stdin does not end; the
    data received until then was passed on.

    Args:
        id: The id of an Instance or, since Hub 2.0, the name it was given at start.
        data: Bytes. A missing content type is taken for `application/octet-stream`.
        end_stream: Whether the stream ends with this request. Some clients send `True`, `False` or
            `undefined`; `undefined` counts as missing. The server takes True if it is omitted.
        progress: Told the bytes sent so far, and their final number where it is known.
    """
    headers: dict[str, str] = {}
    if end_stream is not None:
        headers["x-end-stream"] = "true" if end_stream else "false"
    return Call(
        operation_id="writeStdin",
        method="POST",
        path=f"/instance/{segment(id, 'id')}/stdin",
        headers=headers,
        body=data,
        content_type="application/octet-stream",
        progress=progress,
        down="none",
        retry_safe=False,
    )
