"""Runs one Python Sequence: from the first message to the exit code."""

from __future__ import annotations

import asyncio
import functools
import inspect
import os
import resource
import socket
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scramjet_hub.runners import codes
from scramjet_hub.runners.python import giving, logs
from scramjet_hub.runners.python.context import Context
from scramjet_hub.runners.python.control import Control
from scramjet_hub.runners.python.loading import declared, load
from scramjet_hub.runners.python.output import Output
from scramjet_hub.runners.python.source import Input, uses_streams

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import ModuleType

DEFAULT_TYPE = "text/plain"
# Seconds between health reports, until the Hub sets another rate.
MONITORING_RATE = 1.0
# How long, in seconds, tasks cancelled at the end of the Sequence may take to clean up.
LAST_WORDS = 1.0


class Exit(Exception):  # noqa: N818 - a way to end, not always an error
    """Ends the Sequence.

    Args:
        code: The exit code.
        reason: The reason for the Hub, if any.
    """

    def __init__(self, code: int, reason: str = "") -> None:
        super().__init__(code, reason)
        self.code = code
        self.reason = reason


class Runner:
    """Runs one Sequence.

    Args:
        fds: The descriptors of the channels by name.

    Raises:
        OSError: They are not the expected descriptors.
    """

    def __init__(self, fds: Mapping[str, int]) -> None:
        self._control = Control(socket.socket(fileno=fds["control"]))
        self._input_socket = socket.socket(fileno=fds["input"])
        self._output_socket = socket.socket(fileno=fds["output"])
        self._logger = logs.set_up(fds["log"])
        self._handlers: dict[str, list[Callable[..., object]]] = {}
        self._rate = MONITORING_RATE
        self._beat: asyncio.TimerHandle | None = None
        self._prolonged = False
        self._tasks: set[asyncio.Task[Any]] = set()
        self._health_check: Callable[[], object] | None = None
        self.stop_handlers: list[Callable[..., object]] = []

    def run(self) -> int:
        """Run it; return the exit code."""
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
        loop.set_exception_handler(self._uncaught)
        # Up to here, the runner may be started long in advance; from here on, time counts.
        self._control.send(codes.PING, {})
        (_, self._start), *early = self._control.receive()
        try:
            settle_in(self._start)
        except (KeyError, OSError, ValueError) as error:
            return self._report(Exit(codes.BAD_ENVIRONMENT, f"The runner could not settle in: {describe(error)}"))
        self._path = Path(self._start["path"])
        if not self._path.is_file():
            return self._report(Exit(codes.BAD_PATH, f"There is no file {self._path.name}"))
        return loop.run_until_complete(self._main(early))

    async def _main(self, early: list[tuple[int, Any]]) -> int:
        self._loop = asyncio.get_running_loop()
        self._ending: asyncio.Future[Exit] = self._loop.create_future()
        self._loop.add_reader(self._control, self._readable)
        for code, data in early:
            self._handle(code, data)
        output = Output(self._output_socket)
        running = self._loop.create_task(self._sequence(output))
        running.add_done_callback(lambda task: self._end(task.result()))
        exit_ = await self._ending
        await cancel_tasks()
        if exit_.code != codes.KILLED:
            await output.drain()
            output.close()
        return self._report(exit_)

    def _report(self, exit_: Exit) -> int:
        """Report to the Hub how it ended; return the exit code."""
        if exit_.code == codes.SUCCESS:
            self._control.send(codes.SEQUENCE_COMPLETED, {})
        else:
            self._control.send(codes.SEQUENCE_STOPPED, {"error": exit_.reason} if exit_.reason else {})
        return exit_.code

    # The Sequence itself

    async def _sequence(self, output: Output) -> Exit:
        """Load and run it; return how it ended."""
        try:
            module = self._load()
            result = self._call_run(module)
            try:
                await self._give(module, result, output)
            except Exception as error:  # noqa: BLE001 - any error of a Sequence ends it in the same way
                return self._failure(codes.FAILED_WHILE_RUNNING, "Sequence failed", error)
        except Exit as exit_:
            return exit_
        except SystemExit as error:
            return exit_of(error)
        except asyncio.CancelledError:
            return Exit(codes.FAILED_WHILE_RUNNING, "Sequence failed: it was cancelled")
        return Exit(codes.SUCCESS)

    def _call_run(self, module: ModuleType) -> Any:
        context = Context(self, self._start.get("appConfig") or {}, self._logger, os.environ["INSTANCE_ID"])
        source = Input(self._input_socket, self._stream_failed)
        self._announce_input(module)
        self._monitor()
        try:
            return module.run(context, self._source(source), *(self._start.get("args") or []))
        except Exception as error:
            raise self._failure(codes.FAILED_ON_START, "Sequence failed on start", error) from error

    async def _give(self, module: ModuleType, result: Any, output: Output) -> None:
        if inspect.iscoroutine(result) or asyncio.isfuture(result):
            result = await result
        await giving.give(result, output, self._announce_output(module, result))
        await output.drain()

    def _load(self) -> ModuleType:
        try:
            return load(self._path)
        except Exception as error:
            raise self._failure(codes.FAILED_ON_START, "Sequence could not be loaded", error) from error

    def _source(self, source: Input) -> Any:
        if not uses_streams():
            return source
        self._loop.set_task_factory(self._task_of_streams)
        return source.stream()

    def _announce_input(self, module: ModuleType) -> None:
        requires, content_type = declared(module, "requires")
        requires = self._start.get("inputTopic") or requires
        self._control.send(codes.PANG, {"requires": requires, "contentType": content_type if requires else ""})

    def _announce_output(self, module: ModuleType, result: Any) -> str:
        """Announce the topic of the output to the Hub; return the output's content type."""
        of_result, of_module = declared(result, "provides"), declared(module, "provides")
        provides = self._start.get("outputTopic") or of_result[0] or of_module[0]
        known = self._start.get("outputContentType")
        output_type = str(getattr(module, "output_type", None) or "")
        content_type = of_result[1] or of_module[1] or output_type or known or DEFAULT_TYPE
        pang = {"provides": provides, "contentType": content_type}
        requires, required_type = declared(result, "requires")
        if requires and not self._start.get("inputTopic"):
            pang |= {"requires": requires, "inputContentType": required_type}
        self._control.send(codes.PANG, pang)
        return content_type

    def _failure(self, code: int, what: str, error: BaseException) -> Exit:
        self._logger.error("%s: %s", what, describe(error), exc_info=error)
        traceback.print_exception(error, file=sys.stderr)
        return Exit(code, f"{what}: {describe(error)}")

    # Called by the Sequence through its context

    def subscribe(self, event_name: str, handler: Callable[..., object]) -> None:
        """Call a handler for every event of a name."""
        self._handlers.setdefault(event_name, []).append(handler)

    def emit(self, event_name: str, message: object) -> None:
        """Send an event to the Hub."""
        self._control.send(codes.EVENT, {"eventName": event_name, "message": message})

    def check_health_with(self, check: Callable[[], object]) -> None:
        """Use this function for health checks from now on, starting at once; thread-safe."""
        self._health_check = check
        self._loop.call_soon_threadsafe(self._monitor)

    def prolong(self, seconds: float) -> None:
        """Ask for more time to stop."""
        self._prolonged = True
        self._control.send(codes.ALIVE, {"keepAlive": max(0, round(seconds * 1000))})

    def finish(self, error: object = None) -> None:
        """End the Sequence, with or without an error; thread-safe."""
        reason = describe(error) if isinstance(error, BaseException) else str(error)
        exit_ = Exit(codes.SUCCESS) if error is None else Exit(codes.FAILED_WHILE_RUNNING, f"Sequence failed: {reason}")
        self._loop.call_soon_threadsafe(self._end, exit_)

    # Called by the Hub

    def _readable(self) -> None:
        try:
            self._control.poll(self._handle)
        except (EOFError, ConnectionError):
            self._loop.remove_reader(self._control)
            self._end(Exit(codes.BAD_ENVIRONMENT))

    def _handle(self, code: int, data: Any) -> None:
        if code == codes.EVENT:
            for handler in self._handlers.get(data["eventName"], []):
                self._call(handler, data.get("message"))
        elif code == codes.STOP:
            self._spawn(self._stop(data["timeout"] / 1000, data["canCallKeepalive"]))
        elif code == codes.KILL:
            # Shows the Hub that the process is not stuck, so that it waits for the clean-up.
            self._control.send(codes.ACKNOWLEDGE, {})
            self._end(Exit(codes.KILLED))
        elif code == codes.MONITORING_RATE:
            self._rate = data["monitoringRate"] / 1000
            self._monitor()

    async def _stop(self, timeout: float, can_keep_alive: bool) -> None:
        self._prolonged = False
        failure = ""
        for handler in self.stop_handlers:
            failure = await self._stopped_by(handler, timeout, can_keep_alive) or failure
        if not (can_keep_alive and self._prolonged):
            self._end(Exit(codes.STOPPED, failure))

    async def _stopped_by(self, handler: Callable[..., object], timeout: float, can_keep_alive: bool) -> str:
        """Call a stop handler; return why it failed, if it did."""
        try:
            await _settled(call_with(handler, timeout, can_keep_alive))
        except Exception as error:  # noqa: BLE001 - the next handler is called in any case
            return self._failure(codes.STOPPED, "A stop handler failed", error).reason
        return ""

    def _monitor(self) -> None:
        """Report now, and from now on at the current rate."""
        if self._beat is not None:
            self._beat.cancel()
        self._beat = self._loop.call_later(self._rate, self._monitor)
        self._spawn(self._report_health())

    async def _report_health(self) -> None:
        health: Any
        try:
            health = await _settled(self._health_check()) if self._health_check else True
            report = dict(health) if isinstance(health, dict) else {"healthy": bool(health)}
            self._control.send(codes.MONITORING, {"healthy": True, **report})
        except Exception as error:  # noqa: BLE001 - a failed check is reported as such
            self._control.send(codes.MONITORING, {"healthy": False, "error": describe(error)})

    # Errors outside the main flow of the Sequence

    def _call(self, handler: Callable[..., object], message: object) -> None:
        result = handler(message)
        if inspect.isawaitable(result):
            self._spawn(_settled(result))

    def _spawn(self, coroutine: Any) -> None:
        task = self._loop.create_task(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._settle)

    def _settle(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self._end(self._failure(codes.UNCAUGHT, "Uncaught", error))

    def _uncaught(self, _loop: asyncio.AbstractEventLoop, details: dict[str, Any]) -> None:
        error = details.get("exception")
        if error is None:
            self._logger.warning("%s", details.get("message"))
        elif details.get("task") is not None or details.get("future") is not None:
            # Nothing awaits this task; asyncio reports its error only when it is garbage-collected, maybe much later.
            self._logger.error("%s: %s", details.get("message"), describe(error), exc_info=error)
        else:
            self._end(self._failure(codes.UNCAUGHT, "Uncaught", error))

    def _task_of_streams(self, loop: asyncio.AbstractEventLoop, coroutine: Any, **options: Any) -> asyncio.Task[Any]:
        """Create a task; tasks that scramjet-framework-py creates and forgets are watched.

        When such a task fails, its stream does not end but waits forever, and so does the Sequence.
        """
        task: asyncio.Task[Any] = asyncio.Task(coroutine, loop=loop, **options)
        code = getattr(coroutine, "cr_code", None)
        if code is not None and of_framework(code.co_filename):
            task.add_done_callback(self._check_stream_task)
        return task

    def _check_stream_task(self, task: asyncio.Task[Any]) -> None:
        if not task.cancelled() and (error := task.exception()) is not None:
            self._stream_failed(error)

    def _stream_failed(self, error: BaseException) -> None:
        self._end(self._failure(codes.FAILED_WHILE_RUNNING, "Sequence failed", error))

    def _end(self, exit_: Exit) -> None:
        if not self._ending.done():
            self._ending.set_result(exit_)


def settle_in(start: Mapping[str, Any]) -> None:
    """Set up the process for an Instance: environment, folder, limits."""
    os.environ.update(start["environ"])
    os.chdir(start["directory"])
    sys.argv = [start["path"]]
    if memory := start.get("memory"):
        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))


@functools.lru_cache
def of_framework(filename: str) -> bool:
    """Return whether a source file belongs to scramjet-framework-py."""
    return Path(filename).parent.name == "scramjet"


def exit_of(error: SystemExit) -> Exit:
    """Return the meaning of a `sys.exit` as in Python: None is success, a text is an error message."""
    if error.code is None or isinstance(error.code, int):
        code = (error.code or 0) & 0xFF
        return Exit(code, f"Sequence exited with {code}")
    print(error.code, file=sys.stderr)
    return Exit(1, str(error.code))


async def cancel_tasks() -> None:
    """Cancel all other tasks, as an interpreter does at its end, so that their `finally` blocks run."""
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for task in tasks:
        task.cancel()
    if tasks:
        await asyncio.wait(tasks, timeout=LAST_WORDS)


def call_with(handler: Callable[..., object], *args: object) -> object:
    """Call a handler with as many of the arguments as it accepts: older Hubs gave none."""
    try:
        parameters = inspect.signature(handler).parameters.values()
    except (TypeError, ValueError):
        return handler(*args)
    if any(parameter.kind is parameter.VAR_POSITIONAL for parameter in parameters):
        return handler(*args)
    positional = [each for each in parameters if each.kind in (each.POSITIONAL_ONLY, each.POSITIONAL_OR_KEYWORD)]
    return handler(*args[: len(positional)])


async def _settled(result: Any) -> Any:
    return await result if inspect.isawaitable(result) else result


def describe(error: BaseException) -> str:
    """Describe an error in one line."""
    text = str(error)
    return f"{type(error).__name__}: {text}" if text else type(error).__name__
