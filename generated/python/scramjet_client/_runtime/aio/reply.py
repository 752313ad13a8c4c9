# Copied by `make generate` from client/runtime/aio/reply.py: edit it there.
"""An HTTP reply that has begun."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from ..._runtime.hints import lazy_hints
from .. import process
from .limits import within

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping
    from typing import Self

    from ..errors import RequestError


class AsyncReply(ABC):
    """A reply whose headers are here and whose body is coming.

    Args:
        status: The HTTP status.
        headers: The headers, their names in lower case.
        method: The request's method.
        url: The address that was asked.

    Attributes:
        status: The HTTP status.
        headers: The headers, their names in lower case.
        content: The whole body, once it is loaded.
        ended: Whether the whole body has come.
    """

    content: bytes
    failures: tuple[type[Exception], ...]
    """What a connection that broke raises."""

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
        """Set how long each part of the body may take."""

    @abstractmethod
    def _body(self) -> AsyncIterator[bytes]:
        """Give the body as it comes."""

    @abstractmethod
    def _broken(self, error: Exception, received: int) -> RequestError:
        """Give the error for a body that broke off."""

    @abstractmethod
    async def _free(self) -> None:
        """Free the connection."""

    @abstractmethod
    def _let_go(self) -> None:
        """Free the connection without waiting for anything."""

    async def chunks(self) -> AsyncIterator[bytes]:
        """Give the body as it comes; the connection is free after the last chunk.

        Raises:
            StreamBroken: The body broke off.
            TimedOut: Nothing came within the time allowed.
        """
        try:
            async for chunk in self._body():
                self._received += len(chunk)
                yield chunk
            self.ended = True
        except self.failures as error:
            # Closing it from this side is no fault of the connection; who reads sees that it has not ended.
            if not self._closed:
                raise self._broken(error, self._received) from error
        finally:
            await self.aclose()

    async def read(self) -> bytes:
        """Wait for the end and give the whole body.

        Raises:
            StreamBroken: The body broke off.
            TimedOut: Nothing came within the time allowed.
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
        """Give as much of the body as comes, and fail in no case.

        Args:
            most: Bytes that are enough.
            seconds: Seconds that are enough.
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
        """Read the whole body into `content`."""
        self.content = await self.read()
        return self

    async def aclose(self) -> None:
        """Free the connection at once."""
        if not self._closed:
            self._closed = True
            if self._process == process.generation:
                await self._free()

    def abandon(self) -> None:
        """Free the connection of a reply that nobody holds any more."""
        if not self._closed:
            self._closed = True
            if self._process == process.generation:
                self._let_go()


# What annotations alone name comes when somebody looks at them, as `typing.get_type_hints` does.
lazy_hints(
    globals(),
    {"AsyncIterator": "collections.abc", "Mapping": "collections.abc", "RequestError": "..errors", "Self": "typing"},
)
