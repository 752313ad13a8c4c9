"""Who takes part in a topic of a Space, and the buffers between them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from scramjet_serving.streams.broadcast import Broadcast, StreamEnded
from scramjet_serving.streams.record_mixer import Cut, Mixer

if TYPE_CHECKING:
    from scramjet_serving.streams.broadcast import Reader
    from scramjet_serving.streams.record_mixer import RecordWriter

    from scramjet_space.hubs.hub import Hub

Role: TypeAlias = Literal["provider", "consumer"]


class Outlet:
    """What waits for one consumer, merged from all providers without cutting a record.

    Args:
        limit: How many bytes may wait before providers have to.
        content_type: The topic's type, which says where records may be cut.
    """

    def __init__(self, limit: int, content_type: str) -> None:
        self.cut = Cut.of(content_type)
        self._stream = Broadcast(limit)
        self._stream.lines = self.cut is not Cut.ANYWHERE
        self._mixer = Mixer(self._stream, self.cut)
        self.origins: set[str] = set()

    @property
    def waiting(self) -> int:
        """How many bytes wait."""
        return self._stream.waiting

    def writer(self) -> RecordWriter:
        """Join as a provider."""
        return self._mixer.writer()

    def reader(self) -> Reader:
        """Join as the consumer."""
        return self._stream.read()

    def close(self) -> None:
        """End it: providers do not wait for it any more."""
        self._stream.end()
        self._mixer.begin_anew()


class Actor:
    """A Hub or a client that writes or reads a topic.

    Args:
        role: What it does.
        hub: The Hub; None for a client of the Space.

    Attributes:
        role: What it does.
        hub: The Hub; None for a client of the Space.
        outlet: What waits for a consumer.
        stream: Whether its stream is open.
        retired: Whether it has gone.
    """

    def __init__(self, role: Role, hub: Hub | None = None, outlet: Outlet | None = None) -> None:
        self.role = role
        self.hub = hub
        self.outlet = outlet
        self.stream = hub is None
        self.retired = False
        self._writers: dict[Outlet, RecordWriter] = {}

    @property
    def origin(self) -> str:
        """The id of its Hub; empty for a client of the Space."""
        return self.hub.id if self.hub is not None else ""

    def info(self) -> dict[str, Any]:
        """Return it in the form of `GET /topics`."""
        info: dict[str, Any] = {"role": self.role, "type": "api" if self.hub is None else "host"}
        if self.hub is not None:
            info["hostId"] = self.hub.id
        return {**info, "stream": self.stream, "retired": self.retired}

    async def write(self, chunk: bytes, outlets: list[Outlet]) -> None:
        """Write a chunk to some outlets, waiting for the slowest; those that have ended are left out."""
        for outlet in outlets:
            writer = self._writers.get(outlet)
            if writer is None:
                writer = self._writers[outlet] = outlet.writer()
                outlet.origins.add(self.origin)
            try:
                await writer.write(chunk)
            except StreamEnded:
                self._writers.pop(outlet).abandon()

    async def finish(self) -> None:
        """Complete what was written."""
        while self._writers:
            _, writer = self._writers.popitem()
            try:
                await writer.finish()
            except StreamEnded:
                writer.abandon()

    def abandon(self) -> None:
        """Drop what was written of an incomplete record."""
        while self._writers:
            self._writers.popitem()[1].abandon()
