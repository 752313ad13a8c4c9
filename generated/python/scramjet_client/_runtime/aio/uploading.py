# Copied by `make generate` from client/runtime/aio/uploading.py: edit it there.
"""Sending an upload while watching for the reply."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from ..._runtime.hints import lazy_hints
from ..broken import WireBroken
from ..errors import TimedOut

if TYPE_CHECKING:
    from .dialogue import AsyncDialogue
    from .reply import AsyncReply
    from .uploads import AsyncUpload


async def upload(dialogue: AsyncDialogue, body: AsyncUpload, timeout: float | None) -> AsyncReply:
    """Send a body and give the reply; a reply that comes early ends the sending.

    Args:
        dialogue: The request that was begun.
        body: Its body.
        timeout: Seconds from the end of the body until the reply must have begun; None for ever.

    Raises:
        RequestError: There is no reply.
        Exception: What the source of the body raised.
    """
    sending = asyncio.create_task(_send(dialogue, body))
    replying = asyncio.create_task(dialogue.reply(None))
    try:
        await asyncio.wait({sending, replying}, return_when=asyncio.FIRST_COMPLETED)
        if sending.done():
            sending.result()
            await asyncio.wait({replying}, timeout=timeout)
        if not replying.done():
            message = f"{dialogue.method} {dialogue.url}: no answer within the time allowed."
            raise TimedOut(message, method=dialogue.method, url=dialogue.url)
        return replying.result()
    finally:
        sending.cancel()
        replying.cancel()
        await asyncio.gather(sending, replying, return_exceptions=True)


async def _send(dialogue: AsyncDialogue, body: AsyncUpload) -> None:
    try:
        async for chunk in body.chunks():
            await dialogue.send(chunk)
        await dialogue.end()
    except WireBroken:
        # The reply may still be there, and say why; if it is not, whoever waits for it finds out.
        return


# What annotations alone name comes when somebody looks at them, as `typing.get_type_hints` does.
lazy_hints(globals(), {"AsyncDialogue": ".dialogue", "AsyncReply": ".reply", "AsyncUpload": ".uploads"})
