"""Events that are lost, doubled, changed, or sent to another Instance."""

from __future__ import annotations

from typing import Any

from scramjet_hub.instances.events import EventBoard, Follower
from scramjet_hub.instances.instance import Instance
from scramjet_hub.runners import codes

from tests.mutants import mutant
from tests.mutants.patching import replace


@mutant("streamEvents", "streamNamedEvents")
def events_go_to_everybody() -> None:
    """The stream of one name has events of all names."""

    def make(old: Any) -> Any:
        return lambda self, _name=None: old(self, None)

    replace(EventBoard, "follow", make)


@mutant("streamEvents")
def events_go_to_another_instance() -> None:
    """An event of one Instance is taken for one of every Instance."""
    everyone: list[Instance] = []

    def remember(old: Any) -> Any:
        def begin(self: Instance, *args: Any) -> None:
            old(self, *args)
            everyone.append(self)

        return begin

    def make(old: Any) -> Any:
        def on_event(_self: Instance, data: dict[str, Any]) -> None:
            for other in everyone:
                old(other, data)

        return on_event

    replace(Instance, "__init__", remember)
    replace(Instance, "_HANDLERS", lambda old: {**old, codes.EVENT: make(old[codes.EVENT])})


@mutant("streamEvents")
def an_event_is_doubled() -> None:
    """Every hundredth event comes twice."""
    state = {"count": 0}

    def make(old: Any) -> Any:
        def emit(self: EventBoard, name: str, data: dict[str, Any]) -> None:
            state["count"] += 1
            old(self, name, data)
            if state["count"] % 100 == 0:
                old(self, name, data)

        return emit

    replace(EventBoard, "emit", make)


@mutant("getLastEvent")
def falsy_messages_are_none() -> None:
    """An event whose message is 0, empty or false counts as none, as in the original."""

    def make(old: Any) -> Any:
        async def last(self: EventBoard, name: str) -> bytes:
            if self._last.get(name) in (b"0", b'""', b"false", b"null", b"[]"):
                return await self.next(name)
            message: bytes = await old(self, name)
            return message

        return last

    replace(EventBoard, "last", make)


@mutant("getLastEvent")
def the_first_event_is_the_last() -> None:
    """The first event of a name is kept instead of the last."""

    def make(old: Any) -> Any:
        def emit(self: EventBoard, name: str, data: dict[str, Any]) -> None:
            first = self._last.get(name)
            old(self, name, data)
            if first is not None:
                self._last[name] = first

        return emit

    replace(EventBoard, "emit", make)


@mutant("getNextEvent", "getNextNamedEvent")
def once_gives_the_last() -> None:
    """The next event is the last one that has been."""

    def make(old: Any) -> Any:
        async def following(self: EventBoard, name: str | None = None) -> bytes:
            known = self._last.get(name) if name else None
            event: bytes = known if known is not None else await old(self, name)
            return event

        return following

    replace(EventBoard, "next", make)


@mutant("streamEvents", "getNextEvent")
def events_outlive_their_instance() -> None:
    """Readers of events are not told of the end."""
    replace(EventBoard, "end", lambda _old: lambda _self: None)


@mutant("sendEvent")
def messages_are_text() -> None:
    """The message of an event reaches the Sequence as text."""

    def make(old: Any) -> Any:
        async def send(self: Instance, name: str, message: object) -> None:
            await old(self, name, str(message))

        return send

    replace(Instance, "send_event", make)


@mutant("streamNamedEvents")
def followers_get_the_past() -> None:
    """New readers of events get the last one first."""

    def make(old: Any) -> Any:
        def follow(self: EventBoard, name: str | None = None) -> Follower:
            follower: Follower = old(self, name)
            if name in self._last:
                follower.stream.push(self._last[name] + b"\n")
            return follower

        return follow

    replace(EventBoard, "follow", make)
