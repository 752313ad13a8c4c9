# Copied by `make generate` from client/classes/_exchange.py: edit it there.
"""Exchanges with an Instance: write its input and read its output at the same time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from ._outcome import explained
from ._runtime.aio.exchange import AsyncExchange
from ._runtime.errors import ApiStatusError, StreamBroken
from ._runtime.hints import lazy_hints

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ._runtime.call import Call, UploadItem
    from .instance import InstanceClient

T = TypeVar("T")


class AsyncInstanceExchange(AsyncExchange[T]):
    """An exchange with an Instance: if the program refuses the data since it has failed, the error says so.

    Args:
        instance: The Instance.
        call: As for `AsyncExchange`.
        headers: As for `AsyncExchange`.
        timeout: As for `AsyncExchange`.
    """

    def __init__(
        self,
        instance: InstanceClient,
        call: Call[Any],
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> None:
        super().__init__(instance.connection, call, headers, timeout)
        self._instance = instance

    async def send(self, data: UploadItem) -> None:
        """Send a part of the request; waits while the Instance applies back-pressure.

        Args:
            data: Bytes, text, or an object that becomes a line of JSON.

        Raises:
            InstanceFailedError: The program has failed.
            ApiStatusError: The Hub refused the request.
            StreamBroken: The connection broke, or the Hub ended the exchange.
        """
        try:
            await super().send(data)
        except (ApiStatusError, StreamBroken) as error:
            raise await explained(self._instance, error) from error

    async def end(self) -> None:
        """End the request; the reply can still be read.

        Raises:
            InstanceFailedError: The program has failed.
            ApiStatusError: The Hub refused the request.
            StreamBroken: The connection broke, or the Hub ended the exchange.
        """
        try:
            await super().end()
        except (ApiStatusError, StreamBroken) as error:
            raise await explained(self._instance, error) from error

    async def _next(self) -> bytes:
        try:
            return await super()._next()
        except ApiStatusError as error:
            raise await explained(self._instance, error) from error


# Names that only annotations use are imported when these are read, as by `typing.get_type_hints`.
lazy_hints(
    globals(),
    {
        "Call": "._runtime.call",
        "InstanceClient": ".instance",
        "Mapping": "collections.abc",
        "UploadItem": "._runtime.call",
    },
)
