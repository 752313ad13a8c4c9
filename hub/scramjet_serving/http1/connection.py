"""HTTP/1.1 connections: extends uvicorn's protocol with half-closed clients, limits on heads and a reliable close."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

import httptools
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from scramjet_serving.access.peer import PEER
from scramjet_serving.http1.exchange import CONTINUE, STATUS_LINES, Exchange, whole_reply
from scramjet_serving.http1.heads import FRAMING, BadHead, Framing, explain, without_upgrade
from scramjet_serving.http1.liveness import Watch, keep_alive
from scramjet_serving.http1.tunnel import Connect
from scramjet_serving.messages import CONNECTION, WEBSOCKET, error_response

if TYPE_CHECKING:
    import asyncio

    from uvicorn.config import Config
    from uvicorn.server import ServerState

    from scramjet_serving.http1.fast_path import FastPath
    from scramjet_serving.http1.tunnel import ConnectHandler

# An unwanted body is read to its end if its announced length is at most this, so that the connection can be reused.
# Otherwise the connection closes, after this many seconds for the client to notice.
SKIPPED: Final = 64 * 1024
LINGER: Final = 2.0


class HttpProtocol(HttpToolsProtocol):
    """One connection.

    Args:
        max_head: The size limit of a request's line and headers, in bytes.
        head_timeout: Seconds for a request's line and headers to arrive.
        fast_path: Answers requests on the fast path, without an exchange.
        on_connect: Gets requests to connect (CONNECT); without, they are refused.
        config: uvicorn's.
        server_state: uvicorn's.
        app_state: uvicorn's.
        _loop: uvicorn's.

    Attributes:
        unused_since: When the last reply ended, on the loop's clock; None during a request.
    """

    cycle: Exchange | None  # type: ignore[assignment]  # in the place of uvicorn's own

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
        *,
        max_head: int,
        head_timeout: float,
        fast_path: FastPath[Any],
        on_connect: ConnectHandler | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._max_head = max_head
        self._head_timeout = head_timeout
        self._fast_path = fast_path
        self._on_connect = on_connect
        self._connect: Connect | None = None
        self._beyond = b""  # what came after a request to connect
        self._head_timer: asyncio.TimerHandle | None = None
        self.unused_since: float | None = None
        self._idle_bytes = 0
        self._head_size = 0
        self._in_head = False
        self._watch = Watch(self)
        self._peer: Any = None
        self._lingers = False
        self._goodbye = False
        self._queue: deque[Exchange] = deque()
        self._waiting_error: BadHead | None = None
        self._framing = Framing()
        self._offers_upgrade = False
        self._offers_websocket = False

    # Called by asyncio.

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin."""
        super().connection_made(transport)
        self._peer = transport.get_extra_info(PEER)
        if (connection := transport.get_extra_info("socket")) is not None:
            keep_alive(connection)
        self._expect_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """End: notify everything that waits for the client."""
        self.connections.discard(self)
        self._watch.stop()
        self._stop_head_timer()
        self.flow.resume_writing()
        if self._connect is not None:
            self._connect.gone = True
        for exchange in (self.cycle, *self._queue):
            if exchange is not None:
                exchange.lose()
        self._queue.clear()
        self.parser = None  # type: ignore[assignment]  # as uvicorn does: it holds a reference to us
        if exc is None:
            self.transport.close()

    def data_received(self, data: bytes) -> None:
        """Parse, within limits: at most a head's worth of bytes may arrive without completing anything."""
        self._idle_bytes += len(data)
        self.unused_since = None
        if self._lingers or self._waiting_error or self.transport.is_closing():
            return
        if self._connect is not None:
            self._hold(data)
            return
        try:
            self._parse(data)
        except (httptools.HttpParserError, BadHead) as error:
            self._refuse(explain(error))
            return
        if self._idle_bytes > self._max_head:
            self._refuse(self._too_long())
        elif self._in_head and self._head_timer is None:
            self._expect_head()

    def eof_received(self) -> bool:  # type: ignore[override]  # asyncio's own protocol returns bool | None
        """Handle the end of the client's data: the reply continues if the request was complete."""
        self._goodbye = True
        exchange = self.cycle
        if exchange is None or (exchange.complete and not self._queue) or exchange.more_body or self._lingers:
            return False
        self._watch.half_closed = True
        self._watch.start()
        return True

    def peer_closed(self) -> None:
        """Handle the end of a channel of a tunnel, which ends both ways; sockets do not call this."""
        if self.cycle is not None and not self.cycle.complete:
            self.give_up()
        else:
            self.transport.close()

    # Called by httptools.

    def on_message_begin(self) -> None:
        """Begin a request."""
        self.url = b""
        self.headers = []
        self._framing = Framing()
        self._head_size = 0
        self._in_head = True
        self._offers_upgrade = False

    def on_url(self, url: bytes) -> None:
        """Collect a part of the request target."""
        self._head_size += len(url)
        self.url += url

    def on_header(self, name: bytes, value: bytes) -> None:
        """Collect a header; trailers do not affect the request any more and are dropped."""
        if not self._in_head:
            return
        # As sent, with a colon, a space and the line end.
        self._head_size += len(name) + len(value) + 4
        name = name.lower()
        if name in FRAMING:
            self._framing.note(name, value)
        self.headers.append((name, value))

    def on_headers_complete(self) -> None:
        """Serve the request, after those before it."""
        self._idle_bytes = 0
        if self._head_size > self._max_head:
            raise self._too_long()
        self._in_head = False
        self._stop_head_timer()
        version = self.parser.get_http_version()
        self._framing.check(version)
        if self.parser.should_upgrade():
            self._take_offer()
            return
        kept = version != "1.0" and self.parser.should_keep_alive()
        if kept and self._answer_at_once():
            return
        exchange = Exchange(
            self,
            self._make_scope(version),
            expects_continue=self._framing.expects_continue and version != "1.0",
            keep_alive=kept,
        )
        exchange.scope["extensions"][CONNECTION] = exchange
        if self._offers_websocket:
            exchange.scope["extensions"][WEBSOCKET] = True
        earlier, self.cycle = self.cycle, exchange
        if earlier is None or earlier.complete:
            self._serve(exchange)
        else:
            self.flow.pause_reading()
            self._queue.append(exchange)

    def on_body(self, body: bytes) -> None:
        """Pass on a part of the body."""
        self._idle_bytes = 0
        if self.cycle is not None:
            self.cycle.feed(body)

    def on_message_complete(self) -> None:
        """Handle the end of the request."""
        self._idle_bytes = 0
        if self.cycle is not None and not self._offers_upgrade:
            self.cycle.end_body()

    # Called by the exchange.

    @property
    def said_goodbye(self) -> bool:
        """Whether the client has closed its sending side, and so has acknowledged everything it had got by then."""
        return self._goodbye

    def resume_reading(self) -> None:
        """Resume reading, unless requests wait in the pipeline."""
        if not self._queue:
            self.flow.resume_reading()

    def can_skip_body(self, *, expected: bool) -> bool:
        """Return whether the rest of an unwanted body can be read and dropped.

        Args:
            expected: Whether the client still waits for `100 Continue`, and so may never send it.
        """
        if expected:
            return False
        length = next((value for name, value in self.headers if name == b"content-length"), b"")
        return length.isdigit() and int(length) <= SKIPPED

    def finish(self, *, keep_alive: bool) -> None:
        """Finish the reply: continue with the next request, or close."""
        self.server_state.total_requests += 1
        if self.transport.is_closing():
            return
        if not keep_alive:
            self._close(politely=self.cycle is not None and self.cycle.more_body)
        elif self._queue:
            self._serve(self._queue.popleft())
        elif self._waiting_error:
            self._write_error(self._waiting_error)
        elif self._watch.half_closed:
            self._close()
        else:
            self.flow.resume_reading()
            self.unused_since = None if self._in_head else self.loop.time()

    def pause_reading(self) -> None:
        """Stop reading the body until it is wanted (back-pressure)."""
        self.flow.pause_reading()
        self._watch.start()

    # Called by a request to connect.

    def hand_over(self, protocol: asyncio.Protocol, reply: bytes) -> None:
        """Write a reply, and let another protocol have the connection."""
        self.connections.discard(self)
        self._connect = None
        self.transport.write(reply)
        self.transport.set_protocol(protocol)
        protocol.connection_made(self.transport)
        if self._beyond:
            protocol.data_received(self._beyond)
        self.flow.resume_reading()

    def turn_down(self, reason: BadHead) -> None:
        """Write an error, and close the connection."""
        self._connect = None
        self._write_error(reason)

    def sibling(self) -> HttpProtocol:
        """Return a protocol that serves another connection in the same way."""
        return HttpProtocol(
            self.config,
            self.server_state,
            self.app_state,
            self.loop,
            max_head=self._max_head,
            head_timeout=self._head_timeout,
            fast_path=self._fast_path,
        )

    # Called by the watch.

    def needs_watch(self) -> bool:
        """Whether a disconnect would go unnoticed by reading, and something depends on noticing it."""
        return self._watch.half_closed or self.flow.read_paused

    def question(self) -> bytes:
        """Return harmless bytes that can be sent now; empty if there are none."""
        exchange = self.cycle
        if exchange is None or exchange.complete or exchange.scope["http_version"] == "1.0":
            return b""
        if not exchange.started:
            return CONTINUE
        return b"0" if exchange.chunked else b""

    def give_up(self) -> None:
        """Treat the client as disconnected."""
        if self.cycle is not None:
            self.cycle.lose()
        self.transport.abort()

    # Called by the server.

    def shutdown(self) -> None:
        """Close as soon as the current reply has ended."""
        if self.cycle is None or self.cycle.complete:
            self.transport.close()
        else:
            self.cycle.close_after()

    # Internal.

    def _parse(self, data: bytes) -> None:
        """Parse received data. The parser stops after each upgrade offer; another one continues."""
        rest = memoryview(data)
        while True:
            try:
                self.parser.feed_data(rest)
            except httptools.HttpParserUpgrade as stop:
                rest = rest[stop.args[0] :]
                if self.parser.get_method() == b"CONNECT":
                    self._ask_to_connect(bytes(rest))
                    return
                self._offers_websocket = self._asks_for_websocket()
                self._ignore_offer()
                self._offers_websocket = False
            else:
                return

    def _take_offer(self) -> None:
        """Note an upgrade offer: the parser takes the following data for another protocol, and stops before it."""
        if self.parser.get_method() == b"CONNECT" and self._on_connect is None:
            raise BadHead(501, "This is not a proxy: CONNECT is not supported")
        self._offers_upgrade = True

    def _ask_to_connect(self, rest: bytes) -> None:
        """Have the application decide about a request to connect; meanwhile, nothing more is read."""
        if self.cycle is not None and not self.cycle.complete:
            raise BadHead(400, "Other requests on this connection are not answered yet: CONNECT needs one of its own")
        self.flow.pause_reading()
        self._connect = connect = Connect(self, self.url.decode("latin-1"), self.headers)
        self._beyond = rest
        self.tasks.add(task := self.loop.create_task(self._decide(connect)))
        task.add_done_callback(self.tasks.discard)

    async def _decide(self, connect: Connect) -> None:
        handler = self._on_connect
        try:
            if handler is not None:
                await handler(connect)
        finally:
            if not connect.answered:
                connect.refuse(500, "It could not be decided whether you may connect")

    def _hold(self, data: bytes) -> None:
        """Keep what came with a request to connect for the protocol that gets the connection."""
        self._beyond += data
        if len(self._beyond) > self._max_head:
            self.transport.abort()

    def _ignore_offer(self) -> None:
        """Parse a head again without its upgrade offer: the request is served as if it had none (RFC 9110 7.8)."""
        method, version = self.parser.get_method(), self.parser.get_http_version()
        head = without_upgrade(method, self.url, version, self.headers)
        self.parser = httptools.HttpRequestParser(self)
        self.parser.feed_data(head)

    def _asks_for_websocket(self) -> bool:
        return any(name == b"upgrade" and value.strip().lower() == b"websocket" for name, value in self.headers)

    def _make_scope(self, version: str) -> dict[str, Any]:
        target = httptools.parse_url(self.url)
        raw_path = target.path or b"/"
        path = raw_path.decode("latin-1")
        return {
            "type": "http",
            "method": self.parser.get_method().decode("ascii"),
            "http_version": version,
            "path": unquote(path) if "%" in path else path,
            "raw_path": raw_path,
            "query_string": target.query or b"",
            "headers": self.headers,
            "client": self.client,
            "server": self.server,
            "extensions": {} if self._peer is None else {PEER: self._peer},
        }

    def _answer_at_once(self) -> bool:
        """Answer the request on the fast path; return whether that was possible."""
        earlier = self.cycle
        if (
            self.parser.get_method() != b"GET"
            or self._peer is not None
            or (earlier is not None and not earlier.complete)
        ):
            return False
        if self.flow.write_paused:
            return False
        reply = self._fast_path.reply(self.url, self.headers)
        if reply is None:
            return False
        self.transport.write(whole_reply(reply, self.server_state.default_headers))
        self.finish(keep_alive=True)
        return True

    def _serve(self, exchange: Exchange) -> None:
        exchange.task = self.loop.create_task(exchange.run(self.app))
        self.tasks.add(exchange.task)

    def _expect_head(self) -> None:
        self._head_timer = self.loop.call_later(self._head_timeout, self._head_is_late)

    def _stop_head_timer(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def _head_is_late(self) -> None:
        self._head_timer = None
        if self._in_head:
            self._refuse(BadHead(408, "The head of the request did not arrive in time"))
        else:
            self.transport.close()

    def _too_long(self) -> BadHead:
        status, what = (431, "headers are") if self.headers else (414, "target is")
        return BadHead(status, f"The request's {what} longer than the {self._max_head} bytes that are accepted")

    def _refuse(self, reason: BadHead) -> None:
        """Answer an unparsable request, if that does not disturb the reply to an earlier request."""
        exchange = self.cycle
        if exchange is None or exchange.complete:
            self._write_error(reason)
        elif not exchange.more_body:
            self.flow.pause_reading()
            self._waiting_error = reason
        elif exchange.started or self._queue:
            self.transport.abort()
        else:
            exchange.lose()
            self._write_error(reason)

    def _write_error(self, reason: BadHead) -> None:
        body = error_response(reason.error).body
        head = b"content-type: application/json\r\ncontent-length: %d\r\nconnection: close\r\n\r\n" % len(body)
        self.transport.write(STATUS_LINES[reason.status] + head + body)
        self._close(politely=True)

    def _close(self, *, politely: bool = False) -> None:
        """Close the connection.

        Args:
            politely: Wait for a client that still sends; a closed socket would make it lose what it was sent.
        """
        if not politely:
            self.transport.close()
            return
        self._lingers = True
        self.flow.resume_reading()
        if self.transport.can_write_eof() and not self._watch.half_closed:
            self.transport.write_eof()
        self.loop.call_later(LINGER, self.transport.close)
