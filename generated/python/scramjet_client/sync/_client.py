# Made blocking by `make generate` from client/classes/_client.py: edit it there.
"""What all client classes share."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from .._runtime.hints import lazy_hints
from .._runtime.settings.config import ApiConfig, Kind, changed, resolve
from .._runtime.sync.connection import Connection

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType
    from typing import Self

    from .._runtime.call import Call
    from .._runtime.settings.options import HttpOptions

T = TypeVar("T")


class Client:
    """Something that talks to a server, over connections that it may share with others.

    Args:
        connection: The server, and the pool of connections to it.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @property
    def connection(self) -> Connection:
        """The server, and the pool of connections to it, for other clients to share."""
        return self._connection

    def _sharing(self, connection: Connection) -> Self:
        """Give the same client with another connection, which it must not close."""
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
    ) -> Self:
        """Give the same client with other settings, over the same connections.

        Whatever it gives (Sequences, Instances, streams, `raw`) has them, too. Closing it closes no connection.

        Args:
            timeout: Seconds to wait for the next part of an answer; `math.inf` for ever.
            deadline: Seconds that each call may take as a whole, repeats and all; `math.inf` for no limit. Streams,
                and waiting for an event, are not bound by it: they take `timeout` and `idle_timeout` themselves.
            max_retries: How often to repeat a request that failed and may be repeated.
            headers: Headers to send with every request, beside those of the client.

        Raises:
            ConfigurationError: A setting makes no sense.

        Example:
            ```python
            info = host.with_options(deadline=5).get_status()
            ```
        """
        changes = changed(timeout=timeout, deadline=deadline, max_retries=max_retries, headers=headers)
        if "headers" in changes:
            changes["headers"] = {**self._connection.settings.headers, **changes["headers"]}
        return self._sharing(self._connection.with_settings(**changes))

    def _send_to_program(
        self, call: Call[T], *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> T:
        """Carry out a call that a program may refuse."""
        return self._connection.send(call, timeout=timeout, headers=headers)


class PartClient(Client):
    """A client of something that a server holds, and of which the server has the id.

    Args:
        server: The client of the server.
        own: Whether that was made for this object alone, which closes it then when it is left.
    """

    def __init__(self, server: ServerClient, *, own: bool) -> None:
        super().__init__(server.connection)
        self._server = server
        self._own = own

    def _sharing(self, connection: Connection) -> Self:
        other = super()._sharing(connection)
        other._server = self._server._sharing(connection)
        other._own = False
        return other

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._own:
            self._server.close()


class ServerClient(Client):
    """A client of a whole server, which is named by its address or found in the configuration.

    Args:
        url: The API base, such as `http://127.0.0.1:8000/api/v1`.
            Without it the address comes from `api_config`, the environment or the `si` command's profile.
        token: The bearer token, if the server asks for one.
        api_config: Settings that several clients have in common; arguments go before them.
        verify_ssl: Whether to check the server's TLS certificate.
        ca_file: A file of certificates to check against, instead of the system's.
        timeout: Seconds to wait for the next part of an answer; `math.inf` for ever.
        connect_timeout: Seconds to wait for a connection.
        max_retries: How often to repeat a request that failed and may be repeated.
        headers: Headers to send with every request.
        deadline: Seconds that a whole call may take, repeats and all; no limit unless set. Streams are not bound by it.
        http: How connections are made: limits, proxy, client certificate, Unix socket, transport; an `HttpOptions`, or
            a mapping with the same names.
        connection: The connection of another client, to share it. It stays that client's: all other arguments are
            left alone, and closing this client does not close it.

    Raises:
        ConfigurationError: No address is found, or a setting makes no sense.
    """

    _kind: ClassVar[Kind] = "hub"

    def __init__(
        self,
        url: str | None = None,
        *,
        token: str | None = None,
        api_config: ApiConfig | None = None,
        verify_ssl: bool | None = None,
        ca_file: str | None = None,
        timeout: float | None = None,
        connect_timeout: float | None = None,
        max_retries: int | None = None,
        headers: Mapping[str, str] | None = None,
        deadline: float | None = None,
        http: HttpOptions | Mapping[str, Any] | None = None,
        connection: Connection | None = None,
    ) -> None:
        self._own_connection = connection is None
        if connection is None:
            given = ApiConfig(
                url=url,
                token=token,
                verify_ssl=verify_ssl,
                ca_file=ca_file,
                timeout=timeout,
                connect_timeout=connect_timeout,
                max_retries=max_retries,
                headers=headers,
                deadline=deadline,
                http=http,
            )
            connection = Connection(resolve(given, api_config, kind=self._kind))
        super().__init__(connection)

    def _sharing(self, connection: Connection) -> Self:
        other = super()._sharing(connection)
        other._own_connection = False
        return other

    @property
    def url(self) -> str:
        """The API base of the server."""
        return self._connection.settings.url

    def close(self) -> None:
        """Close the connections to the server, unless they are another client's; the next request opens new ones."""
        if self._own_connection:
            self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.url}>"


# What annotations alone name comes when somebody looks at them, as `typing.get_type_hints` does.
lazy_hints(
    globals(),
    {
        "Call": ".._runtime.call",
        "HttpOptions": ".._runtime.settings.options",
        "Mapping": "collections.abc",
        "Self": "typing",
        "TracebackType": "types",
    },
)
