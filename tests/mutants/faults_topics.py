"""Topics that mix up, forget, or never end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from scramjet_hub.handlers import topics as handlers
from scramjet_hub.instances.streams import InstanceStreams
from scramjet_hub.topics import registry, topic
from scramjet_hub.topics.memory import MemoryTopic
from scramjet_hub.topics.registry import TopicRegistry
from scramjet_serving import app
from scramjet_serving.errors import ApiError
from scramjet_serving.http1.connection import HttpProtocol
from scramjet_serving.streams.broadcast import Reader
from scramjet_serving.streams.record_mixer import Mixer
from scramjet_serving.validation import ParameterCheck

from tests.mutants import mutant
from tests.mutants.patching import (
    change_handler,
    change_header,
    change_json,
    change_status,
    replace,
    with_json,
)

if TYPE_CHECKING:
    from scramjet_hub.hub import Hub
    from scramjet_serving.messages import Reply, Request


@mutant("createTopic")
def topics_can_be_made_twice() -> None:
    """Creating a topic that is there is accepted."""

    def make(old: Any) -> Any:
        def create(self: TopicRegistry, name: str, content_type: str) -> Any:
            return self.find(name) or old(self, name, content_type)

        return create

    replace(TopicRegistry, "create", make)


@mutant("writeTopic", "readTopic")
def types_may_differ() -> None:
    """A topic can be written and read with any content type."""

    def make(old: Any) -> Any:
        def opened(self: TopicRegistry, name: str, content_type: str) -> Any:
            return self.find(name) or old(self, name, content_type)

        return opened

    replace(TopicRegistry, "open", make)


@mutant("readTopic")
def topics_are_always_ndjson() -> None:
    """Every topic is read as ndjson."""
    change_header("readTopic", "content-type", "application/x-ndjson")


@mutant("readTopic")
def the_default_type_is_text() -> None:
    """A topic without a given type is text."""
    replace(registry, "DEFAULT_TYPE", lambda _old: "text/plain")


@mutant("readTopic", "writeTopic")
def no_type_means_ndjson() -> None:
    """A missing content type means ndjson, for every topic."""

    def make(old: Any) -> Any:
        def opened(self: TopicRegistry, name: str, content_type: str) -> Any:
            return old(self, name, content_type or "application/x-ndjson")

        return opened

    replace(TopicRegistry, "open", make)


@mutant("readTopic", "writeTopic")
def first_reader_sets_the_type() -> None:
    """Reading a new topic without a type makes it ndjson for good."""

    def make(old: Any) -> Any:
        def opened(self: TopicRegistry, name: str, content_type: str) -> Any:
            topic = old(self, name, content_type)
            topic.settled = True
            return topic

        return opened

    replace(TopicRegistry, "open", make)


@mutant("writeTopic")
def ends_are_ignored() -> None:
    """`x-end-stream: true` ends no reader."""
    replace(MemoryTopic, "end", lambda _old: lambda _self: None)


@mutant("writeTopic")
def every_write_ends() -> None:
    """Every write ends who reads."""
    replace(handlers, "ends_stream", lambda _old: lambda _request, **_: True)


@mutant("writeTopic")
def an_end_is_not_told() -> None:
    """A write that ends the topic is 202, as one that does not."""
    change_status("writeTopic", 200, 202)


@mutant("deleteTopic")
def deletion_ends_nobody() -> None:
    """Readers of a deleted topic wait without end."""
    replace(MemoryTopic, "close", lambda _old: lambda _self: None)


@mutant("deleteTopic")
def deleted_topics_stay() -> None:
    """A deleted topic is still in the list."""

    def make(_old: Any) -> Any:
        def delete(self: TopicRegistry, name: str) -> None:
            if self.find(name) is None:
                raise ApiError(404, f"Topic {name} not found")

        return delete

    replace(TopicRegistry, "delete", make)


@mutant("writeTopic")
def writers_cut_each_other() -> None:
    """What several writers write is mixed as it comes."""

    async def at_once(_self: Mixer, _writer: Any) -> None:
        return None

    replace(Mixer, "_turn", lambda _old: at_once)
    replace(Mixer, "_holds_back", lambda _old: lambda _self: False)


@mutant("writeTopic", "createTopic")
def any_name_will_do() -> None:
    """Names of topics are not checked."""
    replace(topic, "NAME", lambda _old: re.compile(".*", re.DOTALL))

    def make(old: Any) -> Any:
        def value(self: Any, text: str | None) -> Any:
            return text if self.name == "topic" else old(self, text)

        return value

    replace(ParameterCheck, "value", make)


@mutant("listTopics")
def providers_are_not_named() -> None:
    """A topic does not say which Instance feeds it."""
    change_json("listTopics", lambda data: [{**item, "localProvider": ""} for item in data])


@mutant("readOutput")
def topic_output_is_output_too() -> None:
    """An Instance that provides a topic has its output elsewhere."""

    def make(_old: Any) -> Any:
        return lambda self, _instance_id, _open_topic: self.open_output()

    replace(InstanceStreams, "feed_output", make)


@mutant("writeTopic")
def empty_writes_fail() -> None:
    """Writing nothing to a topic fails with 500."""

    def make(old: Any) -> Any:
        async def handle(hub: Any, request: Request) -> Reply:
            if request.headers.get("content-length") == "0":
                raise ApiError(500, "list index out of range")
            reply: Reply = await old(hub, request)
            return reply

        return handle

    change_handler("writeTopic", make)


@mutant("writeTopic")
def writers_of_deleted_topics_hear_nothing() -> None:
    """Who writes to a topic that was deleted meanwhile is told that all went well."""

    def make(old: Any) -> Any:
        async def handle(hub: Any, request: Request) -> Reply:
            try:
                reply: Reply = await old(hub, request)
            except ApiError as error:
                if error.status != 409:
                    raise
                return with_json({}, 202)
            return reply

        return handle

    change_handler("writeTopic", make)


@mutant("writeTopic")
def offers_cost_the_body() -> None:
    """The body of a request that offers another protocol is not taken."""

    def make(old: Any) -> Any:
        def ignore(self: HttpProtocol) -> None:
            framing = (b"content-length", b"transfer-encoding")
            self.headers = [(name, value) for name, value in self.headers if name not in framing]
            old(self)

        return ignore

    replace(HttpProtocol, "_ignore_offer", make)


@mutant("readTopic")
def head_drains_topics() -> None:
    """HEAD on a topic takes what is kept, as a reader would."""

    def make(handler: Any) -> Any:
        async def handle(hub: Hub, request: Request) -> Any:
            reply = await handler(hub, request)
            if request.method == "HEAD" and (topic := hub.topics.find(request.path["topic"])) is not None:
                topic.reader()._release()  # type: ignore[attr-defined]
            return reply

        return handle

    change_handler("readTopic", make)


@mutant("readTopic", whole=True)
def reading_tokens_create_topics() -> None:
    """A token that may only read creates a topic by reading it."""

    def make(handler: Any) -> Any:
        async def handle(hub: Hub, request: Request) -> Any:
            request.may_manage = True
            return await handler(hub, request)

        return handle

    change_handler("readTopic", make)


@mutant("readTopic")
def who_leaves_at_once_takes_all() -> None:
    """What a client did not receive before it left is lost."""
    replace(app, "STAYING", lambda _old: 0.0)
    replace(Reader, "give_back", lambda _old: lambda _self, _undelivered: None)
