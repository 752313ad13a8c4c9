"""One run of a package, from upload to clean-up."""

from __future__ import annotations

import secrets
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

import attrs

from ._outcome import checked
from ._output import AsyncInstanceOutput
from ._runtime.aio.items import AsyncItems
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
from ._runtime.uploads.sources import media_type_of
from ._runtime.uploads.watched import Watched

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping, Sequence
    from types import TracebackType
    from typing import Self

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
        self._output: AsyncInstanceOutput | None = None
        self._feeding: AsyncBackground | None = None
        self._not_fed: Exception | None = None
        self._failure: Exception | None = None
        self._ended = False

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

    async def _opened(self) -> AsyncInstanceOutput:
        if self._output is None:
            try:
                self._output = await self._start()
            except BaseException:
                await self.aclose()
                raise
        return self._output

    async def _start(self) -> AsyncInstanceOutput:
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

    def lines(self) -> AsyncItems[str]:
        """Give the output as lines of text, without their ends.

        Raises:
            InstanceFailedError: The program failed, and the run was not told to leave that unchecked.
            StreamBroken: The output broke off, or the run was left before its end; every whole line has been given.
        """
        return AsyncItems(partial(self._taken, AsyncInstanceOutput.lines))

    def records(self) -> AsyncItems[Any]:
        """Give the output as records: one JSON document a line.

        Raises:
            InstanceFailedError: As for `lines`.
            StreamBroken: As for `lines`.
            UnexpectedReply: A line is no such document.
        """
        return AsyncItems(partial(self._taken, AsyncInstanceOutput.records))

    async def _taken(
        self, take: Callable[[AsyncInstanceOutput], AsyncItems[Any]], running: list[bool]
    ) -> AsyncGenerator[Any, None]:
        running.append(True)
        try:
            async for item in take(await self._opened()):
                yield item
            await self._finish()
        finally:
            running.clear()

    async def read(self) -> bytes:
        """Wait for the end and give all of the output.

        Raises:
            InstanceFailedError: The program failed, and the run was not told to leave that unchecked.
        """
        output = await self._opened()
        content = await output.read()
        try:
            await self._finish()
        except BaseException:
            output.give_back(content)
            raise
        return content

    async def _finish(self) -> None:
        """Find out how it ended, and clean up; whoever asks again is told the same."""
        if self._failure is not None:
            raise self._failure.with_traceback(None)
        if self._ended:
            return
        try:
            await self._check()
        except Exception as error:
            self._failure = error
            with suppress(ScramjetError):
                # Why the program failed says more than why it could not be cleaned up.
                await self.aclose()
            raise
        self._ended = True
        await self.aclose()

    async def _check(self) -> None:
        if self._not_fed is not None:
            raise self._not_fed
        if not self._job.check:
            return
        if self._sequence is None:
            raise StreamBroken("The run was left before it was known how the program ended.")
        await checked(self.instance)

    async def aclose(self) -> None:
        """Kill the Instance, if it still runs, and delete the Sequence; does nothing the second time."""
        if self._feeding is not None:
            await self._feeding.stop()
        if self._output is not None:
            await self._output.aclose()
        if self._sequence is not None:
            # Forgotten only once it is gone, so that one who is interrupted here can clean up again.
            with suppress(NotFoundError):
                await self._host.delete_sequence(self._sequence.id, force=True)
            self._sequence = None

    async def __aenter__(self) -> Self:
        return await self.open()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.aclose()
