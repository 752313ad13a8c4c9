# Made blocking by `make generate` from client/classes/_output.py: edit it there.
"""The output of an Instance."""

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
"""Gives what is left of a stream, cut up; see `Items`."""


class InstanceOutput(Stream[Any]):
    """What an Instance gives as its result; a stream as any other, which can also tell how the program ended.

    The output of a program that crashes simply ends, as that of one that has nothing to say does:
    with `check=True` the end is not taken for a success before the Instance says so.

    Args:
        instance: The Instance.
        call: What to ask.
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
        r"""Give the lines as text, without their ends. Only the byte `\\n` ends a line.

        Args:
            check: Whether to raise an error at the end, if the program failed.

        Raises:
            InstanceFailedError: The program failed, and that was to be checked.
            StreamBroken: The stream broke off; every whole line has been given.
        """
        return Items(partial(self._checked, self._texts) if check else self._texts)

    def records(self, *, check: bool = False) -> Items[Any]:
        """Give the records of a stream that has one JSON document a line.

        Args:
            check: Whether to raise an error at the end, if the program failed.

        Raises:
            InstanceFailedError: The program failed, and that was to be checked.
            StreamBroken: The stream broke off; every whole record has been given.
            UnexpectedReply: A line is not such a record.
        """
        return Items(partial(self._checked, self._records) if check else self._records)

    def read(self, *, check: bool = False) -> bytes:
        """Wait for the end and give all the bytes that are left.

        Args:
            check: Whether to raise an error, if the program failed.

        Raises:
            InstanceFailedError: The program failed, and that was to be checked.
            StreamBroken: The stream broke off.
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
    """The operations of an Instance; the stream of its output can tell how the program ended."""

    def get_output(
        self,
        *,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
        idle_timeout: float | None = None,
    ) -> InstanceOutput:
        """Read what it gives as its result.

        Request: `GET /instance/{id}/output`

        Args:
            timeout: Seconds until the stream must have begun; for ever unless given.
            headers: Headers of this request, on top of all others.
            idle_timeout: Seconds that may pass without a byte once it has; for ever unless given.

        Raises:
            NotFoundError: There is no such Instance, or it ended and is no longer kept.
            ScramjetError: Anything else went wrong.
        """
        from ..api.instances.read_output import call

        return opened(InstanceOutput(cast("InstanceClient", self), call(self.id), headers, timeout, idle_timeout))


# What annotations alone name comes when somebody looks at them, as `typing.get_type_hints` does.
lazy_hints(globals(), {"Call": ".._runtime.call", "InstanceClient": ".instance", "Mapping": "collections.abc"})
