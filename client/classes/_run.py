"""Runs of a package, from upload to clean-up."""

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
"""How often to look for a Sequence that a Hub may be about to store: for 2.5 seconds in total."""


@attrs.frozen(kw_only=True)
class Job:
    """The package and the options of a run.

    Attributes:
        package: The package.
        input: The input to send.
        content_type: The input's media type; guessed if None.
        args: The program's arguments.
        app_config: The program's configuration.
        limits: Resource limits.
        check: Whether a failed program is an error.
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

    Iterating returns the output as it arrives; `lines`, `records` and `read` work as with any stream. Use `async with`:
    leaving kills the Instance, if it still runs, and deletes the Sequence. A run whose output was read to its end is
    cleaned up without it as well.

    Args:
        host: The Hub.
        job: The package and its options.
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
        """Upload the package and start it; does nothing if it has started.

        Raises:
            ScramjetError: The upload or the start failed; nothing is left on the Hub.
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
        # Its name identifies the Sequence even if the reply with its id is lost or not awaited.
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
        """Delete a Sequence that the Hub may be about to store."""
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
            # A program may end without reading all of its input; its outcome is checked at the end.
            return
        except Exception as error:  # noqa: BLE001 # re-raised where the output is read
            if self._job.input is not None:
                self._not_fed = error
                # The program would wait for its input indefinitely.
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
        """Iterate over the output as lines of text, without their line ends.

        Raises:
            InstanceFailedError: The program failed, and the run has `check=True`.
            StreamBroken: The output was cut off, or the run was left before its end; every complete line was returned.
        """
        return AsyncItems(partial(self._taken, AsyncInstanceOutput.lines))

    def records(self) -> AsyncItems[Any]:
        """Iterate over the output as records: one JSON document per line.

        Raises:
            InstanceFailedError: As for `lines`.
            StreamBroken: As for `lines`.
            UnexpectedReply: A line is not a JSON document.
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
        """Wait for the end and return all of the output.

        Raises:
            InstanceFailedError: The program failed, and the run has `check=True`.
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
        """Check the outcome and clean up; further calls have the same result."""
        if self._failure is not None:
            raise self._failure.with_traceback(None)
        if self._ended:
            return
        try:
            await self._check()
        except Exception as error:
            self._failure = error
            with suppress(ScramjetError):
                # The program's failure is more useful than the clean-up's.
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
        """Kill the Instance, if it still runs, and delete the Sequence; idempotent."""
        if self._feeding is not None:
            await self._feeding.stop()
        if self._output is not None:
            await self._output.aclose()
        if self._sequence is not None:
            # Forgotten only once it is deleted, so that an interrupted clean-up can be repeated.
            with suppress(NotFoundError):
                await self._host.delete_sequence(self._sequence.id, force=True)
            self._sequence = None

    async def __aenter__(self) -> Self:
        return await self.open()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.aclose()
