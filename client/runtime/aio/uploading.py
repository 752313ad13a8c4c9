"""Uploads that stop when the reply arrives early."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from ..broken import WireBroken
from ..errors import TimedOut

if TYPE_CHECKING:
    from .reply import AsyncReply
    from .sockets.dialogue import AsyncDialogue
    from .uploads import AsyncUpload


async def upload(dialogue: AsyncDialogue, body: AsyncUpload, timeout: float | None) -> AsyncReply:
    """Send a body and return the reply; an early reply ends the sending.

    Args:
        dialogue: The request, whose head was sent.
        body: Its body.
        timeout: Seconds from the end of the body until the reply must begin; None for no limit.

    Raises:
        RequestError: No reply arrived.
        Exception: The error of the body's source.
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
        # The reply may still be there and explain; if not, waiting for it raises the error.
        return
