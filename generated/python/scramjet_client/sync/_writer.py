# Made blocking by `make generate` from client/classes/_writer.py: edit it there.
"""Writers: send data to an Instance in parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from .._runtime.errors import ApiStatusError, StreamBroken, TimedOut
from .._runtime.hints import lazy_hints
from ._outcome import explained

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from .._runtime.call import Call, UploadItem
    from .._runtime.errors import ScramjetError
    from .._runtime.sync.connection import Connection
    from .._runtime.sync.exchange import Exchange
    from .instance import InstanceClient


class Writer:
    """The stdin or input of an Instance, open for writing.

    The first `send` opens it. With `with`, leaving ends the stream, unless an error is the cause:
    then the connection is aborted, and the Instance's stream stays open.

    Args:
        connection: The connection to the Hub.
        call: The upload call, without data.
        instance: The Instance; if given, errors report that it has failed.
    """

    def __init__(self, connection: Connection, call: Call[Any], instance: InstanceClient | None = None) -> None:
        self._instance = instance
        self._connection = connection
        self._call = attrs.evolve(call, body=None)
        self._exchange: Exchange[Any] | None = None

    def send(self, data: UploadItem) -> None:
        """Send a part; waits while the Instance applies back-pressure.

        Args:
            data: Bytes, text, or an object that becomes a line of JSON.

        Raises:
            InstanceFailedError: The program has failed.
            ScramjetError: The Hub refuses the data or cannot be reached.
        """
        try:
            self._opened().send(data)
        except (ApiStatusError, StreamBroken) as error:
            raise self._explained(error) from error

    def end(self, timeout: float | None = None) -> None:
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
            exchange.finish(timeout)
        except TimedOut:
            self.close()
            raise
        except (ApiStatusError, StreamBroken) as error:
            raise self._explained(error) from error
        self.close()

    def _explained(self, error: ScramjetError) -> ScramjetError:
        return error if self._instance is None else explained(self._instance, error)

    def close(self) -> None:
        """Abort, unless it has ended; the Instance's stream stays open for another writer."""
        exchange, self._exchange = self._exchange, None
        if exchange is not None:
            exchange.close()

    def _opened(self) -> Exchange[Any]:
        if self._exchange is None:
            self._exchange = self._connection.exchange(self._call)
        return self._exchange

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if kind is None:
            self.end()
        else:
            self.close()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._call.method} {self._call.path}>"


# Names that only annotations use are imported when these are read, as by `typing.get_type_hints`.
lazy_hints(
    globals(),
    {
        "Call": ".._runtime.call",
        "Connection": ".._runtime.sync.connection",
        "Exchange": ".._runtime.sync.exchange",
        "InstanceClient": ".instance",
        "ScramjetError": ".._runtime.errors",
        "Self": "typing",
        "TracebackType": "types",
        "UploadItem": ".._runtime.call",
    },
)
