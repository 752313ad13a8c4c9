"""One run of a package, from upload to clean-up."""

from __future__ import annotations

import secrets
from contextlib import suppress
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
from .._runtime.sources import media_type_of
from .._runtime.sync.primitives import Background, sleep
from .._runtime.watched import Watched
from ._outcome import checked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from types import TracebackType
    from typing import Self

    from .._runtime.call import UploadSource
    from .._runtime.sync.streams import Stream
    from ..models import Limits, TopicContentType
    from .host import HostClient
    from .instance import InstanceClient
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


class Run:
    """One run of a package.

    Iterating gives the output as it comes; `lines`, `records` and `read` as with any stream. Use it with `with`:
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
        self._output: Stream[Any] | None = None
        self._feeding: Background | None = None
        self._not_fed: Exception | None = None

    @property
    def instance(self) -> InstanceClient:
        """The Instance, once it has started."""
        if self._instance is None:
            raise NotOpenError("The run has not started yet: use `with`, or read from it.")
        return self._instance

    def open(self) -> Self:
        """Upload the package and start it; does nothing if that was done.

        Raises:
            ScramjetError: One of it did not work; nothing is left on the Hub.
        """
        self._opened()
        return self

    def _opened(self) -> Stream[Any]:
        if self._output is None:
            try:
                self._output = self._start()
            except BaseException:
                self.close()
                raise
        return self._output

    def _start(self) -> Stream[Any]:
        job = self._job
        self._sequence = self._upload()
        self._instance = self._sequence.start(args=job.args, app_config=job.app_config, limits=job.limits)
        output = self._instance.output
        output.open()
        self._feeding = Background(self._feed)
        return output

    def _upload(self) -> SequenceClient:
        # By its name the Sequence is found even if the reply with its id is lost, or not waited for.
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
        """Delete a Sequence that the Hub may be about to keep."""
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
            # The program has ended without taking all of it, as it may; how it ended is found out at the end.
            return
        except Exception as error:  # noqa: BLE001 # it is raised again where the output is read
            if self._job.input is not None:
                self._not_fed = error
                # The program would wait for its input for ever.
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

    def lines(self) -> Iterator[str]:
        """Give the output as lines of text, without their ends."""
        output = self._opened()
        for line in output.lines():
            yield line
        self._finish()

    def records(self) -> Iterator[Any]:
        """Give the output as records: one JSON document a line."""
        output = self._opened()
        for record in output.records():
            yield record
        self._finish()

    def read(self) -> bytes:
        """Wait for the end and give all of the output.

        Raises:
            InstanceFailedError: The program failed, and the run was not told to leave that unchecked.
        """
        content = (self._opened()).read()
        self._finish()
        return content

    def _finish(self) -> None:
        """Find out how it ended, and clean up."""
        try:
            if self._not_fed is not None:
                raise self._not_fed
            if self._job.check and self._sequence is not None:
                checked(self.instance)
        finally:
            self.close()

    def close(self) -> None:
        """Kill the Instance, if it still runs, and delete the Sequence; does nothing the second time."""
        if self._feeding is not None:
            self._feeding.stop()
        if self._output is not None:
            self._output.close()
        sequence, self._sequence = self._sequence, None
        if sequence is not None:
            self._host.delete_sequence(sequence.id, force=True)

    def __enter__(self) -> Self:
        return self.open()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


# What annotations alone name comes when somebody looks at them, as `typing.get_type_hints` does.
lazy_hints(
    globals(),
    {
        "HostClient": ".host",
        "InstanceClient": ".instance",
        "Iterator": "collections.abc",
        "Limits": "..models",
        "Mapping": "collections.abc",
        "Self": "typing",
        "Sequence": "collections.abc",
        "SequenceClient": ".sequence",
        "Stream": ".._runtime.sync.streams",
        "TopicContentType": "..models",
        "TracebackType": "types",
        "UploadSource": ".._runtime.call",
    },
)
