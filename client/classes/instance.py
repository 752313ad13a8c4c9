"""An Instance."""

from __future__ import annotations

import math
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypeVar, cast, overload

import attrs

from ._client import PartClient
from ._outcome import ENDS, checked, explained, failure
from ._output import AsyncInstanceOutput, OutputOperations
from ._runtime.aio.primitives import sleep
from ._runtime.aio.streams import AsyncStream
from ._runtime.errors import BadRequestError, ConflictError, InvalidArgumentError, NotFoundError, StreamBroken, TimedOut

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

    from ._operations.raw_instance import RawInstance
    from ._runtime.aio.attachment import AsyncAttachment
    from ._runtime.call import Call, Progress, UploadSource
    from ._writer import AsyncWriter
    from .host import HostClient
    from .models import Event, Instance, InstanceStatus, LogRecord, TopicContentType

T = TypeVar("T")

ReadName: TypeAlias = Literal["stdout", "stderr", "output", "log"]
"""What an Instance writes to."""

WriteName: TypeAlias = Literal["stdin", "input"]
"""What an Instance reads from."""

FIRST_LOOK, LONGEST_LOOK = 0.05, 1.0
"""Seconds between looks at an Instance that is waited for: they grow from the first to the longest."""

LAST_LOOK = 1.0
"""Seconds that a look may take for which no time is left."""


class InstanceClient(OutputOperations, PartClient):
    """An Instance: a Sequence that runs, or lately did.

    As a context manager it kills the Instance at the end, if it still runs then.

    Args:
        id: Its id or, since Hub 2.0, the name that it was given at start.
        host: The Hub that runs it; the one of the configuration if left out.

    Attributes:
        id: As given.

    Example:
        ```python
        async with await sequence.start() as instance:
            async with instance.input as input:
                await input.send({"name": "world"})
            async for record in instance.output.records(check=True):
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
        """The same operations, each giving the status and the headers beside the result."""
        from ._operations.raw_instance import RawInstance

        return RawInstance(self)

    @property
    def output(self) -> AsyncInstanceOutput:
        """What it gives as its result; a stream that opens when it is used, a new one each time.

        The output of a program that crashes just ends. `lines(check=True)`, `records(check=True)`, `read(check=True)`
        and `result` tell that from a success.

        Request: `GET /instance/{id}/output`
        """
        from .api.instances.read_output import call

        return AsyncInstanceOutput(self, call(self.id))

    async def result(self, *, idle_timeout: float | None = None) -> bytes:
        """Wait for the end and give the whole output, once it is sure that the program succeeded.

        Request: `GET /instance/{id}/output` and `GET /instance/{id}`

        Args:
            idle_timeout: Seconds that may pass without a byte of output; for ever unless given.

        Raises:
            InstanceFailedError: The program failed; it has the exit code, the reason and the end of stderr.
            TimedOut: Nothing came in time.
            NotFoundError: There is no such Instance, or the Hub has forgotten it.
            ScramjetError: Anything else went wrong.
        """
        return await self.get_output(idle_timeout=idle_timeout).read(check=True)

    async def check(self) -> Instance:
        """Wait for the end and make sure that the program succeeded.

        Request: `GET /instance/{id}`

        Returns:
            The Instance as it is then.

        Raises:
            InstanceFailedError: The program failed; it has the exit code, the reason and the end of stderr.
            NotFoundError: There is no such Instance, or the Hub has forgotten it.
            ScramjetError: Anything else went wrong.
        """
        return await checked(self)

    async def _send_to_program(
        self, call: Call[T], *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> T:
        """Carry out a call that a program may refuse; if it has failed, the error says so."""
        try:
            return await super()._send_to_program(call, timeout=timeout, headers=headers)
        except (BadRequestError, ConflictError, NotFoundError, StreamBroken) as error:
            raise await explained(self, error) from error

    @property
    def stdout(self) -> AsyncStream[Any]:
        """What it prints; a stream that opens when it is used, a new one each time.

        Request: `GET /instance/{id}/stdout`
        """
        from .api.instances.read_stdout import call

        return AsyncStream(self._connection, call(self.id))

    @property
    def stderr(self) -> AsyncStream[Any]:
        """What it prints as errors; a stream that opens when it is used, a new one each time.

        Request: `GET /instance/{id}/stderr`
        """
        from .api.instances.read_stderr import call

        return AsyncStream(self._connection, call(self.id))

    @property
    def log(self) -> AsyncStream[LogRecord]:
        """Its log; a stream that opens when it is used, a new one each time.

        Request: `GET /instance/{id}/log`
        """
        from .api.instances.read_instance_log import call

        return AsyncStream(self._connection, call(self.id))

    @property
    def events(self) -> AsyncStream[Event]:
        """Its events, of all names; a stream that opens when it is used, a new one each time.

        Request: `GET /instance/{id}/event`
        """
        from .api.instances.stream_events import call

        return AsyncStream(self._connection, call(self.id))

    @property
    def stdin(self) -> AsyncWriter:
        """Its stdin, to write to; opens when it is used.

        Request: `POST /instance/{id}/stdin`
        """
        from ._writer import AsyncWriter
        from .api.instances.write_stdin import call

        return AsyncWriter(self._connection, call(self.id, b""), self)

    @property
    def input(self) -> AsyncWriter:
        """Its input, to write records to; opens when it is used. For other types see `open_input`.

        Request: `POST /instance/{id}/input`
        """
        return self.open_input()

    def open_input(self, content_type: TopicContentType = "application/x-ndjson") -> AsyncWriter:
        """Give its input, to write to bit by bit; opens when it is used.

        Request: `POST /instance/{id}/input`

        Args:
            content_type: The media type of the input. The first writer decides it.
        """
        from ._writer import AsyncWriter
        from .api.instances.write_input import call

        return AsyncWriter(self._connection, call(self.id, b"", content_type=content_type), self)

    def attach(self) -> AsyncAttachment:
        r"""Give its stdout and stderr, told apart, and its stdin to write to.

        Request: `GET /instance/{id}/stdout`, `GET /instance/{id}/stderr` and `POST /instance/{id}/stdin`

        Example:
            ```python
            async with instance.attach() as terminal:
                await terminal.send("hello\n")
                async for name, line in terminal.lines():
                    print(name, line)
            ```
        """
        from ._runtime.aio.attachment import AsyncAttachment
        from .api.instances import read_stderr, read_stdout, write_stdin

        return AsyncAttachment(
            self._connection,
            stdin=attrs.evolve(write_stdin.call(self.id, b""), body=None),
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
    ) -> AsyncStream[Any]:
        """Read what the Instance writes, by name.

        Request: `GET /instance/{id}/stdout`, `GET /instance/{id}/stderr`, `GET /instance/{id}/output` or
        `GET /instance/{id}/log`

        Args:
            name: What to read.
            timeout: Seconds until the stream must have begun; for ever unless given.
            headers: Headers of this request, on top of all others.
            idle_timeout: Seconds that may pass without a byte once it has; for ever unless given.

        Raises:
            InvalidArgumentError: There is no such stream.
            NotFoundError: There is no such Instance.
            ScramjetError: Anything else went wrong.
        """
        methods: dict[str, Any] = {
            "stdout": self.get_stdout,
            "stderr": self.get_stderr,
            "output": self.get_output,
            "log": self.get_log_stream,
        }
        if not isinstance(name, str) or name not in methods:
            raise InvalidArgumentError(f"An Instance has no stream {name!a} to read; there are {', '.join(methods)}.")
        stream: AsyncStream[Any] = methods[name](timeout=timeout, headers=headers, idle_timeout=idle_timeout)
        return stream

    async def send_stream(
        self,
        name: WriteName,
        data: UploadSource,
        *,
        end_stream: bool | None = None,
        progress: Progress | None = None,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Write to what the Instance reads, by name.

        Request: `POST /instance/{id}/stdin` or `POST /instance/{id}/input`

        Args:
            name: What to write to.
            data: What to send.
            end_stream: Whether it ends with this; it does unless this is False.
            progress: Told the bytes sent so far, and their final number where it is known.
            timeout: Seconds to wait for the answer once all is sent, instead of the client's.
            headers: Headers of this request, on top of all others.

        Raises:
            InvalidArgumentError: There is no such stream.
            NotFoundError: There is no such Instance.
            ScramjetError: Anything else went wrong.
        """
        methods: dict[str, Any] = {"stdin": self.send_stdin, "input": self.send_input}
        if not isinstance(name, str) or name not in methods:
            names = ", ".join(methods)
            raise InvalidArgumentError(f"An Instance has no stream {name!a} to write to; there are {names}.")
        await methods[name](data, end_stream=end_stream, progress=progress, timeout=timeout, headers=headers)

    @overload
    def get_event_stream(
        self,
        name: None = None,
        *,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
        idle_timeout: float | None = None,
    ) -> AsyncStream[Event]: ...

    @overload
    def get_event_stream(
        self,
        name: str,
        *,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
        idle_timeout: float | None = None,
    ) -> AsyncStream[Any]: ...

    def get_event_stream(
        self,
        name: str | None = None,
        *,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
        idle_timeout: float | None = None,
    ) -> AsyncStream[Any]:
        """Follow the events that the Instance sends from now on.

        Request: `GET /instance/{id}/event` or `GET /instance/{id}/events/{name}`

        Args:
            name: The name of the events; all if left out.
            timeout: Seconds until the stream must have begun; for ever unless given.
            headers: Headers of this request, on top of all others.
            idle_timeout: Seconds that may pass without a byte once it has; for ever unless given.

        Returns:
            A stream whose records are events; with a name, the messages of events.

        Raises:
            NotFoundError: There is no such Instance.
            ScramjetError: Anything else went wrong.
        """
        if name is None:
            from .api.instances.stream_events import call as call_all

            return self._connection.open(call_all(self.id), timeout=timeout, headers=headers, idle_timeout=idle_timeout)
        from .api.instances.stream_named_events import call

        return self._connection.open(call(self.id, name), timeout=timeout, headers=headers, idle_timeout=idle_timeout)

    @overload
    async def get_next_event(
        self, name: None = None, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> Event: ...

    @overload
    async def get_next_event(
        self, name: str, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> Any: ...

    async def get_next_event(
        self, name: str | None = None, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> Any:
        """Wait for the next event.

        Request: `GET /instance/{id}/once` or `GET /instance/{id}/once/{name}`

        Args:
            name: The name of the event; any if left out.
            timeout: Seconds to wait for it; for ever unless given.
            headers: Headers of this request, on top of all others.

        Returns:
            The event; with a name, its message.

        Raises:
            NotFoundError: There is no such Instance, or it ended before.
            TimedOut: None came in time.
            ScramjetError: Anything else went wrong.
        """
        if name is None:
            from .api.instances.get_next_event import call as call_any

            return await self._connection.send(call_any(self.id), timeout=timeout, headers=headers)
        from .api.instances.get_next_named_event import call

        return await self._connection.send(call(self.id, name), timeout=timeout, headers=headers)

    async def wait(self, status: InstanceStatus | None = None, timeout: float | None = None) -> Instance:
        """Wait until the Instance has a status, looking again and again.

        Request: `GET /instance/{id}`

        Args:
            status: The status; any in which it has ended, if left out.
            timeout: Seconds to wait at most; for ever if left out.

        Returns:
            The Instance as it is then.

        Raises:
            InstanceFailedError: It has ended, and not with this status.
            TimedOut: It did not get there in time.
            NotFoundError: There is no such Instance, or the Hub has forgotten it.
            ScramjetError: Anything else went wrong.
        """
        from .api.instances.get_instance import call

        deadline = math.inf if timeout is None else time.monotonic() + timeout
        pause = FIRST_LOOK
        while True:
            # A Hub that does not answer must not make this wait for longer; one look there is in any case.
            left = deadline - time.monotonic()
            look = min(left if left > 0 else LAST_LOOK, self._connection.settings.deadline or math.inf)
            info = await self._connection.send(call(self.id), deadline=look)
            if info.status == status or (status is None and info.status in ENDS):
                return info
            if info.status in ENDS:
                raise failure(self.id, info)
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimedOut(f"Instance {self.id} is {info.status} and not {status or 'at its end'} in {timeout} s.")
            await sleep(min(pause, left))
            pause = min(pause * 1.5, LONGEST_LOOK)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        try:
            # One that has ended cannot be killed, and need not be.
            with suppress(BadRequestError, NotFoundError):
                await self.kill()
        finally:
            await super().__aexit__(kind, error, traceback)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.id} on {self.host.url}>"
