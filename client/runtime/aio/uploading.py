"""Uploads that stop when the reply arrives early."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from ..broken import ConnectionBroken
from ..errors import TimedOut

if TYPE_CHECKING:
    from .duplex.request import AsyncDuplexRequest
    from .reply import AsyncReply
    from .uploads import AsyncUpload


async def upload(duplex: AsyncDuplexRequest, body: AsyncUpload, timeout: float | None) -> AsyncReply:
    """Send a body and return the reply; an early reply ends the sending.

    Args:
        duplex: The request, whose head was sent.
        body: Its body.
        timeout: Seconds from the end of the body until the reply must begin; None for no limit.

    Raises:
        RequestError: No reply arrived.
        Exception: The error of the body's source.
    """
    sending = asyncio.create_task(_send(duplex, body))
    replying = asyncio.create_task(duplex.reply(None))
    try:
        await asyncio.wait({sending, replying}, return_when=asyncio.FIRST_COMPLETED)
        if sending.done():
            sending.result()
            await asyncio.wait({replying}, timeout=timeout)
        if not replying.done():
            message = f"{duplex.method} {duplex.url}: no answer within the time allowed."
            raise TimedOut(message, method=duplex.method, url=duplex.url)
        return replying.result()
    finally:
        sending.cancel()
        replying.cancel()
        await asyncio.gather(sending, replying, return_exceptions=True)


async def _send(duplex: AsyncDuplexRequest, body: AsyncUpload) -> None:
    try:
        async for chunk in body.chunks():
            await duplex.send(chunk)
        await duplex.end()
    except ConnectionBroken:
        # The reply may still be there and explain; if not, waiting for it raises the error.
        return
