# Copied by `make generate` from client/runtime/sync/uploading.py: edit it there.
"""Sending an upload while watching for the reply."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from ..._runtime.hints import lazy_hints
from ..broken import WireBroken

if TYPE_CHECKING:
    from .dialogue import Dialogue
    from .reply import Reply
    from .uploads import Upload


def upload(dialogue: Dialogue, body: Upload, timeout: float | None) -> Reply:
    """Send a body and give the reply; a reply that comes early ends the sending.

    Args:
        dialogue: The request that was begun.
        body: Its body. It is read in this thread, since many a source cannot be read in another; so a reply that
            comes while the source makes this thread wait is noticed at the source's next piece.
        timeout: Seconds from the end of the body until the reply must have begun; None for ever.

    Raises:
        RequestError: There is no reply.
        Exception: What the source of the body raised.
    """
    with closing(body.chunks()) as chunks:
        try:
            if all(dialogue.send(chunk, heed_reply=True) for chunk in chunks):
                dialogue.end()
        except WireBroken:
            # The reply may still be there, and say why; if it is not, waiting for it tells.
            pass
    return dialogue.reply(timeout)


# What annotations alone name comes when somebody looks at them, as `typing.get_type_hints` does.
lazy_hints(globals(), {"Dialogue": ".dialogue", "Reply": ".reply", "Upload": ".uploads"})
