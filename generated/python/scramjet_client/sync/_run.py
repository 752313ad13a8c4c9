# Made blocking by `make generate` from client/classes/_run.py: edit it there.
"""Runs of a package, from upload to clean-up."""

from __future__ import annotations

import secrets
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

import attrs

from .._runtime.errors import (
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
from .._runtime.hints import lazy_hints
from .._runtime.sync.items import Items
from .._runtime.sync.primitives import Background, sleep
from .._runtime.uploads.sources import media_type_of
from .._runtime.uploads.watched import Watched
from ._outcome import checked
from ._output import InstanceOutput

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
    from types import TracebackType
    from typing import Self

    from .._runtime.call import UploadSource
    from ..models import Limits, TopicContentType
    from .host import HostClient
    from .instance import InstanceClient
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


class Run:
    """One run of a package.

    Iterating returns the output as it arrives; `lines`, `records` and `read` work as with any stream. Use `with`:
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
        self._output: InstanceOutput | None = None
        self._feeding: Background | None = None
        self._not_fed: Exception | None = None
        self._failure: Exception | None = None
        self._ended = False

    @property
    def instance(self) -> InstanceClient:
        """The Instance, once it has started."""
        if self._instance is None:
            raise NotOpenError("The run has not started yet: use `with`, or read from it.")
        return self._instance

    def open(self) -> Self:
        """Upload the package and start it; does nothing if it has started.

        Raises:
            ScramjetError: The upload or the start failed; nothing is left on the Hub.
        """
        self._opened()
        return self

    def _opened(self) -> InstanceOutput:
        if self._output is None:
            try:
                self._output = self._start()
            except BaseException:
                self.close()
                raise
        return self._output

    def _start(self) -> InstanceOutput:
        job = self._job
        self._sequence = self._upload()
        self._instance = self._sequence.start(args=job.args, app_config=job.app_config, limits=job.limits)
        output = self._instance.output
        output.open()
        self._feeding = Background(self._feed)
        return output

    def _upload(self) -> SequenceClient:
        # Its name identifies the Sequence even if the reply with its id is lost or not awaited.
        name = f"run-{secrets.token_hex(8)}"
        sent = Watched(self._job.package)
        try:
            return self._host.send_sequence(sent.source, name=name, progress=sent.progress)
        except ApiStatusError:
            raise
        except BaseException as error:
            if sent.perhaps_whole and not (isinstance(error, RequestError) and not error.sent):
                self._forget(name)
            raise

    def _forget(self, name: str) -> None:
        """Delete a Sequence that the Hub may be about to store."""
        pause = 0.02
        with suppress(ScramjetError):
            for _ in range(TRIES):
                with suppress(NotFoundError):
                    self._host.delete_sequence(name, force=True)
                    return
                sleep(pause)
                pause *= 2

    def _feed(self) -> None:
        source = b"" if self._job.input is None else self._job.input
        content_type = self._job.content_type or media_type_of(source)
        try:
            self.instance.send_input(source, content_type=content_type)
        except (ConflictError, NotFoundError, ConnectionFailed, StreamBroken, InstanceFailedError):
            # A program may end without reading all of its input; its outcome is checked at the end.
            return
        except Exception as error:  # noqa: BLE001 # re-raised where the output is read
            if self._job.input is not None:
                self._not_fed = error
                # The program would wait for its input indefinitely.
                with suppress(ScramjetError):
                    self.instance.kill()

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        output = self._opened()
        try:
            return output.__next__()
        except StopIteration:
            self._finish()
            raise

    def lines(self) -> Items[str]:
        """Iterate over the output as lines of text, without their line ends.

        Raises:
            InstanceFailedError: The program failed, and the run has `check=True`.
            StreamBroken: The output was cut off, or the run was left before its end; every complete line was returned.
        """
        return Items(partial(self._taken, InstanceOutput.lines))

    def records(self) -> Items[Any]:
        """Iterate over the output as records: one JSON document per line.

        Raises:
            InstanceFailedError: As for `lines`.
            StreamBroken: As for `lines`.
            UnexpectedReply: A line is not a JSON document.
        """
        return Items(partial(self._taken, InstanceOutput.records))

    def _taken(self, take: Callable[[InstanceOutput], Items[Any]], running: list[bool]) -> Generator[Any, None]:
        running.append(True)
        try:
            for item in take(self._opened()):
                yield item
            self._finish()
        finally:
            running.clear()

    def read(self) -> bytes:
        """Wait for the end and return all of the output.

        Raises:
            InstanceFailedError: The program failed, and the run has `check=True`.
        """
        output = self._opened()
        content = output.read()
        try:
            self._finish()
        except BaseException:
            output.give_back(content)
            raise
        return content

    def _finish(self) -> None:
        """Check the outcome and clean up; further calls have the same result."""
        if self._failure is not None:
            raise self._failure.with_traceback(None)
        if self._ended:
            return
        try:
            self._check()
        except Exception as error:
            self._failure = error
            with suppress(ScramjetError):
                # The program's failure is more useful than the clean-up's.
                self.close()
            raise
        self._ended = True
        self.close()

    def _check(self) -> None:
        if self._not_fed is not None:
            raise self._not_fed
        if not self._job.check:
            return
        if self._sequence is None:
            raise StreamBroken("The run was left before it was known how the program ended.")
        checked(self.instance)

    def close(self) -> None:
        """Kill the Instance, if it still runs, and delete the Sequence; idempotent."""
        if self._feeding is not None:
            self._feeding.stop()
        if self._output is not None:
            self._output.close()
        if self._sequence is not None:
            # Forgotten only once it is deleted, so that an interrupted clean-up can be repeated.
            with suppress(NotFoundError):
                self._host.delete_sequence(self._sequence.id, force=True)
            self._sequence = None

    def __enter__(self) -> Self:
        return self.open()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


# Names that only annotations use are imported when these are read, as by `typing.get_type_hints`.
lazy_hints(
    globals(),
    {
        "Callable": "collections.abc",
        "Generator": "collections.abc",
        "HostClient": ".host",
        "InstanceClient": ".instance",
        "Iterator": "collections.abc",
        "Limits": "..models",
        "Mapping": "collections.abc",
        "Self": "typing",
        "Sequence": "collections.abc",
        "SequenceClient": ".sequence",
        "TopicContentType": "..models",
        "TracebackType": "types",
        "UploadSource": ".._runtime.call",
    },
)
