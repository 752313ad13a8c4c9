"""JSON that is deeper than it may be, packages and starts that are refused too late or for no reason."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING, Any

from scramjet_hub.handlers import uploads
from scramjet_serving import json_input
from scramjet_serving.errors import ApiError, DomainError
from scramjet_serving.packages import manifest

from tests.mutants import mutant
from tests.mutants.patching import change_handler, replace

if TYPE_CHECKING:
    from scramjet_hub.hub import Hub
    from scramjet_serving.messages import Reply, Request


@mutant("uploadSequence", "startSequence")
def json_may_be_of_any_depth() -> None:
    """JSON is taken however deep it is nested, and what shows it fails."""
    replace(json_input, "is_shallow", lambda _old: lambda *_: True)


@mutant("uploadSequence")
def packages_may_be_of_any_depth() -> None:
    """A package.json may be nested as deep as the parser can read."""
    replace(manifest, "read_json", lambda old: lambda text: old(text, 1000))


@mutant("uploadSequence")
def forms_may_be_of_any_depth() -> None:
    """`appConfig` of a form may be nested as deep as the parser can read."""
    replace(uploads, "read_json", lambda old: lambda text: old(text, 1000))


@mutant("startSequence")
def depth_is_limited_too_soon() -> None:
    """JSON may be nested 50 levels only."""
    replace(json_input, "is_shallow", lambda old: lambda value, _most: old(value, 50))
    replace(json_input, "_may_be_deep", lambda old: lambda text, _most: old(text, 50))


def _refused_start(then: Any) -> None:
    """Have a start that is refused go through `then`."""

    def make(old: Any) -> Any:
        async def start(hub: Hub, request: Request) -> Reply:
            try:
                reply: Reply = await old(hub, request)
            except ApiError as error:
                await then(hub, request, error)
                raise
            return reply

        return start

    change_handler("startSequence", make)


@mutant("startSequence")
def a_refused_start_leaves_an_instance() -> None:
    """A start whose name is taken leaves an Instance."""

    async def leave(hub: Hub, request: Request, _error: ApiError) -> None:
        with contextlib.suppress(DomainError):
            sequence = hub.sequences.get(request.path["id"])
            await hub.instances.start(sequence, app_config={}, args=[], limits={})

    _refused_start(leave)


@mutant("startSequence")
def a_refused_start_counts() -> None:
    """A Sequence says that it has an Instance, though its start was refused."""

    async def leave(hub: Hub, request: Request, _error: ApiError) -> None:
        with contextlib.suppress(DomainError):
            sequence = hub.sequences.get(request.path["id"])
            hub.instances._running[sequence.id].add("00000000-0000-4000-8000-000000000000")

    _refused_start(leave)


@mutant("uploadSequence")
def a_main_may_have_any_length() -> None:
    """A `main` that is too long for a file is taken."""
    replace(manifest, "LONGEST_NAME", lambda _old: 1 << 20)
    replace(manifest, "LONGEST_PATH", lambda _old: 1 << 20)


@mutant("uploadSequence")
def what_macs_add_counts() -> None:
    """A package in a folder beside which macOS has left something is refused."""
    replace(manifest, "ADDED", lambda _old: re.compile("(?!)"))


@mutant("uploadSequence")
def keywords_may_be_text() -> None:
    """Keywords that are one text are shown so."""
    manifest.DESCRIPTIVE["keywords"] = lambda value: value


@mutant("uploadSequence")
def repositories_need_no_address() -> None:
    """A repository without an address is shown."""
    manifest.DESCRIPTIVE["repository"] = lambda value: value


@mutant("uploadSequence")
def lists_of_engines_are_lost() -> None:
    """Engines in a list are forgotten."""
    replace(manifest, "engines_of", lambda old: lambda value: {} if isinstance(value, list) else old(value))
