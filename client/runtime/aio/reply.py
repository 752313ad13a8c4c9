"""HTTP replies that have begun."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from .. import process
from .limits import within

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping
    from typing import Self

    from ..errors import RequestError


class AsyncReply(ABC):
    """A reply whose headers have arrived, and whose body is arriving.

    Args:
        status: The HTTP status.
        headers: The headers, their names in lower case.
        method: The request's method.
        url: The requested URL.

    Attributes:
        status: The HTTP status.
        headers: The headers, their names in lower case.
        content: The complete body, once it is loaded.
        ended: Whether the complete body has arrived.
    """

    content: bytes
    failures: tuple[type[Exception], ...]
    """The exceptions of a broken connection."""

    def __init__(self, status: int, headers: Mapping[str, str], method: str, url: str) -> None:
        self.status = status
        self.headers = headers
        self.method = method
        self.url = url
        self.ended = False
        self._received = 0
        self._closed = False
        self._process = process.generation

    @abstractmethod
    def set_read_timeout(self, seconds: float | None) -> None:
        """Set the time limit for each part of the body, in seconds."""

    @abstractmethod
    def _body(self) -> AsyncIterator[bytes]:
        """Return the body as it arrives."""

    @abstractmethod
    def _broken(self, error: Exception, received: int) -> RequestError:
        """Return the error for a body that was cut off."""

    @abstractmethod
    async def _free(self) -> None:
        """Release the connection."""

    @abstractmethod
    def _let_go(self) -> None:
        """Release the connection without waiting."""

    async def chunks(self) -> AsyncIterator[bytes]:
        """Yield the body as it arrives; the connection is released after the last chunk.

        Raises:
            StreamBroken: The body was cut off.
            TimedOut: No data arrived in time.
        """
        try:
            async for chunk in self._body():
                self._received += len(chunk)
                yield chunk
            self.ended = True
        except self.failures as error:
            # Closed from this side, the connection is not at fault; the reader sees that the reply has not ended.
            if not self._closed:
                raise self._broken(error, self._received) from error
        finally:
            await self.aclose()

    async def read(self) -> bytes:
        """Wait for the end and return the complete body.

        Raises:
            StreamBroken: The body was cut off.
            TimedOut: No data arrived in time.
        """
        parts = []
        try:
            async for chunk in self._body():
                self._received += len(chunk)
                parts.append(chunk)
            self.ended = True
        except self.failures as error:
            raise self._broken(error, self._received) from error
        finally:
            await self.aclose()
        return parts[0] if len(parts) == 1 else b"".join(parts)

    async def read_beginning(self, most: int, seconds: float) -> bytes:
        """Return the beginning of the body, as much as arrives; never raises.

        Args:
            most: The number of bytes that is enough.
            seconds: The time limit in seconds.
        """
        parts: list[bytes] = []
        self.set_read_timeout(seconds)
        try:
            async with within(seconds):
                await self._take_beginning(parts, most)
        except TimeoutError:
            return b"".join(parts)
        except self.failures:
            return b"".join(parts)
        finally:
            await self.aclose()
        return b"".join(parts)

    async def _take_beginning(self, parts: list[bytes], most: int) -> None:
        async for chunk in self._body():
            self._received += len(chunk)
            parts.append(chunk)
            if self._received >= most:
                return
        self.ended = True

    async def load(self) -> Self:
        """Read the complete body into `content`."""
        self.content = await self.read()
        return self

    async def aclose(self) -> None:
        """Release the connection at once."""
        if not self._closed:
            self._closed = True
            if self._process == process.generation:
                await self._free()

    def abandon(self) -> None:
        """Release the connection of a reply that is being garbage-collected."""
        if not self._closed:
            self._closed = True
            if self._process == process.generation:
                self._let_go()
