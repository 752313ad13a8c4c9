"""An HTTP reply that has begun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import http
from .pool import chunks_of, close
from .primitives import interrupt

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from typing_extensions import Self


class AsyncReply:
    """A reply whose headers are here and whose body is coming.

    Args:
        response: The HTTP client's view of it.
        method: The request's method.
        url: The address that was asked.

    Attributes:
        status: The HTTP status.
        headers: The headers, their names in lower case.
        content: The whole body, once it is loaded.
    """

    content: bytes

    def __init__(self, response: http.Response, method: str, url: str) -> None:
        self.status = response.status_code
        self.headers: Mapping[str, str] = response.headers
        self.method = method
        self.url = url
        self._response = response
        self._received = 0
        self._ended = False
        self._closed = False

    async def chunks(self) -> AsyncIterator[bytes]:
        """Give the body as it comes; the connection is free after the last chunk.

        Raises:
            StreamBroken: The body broke off.
            TimedOut: Nothing came within the time allowed.
        """
        try:
            async for chunk in chunks_of(self._response):
                self._received += len(chunk)
                yield chunk
            self._ended = True
        except http.TransportError as error:
            # Closing it from elsewhere ends it for whoever reads: that is what was wanted.
            if not self._closed:
                raise http.inside_reply(error, self.method, self.url, self._received) from error
        finally:
            await self.aclose()

    async def read(self, most: int | None = None) -> bytes:
        """Wait for the end and give the whole body.

        Args:
            most: Bytes that are enough; the rest is thrown away.
        """
        parts = []
        try:
            async for chunk in chunks_of(self._response):
                self._received += len(chunk)
                parts.append(chunk)
                if most is not None and self._received >= most:
                    break
            else:
                self._ended = True
        except http.TransportError as error:
            raise http.inside_reply(error, self.method, self.url, self._received) from error
        finally:
            await self.aclose()
        return parts[0] if len(parts) == 1 else b"".join(parts)

    async def load(self) -> Self:
        """Read the whole body into `content`."""
        self.content = await self.read()
        return self

    def set_read_timeout(self, seconds: float | None) -> None:
        """Set how long the next part of the body may take."""
        self._response.request.extensions["timeout"]["read"] = seconds

    async def aclose(self) -> None:
        """Free the connection at once."""
        if not self._closed:
            self._closed = True
            if not self._ended:
                interrupt(self._response.extensions)
            await close(self._response)
