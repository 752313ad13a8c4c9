"""A request and a reply that are streams at the same time."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

from ..._runtime.hints import lazy_hints
from .. import requests
from ..broken import WireBroken
from ..errors import ConnectionFailed, RequestError, StreamBroken
from ..sources import encoded
from .dialogue import AsyncDialogue
from .primitives import AsyncBackground
from .sender import checked
from .streams import AsyncStream
from .uploads import AsyncUpload

if TYPE_CHECKING:
    from typing import Self

    from ..call import UploadItem
    from .reply import AsyncReply

T = TypeVar("T")


class AsyncExchange(AsyncStream[T]):
    """A stream to the server and one from it, both open at the same time.

    `send` and `end` write; reading is as with any stream. The reply may begin before the request has ended, or even
    before anything was sent. One task may read while another writes.

    A request that is given as a source (the call's `body`) is sent in the background while the reply is read;
    what goes wrong with the source is raised where the reply is read.
    """

    _dialogue: AsyncDialogue | None = None
    _sending: AsyncBackground | None = None
    _source_error: Exception | None = None
    _awaiting_reply = False

    async def open(self) -> Self:
        """Connect and begin the request; does nothing if it has.

        The reply is not waited for: many a server begins it with the first byte of its body.

        Raises:
            RequestError: There is no connection.
        """
        await self._connected()
        return self

    async def _connected(self) -> AsyncDialogue:
        if self._dialogue is None:
            settings = self._connection.settings
            headers = requests.headers_for(settings, self._call, self._extra_headers)
            headers.append(("transfer-encoding", "chunked"))
            url = requests.url_for(settings, self._call)
            self._dialogue = await AsyncDialogue.begin(settings, self._call.method, url, headers)
            if self._call.body is not None:
                upload = AsyncUpload(self._call.body, self._call.progress)
                self._sending = AsyncBackground(lambda: self._send_source(upload))
        return self._dialogue

    async def send(self, data: UploadItem) -> None:
        """Send a part of the request, waiting while the server takes none.

        Args:
            data: What to send: bytes, text, or an object that becomes a line of JSON.

        Raises:
            ApiStatusError: The server has refused the request.
            StreamBroken: The connection broke, or the server has ended the exchange.
        """
        dialogue = await self._connected()
        try:
            await self._notice_refusal(dialogue)
            await dialogue.send(encoded(data))
        except (WireBroken, ConnectionFailed) as error:
            raise await self._not_taken(dialogue, error) from error

    async def end(self) -> None:
        """End the request; what the server has to say can still be read.

        Raises:
            ApiStatusError: The server has refused the request.
            StreamBroken: The connection broke, or the server has ended the exchange.
        """
        dialogue = await self._connected()
        try:
            await self._notice_refusal(dialogue)
            await dialogue.end()
        except (WireBroken, ConnectionFailed) as error:
            raise await self._not_taken(dialogue, error) from error

    async def _notice_refusal(self, dialogue: AsyncDialogue) -> None:
        """Look at a reply that has come, if nobody else does: it may be an error."""
        if self._chunks is None and not self._awaiting_reply and dialogue.replies():
            await self._start()

    async def _not_taken(self, dialogue: AsyncDialogue, error: Exception) -> StreamBroken:
        """Give the error for a request that broke off.

        Raises:
            ApiStatusError: The server has said why.
        """
        with suppress(RequestError):
            await self._notice_refusal(dialogue)
        message = f"{dialogue.method} {dialogue.url}: the server takes no more: {error}"
        return StreamBroken(message, method=dialogue.method, url=dialogue.url)

    async def _send_source(self, upload: AsyncUpload) -> None:
        dialogue = await self._connected()
        try:
            async for chunk in upload.chunks():
                await dialogue.send(chunk)
            await dialogue.end()
        except WireBroken:
            # Whoever reads the reply finds out.
            return
        except Exception as error:  # noqa: BLE001 -- it is raised again where the reply is read
            self._source_error = error
            # Not ended but broken off, so that the server does not take it for all there is.
            await dialogue.aclose()

    async def _begin(self) -> AsyncReply:
        dialogue = await self._connected()
        self._awaiting_reply = True
        reply = await dialogue.reply(requests.finite(self._timeout))
        return await checked(reply, self._connection.settings)

    async def __anext__(self) -> bytes:
        try:
            return await super().__anext__()
        except BaseException as error:
            # Once there is nothing more to read, there is nobody to send for.
            if self._sending is not None:
                await self._sending.stop()
            if self._source_error is not None and isinstance(error, (RequestError, StopAsyncIteration)):
                raise self._source_error from None
            raise

    async def aclose(self) -> None:
        """Break off: closes the connection at once. Does nothing to an exchange that has ended."""
        if self._sending is not None:
            await self._sending.stop()
        await super().aclose()
        if self._dialogue is not None:
            await self._dialogue.aclose()


# What annotations alone name comes when somebody looks at them, as `typing.get_type_hints` does.
lazy_hints(globals(), {"AsyncReply": ".reply", "Self": "typing", "UploadItem": "..call"})
