"""The streams of one Instance, and their connections to its runner and to topics."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Final

from scramjet_serving.streams.broadcast import Broadcast, resolve
from scramjet_serving.streams.lines import LineLog

from scramjet_hub.instances.intake import Intake
from scramjet_hub.instances.topic_links import feed_from_topic, feed_topic
from scramjet_hub.runners.channels import Inlet, LogLines, Outlet

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Coroutine

    from scramjet_hub.config import HubConfig
    from scramjet_hub.runners.channels import Wiring
    from scramjet_hub.runners.turns import Turns
    from scramjet_hub.topics.topic import Topic

LOG_BYTES: Final = 1024 * 1024


class InstanceStreams:
    """The streams of one Instance.

    Args:
        wiring: The channels to the runner.
        config: The configuration with the sizes of their buffers.
        turns: The time budget for parsing the lines of the log.
        failed: Called with unexpected errors of the transfer.

    Attributes:
        stdin, input: The streams into the Instance.
        stdout, stderr, output: The streams out of it; `output` stays empty if a topic gets it.
        log: Its log.
        control: The Hub's end of the control channel.
        log_drained: Done when everything the runner logged is in the log.
    """

    def __init__(
        self, wiring: Wiring, config: HubConfig, turns: Turns, failed: Callable[[BaseException], object]
    ) -> None:
        self.control: socket.socket = wiring.control
        self.stdin = Intake(Outlet(wiring.stdin), "stdin")
        self.input = Intake(Outlet(wiring.input), "input")
        self.stdout, self.stderr, self.output = (
            Broadcast(config.stream_buffer, config.reader_timeout) for _ in range(3)
        )
        self.log = LineLog(config.log_buffer, LOG_BYTES)
        self.log_drained: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._buffer = config.stream_buffer
        self._output_end = wiring.output
        self._to_topic: Broadcast | None = None
        self._feeding: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._failed = failed
        self._inlets: dict[str, Inlet] = {}
        with contextlib.ExitStack() as undo:
            undo.callback(self.abandon)
            self._inlets["stdout"] = Inlet(wiring.stdout, self.stdout, _nothing)
            self._inlets["stderr"] = Inlet(wiring.stderr, self.stderr, _nothing)
            self._inlets["log"] = Inlet(wiring.log, LogLines(self.log, turns), lambda: resolve(self.log_drained))
            undo.pop_all()

    def feed_input(self, topic: Topic, stuck: Callable[[], object]) -> None:
        """Connect a topic to the input; clients may write none then.

        Args:
            topic: The topic.
            stuck: Called when the Instance reads nothing for too long while others wait for it.
        """
        self.input.fed_by = topic.name
        self._feeding = self._spawn(feed_from_topic(topic, self.input, stuck))

    @property
    def output_is_open(self) -> bool:
        """Whether the target of the output is known."""
        return "output" in self._inlets

    def open_output(self) -> None:
        """Start to read the output, for clients."""
        if "output" not in self._inlets:
            self._inlets["output"] = Inlet(self._output_end, self.output, _nothing)

    def feed_output(self, instance_id: str, open_topic: Callable[[], Topic]) -> None:
        """Start to read the output, for a topic."""
        if "output" not in self._inlets:
            self._to_topic = Broadcast(self._buffer)
            self._spawn(feed_topic(instance_id, self._to_topic, open_topic))
            self._inlets["output"] = Inlet(self._output_end, self._to_topic, _nothing)

    def end(self) -> None:
        """Handle the end of the runner: nothing more goes in; what it has written can still be read."""
        if self._feeding is not None:
            self._feeding.cancel()
        self.stdin.outlet.close()
        self.input.outlet.close()
        self.open_output()
        if self._to_topic is not None:
            self.output.end()

    @property
    def wanted(self) -> bool:
        """Whether the remaining data of the Instance is still being read by a client or taken by a topic."""
        return (self._to_topic is not None and bool(self._tasks)) or any(
            stream.readers for stream in (self.stdout, self.stderr, self.output)
        )

    @property
    def held(self) -> int:
        """Bytes kept for readers."""
        return self.log.size + sum(stream.waiting for stream in (self.stdout, self.stderr, self.output))

    def drop(self) -> None:
        """Drop the remaining data."""
        for inlet in self._inlets.values():
            inlet.close()
        for task in self._tasks:
            task.cancel()

    def abandon(self) -> None:
        """Release all channels, which the caller closes, because the start failed."""
        self.drop()
        self.stdin.outlet.close()
        self.input.outlet.close()

    def _spawn(self, coroutine: Coroutine[None, None, None]) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._settle)
        return task

    def _settle(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self._failed(error)


def _nothing() -> None:
    pass
