# Made blocking by `make generate` from client/runtime/aio/reply.py: edit it there.
"""HTTP replies that have begun."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from ..._runtime.hints import lazy_hints
from .. import process
from .limits import within

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Self

    from ..errors import RequestError


class Reply(ABC):
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
    def _body(self) -> Iterator[bytes]:
        """Return the body as it arrives."""

    @abstractmethod
    def _broken(self, error: Exception, received: int) -> RequestError:
        """Return the error for a body that was cut off."""

    @abstractmethod
    def _free(self) -> None:
        """Release the connection."""

    @abstractmethod
    def _let_go(self) -> None:
        """Release the connection without waiting."""

    def chunks(self) -> Iterator[bytes]:
        """Yield the body as it arrives; the connection is released after the last chunk.

        Raises:
            StreamBroken: The body was cut off.
            TimedOut: No data arrived in time.
        """
        try:
            for chunk in self._body():
                self._received += len(chunk)
                yield chunk
            self.ended = True
        except self.failures as error:
            # Closed from this side, the connection is not at fault; the reader sees that the reply has not ended.
            if not self._closed:
                raise self._broken(error, self._received) from error
        finally:
            self.close()

    def read(self) -> bytes:
        """Wait for the end and return the complete body.

        Raises:
            StreamBroken: The body was cut off.
            TimedOut: No data arrived in time.
        """
        parts = []
        try:
            for chunk in self._body():
                self._received += len(chunk)
                parts.append(chunk)
            self.ended = True
        except self.failures as error:
            raise self._broken(error, self._received) from error
        finally:
            self.close()
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def read_beginning(self, most: int, seconds: float) -> bytes:
        """Return the beginning of the body, as much as arrives; never raises.

        Args:
            most: The number of bytes that is enough.
            seconds: The time limit in seconds.
        """
        parts: list[bytes] = []
        self.set_read_timeout(seconds)
        try:
            with within(seconds):
                self._take_beginning(parts, most)
        except TimeoutError:
            return b"".join(parts)
        except self.failures:
            return b"".join(parts)
        finally:
            self.close()
        return b"".join(parts)

    def _take_beginning(self, parts: list[bytes], most: int) -> None:
        for chunk in self._body():
            self._received += len(chunk)
            parts.append(chunk)
            if self._received >= most:
                return
        self.ended = True

    def load(self) -> Self:
        """Read the complete body into `content`."""
        self.content = self.read()
        return self

    def close(self) -> None:
        """Release the connection at once."""
        if not self._closed:
            self._closed = True
            if self._process == process.generation:
                self._free()

    def abandon(self) -> None:
        """Release the connection of a reply that is being garbage-collected."""
        if not self._closed:
            self._closed = True
            if self._process == process.generation:
                self._let_go()


# Names that only annotations use are imported when these are read, as by `typing.get_type_hints`.
lazy_hints(
    globals(),
    {"Iterator": "collections.abc", "Mapping": "collections.abc", "RequestError": "..errors", "Self": "typing"},
)
