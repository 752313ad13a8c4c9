"""One run of a package, from upload to clean-up."""

from __future__ import annotations

import secrets
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import attrs

from ._outcome import checked
from ._runtime.aio.primitives import AsyncBackground, sleep
from ._runtime.errors import (
    ApiStatusError,
    ConflictError,
    ConnectionFailed,
    InstanceFailedError,
    NotFoundError,
    NotOpenError,
    RequestError,
    ScramjetError,
    StreamBroken,
)
from ._runtime.sources import media_type_of
from ._runtime.watched import Watched

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping, Sequence
    from types import TracebackType
    from typing import Self

    from ._runtime.aio.streams import AsyncStream
    from ._runtime.call import UploadSource
    from .host import HostClient
    from .instance import InstanceClient
    from .models import Limits, TopicContentType
    from .sequence import SequenceClient


TRIES = 7
"""How often a Sequence is looked for that a Hub may be about to keep: for two and a half seconds in all."""


@attrs.frozen(kw_only=True)
class Job:
    """What to run, and how.

    Attributes:
        package: The package.
        input: What to feed to it.
        content_type: What the input is; guessed if None.
        args: Its arguments.
        app_config: Its configuration.
        limits: What it may use at most.
        check: Whether an end other than success is an error.
    """

    package: UploadSource
    input: UploadSource | None
    content_type: TopicContentType | None
    args: Sequence[Any] | None
    app_config: Mapping[str, Any] | None
    limits: Limits | None
    check: bool


class AsyncRun:
    """One run of a package.

    Iterating gives the output as it comes; `lines`, `records` and `read` as with any stream. Use it with `async with`:
    leaving kills the Instance, if it still runs, and deletes the Sequence. A run whose output was taken to its end is
    cleaned up without it, too.

    Args:
        host: The Hub.
        job: What to run.
    """

    def __init__(self, host: HostClient, job: Job) -> None:
        self._host = host
        self._job = job
        self._sequence: SequenceClient | None = None
        self._instance: InstanceClient | None = None
        self._output: AsyncStream[Any] | None = None
        self._feeding: AsyncBackground | None = None
        self._not_fed: Exception | None = None

    @property
    def instance(self) -> InstanceClient:
        """The Instance, once it has started."""
        if self._instance is None:
            raise NotOpenError("The run has not started yet: use `async with`, or read from it.")
        return self._instance

    async def open(self) -> Self:
        """Upload the package and start it; does nothing if that was done.

        Raises:
            ScramjetError: One of it did not work; nothing is left on the Hub.
        """
        await self._opened()
        return self

    async def _opened(self) -> AsyncStream[Any]:
        if self._output is None:
            try:
                self._output = await self._start()
            except BaseException:
                await self.aclose()
                raise
        return self._output

    async def _start(self) -> AsyncStream[Any]:
        job = self._job
        self._sequence = await self._upload()
        self._instance = await self._sequence.start(args=job.args, app_config=job.app_config, limits=job.limits)
        output = self._instance.output
        await output.open()
        self._feeding = AsyncBackground(self._feed)
        return output

    async def _upload(self) -> SequenceClient:
        # By its name the Sequence is found even if the reply with its id is lost, or not waited for.
        name = f"run-{secrets.token_hex(8)}"
        sent = Watched(self._job.package)
        try:
            return await self._host.send_sequence(sent.source, name=name, progress=sent.progress)
        except ApiStatusError:
            raise
        except BaseException as error:
            if sent.perhaps_whole and not (isinstance(error, RequestError) and not error.sent):
                await self._forget(name)
            raise

    async def _forget(self, name: str) -> None:
        """Delete a Sequence that the Hub may be about to keep."""
        pause = 0.02
        with suppress(ScramjetError):
            for _ in range(TRIES):
                with suppress(NotFoundError):
                    await self._host.delete_sequence(name, force=True)
                    return
                await sleep(pause)
                pause *= 2

    async def _feed(self) -> None:
        source = b"" if self._job.input is None else self._job.input
        content_type = self._job.content_type or media_type_of(source)
        try:
            await self.instance.send_input(source, content_type=content_type)
        except (ConflictError, NotFoundError, ConnectionFailed, StreamBroken, InstanceFailedError):
            # The program has ended without taking all of it, as it may; how it ended is found out at the end.
            return
        except Exception as error:  # noqa: BLE001 # it is raised again where the output is read
            if self._job.input is not None:
                self._not_fed = error
                # The program would wait for its input for ever.
                with suppress(ScramjetError):
                    await self.instance.kill()

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self

    async def __anext__(self) -> bytes:
        output = await self._opened()
        try:
            return await output.__anext__()
        except StopAsyncIteration:
            await self._finish()
            raise

    async def lines(self) -> AsyncIterator[str]:
        """Give the output as lines of text, without their ends."""
        output = await self._opened()
        async for line in output.lines():
            yield line
        await self._finish()

    async def records(self) -> AsyncIterator[Any]:
        """Give the output as records: one JSON document a line."""
        output = await self._opened()
        async for record in output.records():
            yield record
        await self._finish()

    async def read(self) -> bytes:
        """Wait for the end and give all of the output.

        Raises:
            InstanceFailedError: The program failed, and the run was not told to leave that unchecked.
        """
        content = await (await self._opened()).read()
        await self._finish()
        return content

    async def _finish(self) -> None:
        """Find out how it ended, and clean up."""
        try:
            if self._not_fed is not None:
                raise self._not_fed
            if self._job.check and self._sequence is not None:
                await checked(self.instance)
        finally:
            await self.aclose()

    async def aclose(self) -> None:
        """Kill the Instance, if it still runs, and delete the Sequence; does nothing the second time."""
        if self._feeding is not None:
            await self._feeding.stop()
        if self._output is not None:
            await self._output.aclose()
        sequence, self._sequence = self._sequence, None
        if sequence is not None:
            await self._host.delete_sequence(sequence.id, force=True)

    async def __aenter__(self) -> Self:
        return await self.open()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.aclose()
