"""The context that a Sequence is called with."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from typing import Protocol

    from scramjet_hub.runners.python.logs import Logger

    class Runner(Protocol):
        """What a context needs of the runner."""

        stop_handlers: list[Callable[..., object]]

        def subscribe(self, event_name: str, handler: Callable[..., object]) -> None:
            """Call a handler for every event of a name."""

        def check_health_with(self, check: Callable[[], object]) -> None:
            """Ask this for the health from now on."""

        def emit(self, event_name: str, message: object) -> None:
            """Send an event to the Hub."""

        def prolong(self, seconds: float) -> None:
            """Ask for more time to stop."""

        def finish(self, error: object = None) -> None:
            """End the Sequence, with an error or without."""


class Context:
    """What a Sequence knows of its Instance, and what it can tell it.

    Attributes:
        config: The `appConfig` given at start.
        logger: Where to log; it goes to the Instance's log.
        instance_id: The id of the Instance.
    """

    def __init__(self, runner: Runner, config: dict[str, Any], logger: Logger, instance_id: str) -> None:
        self.config = config
        self.logger = logger
        self.instance_id = instance_id
        self._runner = runner
        self._hub: Any = None

    def on(self, event_name: str, handler: Callable[[Any], object]) -> None:
        """Call a handler, plain or async, with the message of every event of this name that is sent here."""
        self._runner.subscribe(event_name, handler)

    def emit(self, event_name: str, message: object = "") -> None:
        """Emit an event; message is anything that has a JSON form. May be called from any thread."""
        self._runner.emit(event_name, message)

    def set_stop_handler(self, handler: Callable[..., Awaitable[object] | object], *_: object) -> None:
        """Call a handler when the Instance is to stop; the latest that was set is called last.

        Args:
            handler: Called with the seconds there are, and whether `keep_alive` will help, or with as many of these
                as it takes.
        """
        self._runner.stop_handlers.append(handler)

    def set_health_check(self, health_check: Callable[[], object]) -> None:
        """Ask this for the Instance's health from now on.

        Args:
            health_check: Plain or async; gives `{"healthy": bool, ...}` or just a bool.
        """
        self._runner.check_health_with(health_check)

    async def keep_alive(self, timeout: float = 0) -> None:
        """Ask for more time while stopping.

        Args:
            timeout: Seconds from now after which the Instance may be killed.
        """
        self._runner.prolong(timeout)

    def end(self) -> None:
        """End the Sequence with what it has given so far; it counts as completed."""
        self._runner.finish()

    def destroy(self, error: object = None) -> None:
        """End the Sequence; it counts as failed.

        Args:
            error: Why; an exception or a text.
        """
        self._runner.finish(error if error is not None else "Sequence destroyed itself")

    @property
    def hub(self) -> Any:
        """A client of the Hub that runs this Instance.

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
            # The client finds the token that belongs to this address in the environment.
            self._hub = HostClient(os.environ["SCRAMJET_HUB_URL"])
        return self._hub
