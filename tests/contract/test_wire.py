"""The wire tells what really happened on a connection."""

from __future__ import annotations

import contextlib
import socket
import threading
from typing import TYPE_CHECKING

import pytest
from scramjet_contract.exchange import Exchange
from scramjet_contract.wire import Address, BrokenOff, Connection, Deadline, Refused, TimedOut

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextlib.contextmanager
def serving(act: Callable[[socket.socket], None]) -> Iterator[Address]:
    """A server that does one thing with its first connection."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            connection, _ = listener.accept()
            with connection:
                act(connection)

        thread = threading.Thread(target=serve)
        thread.start()
        yield Address.parse(f"http://127.0.0.1:{listener.getsockname()[1]}")
        thread.join(5)
        assert not thread.is_alive()


def connected(address: Address) -> Connection:
    connection = Connection(address, Exchange("x", "GET", address.url), Deadline(5))
    connection.send_head("GET", "/x", [("Host", "hub"), ("Transfer-Encoding", "chunked")], Deadline(5))
    return connection


def read_request(connection: socket.socket, end: bytes = b"\r\n\r\n") -> bytes:
    data = b""
    while end not in data and (more := connection.recv(65536)):
        data += more
    return data


HEAD = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("http://h:1/api/v1/", "http://h:1/api/v1"),
        ("h:1", "http://h:1/api/v1"),
        ("https://h", "https://h:443/api/v1"),
        ("http://[::1]:8000/x", "http://[::1]:8000/x"),
    ],
)
def test_addresses(text: str, url: str) -> None:
    assert Address.parse(text).url == url


@pytest.mark.parametrize("text", ["ftp://h", "http://", "http://h:port"])
def test_what_is_no_address(text: str) -> None:
    with pytest.raises(ValueError, match=r"address|[Pp]ort"):
        Address.parse(text)


def test_reads_a_reply_before_the_request_has_ended() -> None:
    def act(server: socket.socket) -> None:
        read_request(server)
        server.sendall(HEAD + b"3\r\none\r\n")
        assert b"two" in read_request(server, b"0\r\n\r\n")
        server.sendall(b"0\r\n\r\n")

    with serving(act) as address, contextlib.closing(connected(address)) as client:
        assert client.read_head(Deadline(5)) == 200
        assert client.read_chunk(Deadline(5)) == b"one"
        client.send(b"two", Deadline(5))
        client.end(Deadline(5))
        assert client.read_chunk(Deadline(5)) is None
        assert client.exchange.ended


def test_tells_a_broken_reply_from_a_complete_one() -> None:
    def act(server: socket.socket) -> None:
        read_request(server)
        server.sendall(HEAD + b"3\r\none\r\n")

    with serving(act) as address, contextlib.closing(connected(address)) as client:
        client.read_head(Deadline(5))
        assert client.read_chunk(Deadline(5)) == b"one"
        with pytest.raises(BrokenOff):
            client.read_chunk(Deadline(5))
        assert not client.exchange.ended


def test_does_not_wait_for_ever() -> None:
    over = threading.Event()

    def act(_server: socket.socket) -> None:
        over.wait(5)

    with serving(act) as address, contextlib.closing(connected(address)) as client:
        with pytest.raises(TimedOut, match="no reply"):
            client.read_head(Deadline(0.05))
        over.set()


def test_notices_who_is_not_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = Address.parse(f"127.0.0.1:{listener.getsockname()[1]}")
    with pytest.raises(Refused):
        Connection(address, Exchange("x", "GET", ""), Deadline(5))


def test_notes_informational_replies() -> None:
    def act(server: socket.socket) -> None:
        read_request(server)
        server.sendall(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n")

    with serving(act) as address, contextlib.closing(connected(address)) as client:
        assert client.read_informational(Deadline(5)) == 100
        assert client.read_head(Deadline(5)) == 204
        assert client.exchange.informational == [100]


def test_half_a_close_still_reads() -> None:
    def act(server: socket.socket) -> None:
        while server.recv(65536):
            pass
        server.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")

    with serving(act) as address, contextlib.closing(connected(address)) as client:
        client.end(Deadline(5))
        client.half_close()
        assert client.read_head(Deadline(5)) == 200
        assert client.read_chunk(Deadline(5)) == b"ok"


def test_deadlines_can_be_shared_and_ended() -> None:
    outer = Deadline(0)
    assert Deadline(10, outer).left == 0
    later = Deadline(10)
    assert later.left > 5
    later.expire()
    assert later.left == 0
