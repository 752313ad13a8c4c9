"""The context that a Sequence is called with."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from typing import Protocol

    from scramjet_hub.runners.python.logs import Logger

    class Runner(Protocol):
        """The interface that a context needs of the runner."""

        stop_handlers: list[Callable[..., object]]

        def subscribe(self, event_name: str, handler: Callable[..., object]) -> None:
            """Call a handler for every event of a name."""

        def check_health_with(self, check: Callable[[], object]) -> None:
            """Use this function for health checks from now on."""

        def emit(self, event_name: str, message: object) -> None:
            """Send an event to the Hub."""

        def prolong(self, seconds: float) -> None:
            """Ask for more time to stop."""

        def finish(self, error: object = None) -> None:
            """End the Sequence, with or without an error."""


class Context:
    """The interface of a Sequence to its Instance.

    Attributes:
        config: The `appConfig` given at start.
        logger: The logger, which writes to the Instance's log.
        instance_id: The id of the Instance.
    """

    def __init__(self, runner: Runner, config: dict[str, Any], logger: Logger, instance_id: str) -> None:
        self.config = config
        self.logger = logger
        self.instance_id = instance_id
        self._runner = runner
        self._hub: Any = None

    def on(self, event_name: str, handler: Callable[[Any], object]) -> None:
        """Call a handler, plain or async, with the message of every event of this name that is sent to the Instance."""
        self._runner.subscribe(event_name, handler)

    def emit(self, event_name: str, message: object = "") -> None:
        """Emit an event; `message` is any value with a JSON form. Thread-safe."""
        self._runner.emit(event_name, message)

    def set_stop_handler(self, handler: Callable[..., Awaitable[object] | object], *_: object) -> None:
        """Add a handler to call when the Instance has to stop; the last added handler is called last.

        Args:
            handler: Called with the available seconds, and whether `keep_alive` is allowed, or with as many of these
                arguments as it accepts.
        """
        self._runner.stop_handlers.append(handler)

    def set_health_check(self, health_check: Callable[[], object]) -> None:
        """Use this function for the Instance's health from now on.

        Args:
            health_check: Plain or async; returns `{"healthy": bool, ...}` or just a bool.
        """
        self._runner.check_health_with(health_check)

    async def keep_alive(self, timeout: float = 0) -> None:
        """Ask for more time while stopping.

        Args:
            timeout: Seconds from now after which the Instance may be killed.
        """
        self._runner.prolong(timeout)

    def end(self) -> None:
        """End the Sequence with the output so far; it counts as completed."""
        self._runner.finish()

    def destroy(self, error: object = None) -> None:
        """End the Sequence; it counts as failed.

        Args:
            error: The reason; an exception or a text.
        """
        self._runner.finish(error if error is not None else "Sequence destroyed itself")

    @property
    def hub(self) -> Any:
        """Return a client of the Hub that runs this Instance.

        Raises:
            ImportError: The package scramjet-openapi is not among the packages of the Sequence.
        """
        if self._hub is None:
            try:
                from scramjet_client import HostClient
            except ImportError as error:
                raise ImportError(
                    "context.hub needs the package scramjet-openapi: put it into the __pypackages__ of the Sequence "
                    f"({error})"
                ) from error
            # The client finds the token for this address in the environment.
            self._hub = HostClient(os.environ["SCRAMJET_HUB_URL"])
        return self._hub
