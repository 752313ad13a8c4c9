"""Input that ends too soon or never, is lost, or is taken when it must not be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scramjet_hub.handlers import instances as handlers
from scramjet_hub.instances import streams
from scramjet_hub.instances.intake import Intake, IntakeWriter
from scramjet_hub.instances.streams import InstanceStreams
from scramjet_hub.runners.channels import Outlet
from scramjet_serving import messages
from scramjet_serving.errors import Ended
from scramjet_serving.messages import Response

from tests.mutants import mutant
from tests.mutants.patching import change_handler, change_reply, change_status, replace

if TYPE_CHECKING:
    from scramjet_serving.messages import Reply, Request


def _always(_request: Request, **_: bool) -> bool:
    return True


def _never(_request: Request, **_: bool) -> bool:
    return False


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


@mutant("writeInput", "writeStdin", "exchangeInout", "readTopic", "writeTopic")
def undefined_is_a_type() -> None:
    """A content type of `undefined` is taken for one."""
    replace(messages, "media_type", lambda _old: lambda content_type: content_type.partition(";")[0].strip().lower())


@mutant("writeStdin")
def late_stdin_is_swallowed() -> None:
    """Data written to stdin after its end is accepted and lost."""

    def make(old: Any) -> Any:
        async def take(request: Request, intake: Intake) -> Reply:
            try:
                reply: Reply = await old(request, intake)
            except Ended:
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
        def feed(self: InstanceStreams, topic: Any) -> None:
            old(self, topic)
            self.input.fed_by = ""

        return feed

    replace(InstanceStreams, "feed_input", make)


@mutant("writeInput")
def input_drops_what_is_slow() -> None:
    """Input that an Instance does not take at once is dropped."""

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
    """The Hub accepts any amount of input that is not read."""

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


@mutant("writeInput")
def writers_do_not_take_turns() -> None:
    """A write to the input that is broken off blocks all others."""
    replace(IntakeWriter, "abandon", lambda _old: lambda _self: None)


@mutant("writeTopic", "readTopic")
def an_end_of_input_topic_is_missed() -> None:
    """The end of a topic does not reach the Instance that it feeds."""

    async def feed(topic: Any, intake: Intake, _stuck: Any) -> None:
        intake.begin(topic.content_type)
        async for chunk in topic.reader():
            await intake.outlet.room()
            intake.outlet.push(chunk)

    replace(streams, "feed_from_topic", lambda _old: feed)


@mutant("readStdout")
def stdin_reply_has_a_body() -> None:
    """A write to stdin is answered with JSON."""

    def say(reply: Reply, _request: Request) -> Reply | None:
        if reply.status in (200, 202):
            return Response(b'{"accepted": true}', 201, {"content-type": "application/json"})
        return None

    change_reply("writeStdin", say)
