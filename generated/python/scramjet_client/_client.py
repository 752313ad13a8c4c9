# Copied by `make generate` from client/classes/_client.py: edit it there.
"""The base classes of the client classes."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from ._runtime.aio.connection import AsyncConnection
from ._runtime.hints import lazy_hints
from ._runtime.settings.config import ApiConfig, Kind, changed, resolve

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping
    from types import TracebackType
    from typing import Self

    from ._runtime.aio.exchange import AsyncExchange
    from ._runtime.call import Call
    from ._runtime.settings.options import HttpOptions

T = TypeVar("T")


class Client:
    """Base class of clients: talks to a server over connections that other clients may share.

    Args:
        connection: The server and its connection pool.
    """

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    @property
    def connection(self) -> AsyncConnection:
        """The server and its connection pool, for other clients to share."""
        return self._connection

    def _sharing(self, connection: AsyncConnection) -> Self:
        """Return the same client with another connection, which it must not close."""
        other = copy.copy(self)
        other._connection = connection
        return other

    def with_options(
        self,
        *,
        timeout: float | None = None,
        deadline: float | None = None,
        max_retries: int | None = None,
        headers: Mapping[str, str] | None = None,
        verify_ssl: bool | None = None,
    ) -> Self:
        """Return a copy of this client with other settings, over the same connections.

        The settings also apply to objects from it (Sequences, Instances, streams, `raw`). Closing it does
        not close the connections.

        Args:
            timeout: Seconds to wait for the next part of a reply; `math.inf` for no limit.
            deadline: Seconds for each whole call, retries included; `math.inf` for no limit. It does not limit streams
                and waits for an event, whose methods have `timeout` and `idle_timeout` instead.
            max_retries: How often to retry a failed request that is safe to retry.
            headers: Headers to send with every request, in addition to the client's.
            verify_ssl: Whether to check the server's TLS certificate; a change opens connections of its own, which are
                closed with the client's.

        Raises:
            ConfigurationError: A setting is invalid.

        Example:
            ```python
            info = await host.with_options(deadline=5).get_status()
            ```
        """
        changes = changed(
            timeout=timeout, deadline=deadline, max_retries=max_retries, headers=headers, verify_ssl=verify_ssl
        )
        if "headers" in changes:
            changes["headers"] = {**self._connection.settings.headers, **changes["headers"]}
        return self._sharing(self._connection.with_settings(**changes))

    async def _send_to_program(
        self, call: Call[T], *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> T:
        """Carry out a call that a program may refuse."""
        return await self._connection.send(call, timeout=timeout, headers=headers)

    def _exchange_with_program(
        self, call: Call[T], *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> AsyncExchange[T]:
        """Carry out a call that a program may refuse, and whose request and reply are streamed at the same time."""
        return self._connection.exchange(call, timeout=timeout, headers=headers)


class PartClient(Client):
    """Base class of clients for one object on a server, such as an Instance.

    Args:
        server: The client of the server.
        own: Whether the server's client belongs to this object alone, which then closes it at the end.
    """

    def __init__(self, server: ServerClient, *, own: bool) -> None:
        super().__init__(server.connection)
        self._server = server
        self._own = own

    def _sharing(self, connection: AsyncConnection) -> Self:
        other = super()._sharing(connection)
        other._server = self._server._sharing(connection)
        other._own = False
        return other

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._own:
            await self._server.aclose()


class ServerClient(Client):
    """Base class of clients for a whole server, given by its address or by the configuration.

    Args:
        url: The API base, such as `http://127.0.0.1:8000/api/v1`.
            If omitted, it comes from `api_config`, the environment or the `si` command's profile.
        token: The bearer token, if the server requires one.
        token_file: A file with the token, which is read again whenever it changes.
        api_config: Settings shared by several clients; arguments take precedence over them.
        verify_ssl: Whether to check the server's TLS certificate.
        ca_file: A file of CA certificates to trust instead of the system's.
        timeout: Seconds to wait for the next part of a reply; `math.inf` for no limit.
        connect_timeout: Seconds to wait for a connection.
        max_retries: How often to retry a failed request that is safe to retry.
        headers: Headers to send with every request.
        deadline: Seconds for a whole call, retries included; no limit unless set. It does not limit streams.
        http: Connection options: limits, proxy, client certificate, Unix socket, transport; an `HttpOptions`, or
            a mapping with the same field names.
        connection: The connection of another client, to share it. It still belongs to that client: all other arguments
            are ignored, and closing this client does not close it.

    Raises:
        ConfigurationError: No address is found, or a setting is invalid.
    """

    _kind: ClassVar[Kind] = "hub"

    def __init__(
        self,
        url: str | None = None,
        *,
        token: str | None = None,
        token_file: str | os.PathLike[str] | None = None,
        api_config: ApiConfig | None = None,
        verify_ssl: bool | None = None,
        ca_file: str | None = None,
        timeout: float | None = None,
        connect_timeout: float | None = None,
        max_retries: int | None = None,
        headers: Mapping[str, str] | None = None,
        deadline: float | None = None,
        http: HttpOptions | Mapping[str, Any] | None = None,
        connection: AsyncConnection | None = None,
    ) -> None:
        self._own_connection = connection is None
        if connection is None:
            given = ApiConfig(
                url=url,
                token=token,
                token_file=token_file,
                verify_ssl=verify_ssl,
                ca_file=ca_file,
                timeout=timeout,
                connect_timeout=connect_timeout,
                max_retries=max_retries,
                headers=headers,
                deadline=deadline,
                http=http,
            )
            connection = AsyncConnection(resolve(given, api_config, kind=self._kind))
        super().__init__(connection)

    def _sharing(self, connection: AsyncConnection) -> Self:
        other = super()._sharing(connection)
        other._own_connection = False
        return other

    @property
    def url(self) -> str:
        """The API base of the server."""
        return self._connection.settings.url

    async def aclose(self) -> None:
        """Close the connections to the server, unless another client owns them; the next request opens new ones."""
        if self._own_connection:
            await self._connection.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.aclose()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.url}>"


# Names that only annotations use are imported when these are read, as by `typing.get_type_hints`.
lazy_hints(
    globals(),
    {
        "AsyncExchange": "._runtime.aio.exchange",
        "Call": "._runtime.call",
        "HttpOptions": "._runtime.settings.options",
        "Mapping": "collections.abc",
        "Self": "typing",
        "TracebackType": "types",
        "os": "",
    },
)
