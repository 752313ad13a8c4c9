# Made blocking by `make generate` from client/classes/_output.py: edit it there.
"""The output stream of an Instance."""

from __future__ import annotations

from collections.abc import Callable, Generator
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from .._runtime.errors import ApiStatusError, StreamBroken
from .._runtime.hints import lazy_hints
from .._runtime.sync.items import Items
from .._runtime.sync.primitives import opened
from .._runtime.sync.streams import Stream
from ._operations.instance import InstanceOperations
from ._outcome import checked, explained

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .._runtime.call import Call
    from .instance import InstanceClient

Take: TypeAlias = Callable[[list[bool]], Generator[Any, None]]
"""Yields the remaining items of a stream; see `Items`."""


class InstanceOutput(Stream[Any]):
    """The output of an Instance: a stream that can also report how the program ended.

    The output of a program that crashes just ends, like that of one without more output:
    with `check=True` the end counts as a success only once the Hub reports that the Instance succeeded.

    Args:
        instance: The Instance.
        call: The call.
        headers: As for `Stream`.
        timeout: As for `Stream`.
        idle_timeout: As for `Stream`.
    """

    def __init__(
        self,
        instance: InstanceClient,
        call: Call[Any],
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
        idle_timeout: float | None = None,
    ) -> None:
        super().__init__(instance.connection, call, headers, timeout, idle_timeout)
        self._instance = instance

    def lines(self, *, check: bool = False) -> Items[str]:
        r"""Iterate over the lines as text, without their line ends. Only the byte `\\n` ends a line.

        Args:
            check: Whether to raise an error at the end if the program failed.

        Raises:
            InstanceFailedError: The program failed, and `check` is true.
            StreamBroken: The stream was cut off; every complete line was returned.
        """
        return Items(partial(self._checked, self._texts) if check else self._texts)

    def records(self, *, check: bool = False) -> Items[Any]:
        """Iterate over the records of a stream with one JSON document per line.

        Args:
            check: Whether to raise an error at the end if the program failed.

        Raises:
            InstanceFailedError: The program failed, and `check` is true.
            StreamBroken: The stream was cut off; every complete record was returned.
            UnexpectedReply: A line is not a valid record.
        """
        return Items(partial(self._checked, self._records) if check else self._records)

    def read(self, *, check: bool = False) -> bytes:
        """Wait for the end and return the remaining bytes.

        Args:
            check: Whether to raise an error if the program failed.

        Raises:
            InstanceFailedError: The program failed, and `check` is true.
            StreamBroken: The stream was cut off.
        """
        if not check:
            return super().read()
        try:
            content = super().read()
        except (ApiStatusError, StreamBroken) as error:
            raise explained(self._instance, error) from error
        try:
            checked(self._instance)
        except BaseException:
            self.give_back(content)
            raise
        return content

    def _checked(self, take: Take, running: list[bool]) -> Generator[Any, None]:
        running.append(True)
        try:
            for item in take([]):
                yield item
            checked(self._instance)
        except (ApiStatusError, StreamBroken) as error:
            raise explained(self._instance, error) from error
        finally:
            running.clear()


class OutputOperations(InstanceOperations):
    """The operations of an Instance; its output stream can report how the program ended."""

    def get_output(
        self,
        *,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
        idle_timeout: float | None = None,
    ) -> InstanceOutput:
        """Read the Instance's output.

        Request: `GET /instance/{id}/output`

        Args:
            timeout: Seconds until the stream must begin; no limit unless given.
            headers: Additional headers of this request.
            idle_timeout: Seconds that may pass without a byte after that; no limit unless given.

        Raises:
            NotFoundError: No such Instance, or it ended and the Hub has forgotten it.
            ScramjetError: Any other failure.
        """
        from ..api.instances.read_output import call

        return opened(InstanceOutput(cast("InstanceClient", self), call(self.id), headers, timeout, idle_timeout))


# Names that only annotations use are imported when these are read, as by `typing.get_type_hints`.
lazy_hints(globals(), {"Call": ".._runtime.call", "InstanceClient": ".instance", "Mapping": "collections.abc"})
