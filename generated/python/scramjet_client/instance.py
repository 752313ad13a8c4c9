"""An Instance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from ._operations.instance import InstanceOperations, RawInstance

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ._runtime.call import Progress, UploadSource
    from .host import HostClient


class InstanceClient(InstanceOperations):
    """An Instance: a Sequence that runs, or lately did.

    Args:
        id: Its id or, since Hub 2.0, the name that it was given at start.
        host: The Hub that runs it; the one of the configuration if left out.

    Attributes:
        id: As given.
        host: As given.
    """

    def __init__(self, id: str, host: HostClient | None = None) -> None:
        from .host import HostClient

        self.host = HostClient() if host is None else host
        self.id = id
        super().__init__(self.host.connection)

    @property
    def raw(self) -> RawInstance:
        """The same operations, each giving the status and the headers beside the result."""
        return RawInstance(self)

    def get_stream(
        self,
        name: Literal["stdout", "stderr", "output"],
        *,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
        idle_timeout: float | None = None,
    ) -> AsyncStream[Any]:
        """Read what the Instance writes."""
        method = {"stdout": self.get_stdout, "stderr": self.get_stderr, "output": self.get_output}[name]
        return method(timeout=timeout, headers=headers, idle_timeout=idle_timeout)

    async def send_stream(
        self,
        name: Literal["stdin", "input"],
        data: UploadSource,
        *,
        end_stream: bool | None = None,
        progress: Progress | None = None,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Write to what the Instance reads."""
        method = {"stdin": self.send_stdin, "input": self.send_input}[name]
        await method(data, end_stream=end_stream, progress=progress, timeout=timeout, headers=headers)

    def get_event_stream(
        self,
        name: str | None = None,
        *,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
        idle_timeout: float | None = None,
    ) -> AsyncStream[Any]:
        """Follow events."""
        from .api.instances import stream_events, stream_named_events

        call = stream_events.call(self.id) if name is None else stream_named_events.call(self.id, name)
        return self._connection.open(call, timeout=timeout, headers=headers, idle_timeout=idle_timeout)

    async def get_next_event(
        self, name: str | None = None, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> Any:
        """Wait for the next event."""
        from .api.instances import get_next_event, get_next_named_event

        call = get_next_event.call(self.id) if name is None else get_next_named_event.call(self.id, name)
        return await self._connection.send(call, timeout=timeout, headers=headers)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.id} on {self.host.url}>"
