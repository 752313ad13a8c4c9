"""The server: a listening socket, the application on it, and an orderly end."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import os
import resource
import signal
import socket
import sys
from typing import TYPE_CHECKING, Final

import uvicorn
import uvloop

from scramjet_hub import description
from scramjet_hub.app import App
from scramjet_hub.handlers import OPERATIONS
from scramjet_hub.hub import Hub
from scramjet_hub.protocol import HubProtocol
from scramjet_hub.routing import BASE
from scramjet_hub.snapshots import Snapshots

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scramjet_hub.config import HubConfig

# How long replies that are being sent may take once everything they could tell about has ended, in seconds.
LAST_REPLIES: Final = 2
# How much longer than stop handlers may take everything may take to end, in seconds.
GRACE: Final = 5
BACKLOG: Final = 2048
# Open files that are asked for at most; more would only make what loops over all of them slow.
MOST_FILES: Final = 65536
STOP_SIGNALS: Final = (signal.SIGTERM, signal.SIGINT)


class Terminal:
    """The terminal that the Hub was started from, if it was."""

    def __init__(self) -> None:
        # Who starts it with `nohup` wants it to outlive its terminal.
        ignored = signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
        self._had_one = not ignored and self._is_there()

    def is_gone(self) -> bool:
        """Whether there was one, and it was closed."""
        return self._had_one and not self._is_there()

    @staticmethod
    def _is_there() -> bool:
        try:
            os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY | os.O_CLOEXEC))
        except OSError:
            return False
        return True


class ListenError(Exception):
    """The address cannot be listened on; the text says why."""


class Server(uvicorn.Server):
    """uvicorn's server for one Hub.

    The first signal to stop lets Instances run their stop handlers and streams end; the second one does not wait.

    Args:
        hub: The Hub.
        listener: The bound socket.
    """

    def __init__(self, hub: Hub, listener: socket.socket) -> None:
        served = description.load("hub")
        # First, for it is what checks that everything has a handler.
        app = App(hub, served, OPERATIONS)
        protocol = functools.partial(
            HubProtocol,
            max_head=hub.config.max_head_size,
            head_timeout=hub.config.head_timeout,
            snapshots=Snapshots(hub, served, OPERATIONS),
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
        self._hub = hub
        self._listener = listener
        self._draining: asyncio.Task[None] | None = None
        self._terminal = Terminal()

    async def run_hub(self) -> None:
        """Serve until a signal comes, then end everything."""
        self._hub.start()
        await self.serve(sockets=[self._listener])

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, and say so."""
        await super().startup(sockets)
        # If nobody can be told, it serves all the same.
        with contextlib.suppress(OSError, AttributeError):
            os.write(sys.stdout.fileno(), f"Scramjet Hub listening on {self._hub.url}\n".encode())

    async def on_tick(self, counter: int) -> bool:
        """Ten times a second; connections that are not used for long are closed."""
        if counter % 10 == 0:
            oldest = asyncio.get_running_loop().time() - self._hub.config.keep_alive
            for connection in list(self.server_state.connections):
                if isinstance(connection, HubProtocol) and (connection.unused_since or oldest) < oldest:
                    connection.shutdown()
        return await super().on_tick(counter)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Take signals while serving."""
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
        """Read the tokens again, or end with the terminal that was closed: the signal is the same."""
        if self._terminal.is_gone():
            self._stop()
        else:
            self._hub.reload_tokens()

    def _stop(self) -> None:
        timeout = self._hub.config.drain_timeout
        if self._draining is not None:
            self._draining.cancel()
            self.force_exit = True
            timeout = 0
        self._draining = asyncio.get_running_loop().create_task(self._drain(timeout))

    async def _drain(self, timeout: float) -> None:
        """Requests are still answered while Instances stop; only then the server stops listening."""
        try:
            await asyncio.wait_for(self._hub.drain(timeout), timeout + GRACE)
        except TimeoutError:
            self._hub.log.write("ERROR", "Not everything has ended in time")
        self.should_exit = True


def bind(host: str, port: int) -> socket.socket:
    """A socket that listens on an address; whoever connects waits until the Hub serves.

    Args:
        host: Name or address.
        port: Port; 0 is any that is free.

    Raises:
        ListenError: It cannot be had.
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
            # Two may be bound to one port as long as neither listens.
            listener.listen(BACKLOG)
            undo.pop_all()
    except OSError as error:
        raise ListenError(f"Cannot listen on {host}:{port}: {error.strerror or error}") from error
    except UnicodeError as error:
        raise ListenError(f"Cannot listen on {host}:{port}: this is not the name of a host") from error
    return listener


def run(config: HubConfig, warnings: Iterable[str] = ()) -> None:
    """Run a Hub until it is told to stop.

    Args:
        config: How it is set up.
        warnings: What the log is to say about that.

    Raises:
        DataDirError: The data folder cannot be used.
        ListenError: The address cannot be listened on.
        DescriptionError: The description does not fit the handlers.
        TokenError: The file of tokens cannot be used.
    """
    allow_many_files()
    hub = Hub(config)
    try:
        with bind(config.host, config.port) as listener:
            hub.url = f"http://{_authority(listener)}{BASE}"
            hub.log.capture_logging()
            for warning in warnings:
                hub.log.write("WARN", warning)
            server = Server(hub, listener)
            uvloop.run(server.run_hub())
    finally:
        hub.close()


def allow_many_files() -> None:
    """Raise the number of open files to what the system allows: each connection and each Instance needs some."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard == resource.RLIM_INFINITY or hard > MOST_FILES:
        hard = MOST_FILES
    if soft != resource.RLIM_INFINITY and soft < hard:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (hard, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))


def _authority(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
