"""Tokens that are not asked for, connections that are not treated as they should, states that are not told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scramjet_hub.handlers import sequences as handlers
from scramjet_serving.access import authorization
from scramjet_serving.access.authorization import Authorization
from scramjet_serving.http1 import server
from scramjet_serving.http1.connection import HttpProtocol
from scramjet_serving.http1.exchange import Exchange
from scramjet_serving.messages import Request

from tests.mutants import mutant
from tests.mutants.patching import change_header, change_json, change_status, replace

if TYPE_CHECKING:
    from collections.abc import Callable

    from scramjet_serving.errors import ApiError


@mutant("getStatus")
def nobody_is_asked_for_a_token() -> None:
    """Everything is allowed without a token."""
    replace(Authorization, "check", lambda _old: lambda *_: None)

    def make(old: Any) -> Any:
        def begin(self: Authorization, *args: Any) -> None:
            old(self, *args)
            self.required = False

        return begin

    replace(Authorization, "__init__", make)


@mutant("startSequence")
def readers_may_manage() -> None:
    """A token for reading is good for everything."""

    def make(old: Callable[..., None]) -> Any:
        return lambda self, grant, _scope, header: old(self, grant, "read", header)

    replace(Authorization, "check", make)


@mutant("getStatus")
def refusal_does_not_say_how() -> None:
    """401 comes without saying how to authenticate."""

    def make(old: Any) -> Any:
        def refused(presented: bool) -> ApiError:
            error: ApiError = old(presented)
            error.headers.pop("www-authenticate", None)
            return error

        return refused

    replace(authorization, "unauthorized", make)


@mutant("getStatus")
def refusal_is_forbidden() -> None:
    """Without a token it is 403, as on the Platform."""

    def make(old: Any) -> Any:
        def refused(presented: bool) -> ApiError:
            error: ApiError = old(presented)
            error.status = 403
            return error

        return refused

    replace(authorization, "unauthorized", make)


@mutant("getStatus")
def any_token_will_do() -> None:
    """A token that is not known is as good as one that is."""

    def make(old: Any) -> Any:
        def identify(self: Authorization, header: str | None) -> Any:
            return old(self, header) or (next(iter(self._grants.values())) if header else None)

        return identify

    replace(Authorization, "identify", make)


@mutant("writeInput")
def bodies_are_always_wanted() -> None:
    """`100 Continue` is sent before it is known whether the body is wanted."""

    def make(old: Any) -> Any:
        def begin(self: Exchange, protocol: Any, *args: Any, **more: Any) -> None:
            expects = more.pop("expects_continue")
            if expects:
                protocol.transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")
            old(self, protocol, *args, expects_continue=False, **more)

        return begin

    replace(Exchange, "__init__", make)


@mutant("writeInput")
def bodies_are_never_wanted() -> None:
    """`100 Continue` is never sent."""

    def make(old: Any) -> Any:
        def begin(self: Exchange, *args: Any, **more: Any) -> None:
            more["expects_continue"] = False
            old(self, *args, **more)

        return begin

    replace(Exchange, "__init__", make)


@mutant("getVersion", "readStdout")
def a_half_closed_client_has_gone() -> None:
    """A half-closed client gets no reply."""
    replace(HttpProtocol, "eof_received", lambda _old: lambda _self: False)


@mutant("startSequence", "createTopic")
def json_may_be_of_any_size() -> None:
    """JSON bodies are not limited."""

    def make(old: Any) -> Any:
        async def body(self: Request, _limit: int) -> bytes:
            data: bytes = await old(self, 1 << 62)
            return data

        return body

    replace(Request, "body", make)


@mutant("uploadSequence", whole=True)
def a_full_disk_is_not_minded() -> None:
    """Packages are taken although there is no room."""
    replace(handlers, "_check_room", lambda _old: lambda *_: None)


@mutant("startSequence", whole=True)
def a_draining_hub_starts_things() -> None:
    """A Hub that is about to end starts Instances."""
    replace(handlers, "_refuse_while_draining", lambda _old: lambda _hub: None)


@mutant("getHealth", whole=True)
def a_draining_hub_is_well() -> None:
    """A Hub that is about to end says that it is well."""
    change_json("getHealth", lambda data: {**data, "healthy": True}, None)
    change_status("getHealth", 503, 200)


@mutant("getHealth", whole=True)
def a_draining_hub_is_gone_at_once() -> None:
    """A Hub that is shutting down replies to no client."""

    def make(old: Any) -> Any:
        async def drain(self: server.Server[Any]) -> None:
            self.should_exit = True
            await old(self)

        return drain

    replace(server.Server, "_drain", make)


@mutant("getVersion")
def replies_say_the_wrong_charset() -> None:
    """The version is said to be something else than JSON."""
    change_header("getVersion", "content-type", "application/octet-stream")
