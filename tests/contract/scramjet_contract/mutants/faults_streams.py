"""Streams that lose, double, reorder, change, hold back, never end or end too soon."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from scramjet_hub import plumbing
from scramjet_hub.channels import LogLines, Outlet
from scramjet_hub.events import EventBoard, Follower
from scramjet_hub.feeds import Intake, IntakeWriter
from scramjet_hub.handlers import instances as handlers
from scramjet_hub.http import ApiError, Response, StreamResponse
from scramjet_hub.instance import Instance
from scramjet_hub.logs import LineLog
from scramjet_hub.plumbing import Plumbing
from scramjet_hub.runners import codes
from scramjet_hub.streams import Broadcast, Reader

from scramjet_contract.mutants import mutant
from scramjet_contract.mutants.patching import change_handler, change_reply, change_status, change_stream, replace

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from scramjet_hub.http import Reply, Request


def _always(_request: Request, **_: bool) -> bool:
    return True


def _never(_request: Request, **_: bool) -> bool:
    return False


@mutant("readOutput")
def every_tenth_chunk_is_lost() -> None:
    """Readers miss a chunk now and then."""

    async def lossy(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        number = 0
        async for chunk in chunks:
            number += 1
            if number % 10:
                yield chunk

    change_stream("readOutput", lossy)


@mutant("readOutput")
def a_chunk_is_doubled() -> None:
    """Readers get the third chunk twice."""

    async def doubling(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        number = 0
        async for chunk in chunks:
            number += 1
            yield chunk * 2 if number == 3 else chunk

    change_stream("readOutput", doubling)


@mutant("readOutput")
def chunks_change_places() -> None:
    """Of each two chunks readers get the second first."""

    async def swapping(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        async for chunk in chunks:
            following = await anext(chunks, b"")
            yield following + chunk

    change_stream("readOutput", swapping)


@mutant("readOutput")
def the_last_byte_is_lost() -> None:
    """The output ends one byte too soon."""

    async def short(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        held = b""
        async for chunk in chunks:
            data = held + chunk
            yield data[:-1]
            held = data[-1:]

    change_stream("readOutput", short)


@mutant("readOutput")
def bytes_become_text() -> None:
    """Bytes that are no UTF-8 are replaced."""

    async def decoded(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        async for chunk in chunks:
            yield chunk.decode(errors="replace").encode()

    change_stream("readOutput", decoded)


@mutant("readStdout")
def line_ends_are_changed() -> None:
    """Line ends of stdout become those of another system."""

    async def converted(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        async for chunk in chunks:
            yield chunk.replace(b"\n", b"\r\n")

    change_stream("readStdout", converted)


@mutant("readOutput")
def output_never_ends() -> None:
    """The output of an Instance that has ended stays open."""

    async def endless(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        async for chunk in chunks:
            yield chunk
        await asyncio.Event().wait()

    change_stream("readOutput", endless)


@mutant("readOutput")
def output_ends_after_the_first_chunk() -> None:
    """The output ends although the Instance goes on."""

    async def first(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        async for chunk in chunks:
            yield chunk
            return

    change_stream("readOutput", first)


@mutant("readOutput")
def output_breaks_off() -> None:
    """The connection is cut instead of ended."""

    async def broken(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        async for chunk in chunks:
            yield chunk
        raise RuntimeError("cut")

    change_stream("readOutput", broken)


@mutant("readStdout")
def output_waits_for_the_end() -> None:
    """stdout is sent in one piece when the Instance has ended."""

    async def whole(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        parts = [chunk async for chunk in chunks]
        yield b"".join(parts)

    change_stream("readStdout", whole)


@mutant("readStdout", "readStderr")
def stdout_and_stderr_are_swapped() -> None:
    """stdout has what was written to stderr, and the other way round."""

    def make(_old: Any) -> Any:
        async def handle(hub: Any, request: Request) -> Reply:
            return StreamResponse(handlers.find(hub, request).streams.stderr.read())

        return handle

    change_handler("readStdout", make)


@mutant("readOutput")
def nothing_is_kept() -> None:
    """What is written while nobody reads is lost."""

    def make(old: Any) -> Any:
        def push(self: Broadcast, chunk: bytes) -> None:
            if self._readers or self._ended:
                old(self, chunk)

        return push

    replace(Broadcast, "push", make)


@mutant("readOutput")
def a_second_reader_gets_nothing() -> None:
    """Only the first of several readers gets anything."""

    def make(old: Any) -> Any:
        def push(self: Broadcast, chunk: bytes) -> None:
            extra = list(self._readers)[1:]
            self._readers.difference_update(extra)
            old(self, chunk)
            self._readers.update(extra)

        return push

    replace(Broadcast, "push", make)


@mutant("readOutput")
def nothing_waits() -> None:
    """A writer is never held back; what does not fit is dropped."""
    replace(Broadcast, "full", lambda _old: property(lambda _self: False))

    def make(old: Any) -> Any:
        def push(self: Broadcast, chunk: bytes) -> None:
            if self.waiting < self._limit:
                old(self, chunk)

        return push

    replace(Broadcast, "push", make)


@mutant("readOutput")
def what_was_left_comes_again() -> None:
    """A reader that leaves puts back what it has read already."""

    def make(old: Any) -> Any:
        async def take(self: Reader) -> bytes:
            chunk: bytes = await old(self)
            owner = self._broadcast
            if owner is not None:
                owner._kept.add(chunk)
            return chunk

        return take

    replace(Reader, "__anext__", make)


@mutant("readInstanceLog", "streamLog")
def logs_do_not_replay() -> None:
    """A log begins with what happens next."""

    def make(old: Any) -> Any:
        return lambda self, _replay=None: old(self, 0)

    replace(LineLog, "follow", make)


@mutant("readInstanceLog", "streamLog")
def logs_do_not_follow() -> None:
    """A log ends where it is."""

    def make(_old: Any) -> Any:
        async def follow(self: LineLog, _replay: int | None = None) -> AsyncIterator[bytes]:
            yield b"".join(self.recent())

        return follow

    replace(LineLog, "follow", make)


@mutant("readInstanceLog")
def log_lines_are_text() -> None:
    """An Instance's log has lines of text instead of JSON."""

    async def plain(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        async for chunk in chunks:
            yield chunk.replace(b"{", b"").replace(b"}", b"")

    change_stream("readInstanceLog", plain)


@mutant("readInstanceLog")
def what_a_sequence_logs_is_lost() -> None:
    """An Instance's log has only what the Hub says."""
    replace(LogLines, "push", lambda _old: lambda _self, _chunk: None)


@mutant("streamAudit")
def audit_does_not_say_what() -> None:
    """Audit records do not name what they are about."""

    async def anonymous(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        async for chunk in chunks:
            yield chunk.replace(b'"objectId"', b'"object"').replace(b"-", b"")

    change_stream("streamAudit", anonymous)


@mutant("writeInput")
def input_always_ends() -> None:
    """`x-end-stream: false` is ignored: every request ends the input."""
    replace(handlers, "ends_stream", lambda _old: _always)


@mutant("writeInput")
def input_never_ends() -> None:
    """No request ends the input."""
    replace(handlers, "ends_stream", lambda _old: _never)


@mutant("writeInput")
def end_of_input_is_not_told() -> None:
    """A write that leaves the input open is 200, as one that ends it."""
    change_status("writeInput", 202, 200)


@mutant("writeStdin")
def late_stdin_is_swallowed() -> None:
    """What is written to stdin after its end is accepted and lost."""

    def make(old: Any) -> Any:
        async def take(request: Request, intake: Intake) -> Reply:
            try:
                reply: Reply = await old(request, intake)
            except ApiError as error:
                if error.status != 409:
                    raise
                return Response(status=200)
            return reply

        return take

    replace(handlers, "take_in", make)


@mutant("writeInput", "exchangeInout")
def input_may_change_its_type() -> None:
    """The content type of the input may differ from one request to the next."""

    def make(old: Any) -> Any:
        def begin(self: Intake, content_type: str) -> None:
            old(self, self.content_type or content_type)

        return begin

    replace(Intake, "begin", make)


@mutant("writeInput", "exchangeInout")
def input_needs_no_type() -> None:
    """Input without a content type is taken for bytes."""

    def make(old: Any) -> Any:
        def begin(self: Intake, content_type: str) -> None:
            old(self, content_type or self.content_type or "application/octet-stream")

        return begin

    replace(Intake, "begin", make)


@mutant("writeInput", "exchangeInout")
def input_from_a_topic_is_not_alone() -> None:
    """A client may write to an input that a topic feeds."""

    def make(old: Any) -> Any:
        def feed(self: Plumbing, topic: Any) -> None:
            old(self, topic)
            self.input.fed_by = ""

        return feed

    replace(Plumbing, "feed_input", make)


@mutant("writeInput")
def input_drops_what_is_slow() -> None:
    """What an Instance does not take at once is dropped."""

    def make(old: Any) -> Any:
        def push(self: Outlet, chunk: bytes) -> None:
            if not self.full:
                old(self, chunk)

        return push

    replace(Outlet, "push", make)

    async def at_once(_self: Outlet) -> None:
        return None

    replace(Outlet, "room", lambda _old: at_once)


@mutant("writeInput")
def input_is_not_held_back() -> None:
    """The Hub takes any amount of input that nobody reads."""

    async def at_once(_self: Outlet) -> None:
        return None

    replace(Outlet, "room", lambda _old: at_once)


@mutant("exchangeInout")
def inout_answers_at_the_end() -> None:
    """The reply to an exchange begins when the request has ended."""

    def make(old: Any) -> Any:
        async def handle(hub: Any, request: Request) -> Reply:
            reply: Any = await old(hub, request)
            await reply.chunks._sending
            return reply  # type: ignore[no-any-return]  # it is the handler's

        return handle

    change_handler("exchangeInout", make)


@mutant("streamEvents", "streamNamedEvents")
def events_go_to_everybody() -> None:
    """The stream of one name has events of all names."""

    def make(old: Any) -> Any:
        return lambda self, _name=None: old(self, None)

    replace(EventBoard, "follow", make)


@mutant("streamEvents")
def events_go_to_another_instance() -> None:
    """An event of one Instance is taken for one of every Instance."""

    def make(old: Any) -> Any:
        def on_event(self: Instance, data: dict[str, Any]) -> None:
            for other in self._hub.instances.all():
                old(other, data)

        return on_event

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
    """Who follows or waits for events hears nothing of the end."""
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
    """Who begins to follow events gets the last one first."""

    def make(old: Any) -> Any:
        def follow(self: EventBoard, name: str | None = None) -> Follower:
            follower: Follower = old(self, name)
            if name in self._last:
                follower.stream.push(self._last[name] + b"\n")
            return follower

        return follow

    replace(EventBoard, "follow", make)


@mutant("writeInput")
def writers_do_not_take_turns() -> None:
    """A write to the input that is broken off blocks all others."""
    replace(IntakeWriter, "abandon", lambda _old: lambda _self: None)


@mutant("writeTopic", "readTopic")
def an_end_of_input_topic_is_missed() -> None:
    """The end of a topic does not reach the Instance that it feeds."""

    async def feed(topic: Any, intake: Intake) -> None:
        intake.begin(topic.content_type)
        async for chunk in topic.reader():
            await intake.outlet.room()
            intake.outlet.push(chunk)

    replace(plumbing, "feed_from_topic", lambda _old: feed)


@mutant("readStdout")
def stdin_reply_has_a_body() -> None:
    """A write to stdin is answered with JSON."""

    def say(reply: Reply, _request: Request) -> Reply | None:
        if reply.status in (200, 202):
            return Response(b'{"accepted": true}', 201, {"content-type": "application/json"})
        return None

    change_reply("writeStdin", say)
