"""Write to an Instance's stdin."""

from __future__ import annotations

from ..._runtime.call import Call, Progress, UploadSource
from ..._runtime.paths import segment


def call(
    id: str, data: UploadSource, *, end_stream: bool | None = None, progress: Progress | None = None
) -> Call[None]:
    """Write to an Instance's stdin.

    Passes the body on to the process's standard input as it comes, as fast as the process takes it. The
    reply comes when all of it was taken. That ends stdin, and is 200, unless `end_stream` is `False`:
    then it stays open for another write, and the reply is 202. Several writes at once are taken one
    after the other. A client that breaks off before the end of its body does not end stdin; what came
    until then was passed on.

    Args:
        id: The id of an Instance or, since Hub 2.0, the name it was given at start.
        data: Bytes. A missing content type is taken for `application/octet-stream`.
        end_stream: Whether the stream ends with this request. Clients also send `True`, `False` and
            `undefined`; the last is as good as none. The server takes True if it is omitted.
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
