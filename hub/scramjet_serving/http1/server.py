"""The server: a listening socket, the application on it, and a graceful shutdown."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import os
import signal
import socket
import sys
from typing import TYPE_CHECKING, Final, Generic, TypeVar

import uvicorn

from scramjet_serving.app import App
from scramjet_serving.errors import CannotStart
from scramjet_serving.http1.connection import HttpProtocol
from scramjet_serving.http1.fast_path import FastPath

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from scramjet_serving.description import Description
    from scramjet_serving.http1.tunnel import ConnectHandler
    from scramjet_serving.operations import Operations
    from scramjet_serving.routing import Mount
    from scramjet_serving.service import Served

S = TypeVar("S", bound="Served")

# How long, in seconds, replies in progress may take once all streams have ended.
LAST_REPLIES: Final = 2
# How much longer than stop handlers the whole shutdown may take, in seconds.
GRACE: Final = 5
BACKLOG: Final = 2048
STOP_SIGNALS: Final = (signal.SIGTERM, signal.SIGINT)


class Terminal:
    """The terminal that the server was started from, if any."""

    def __init__(self) -> None:
        # A server started with `nohup` is meant to outlive its terminal.
        ignored = signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
        self._had_one = not ignored and self._is_there()

    def is_gone(self) -> bool:
        """Return whether the server had a terminal that was closed."""
        return self._had_one and not self._is_there()

    @staticmethod
    def _is_there() -> bool:
        try:
            os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY | os.O_CLOEXEC))
        except OSError:
            return False
        return True


class ListenError(CannotStart):
    """The server cannot listen on the address; the text says why."""


class Server(uvicorn.Server, Generic[S]):
    """uvicorn's server for one service.

    The first stop signal starts a graceful shutdown; the second one ends everything at once.

    Args:
        service: The service.
        described: The operations to serve.
        operations: Its handlers.
        listener: The bound socket.
        name: Its name in the line that says where it listens.
        mounts: What it serves beside the described operations.
        on_connect: Gets requests to connect (CONNECT); without, they are refused.

    Raises:
        DescriptionError: The description does not match the handlers.
    """

    def __init__(
        self,
        service: S,
        described: Description,
        operations: Operations[S],
        listener: socket.socket,
        name: str,
        mounts: Collection[Mount] = (),
        on_connect: ConnectHandler | None = None,
    ) -> None:
        # First, because it checks that every operation has a handler.
        app = App(service, described, operations, mounts)
        protocol = functools.partial(
            HttpProtocol,
            max_head=service.config.max_head_size,
            head_timeout=service.config.head_timeout,
            fast_path=FastPath(service, described, operations),
            on_connect=on_connect,
        )
        config = uvicorn.Config(
            app,
            http=protocol,  # type: ignore[arg-type]  # a class with some of its arguments
            loop="uvloop",
            lifespan="off",
            ws="none",
            log_config=None,
            server_header=False,
            proxy_headers=False,
            backlog=BACKLOG,
            timeout_graceful_shutdown=LAST_REPLIES,
        )
        super().__init__(config)
        self._protocol = protocol
        self._service = service
        self._name = name
        self._listener = listener
        self._draining: asyncio.Task[None] | None = None
        self._terminal = Terminal()

    def connection(self) -> asyncio.Protocol:
        """Return a protocol that serves a connection that was not accepted here, such as a channel of a tunnel."""
        return self._protocol(self.config, self.server_state, {})

    async def run_service(self) -> None:
        """Serve until a signal arrives, then shut down."""
        self._service.start()
        await self.serve(sockets=[self._listener])

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start to listen, and print the address."""
        await super().startup(sockets)
        # If stdout is closed, the server still serves.
        with contextlib.suppress(OSError, AttributeError):
            os.write(sys.stdout.fileno(), f"{self._name} listening on {self._service.url}\n".encode())

    async def on_tick(self, counter: int) -> bool:
        """Close idle connections; runs ten times a second."""
        if counter % 10 == 0:
            oldest = asyncio.get_running_loop().time() - self._service.config.keep_alive
            for connection in list(self.server_state.connections):
                if isinstance(connection, HttpProtocol) and (connection.unused_since or oldest) < oldest:
                    connection.shutdown()
        return await super().on_tick(counter)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Handle signals while serving."""
        loop = asyncio.get_running_loop()
        handlers = {**dict.fromkeys(STOP_SIGNALS, self._stop), signal.SIGHUP: self._hang_up}
        for number, handler in handlers.items():
            loop.add_signal_handler(number, handler)
        try:
            yield
        finally:
            for number in handlers:
                loop.remove_signal_handler(number)

    def _hang_up(self) -> None:
        """Reload the tokens, or stop if the terminal was closed: both send SIGHUP."""
        if self._terminal.is_gone():
            self._stop()
        else:
            self._service.reload_tokens()

    def _stop(self) -> None:
        timeout = self._service.config.drain_timeout
        if self._draining is not None:
            self._draining.cancel()
            self.force_exit = True
            timeout = 0
        self._draining = asyncio.get_running_loop().create_task(self._drain(timeout))

    async def _drain(self, timeout: float) -> None:
        """Drain: requests are still answered while the service ends its work; only then the server stops listening."""
        try:
            await asyncio.wait_for(self._service.drain(timeout), timeout + GRACE)
        except TimeoutError:
            self._service.log.write("ERROR", "Not everything has ended in time")
        self.should_exit = True


def bind(host: str, port: int) -> socket.socket:
    """Return a socket bound to an address; clients that connect wait until the server serves.

    Args:
        host: Name or IP address.
        port: Port; 0 picks a free one.

    Raises:
        ListenError: The address is not available.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
        with contextlib.ExitStack() as undo:
            undo.callback(listener.close)
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
            # Two sockets can be bound to one port as long as neither listens.
            listener.listen(BACKLOG)
            undo.pop_all()
    except OSError as error:
        raise ListenError(f"Cannot listen on {host}:{port}: {error.strerror or error}") from error
    except UnicodeError as error:
        raise ListenError(f"Cannot listen on {host}:{port}: this is not the name of a host") from error
    return listener


def authority(listener: socket.socket) -> str:
    """Return host and port of a listening socket in the form that URLs use."""
    host, port = listener.getsockname()[:2]
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
