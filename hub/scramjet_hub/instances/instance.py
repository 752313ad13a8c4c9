"""One Instance: a running, or recently finished, Sequence."""

from __future__ import annotations

import asyncio
import contextlib
import time
import traceback
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import attrs
import orjson
from scramjet_serving.errors import DomainError, NotRunning
from scramjet_serving.streams.broadcast import StreamEnded, resolve

from scramjet_hub.history import entries
from scramjet_hub.instances.events import EventBoard
from scramjet_hub.instances.index import MILLISECOND
from scramjet_hub.instances.reach import Reach
from scramjet_hub.instances.streams import InstanceStreams
from scramjet_hub.runners import codes
from scramjet_hub.runners.control_channel import Control
from scramjet_hub.runners.launching import memory_limit
from scramjet_hub.runners.process import Command, SpawnError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from scramjet_hub.instances.surroundings import Surroundings
    from scramjet_hub.runners.pool import Runner
    from scramjet_hub.runners.process import RunnerProcess
    from scramjet_hub.sequences.store import Sequence
    from scramjet_hub.topics.topic import Topic

# In this order; a status never goes back.
INITIALIZING: Final = "initializing"
STARTING: Final = "starting"
RUNNING: Final = "running"
STOPPING: Final = "stopping"
KILLING: Final = "killing"
COMPLETED: Final = "completed"
ERRORED: Final = "errored"

REASONS: Final = {
    codes.SUCCESS: "Instance completed",
    codes.BAD_ENVIRONMENT: "The runner could not run in its environment",
    codes.BAD_PATH: "Sequence file not found",
    codes.FAILED_ON_START: "Sequence failed on start",
    codes.FAILED_WHILE_RUNNING: "Sequence failed",
    codes.UNCAUGHT: "Uncaught error",
    codes.KILLED: "Instance killed",
    codes.STOPPED: "Instance stopped",
}
# How long, in seconds, reading the last output of a runner that has ended may take.
LAST_WORDS: Final = 2.0
# The approximate ratio of a value's memory to the size of its JSON.
OBJECTS: Final = 8
# How long, in seconds, to wait for the first health report: a Sequence that blocks its thread sends none.
FIRST_REPORT: Final = 5.0
# How long, in seconds, a runner may take to acknowledge a kill: one whose Sequence blocks its thread never does.
KILL_ANSWER: Final = 2.0
# How long, in seconds, kill handlers and other clean-up may take after that.
KILL_HANDLERS: Final = 5.0


@attrs.frozen(kw_only=True)
class StartOptions:
    """The options of a start; see `InstanceRegistry.start`."""

    app_config: dict[str, Any] = attrs.field(factory=dict)
    args: list[Any] = attrs.field(factory=list)
    input_topic: str | None = None
    output_topic: str | None = None
    limits: dict[str, Any] = attrs.field(factory=dict)
    instance_name: str | None = None


class Instance:
    """One Instance.

    Args:
        around: The parts of the Hub that it needs.
        sequence: The Sequence it runs.
        instance_id: Its id.
        options: The options of its start.
        runner: The runner that runs it.
        number: Its number in the index: when it was created, in nanoseconds since 1970.
        moved: Called after a change of its status, with the Instance and the old status.

    Attributes:
        terminated: How it ended, once it has: `exitcode` and `reason`.
        streams: Its input and output streams.
        events: The events it emits.
        announced: Done when it has announced the source of its input, or has ended.
        finished: Done when it has ended.
        reach: What its token permits.
    """

    def __init__(
        self,
        around: Surroundings,
        sequence: Sequence,
        instance_id: str,
        options: StartOptions,
        runner: Runner,
        number: int,
        moved: Callable[[Instance, str], object],
    ) -> None:
        loop = asyncio.get_running_loop()
        self._around = around
        self.id = instance_id
        self.sequence = sequence
        self.options = options
        self.number = number
        self._moved = moved
        self._status: str = INITIALIZING
        self.requires = options.input_topic or ""
        self.provides = options.output_topic or ""
        self.created = timestamp(number)
        self.started: str | None = None
        self.ended: str | None = None
        self.ended_at: int | None = None  # in milliseconds since 1970
        self.terminated: dict[str, Any] | None = None
        self._process = runner.process
        self._sandbox = runner.sandbox
        self.events = EventBoard(around.config.event_memory)
        self.announced: asyncio.Future[None] = loop.create_future()
        self.finished: asyncio.Future[None] = loop.create_future()
        self._control_ended: asyncio.Future[None] = loop.create_future()
        self._reported: asyncio.Future[None] = loop.create_future()
        self._health: dict[str, Any] = {}
        self._failure: tuple[int, str] | None = None
        self._reason = ""
        self._can_keep_alive = False
        # As objects, values take several times the space of their JSON.
        self._described = OBJECTS * len(orjson.dumps([options.app_config, options.args]))
        self._refused_topic = False
        self._deadline: asyncio.TimerHandle | None = None
        self._watching: asyncio.Task[None] | None = None
        self.streams = InstanceStreams(runner.wiring, around.config, around.turns, self._failed)
        with contextlib.ExitStack() as undo:
            undo.callback(self.streams.abandon)
            self._control = Control(self.streams.control, self._handle, self._control_broken, around.turns)
            undo.callback(self._control.close)
            self.reach = Reach(instance_id, options.instance_name)
            # Where nothing asks for tokens, the Instance could do the same without one.
            limited = around.config.instance_scope == "instance" and around.tokens.required
            self._token = around.tokens.issue(instance_id, self.reach if limited else None)
            undo.pop_all()

    @property
    def status(self) -> str:
        """The state of its lifecycle."""
        return self._status

    @status.setter
    def status(self, status: str) -> None:
        old, self._status = self._status, status
        self._moved(self, old)
        if status != old:
            self._record(entries.STATUS, f"The status is {status}", status=status, previous=old)

    @property
    def alive(self) -> bool:
        """Whether it has not ended yet."""
        return self.terminated is None

    @property
    def held(self) -> int:
        """Bytes that it holds: for readers, and in its API representation."""
        return self.streams.held + self.events.size + self._described

    # Start and end

    def start(self, entrypoint: Path) -> None:
        """Tell the runner what to run; returns before the Sequence runs.

        Args:
            entrypoint: The file of the Sequence.
        """
        # If the runner has gone already, its exit status explains why.
        with contextlib.suppress(StreamEnded):
            self._control.send(codes.PONG, self._what_to_run(entrypoint))
        self._watching = asyncio.get_running_loop().create_task(self._watch(self._process))

    def abandon(self) -> None:
        """Undo a partial start that failed; the caller handles the runner."""
        if self._watching is not None:
            self._watching.cancel()
        self._around.tokens.revoke(self._token)
        self._control.close()
        self.streams.abandon()

    def run_beside(self, argv: list[str], hand_over: Callable[[], list[int]], *, tty: bool) -> RunnerProcess:
        """Start a command beside it, in its folder, environment, limits and isolation.

        Args:
            argv: The command and its arguments.
            hand_over: Returns the command's input, output and error output.
            tty: Whether they are a terminal.

        Raises:
            OSError: There is no room for it.
        """
        environ = {**self._environ(), "TERM": "xterm-256color"} if tty else self._environ()
        command = Command(environ, str(self.sequence.directory), tty)
        return self._process.beside(argv, hand_over, self._sandbox, command)

    def _environ(self) -> dict[str, str]:
        return {
            "INSTANCE_ID": self.id,
            "SCRAMJET_HUB_URL": self._around.address(),
            "SCRAMJET_HUB_TOKEN": self._token,
        }

    def _what_to_run(self, entrypoint: Path) -> dict[str, Any]:
        what: dict[str, Any] = {
            "path": str(entrypoint),
            "directory": str(self.sequence.directory),
            "environ": self._environ(),
            "memory": memory_limit(self.options.limits, self._around.config),
            "appConfig": self.options.app_config,
            "args": self.options.args,
        }
        if self.requires:
            what["inputTopic"] = self.requires
        if self.provides:
            topic = self._around.topics.find(self.provides)
            known = topic.content_type if topic and topic.settled else ""
            what |= {"outputTopic": self.provides, "outputContentType": known}
        return what

    async def _watch(self, process: RunnerProcess) -> None:
        try:
            # The Instance ends even if its control channel cannot be watched any more.
            status = await asyncio.shield(process.ended)
        except SpawnError as error:
            self._failure, status = (codes.BAD_ENVIRONMENT, str(error)), codes.BAD_ENVIRONMENT
        # The process has ended, but its last output may still be unread.
        await asyncio.wait([self._control_ended, self.streams.log_drained], timeout=LAST_WORDS)
        self._end(*self._how_it_ended(status))

    def _how_it_ended(self, status: int) -> tuple[int, str]:
        """Return exit code and reason, from the status of the process; negative ones are signals."""
        if self._failure is not None:
            return self._failure
        if status != codes.SUCCESS and self.status == KILLING:
            return codes.KILLED, self._reason or REASONS[codes.KILLED]
        if status < 0:
            return 128 - status, f"Killed by signal {-status}"
        return status, self._reason or REASONS.get(status, f"Sequence exited with {status}")

    def _end(self, code: int, reason: str) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
        asked_to = self.status in (STOPPING, KILLING) and code in (codes.STOPPED, codes.KILLED)
        self.status = COMPLETED if code == codes.SUCCESS or asked_to else ERRORED
        now = time.time_ns()
        self.ended, self.ended_at = timestamp(now), now // MILLISECOND
        self.terminated = {"exitcode": code, "reason": reason}
        self._record(entries.ENDED, reason, **self.terminated, status=self.status)
        level = "INFO" if self.status == COMPLETED else "ERROR"
        steps: tuple[Callable[[], object], ...] = (
            partial(self._around.tokens.revoke, self._token),
            self._control.close,
            self.streams.end,
            self.events.end,
            partial(self.write_log, level, "Instance ended", self.terminated),
            self.streams.log.close,
            partial(resolve, self.announced),
            partial(resolve, self._reported),
            partial(resolve, self.finished),
        )
        for step in steps:
            self._do_at_the_end(step)

    def _do_at_the_end(self, step: Callable[[], object]) -> None:
        """Run one step of the end; a failed step must not prevent the others."""
        try:
            step()
        except Exception:  # noqa: BLE001 - any error
            trace = traceback.format_exc()
            self._around.log.write("ERROR", "An Instance did not end well", data={"instance": self.id, "trace": trace})

    def _failed(self, error: BaseException) -> None:
        self.write_log("ERROR", "The Hub failed in carrying bytes of this Instance", repr(error))

    def write_log(self, level: str, message: str, data: object = None) -> None:
        """Write an entry to the Instance's log, and to the Hub's."""
        entry: dict[str, Any] = {"level": level, "msg": message, "ts": time.time_ns() // 1_000_000, "from": "Hub"}
        if data is not None:
            entry["data"] = [data]
        # bytes() copies: orjson's result keeps a buffer many times its size alive.
        self.streams.log.append(orjson.dumps(entry, default=str) + b"\n")
        self._around.log.write(level, message, source="Instance", data={"instance": self.id, "detail": data})

    def _record(self, kind: str, message: str, **metadata: Any) -> None:
        self._around.history.record(kind, self.id, message, **metadata)

    # Messages of the runner

    def _handle(self, code: int, data: dict[str, Any]) -> None:
        if handler := self._HANDLERS.get(code):
            handler(self, data)

    def _on_ping(self, _data: dict[str, Any]) -> None:
        self.started = timestamp()
        self._record(entries.STARTED, "The runner has started")
        if self.status == INITIALIZING:
            self.status = STARTING

    def _on_pang(self, data: dict[str, Any]) -> None:
        try:
            if requires := data.get("requires"):
                self._tie_input(requires, data.get("inputContentType") or data.get("contentType") or "")
            if "provides" in data:
                self._tie_output(data["provides"], data.get("contentType", ""))
        except DomainError as error:
            self._fail(codes.FAILED_ON_START, f"Sequence failed on start: {error}")
            return
        resolve(self.announced)
        if self.status in (INITIALIZING, STARTING):
            self.status = RUNNING

    def _tie_input(self, name: str, content_type: str) -> None:
        if self.streams.input.fed_by:
            return
        if self.streams.input.content_type:
            if not self._refused_topic:
                self._refused_topic = True
                self.write_log("ERROR", f"The input has been written to and cannot come from the topic {name} any more")
            return
        self.requires = name
        self._record(entries.TOPICS, f"The topic {name} feeds the input", requires=name)
        self.streams.feed_input(self._topic(name, content_type), self._hold_up)

    def _hold_up(self) -> None:
        """End the Instance, which reads nothing from its topic while others wait: an ended input would seem regular."""
        if self.alive:
            self.kill(f"Instance killed: it took nothing from the topic {self.requires} while others waited for it")

    def _tie_output(self, name: str, content_type: str) -> None:
        if self.streams.output_is_open:
            return
        self.provides = name
        if not name:
            self.streams.open_output()
            return
        self._topic(name, content_type)
        self._record(entries.TOPICS, f"The output goes to the topic {name}", provides=name)
        self.streams.feed_output(self.id, lambda: self._topic(name, content_type))

    def _topic(self, name: str, content_type: str) -> Topic:
        return self._around.topics.open(name, content_type)

    def _on_monitoring(self, data: dict[str, Any]) -> None:
        if (healthy := bool(data.get("healthy", False))) != self._health.get("healthy"):
            self._record(entries.HEALTH, f"The Instance is {'' if healthy else 'not '}healthy", healthy=healthy)
        self._health = data
        resolve(self._reported)

    def _on_event(self, data: dict[str, Any]) -> None:
        self.events.emit(data["eventName"], data)

    def _on_alive(self, data: dict[str, Any]) -> None:
        if self._deadline is not None and self._can_keep_alive and self.status == STOPPING:
            self._kill_at(max(self._deadline.when(), self._loop_time() + data["keepAlive"] / 1000))

    def _on_stopped(self, data: dict[str, Any]) -> None:
        self._reason = data.get("error") or self._reason

    def _on_acknowledge(self, _data: dict[str, Any]) -> None:
        if self.status == KILLING:
            self._kill_at(self._loop_time() + KILL_HANDLERS)

    _HANDLERS: Final = {
        codes.PING: _on_ping,
        codes.PANG: _on_pang,
        codes.MONITORING: _on_monitoring,
        codes.EVENT: _on_event,
        codes.ALIVE: _on_alive,
        codes.SEQUENCE_STOPPED: _on_stopped,
        codes.ACKNOWLEDGE: _on_acknowledge,
    }

    def _control_broken(self, problem: str) -> None:
        if problem:
            self._fail(codes.BAD_ENVIRONMENT, f"The runner does not keep to its protocol: {problem}")
        resolve(self._control_ended)

    def _fail(self, code: int, reason: str) -> None:
        self._failure = self._failure or (code, reason)
        self._process.kill()

    # Requests of clients

    async def health(self) -> dict[str, Any]:
        """Return the last health report; waits for the first, but not longer than a report can take."""
        await asyncio.wait([self._reported], timeout=FIRST_REPORT)
        pid = self._process.pid
        healthy = self.alive and self._health.get("healthy", False)
        return {**self._health, "healthy": healthy, **({"processId": pid} if pid else {})}

    async def send_event(self, name: str, message: object) -> None:
        """Send it an event, waiting while it accepts none (back-pressure).

        Raises:
            NotRunning: It has ended.
        """
        self.check_running()
        await self._control.room()
        self._tell(codes.EVENT, {"eventName": name, "message": message})

    def set_monitoring_rate(self, milliseconds: int) -> None:
        """Set the rate of its health reports.

        Raises:
            NotRunning: It has ended.
        """
        self._tell(codes.MONITORING_RATE, {"monitoringRate": milliseconds})

    def stop(self, timeout: int, can_keep_alive: bool) -> None:
        """Ask it to stop; it is killed if it has not ended in time. Asking again changes nothing.

        Args:
            timeout: Milliseconds until it is killed.
            can_keep_alive: Whether it may extend that time.

        Raises:
            NotRunning: It has ended.
        """
        self.check_running()
        if self.status in (STOPPING, KILLING):
            return
        self._record(entries.STOP, f"The Instance was asked to stop within {timeout} ms", timeout=timeout)
        self.status = STOPPING
        self._can_keep_alive = can_keep_alive
        self._kill_at(self._loop_time() + timeout / 1000)
        self._tell(codes.STOP, {"timeout": timeout, "canCallKeepalive": can_keep_alive})

    def kill(self, reason: str = "") -> None:
        """Kill it and all its processes, after its kill handlers; asking again changes nothing.

        Args:
            reason: A reason beyond the fact that it was killed.

        Raises:
            NotRunning: It has ended.
        """
        self.check_running()
        if self.status == KILLING:
            return
        self._record(entries.KILL, reason or REASONS[codes.KILLED], reason=reason)
        loaded, self.status = self.status != INITIALIZING, KILLING
        self._reason = reason
        self._kill_at(self._loop_time() + (KILL_ANSWER if loaded else 0))
        with contextlib.suppress(StreamEnded):
            self._control.send(codes.KILL, {})

    def kill_at_once(self) -> None:
        """Kill it and all its processes, without running handlers; does nothing if it has ended."""
        if self.alive:
            self._record(entries.KILL, "The Hub stops and kills what runs", reason="The Hub stops")
            self.status = KILLING
            self._process.kill()

    def check_running(self) -> None:
        """Raise unless it is still running.

        Raises:
            NotRunning: It has ended.
        """
        if not self.alive:
            raise NotRunning("Instance not running")

    def _tell(self, code: int, data: dict[str, Any]) -> None:
        self.check_running()
        try:
            self._control.send(code, data)
        except StreamEnded:
            raise NotRunning("Instance not running") from None

    def _kill_at(self, when: float) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
        self._deadline = asyncio.get_running_loop().call_at(when, self._out_of_time)

    def _out_of_time(self) -> None:
        if self.status == KILLING:
            self._process.kill()
        elif self.alive:
            self.kill("Instance killed: it did not stop in time")

    @staticmethod
    def _loop_time() -> float:
        return asyncio.get_running_loop().time()

    def info(self) -> dict[str, Any]:
        """Return its representation in the API."""
        sequence = {"id": self.sequence.id, "config": self.sequence.config, "location": self._around.config.id}
        if self.sequence.name:
            sequence["name"] = self.sequence.name
        known: dict[str, Any] = {
            "id": self.id,
            "instanceName": self.options.instance_name,
            "appConfig": self.options.app_config,
            "args": self.options.args,
            "provides": self.provides,
            "requires": self.requires,
            "sequence": sequence,
            "limits": self.options.limits or None,
            "created": self.created,
            "started": self.started,
            "ended": self.ended,
            "status": self.status,
            "terminated": self.terminated,
        }
        return {name: value for name, value in known.items() if value is not None}


def timestamp(moment: int | None = None) -> str:
    """Return a time in the format of the API.

    Args:
        moment: The time in nanoseconds since 1970; now, if missing.
    """
    milliseconds = (time.time_ns() if moment is None else moment) // MILLISECOND
    seconds, rest = divmod(milliseconds, 1000)
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%S}.{rest:03}Z"
