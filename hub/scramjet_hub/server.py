"""The server: a listening socket, the application on it, and an orderly end."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import resource
import signal
import socket
from typing import TYPE_CHECKING, Final

import uvicorn
import uvloop

import scramjet_hub.handlers  # noqa: F401 - it registers the handlers
from scramjet_hub import description
from scramjet_hub.app import App
from scramjet_hub.http import HANDLERS
from scramjet_hub.hub import Hub
from scramjet_hub.protocol import HubProtocol
from scramjet_hub.routing import BASE
from scramjet_hub.snapshots import Snapshots

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scramjet_hub.config import HubConfig

# How long replies that are being sent may take once everything they could tell about has ended, in seconds.
LAST_REPLIES: Final = 2
# How much longer than stop handlers may take everything may take to end, in seconds.
GRACE: Final = 5
BACKLOG: Final = 2048
# Open files that are asked for at most; more would only make what loops over all of them slow.
MOST_FILES: Final = 65536
STOP_SIGNALS: Final = (signal.SIGTERM, signal.SIGINT)


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
        served = description.load()
        # First, for it is what checks that everything has a handler.
        app = App(hub, served)
        protocol = functools.partial(
            HubProtocol,
            max_head=hub.config.max_head_size,
            head_timeout=hub.config.head_timeout,
            snapshots=Snapshots(hub, served, HANDLERS),
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

    async def run_hub(self) -> None:
        """Serve until a signal comes, then end everything."""
        self._hub.start()
        try:
            await self.serve(sockets=[self._listener])
        finally:
            self._hub.close()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, and say so."""
        await super().startup(sockets)
        print(f"Scramjet Hub listening on {self._hub.url}", flush=True)

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
        """Take the signals to stop while serving."""
        loop = asyncio.get_running_loop()
        for number in STOP_SIGNALS:
            loop.add_signal_handler(number, self._stop)
        try:
            yield
        finally:
            for number in STOP_SIGNALS:
                loop.remove_signal_handler(number)

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
    """A socket bound to an address.

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
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
    except OSError as error:
        raise ListenError(f"Cannot listen on {host}:{port}: {error.strerror or error}") from error
    return listener


def run(config: HubConfig) -> None:
    """Run a Hub until it is told to stop.

    Raises:
        DataDirError: The data folder cannot be used.
        ListenError: The address cannot be listened on.
        DescriptionError: The description does not fit the handlers.
        ValueError: The file of tokens is not one.
    """
    allow_many_files()
    hub = Hub(config)
    with bind(config.host, config.port) as listener:
        hub.url = f"http://{_authority(listener)}{BASE}"
        hub.log.capture_logging()
        server = Server(hub, listener)
        uvloop.run(server.run_hub())


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
