# Copied by `make generate` from client/classes/_writer.py: edit it there.
"""Writers: send data to an Instance in parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from ._outcome import explained
from ._runtime.errors import ApiStatusError, StreamBroken, TimedOut
from ._runtime.hints import lazy_hints

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from ._runtime.aio.connection import AsyncConnection
    from ._runtime.aio.exchange import AsyncExchange
    from ._runtime.call import Call, UploadItem
    from ._runtime.errors import ScramjetError
    from .instance import InstanceClient


class AsyncWriter:
    """The stdin or input of an Instance, open for writing.

    The first `send` opens it. With `async with`, leaving ends the stream, unless an error is the cause:
    then the connection is aborted, and the Instance's stream stays open.

    Args:
        connection: The connection to the Hub.
        call: The upload call, without data.
        instance: The Instance; if given, errors report that it has failed.
    """

    def __init__(self, connection: AsyncConnection, call: Call[Any], instance: InstanceClient | None = None) -> None:
        self._instance = instance
        self._connection = connection
        self._call = attrs.evolve(call, body=None)
        self._exchange: AsyncExchange[Any] | None = None

    async def send(self, data: UploadItem) -> None:
        """Send a part; waits while the Instance applies back-pressure.

        Args:
            data: Bytes, text, or an object that becomes a line of JSON.

        Raises:
            InstanceFailedError: The program has failed.
            ScramjetError: The Hub refuses the data or cannot be reached.
        """
        try:
            await self._opened().send(data)
        except (ApiStatusError, StreamBroken) as error:
            raise await self._explained(error) from error

    async def end(self, timeout: float | None = None) -> None:
        """End the stream, and wait until the Instance has read all of it.

        Args:
            timeout: Seconds to wait for that, instead of the client's; `math.inf` for no limit.

        Raises:
            TimedOut: It did not read all of it in time; the connection is aborted.
            InstanceFailedError: The program has failed.
            ScramjetError: The Hub refuses the data or cannot be reached.
        """
        exchange = self._opened()
        try:
            await exchange.finish(timeout)
        except TimedOut:
            await self.aclose()
            raise
        except (ApiStatusError, StreamBroken) as error:
            raise await self._explained(error) from error
        await self.aclose()

    async def _explained(self, error: ScramjetError) -> ScramjetError:
        return error if self._instance is None else await explained(self._instance, error)

    async def aclose(self) -> None:
        """Abort, unless it has ended; the Instance's stream stays open for another writer."""
        exchange, self._exchange = self._exchange, None
        if exchange is not None:
            await exchange.aclose()

    def _opened(self) -> AsyncExchange[Any]:
        if self._exchange is None:
            self._exchange = self._connection.exchange(self._call)
        return self._exchange

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if kind is None:
            await self.end()
        else:
            await self.aclose()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._call.method} {self._call.path}>"


# Names that only annotations use are imported when these are read, as by `typing.get_type_hints`.
lazy_hints(
    globals(),
    {
        "AsyncConnection": "._runtime.aio.connection",
        "AsyncExchange": "._runtime.aio.exchange",
        "Call": "._runtime.call",
        "InstanceClient": ".instance",
        "ScramjetError": "._runtime.errors",
        "Self": "typing",
        "TracebackType": "types",
        "UploadItem": "._runtime.call",
    },
)
