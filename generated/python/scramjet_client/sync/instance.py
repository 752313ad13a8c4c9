# Made blocking by `make generate` from client/classes/instance.py: edit it there.
"""The client for an Instance."""

from __future__ import annotations

import math
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypeVar, cast, overload

import attrs

from .._runtime.errors import (
    BadRequestError,
    ConflictError,
    InvalidArgumentError,
    NotFoundError,
    StreamBroken,
    TimedOut,
)
from .._runtime.hints import lazy_hints
from .._runtime.sync.primitives import opened, sleep
from .._runtime.sync.streams import Stream
from ._client import PartClient
from ._outcome import ENDS, checked, explained, failure
from ._output import InstanceOutput, OutputOperations

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

    from .._runtime.call import Call, Progress, UploadSource
    from .._runtime.sync.attachment import Attachment
    from .._runtime.sync.exchange import Exchange
    from ..models import Event, Instance, InstanceStatus, LogRecord, TopicContentType
    from ._operations.raw_instance import RawInstance
    from ._writer import Writer
    from .host import HostClient

T = TypeVar("T")

ReadName: TypeAlias = Literal["stdout", "stderr", "output", "log"]
"""The streams that an Instance writes."""

WriteName: TypeAlias = Literal["stdin", "input"]
"""The streams that an Instance reads."""

FIRST_LOOK, LONGEST_LOOK = 0.05, 1.0
"""Seconds between polls of an awaited Instance: they grow from the first to the second."""

LAST_LOOK = 1.0
"""Seconds that a look may take for which no time is left."""


class InstanceClient(OutputOperations, PartClient):
    """An Instance: one run of a Sequence, in progress or recently ended.

    As a context manager, it kills the Instance at the end if it still runs.

    Args:
        id: Its id or, since Hub 2.0, its name from the start.
        host: The Hub that runs it; the configured one if omitted.

    Attributes:
        id: As given.

    Example:
        ```python
        with sequence.start() as instance:
            with instance.input as input:
                input.send({"name": "world"})
            for record in instance.output.records(check=True):
                print(record)
        ```
    """

    def __init__(self, id: str, host: HostClient | None = None) -> None:
        from .host import HostClient

        self.id = id
        super().__init__(HostClient() if host is None else host, own=host is None)

    @property
    def host(self) -> HostClient:
        """The Hub that runs it."""
        return cast("HostClient", self._server)

    @property
    def raw(self) -> RawInstance:
        """The same operations, each returning status and headers along with the result."""
        from ._operations.raw_instance import RawInstance

        return RawInstance(self)

    @property
    def output(self) -> InstanceOutput:
        """Its output: a new stream at each access, opened when used.

        The output of a program that crashes just ends. `lines(check=True)`, `records(check=True)`, `read(check=True)`
        and `result` raise an error then.

        Request: `GET /instance/{id}/output`
        """
        from ..api.instances.read_output import call

        return InstanceOutput(self, call(self.id))

    def result(self, *, idle_timeout: float | None = None) -> bytes:
        """Wait for the end, check that the program succeeded, and return the whole output.

        Request: `GET /instance/{id}/output` and `GET /instance/{id}`

        Args:
            idle_timeout: Seconds that may pass without a byte of output; no limit unless given.

        Raises:
            InstanceFailedError: The program failed; the error has the exit code, the reason and the end of stderr.
            TimedOut: No data arrived in time.
            NotFoundError: No such Instance, or the Hub has forgotten it.
            ScramjetError: Any other failure.
        """
        return self.get_output(idle_timeout=idle_timeout).read(check=True)

    def check(self) -> Instance:
        """Wait for the end and check that the program succeeded.

        Request: `GET /instance/{id}`

        Returns:
            The Instance's state then.

        Raises:
            InstanceFailedError: The program failed; the error has the exit code, the reason and the end of stderr.
            NotFoundError: No such Instance, or the Hub has forgotten it.
            ScramjetError: Any other failure.
        """
        return checked(self)

    def _send_to_program(
        self, call: Call[T], *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> T:
        """Carry out a call that a program may refuse; if the program has failed, the error says so."""
        try:
            return super()._send_to_program(call, timeout=timeout, headers=headers)
        except (BadRequestError, ConflictError, NotFoundError, StreamBroken) as error:
            raise explained(self, error) from error

    def _exchange_with_program(
        self, call: Call[T], *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> Exchange[T]:
        """Carry out such a call whose request and reply are streamed at the same time."""
        from ._exchange import InstanceExchange

        return opened(InstanceExchange(self, call, headers, timeout))

    @property
    def stdout(self) -> Stream[Any]:
        """Its stdout: a new stream at each access, opened when used.

        Request: `GET /instance/{id}/stdout`
        """
        from ..api.instances.read_stdout import call

        return Stream(self._connection, call(self.id))

    @property
    def stderr(self) -> Stream[Any]:
        """Its stderr: a new stream at each access, opened when used.

        Request: `GET /instance/{id}/stderr`
        """
        from ..api.instances.read_stderr import call

        return Stream(self._connection, call(self.id))

    @property
    def log(self) -> Stream[LogRecord]:
        """Its log: a new stream at each access, opened when used.

        Request: `GET /instance/{id}/log`
        """
        from ..api.instances.read_instance_log import call

        return Stream(self._connection, call(self.id))

    @property
    def events(self) -> Stream[Event]:
        """Its events of all names: a new stream at each access, opened when used.

        Request: `GET /instance/{id}/event`
        """
        from ..api.instances.stream_events import call

        return Stream(self._connection, call(self.id))

    @property
    def stdin(self) -> Writer:
        """Its stdin, for writing; opened when used.

        Request: `POST /instance/{id}/stdin`
        """
        from ..api.instances.write_stdin import call
        from ._writer import Writer

        return Writer(self._connection, call(self.id, b""), self)

    @property
    def input(self) -> Writer:
        """Its input, for writing records; opened when used. For other media types use `open_input`.

        Request: `POST /instance/{id}/input`
        """
        return self.open_input()

    def open_input(self, content_type: TopicContentType = "application/x-ndjson") -> Writer:
        """Return its input, for writing in parts; opened when used.

        Request: `POST /instance/{id}/input`

        Args:
            content_type: The media type of the input. The first writer decides it.
        """
        from ..api.instances.write_input import call
        from ._writer import Writer

        return Writer(self._connection, call(self.id, b"", content_type=content_type), self)

    def attach(self) -> Attachment:
        r"""Return its stdout and stderr, kept separate, and its stdin for writing.

        Request: `GET /instance/{id}/stdout`, `GET /instance/{id}/stderr` and `POST /instance/{id}/stdin`

        Example:
            ```python
            with instance.attach() as terminal:
                terminal.send("hello\n")
                for name, line in terminal.lines():
                    print(name, line)
            ```
        """
        from .._runtime.sync.attachment import Attachment
        from ..api.instances import read_stderr, read_stdout, write_stdin
        from ._exchange import InstanceExchange

        return Attachment(
            self._connection,
            stdin=InstanceExchange(self, attrs.evolve(write_stdin.call(self.id, b""), body=None)),
            stdout=read_stdout.call(self.id),
            stderr=read_stderr.call(self.id),
        )

    def get_stream(
        self,
        name: ReadName,
        *,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
        idle_timeout: float | None = None,
    ) -> Stream[Any]:
        """Read one of the Instance's output streams, by name.

        Request: `GET /instance/{id}/stdout`, `GET /instance/{id}/stderr`, `GET /instance/{id}/output` or
        `GET /instance/{id}/log`

        Args:
            name: The stream to read.
            timeout: Seconds until the stream must begin; no limit unless given.
            headers: Additional headers of this request.
            idle_timeout: Seconds that may pass without a byte after that; no limit unless given.

        Raises:
            InvalidArgumentError: No such stream.
            NotFoundError: No such Instance.
            ScramjetError: Any other failure.
        """
        methods: dict[str, Any] = {
            "stdout": self.get_stdout,
            "stderr": self.get_stderr,
            "output": self.get_output,
            "log": self.get_log_stream,
        }
        if not isinstance(name, str) or name not in methods:
            raise InvalidArgumentError(f"An Instance has no stream {name!a} to read; there are {', '.join(methods)}.")
        stream: Stream[Any] = methods[name](timeout=timeout, headers=headers, idle_timeout=idle_timeout)
        return stream

    def send_stream(
        self,
        name: WriteName,
        data: UploadSource,
        *,
        end_stream: bool | None = None,
        progress: Progress | None = None,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Write to one of the Instance's input streams, by name.

        Request: `POST /instance/{id}/stdin` or `POST /instance/{id}/input`

        Args:
            name: The stream to write to.
            data: The bytes.
            end_stream: Whether the stream ends after this data; True unless set.
            progress: Called with the bytes sent so far, and their total if known.
            timeout: Seconds to wait for the reply after everything is sent, instead of the client's.
            headers: Additional headers of this request.

        Raises:
            InvalidArgumentError: No such stream.
            NotFoundError: No such Instance.
            ScramjetError: Any other failure.
        """
        methods: dict[str, Any] = {"stdin": self.send_stdin, "input": self.send_input}
        if not isinstance(name, str) or name not in methods:
            names = ", ".join(methods)
            raise InvalidArgumentError(f"An Instance has no stream {name!a} to write to; there are {names}.")
        methods[name](data, end_stream=end_stream, progress=progress, timeout=timeout, headers=headers)

    @overload
    def get_event_stream(
        self,
        name: None = None,
        *,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
        idle_timeout: float | None = None,
    ) -> Stream[Event]: ...

    @overload
    def get_event_stream(
        self,
        name: str,
        *,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
        idle_timeout: float | None = None,
    ) -> Stream[Any]: ...

    def get_event_stream(
        self,
        name: str | None = None,
        *,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
        idle_timeout: float | None = None,
    ) -> Stream[Any]:
        """Follow the events that the Instance sends from now on.

        Request: `GET /instance/{id}/event` or `GET /instance/{id}/events/{name}`

        Args:
            name: The name of the events; all if omitted.
            timeout: Seconds until the stream must begin; no limit unless given.
            headers: Additional headers of this request.
            idle_timeout: Seconds that may pass without a byte after that; no limit unless given.

        Returns:
            A stream whose records are events; with a name, the events' messages.

        Raises:
            NotFoundError: No such Instance.
            ScramjetError: Any other failure.
        """
        if name is None:
            from ..api.instances.stream_events import call as call_all

            return self._connection.open(call_all(self.id), timeout=timeout, headers=headers, idle_timeout=idle_timeout)
        from ..api.instances.stream_named_events import call

        return self._connection.open(call(self.id, name), timeout=timeout, headers=headers, idle_timeout=idle_timeout)

    @overload
    def get_next_event(
        self, name: None = None, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> Event: ...

    @overload
    def get_next_event(
        self, name: str, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> Any: ...

    def get_next_event(
        self, name: str | None = None, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> Any:
        """Wait for the next event.

        Request: `GET /instance/{id}/once` or `GET /instance/{id}/once/{name}`

        Args:
            name: The name of the event; any if omitted.
            timeout: Seconds to wait for it; no limit unless given.
            headers: Additional headers of this request.

        Returns:
            The event; with a name, its message.

        Raises:
            NotFoundError: No such Instance, or it ended first.
            TimedOut: None arrived in time.
            ScramjetError: Any other failure.
        """
        if name is None:
            from ..api.instances.get_next_event import call as call_any

            return self._connection.send(call_any(self.id), timeout=timeout, headers=headers)
        from ..api.instances.get_next_named_event import call

        return self._connection.send(call(self.id, name), timeout=timeout, headers=headers)

    def wait(self, status: InstanceStatus | None = None, timeout: float | None = None) -> Instance:
        """Wait until the Instance has a status, by polling.

        Request: `GET /instance/{id}`

        Args:
            status: The status; any final one if omitted.
            timeout: The time limit in seconds; no limit if omitted.

        Returns:
            The Instance's state then.

        Raises:
            InstanceFailedError: It has ended with another status.
            TimedOut: It did not reach the status in time.
            NotFoundError: No such Instance, or the Hub has forgotten it.
            ScramjetError: Any other failure.
        """
        from ..api.instances.get_instance import call

        deadline = math.inf if timeout is None else time.monotonic() + timeout
        pause = FIRST_LOOK
        while True:
            # A Hub that does not answer must not extend the wait; it is polled at least once.
            left = deadline - time.monotonic()
            look = min(left if left > 0 else LAST_LOOK, self._connection.settings.deadline or math.inf)
            try:
                info = self._connection.send(call(self.id), deadline=look)
            except TimedOut as error:
                if time.monotonic() < deadline:
                    raise
                message = (
                    f"Instance {self.id} is, as far as known, not {status or 'at its end'} in {timeout} s: {error}"
                )
                raise TimedOut(message + str(error)) from error
            if info.status == status or (status is None and info.status in ENDS):
                return info
            if info.status in ENDS:
                raise failure(self.id, info)
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimedOut(f"Instance {self.id} is {info.status} and not {status or 'at its end'} in {timeout} s.")
            sleep(min(pause, left))
            pause = min(pause * 1.5, LONGEST_LOOK)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        try:
            # An ended Instance cannot be killed and need not be.
            with suppress(BadRequestError, NotFoundError):
                self.kill()
        finally:
            super().__exit__(kind, error, traceback)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.id} on {self.host.url}>"


# Names that only annotations use are imported when these are read, as by `typing.get_type_hints`.
lazy_hints(
    globals(),
    {
        "Attachment": ".._runtime.sync.attachment",
        "Call": ".._runtime.call",
        "Event": "..models",
        "Exchange": ".._runtime.sync.exchange",
        "HostClient": ".host",
        "Instance": "..models",
        "InstanceStatus": "..models",
        "LogRecord": "..models",
        "Mapping": "collections.abc",
        "Progress": ".._runtime.call",
        "RawInstance": "._operations.raw_instance",
        "TopicContentType": "..models",
        "TracebackType": "types",
        "UploadSource": ".._runtime.call",
        "Writer": "._writer",
    },
)
