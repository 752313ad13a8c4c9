# Copied by `make generate` from client/runtime/sync/uploading.py: edit it there.
"""Uploads that stop when the reply arrives early."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from ..._runtime.hints import lazy_hints
from ..broken import ConnectionBroken

if TYPE_CHECKING:
    from .duplex.request import DuplexRequest
    from .reply import Reply
    from .uploads import Upload


def upload(duplex: DuplexRequest, body: Upload, timeout: float | None) -> Reply:
    """Send a body and return the reply; an early reply ends the sending.

    Args:
        duplex: The request, whose head was sent.
        body: Its body. It is read in this thread, since many sources cannot be read in another; so a reply that
            arrives while the source blocks this thread is noticed at the source's next piece.
        timeout: Seconds from the end of the body until the reply must begin; None for no limit.

    Raises:
        RequestError: No reply arrived.
        Exception: The error of the body's source.
    """
    with closing(body.chunks()) as chunks:
        try:
            if all(duplex.send(chunk, stop_on_reply=True) for chunk in chunks):
                duplex.end()
        except ConnectionBroken:
            # The reply may still be there and explain; if not, waiting for it raises the error.
            pass
    return duplex.reply(timeout)


# Names that only annotations use are imported when these are read, as by `typing.get_type_hints`.
lazy_hints(globals(), {"DuplexRequest": ".duplex.request", "Reply": ".reply", "Upload": ".uploads"})
