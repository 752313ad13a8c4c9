# Copied by `make generate` from client/runtime/aio/requesting.py: edit it there.
"""The request of an exchange, while it goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..._runtime.hints import lazy_hints
from .. import requests
from ..broken import WireBroken
from .primitives import AsyncBackground, AsyncLock
from .sender import checked
from .uploads import AsyncUpload

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..call import Call
    from .dialogue import AsyncDialogue
    from .reply import AsyncReply
    from .requester import AsyncRequester


class AsyncRequesting:
    """A request whose body is sent bit by bit, or from a source in the background.

    It is apart from the exchange so that what works in the background does not hold the exchange: one that nobody
    holds any more is broken off.

    Args:
        connection: Where to ask.
        call: What to ask.
        headers: Headers on top of all others.

    Attributes:
        dialogue: The connection, once there is one.
        error: What went wrong with the source.
        awaiting: Whether the reply is waited for.
    """

    def __init__(self, connection: AsyncRequester, call: Call[Any], headers: Mapping[str, str] | None) -> None:
        self.dialogue: AsyncDialogue | None = None
        self.error: Exception | None = None
        self.awaiting = False
        self._settings = connection.settings
        self._dialogues = connection.dialogues
        self._call = call
        self._headers = headers
        self._sending: AsyncBackground | None = None
        self._lock = AsyncLock()

    async def connected(self) -> AsyncDialogue:
        """Connect and begin the request, unless that was done.

        Raises:
            RequestError: There is no connection.
        """
        if self.dialogue is not None:
            return self.dialogue
        # One may read while another writes; they must not both connect.
        async with self._lock:
            if self.dialogue is None:
                self.dialogue = await self._connect()
        return self.dialogue

    async def _connect(self) -> AsyncDialogue:
        upload = None if self._call.body is None else AsyncUpload(self._call.body, self._call.progress)
        headers = requests.headers_for(self._settings, self._call, self._headers)
        headers.append(("transfer-encoding", "chunked"))
        url = requests.url_for(self._settings, self._call)
        dialogue = await self._dialogues.begin(self._call.method, url, headers)
        if upload is not None:
            self._sending = AsyncBackground(lambda: self._send_source(dialogue, upload))
        return dialogue

    async def _send_source(self, dialogue: AsyncDialogue, upload: AsyncUpload) -> None:
        try:
            async for chunk in upload.chunks():
                await dialogue.send(chunk)
            await dialogue.end()
        except WireBroken:
            # Whoever reads the reply finds out.
            return
        except Exception as error:  # noqa: BLE001 -- it is raised again where the reply is read
            self.error = error
            # Not ended but broken off, so that the server does not take it for all there is.
            await dialogue.aclose()

    async def reply(self, timeout: float | None) -> AsyncReply:
        """Wait for the reply to begin.

        Raises:
            RequestError: There is none.
            ApiStatusError: It is an error.
        """
        dialogue = await self.connected()
        self.awaiting = True
        return await checked(await dialogue.reply(timeout), self._settings, timeout)

    async def stop(self) -> None:
        """Send no more of the source."""
        if self._sending is not None:
            await self._sending.stop()

    def abandon(self) -> None:
        """Break off without waiting for anything."""
        if self._sending is not None:
            self._sending.abandon()
        if self.dialogue is not None:
            self.dialogue.abandon()


# What annotations alone name comes when somebody looks at them, as `typing.get_type_hints` does.
lazy_hints(
    globals(),
    {
        "AsyncDialogue": ".dialogue",
        "AsyncReply": ".reply",
        "AsyncRequester": ".requester",
        "Call": "..call",
        "Mapping": "collections.abc",
    },
)
