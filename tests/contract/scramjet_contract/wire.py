"""HTTP/1.1 without hidden steps: requests sent in pieces, replies read during the request, half-closed sockets.

The usual clients cannot do this (httpx sends the whole request before it reads; requests reads the whole reply), so
this is h11 over a socket. One connection carries one exchange.
"""

from __future__ import annotations

import base64
import contextlib
import select
import socket
import ssl
import struct
import threading
import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import attrs
import h11

from scramjet_contract.http_policy import DIRECT, HttpPolicy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scramjet_contract.exchange import Exchange
    from scramjet_contract.http_policy import Proxy

CHUNK = 64 * 1024


class WireError(Exception):
    """The exchange did not complete; the text says where it stopped."""


class TimedOut(WireError):  # noqa: N818 - reads as what happened
    """Nothing could be received or sent within the time limit."""


class Refused(WireError):  # noqa: N818 - as above
    """No server answers at the address."""


class BrokenOff(WireError):  # noqa: N818 - as above
    """The other side closed the connection before the reply was complete."""


@attrs.frozen
class Address:
    """The address of a Hub.

    Attributes:
        scheme: `http` or `https`.
        host: Name or IP address.
        port: TCP port.
        base: The prefix of every path, such as `/api/v1`; no slash at the end.
        policy: How requests reach it.
    """

    scheme: str
    host: str
    port: int
    base: str
    policy: HttpPolicy = DIRECT

    @classmethod
    def parse(cls, url: str, policy: HttpPolicy = DIRECT) -> Address:
        """Parse an address as users write it; without a path, `/api/v1` is added.

        Raises:
            ValueError: It is not an http or https URL, or contains a user, a query or a fragment.
        """
        try:
            parts = urlsplit(url if "://" in url else f"http://{url}")
            port = parts.port or (443 if parts.scheme == "https" else 80)
        except ValueError:
            raise ValueError(_no_address(url)) from None
        if parts.scheme not in ("http", "https") or not parts.hostname or not _is_sendable(parts.hostname + parts.path):
            raise ValueError(_no_address(url))
        if parts.username is not None or parts.query or parts.fragment:
            raise ValueError("the address of the Hub has a user, a query or a fragment in it; give it without")
        return cls(parts.scheme, parts.hostname, port, parts.path.rstrip("/") or "/api/v1", policy)

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}"

    @property
    def url(self) -> str:
        """The full URL."""
        return self.origin + self.base


def _no_address(url: str) -> str:
    return f"{url!r} is not the address of a Hub; give one like http://127.0.0.1:8000/api/v1"


def _is_sendable(text: str) -> bool:
    return all("!" <= char <= "~" for char in text)


class Deadline:
    """A point in time that limits several waits.

    Args:
        seconds: From now.
        within: An outer deadline that also applies.
    """

    def __init__(self, seconds: float, within: Deadline | None = None) -> None:
        self._at = time.monotonic() + seconds
        if within is not None:
            self._at = min(self._at, within._at)

    def expire(self) -> None:
        """Expire now, for every wait that begins from now on."""
        self._at = 0.0

    @property
    def left(self) -> float:
        """Seconds left, never below zero."""
        return max(self._at - time.monotonic(), 0.0)


def connect(address: Address, deadline: Deadline) -> socket.socket:
    """Open a socket to the Hub, through the proxy if there is one.

    Raises:
        Refused: No server answers there, or not over TLS, or the proxy rejects the tunnel.
        TimedOut: No answer in time.
    """
    proxy = address.policy.proxy
    place = (proxy.host, proxy.port) if proxy else (address.host, address.port)
    try:
        sock = socket.create_connection(place, timeout=max(deadline.left, 0.001))
        try:
            return _prepared(sock, address, deadline)
        except BaseException:
            sock.close()
            raise
    except (OSError, UnicodeError) as error:
        raise _told(error, address) from None


def _prepared(sock: socket.socket, address: Address, deadline: Deadline) -> socket.socket:
    """Prepare the socket for a request: proxy tunnel, TLS, no delay."""
    if address.scheme == "https":
        if address.policy.proxy:
            _tunnel(sock, address, address.policy.proxy, deadline)
        sock.settimeout(max(deadline.left, 0.001))
        sock = address.policy.tls.wrap_socket(sock, server_hostname=address.host)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return sock


def _told(error: OSError | UnicodeError, address: Address) -> WireError:
    """Return the reason for a failed connect, in terms of the Hub."""
    if isinstance(error, TimeoutError):
        return TimedOut(f"{address.origin} does not accept a connection")
    if isinstance(error, ssl.SSLCertVerificationError):
        hint = "give its CA with --ca-file, or --insecure to trust anyone"
        return Refused(f"the certificate of {address.origin} is not trusted ({error.verify_message}); {hint}")
    if isinstance(error, ssl.SSLError):
        return Refused(f"{address.origin} does not speak TLS ({error.reason or error}); is it http rather than https?")
    return Refused(f"{address.origin}: {getattr(error, 'strerror', None) or error}")


def _tunnel(sock: socket.socket, address: Address, proxy: Proxy, deadline: Deadline) -> None:
    """Have the proxy open a tunnel to the Hub."""
    host = f"[{address.host}]" if ":" in address.host else address.host
    target = f"{host}:{address.port}"
    headers = [("Host", target), *proxy_headers(proxy)]
    request = f"CONNECT {target} HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in headers) + "\r\n"
    sock.sendall(request.encode("latin-1"))
    reply = b""
    while b"\r\n\r\n" not in reply:
        sock.settimeout(max(deadline.left, 0.001))
        # One byte at a time: what follows belongs to the Hub.
        byte = sock.recv(1)
        if not byte or len(reply) > CHUNK:
            raise Refused(f"the proxy {proxy.host}:{proxy.port} closed the connection")
        reply += byte
    status = reply.split(b" ")[1:2]
    if status != [b"200"]:
        line = reply.partition(b"\r\n")[0].decode("latin-1")
        raise Refused(f"the proxy {proxy.host}:{proxy.port} does not connect to {target}: {line}")


def proxy_headers(proxy: Proxy | None) -> list[tuple[str, str]]:
    """Return the headers for a proxy besides the request: its credentials."""
    if proxy is None or not proxy.user:
        return []
    secret = base64.b64encode(f"{proxy.user}:{proxy.password}".encode()).decode()
    return [("Proxy-Authorization", f"Basic {secret}")]


class Connection:
    """One exchange over one socket. One thread may send while another reads.

    Args:
        address: The Hub.
        exchange: Records the exchange.
        deadline: The limit for the connect.
    """

    def __init__(self, address: Address, exchange: Exchange, deadline: Deadline) -> None:
        self.exchange = exchange
        self._address = address
        self._sock = connect(address, deadline)
        self._http = h11.Connection(h11.CLIENT, max_incomplete_event_size=256 * 1024)
        self._lock = threading.Lock()
        self._started = time.monotonic()

    def send_head(self, method: str, target: str, headers: Iterable[tuple[str, str]], deadline: Deadline) -> None:
        """Send the request line and the headers, as given."""
        self.exchange.request_headers = list(headers)
        sent = self.exchange.request_headers
        if self._address.policy.proxy and self._address.scheme == "http":
            # A proxy is given the full URL.
            target = self._address.origin + target
            sent = sent + proxy_headers(self._address.policy.proxy)
        raw = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in sent]
        self._send(h11.Request(method=method.encode(), target=target.encode("latin-1"), headers=raw), deadline)

    def send(self, data: bytes, deadline: Deadline) -> None:
        """Send a piece of the body.

        Raises:
            TimedOut: The Hub does not accept it in time.
            BrokenOff: The Hub has closed the connection.
        """
        self.exchange.sent(data)
        self._send(h11.Data(data=data), deadline)

    def end(self, deadline: Deadline) -> None:
        """End the request."""
        self._send(h11.EndOfMessage(), deadline)

    def half_close(self) -> None:
        """Close our sending direction only; the reply can still be read."""
        self._sock.shutdown(socket.SHUT_WR)

    def close(self) -> None:
        """Close the connection in the regular way."""
        self.exchange.seconds = time.monotonic() - self._started
        self._sock.close()

    def abort(self) -> None:
        """Close the connection with a reset."""
        self._sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close()

    def wait_unread(self, deadline: Deadline) -> None:
        """Wait until part of the reply has arrived, without consuming it.

        Raises:
            TimedOut: Nothing came in time.
        """
        if not select.select([self._sock], [], [], deadline.left)[0]:
            raise TimedOut("nothing came within the time")

    def read_informational(self, deadline: Deadline) -> int:
        """Wait for a 1xx reply, such as 100 Continue.

        Returns:
            Its status, or that of the final reply if that came first.
        """
        event = self._next(deadline)
        if isinstance(event, h11.InformationalResponse):
            self.exchange.informational.append(event.status_code)
            return event.status_code
        self._note_head(event)
        return self.exchange.status or 0

    def read_head(self, deadline: Deadline) -> int:
        """Read the status and headers of the reply.

        Raises:
            TimedOut: None arrived in time.
            BrokenOff: The Hub closed the connection without a reply.
        """
        while self.exchange.status is None:
            event = self._next(deadline)
            if isinstance(event, h11.InformationalResponse):
                self.exchange.informational.append(event.status_code)
            else:
                self._note_head(event)
        return self.exchange.status

    def read_chunk(self, deadline: Deadline) -> bytes | None:
        """Read the next part of the reply's body; None at its end.

        Raises:
            TimedOut: Nothing came in time.
            BrokenOff: The connection ended before the body did.
        """
        event = self._next(deadline)
        self.exchange.seconds = time.monotonic() - self._started
        if isinstance(event, h11.Data):
            data = bytes(event.data)
            self.exchange.received(data)
            return data
        if not isinstance(event, h11.EndOfMessage):
            raise BrokenOff(f"expected more of the reply, got {event!r}")
        self.exchange.ended = True
        return None

    def _note_head(self, event: object) -> None:
        if not isinstance(event, h11.Response):
            raise BrokenOff(f"expected a reply, got {event!r}")
        self.exchange.status = event.status_code
        self.exchange.reply_headers = [(name.decode(), value.decode("latin-1")) for name, value in event.headers]
        self.exchange.seconds = time.monotonic() - self._started

    def _send(self, event: h11.Request | h11.Data | h11.EndOfMessage, deadline: Deadline) -> None:
        with self._lock:
            raw = self._http.send(event)
        if not raw:
            return
        self._sock.settimeout(max(deadline.left, 0.001))
        try:
            self._sock.sendall(raw)
        except TimeoutError:
            raise TimedOut(f"the Hub took nothing more after {self.exchange.request_size} bytes") from None
        except OSError as error:
            raise BrokenOff(f"the Hub closed while the request was being sent: {error}") from None

    def _next(self, deadline: Deadline) -> object:
        while True:
            with self._lock, _translated():
                event = self._http.next_event()
            if event is not h11.NEED_DATA:
                return event
            data = self._receive(deadline)
            with self._lock:
                self._http.receive_data(data)

    def _receive(self, deadline: Deadline) -> bytes:
        self._sock.settimeout(max(deadline.left, 0.001))
        try:
            return self._sock.recv(CHUNK)
        except TimeoutError:
            where = "no reply" if self.exchange.status is None else f"nothing after {self.exchange.reply_size} bytes"
            raise TimedOut(f"{where} within the time") from None
        except OSError as error:
            raise BrokenOff(f"the connection broke: {error}") from None


@contextlib.contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except h11.RemoteProtocolError as error:
        raise BrokenOff(f"the reply broke off or is not HTTP: {error}") from None
