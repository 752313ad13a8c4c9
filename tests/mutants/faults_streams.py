"""Streams that lose, double, reorder, change, hold back, never end or end too soon."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from scramjet_hub.handlers import instances as handlers
from scramjet_hub.runners.channels import LogLines
from scramjet_serving.messages import StreamResponse
from scramjet_serving.streams.broadcast import Broadcast, Reader
from scramjet_serving.streams.lines import LineLog

from tests.mutants import mutant
from tests.mutants.patching import change_handler, change_stream, replace

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from scramjet_serving.messages import Reply, Request


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
    """Data written without a reader is lost."""

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
            readers = self._readers
            self._readers = dict.fromkeys(list(readers)[:1])
            old(self, chunk)
            self._readers = readers

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
