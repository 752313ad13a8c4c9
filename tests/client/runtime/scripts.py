"""Scripts of servers: actions on a connection.

A reply after which the connection ends says so; otherwise the client might send its next request to a connection that
is just being closed.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.client.runtime.servers import Peer, Server


async def answer(server: Server, peer: Peer) -> None:
    while True:
        await server.record(peer)
        server.bodies.append(await peer.body())
        await peer.send_reply(200, b'{"version": "1"}', x_request_id="r1")


async def close_without_reply(server: Server, peer: Peer) -> None:
    await server.record(peer)
    if len(server.requests) == 3:
        await peer.send_reply(connection="close")


async def reset_inside_reply(server: Server, peer: Peer) -> None:
    await server.record(peer)
    await peer.send(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nnot all")
    peer.reset()


async def cut_inside_reply(server: Server, peer: Peer) -> None:
    await server.record(peer)
    await peer.send(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nnot all")


async def talk_nonsense(server: Server, peer: Peer) -> None:
    await server.record(peer)
    await peer.send(b"SSH-2.0-OpenSSH_9\r\n\r\n")


async def stall(server: Server, peer: Peer) -> None:
    await server.record(peer)
    await peer.closed()


async def stall_unread(_server: Server, peer: Peer) -> None:
    """Say nothing, whatever comes."""
    await peer.closed()


async def hang_up(_server: Server, peer: Peer) -> None:
    """Close the connection in the middle of what the client begins with, as a handshake."""
    await peer.reader.readexactly(1)


async def answer_late(server: Server, peer: Peer) -> None:
    await server.record(peer)
    await asyncio.sleep(0.4)
    await peer.send_reply(connection="close")


async def busy_once(server: Server, peer: Peer) -> None:
    while True:
        request = await server.record(peer)
        await peer.body()
        if len(server.requests) == 1:
            status = int(request.headers["x-status"])
            await peer.send_reply(status, b'{"error": "busy"}', retry_after=request.headers["x-after"])
        else:
            await peer.send_reply()


async def echo_status(server: Server, peer: Peer) -> None:
    while True:
        request = await server.record(peer)
        await peer.body()
        status = int(request.target.rsplit("/", 1)[1])
        said = b'{"error": "because secret-token"}'
        await peer.send_reply(status, said, content_type="application/json", x_request_id="r7")


async def fail_as_text(server: Server, peer: Peer) -> None:
    await server.record(peer)
    await peer.send_reply(500, b"415: Invalid content-type", connection="close")


async def echo_path(server: Server, peer: Peer) -> None:
    while True:
        request = await server.record(peer)
        await peer.send_reply(200, request.target.rsplit("/", 1)[1].encode())


def records(count: int) -> bytes:
    """Give some records as ndjson."""
    return b"".join(b'{"n":%d}\n' % number for number in range(count))


async def stream_records(server: Server, peer: Peer) -> None:
    while True:
        await server.record(peer)
        await peer.begin_chunked()
        for start in range(0, 40, 7):
            # Cut anywhere, as networks do.
            await peer.send_chunk(records(5)[start : start + 7])
        await peer.send_chunk(b"")


async def cut_inside_stream(server: Server, peer: Peer) -> None:
    await server.record(peer)
    await peer.begin_chunked()
    await peer.send_chunk(b'{"n":0}\n{"n":1}\n{"n"')


async def cut_inside_chunk(server: Server, peer: Peer) -> None:
    await server.record(peer)
    await peer.begin_chunked()
    await peer.send(b'1000\r\n{"n":0}\n{"n":1}\n{"n"')


async def reset_inside_stream(server: Server, peer: Peer) -> None:
    await server.record(peer)
    await peer.begin_chunked()
    await peer.send_chunk(b'{"n":0}\n')
    # Only when the client says that it has seen this much: a reset throws away what is under way.
    await server.told.wait()
    peer.reset()


async def stall_inside_stream(server: Server, peer: Peer) -> None:
    await server.record(peer)
    await peer.begin_chunked()
    await peer.send_chunk(b'{"n":0}\n')
    await peer.closed()


async def stream_when_told(server: Server, peer: Peer) -> None:
    await server.record(peer)
    await peer.begin_chunked()
    await server.told.wait()
    await peer.send_chunk(b'{"n":0}\n')
    await peer.send_chunk(b"")


async def pour(server: Server, peer: Peer) -> None:
    """Send for ever, as fast as the client takes it."""
    await server.record(peer)
    await peer.begin_chunked()
    while True:
        await peer.send_chunk(bytes(65536))
        server.counted += 65536


async def take_upload(server: Server, peer: Peer) -> None:
    while True:
        await server.record(peer)
        server.bodies.append(await peer.body())
        await peer.send_reply(200, b'{"size": %d}' % len(server.bodies[-1]))


async def take_slowly(server: Server, peer: Peer) -> None:
    """Take the beginning of an upload, and the rest when told."""
    await server.record(peer)
    server.bodies.append(await peer.chunk())
    await server.told.wait()
    while chunk := await peer.chunk():
        server.bodies.append(chunk)
    await peer.send_reply(connection="close")


async def refuse_upload(server: Server, peer: Peer) -> None:
    """Refuse an upload at its head, and read none of it, as a server does that knows the media type is wrong."""
    await server.record(peer)
    await peer.send_reply(415, b'{"error": "not that"}', connection="close")
    await peer.closed()


async def refuse_and_close(server: Server, peer: Peer) -> None:
    await server.record(peer)
    await peer.send_reply(415, b'{"error": "not that"}', connection="close")


async def break_off_upload(server: Server, peer: Peer) -> None:
    await server.record(peer)
    await peer.chunk()
    peer.reset()


async def echo(server: Server, peer: Peer) -> None:
    """Send each chunk back in capitals as soon as it has come."""
    await server.record(peer)
    await peer.begin_chunked()
    while chunk := await peer.chunk():
        await peer.send_chunk(chunk.upper())
    await peer.send_chunk(b"")


async def echo_late(server: Server, peer: Peer) -> None:
    """Begin the reply with the first byte of its body, as some servers do."""
    await server.record(peer)
    chunk = await peer.chunk()
    await peer.begin_chunked()
    while chunk:
        await peer.send_chunk(chunk.upper())
        chunk = await peer.chunk()
    await peer.send_chunk(b"")


async def stop_early(server: Server, peer: Peer) -> None:
    """End the reply before the request has ended."""
    await server.record(peer)
    await peer.begin_chunked()
    await peer.send_chunk(await peer.chunk())
    await peer.send_chunk(b"")
    await peer.closed()


async def instance(server: Server, peer: Peer) -> None:
    """Be an Instance that says each line of its stdin on stdout, and its length on stderr."""
    request = await server.record(peer)
    name = request.target.rsplit("/", 1)[1]
    if name == "stdin":
        while chunk := await peer.chunk():
            await server.queues["stdout"].put(chunk)
            await server.queues["stderr"].put(b"%d\n" % len(chunk.strip()))
        for queue in server.queues.values():
            await queue.put(b"")
        await peer.send_reply(200, b"")
        return
    gone = asyncio.create_task(peer.closed())
    saying = asyncio.create_task(_say(server.queues[name], peer))
    await asyncio.wait({gone, saying}, return_when=asyncio.FIRST_COMPLETED)
    gone.cancel()
    saying.cancel()
    await asyncio.wait({gone, saying})


async def _say(queue: asyncio.Queue[bytes], peer: Peer) -> None:
    # The reply begins with the first byte, as with some servers.
    chunk = await queue.get()
    await peer.begin_chunked()
    while chunk:
        await peer.send_chunk(chunk)
        chunk = await queue.get()
    await peer.send_chunk(b"")


CUT = "".join(f'{{"n":{number},"t":"ż\u2028ó"}}\n' for number in range(12)).encode()
"""Records whose text takes several bytes a character."""


async def stream_in_pieces(server: Server, peer: Peer) -> None:
    """Send `CUT` in chunks of the sizes that the path names, letting the client run between them."""
    while True:
        request = await server.record(peer)
        await peer.begin_chunked()
        start = 0
        for size in (int(size) for size in request.target.rsplit("/", 1)[1].split(",")):
            if CUT[start : start + size]:
                await peer.send_chunk(CUT[start : start + size])
            start += size
            await asyncio.sleep(0)
        if CUT[start:]:
            await peer.send_chunk(CUT[start:])
        await peer.send_chunk(b"")
        if request.method == "POST":
            return


async def explain_slowly(server: Server, peer: Peer) -> None:
    """Begin to say why it fails, and never end."""
    await server.record(peer)
    await peer.body()
    await peer.send(b'HTTP/1.1 422 Why\r\ncontent-length: 1000\r\n\r\n{"error": "beca')
    await peer.closed()


async def explain_in_part(server: Server, peer: Peer) -> None:
    await server.record(peer)
    await peer.body()
    await peer.send(b'HTTP/1.1 422 Why\r\ncontent-length: 1000\r\n\r\n{"error": "beca')


async def explain_in_drips(server: Server, peer: Peer) -> None:
    """Say why it fails, and never come to the point."""
    await server.record(peer)
    await peer.body()
    await peer.send(b'HTTP/1.1 422 Why\r\ncontent-length: 1000\r\n\r\n{"error": "beca')
    while True:
        await peer.send(b" ")
        await asyncio.sleep(0.02)


async def drip(server: Server, peer: Peer) -> None:
    """Send a body of which there is always a little more."""
    await server.record(peer)
    await peer.begin_chunked()
    while True:
        await peer.send_chunk(b" ")
        await asyncio.sleep(0.02)


async def drip_head(server: Server, peer: Peer) -> None:
    await server.record(peer)
    await peer.send(b"HTTP/1.1 200 OK\r\n")
    while True:
        await peer.send(b"x: y\r\n")
        await asyncio.sleep(0.02)


async def delete_and_forget(server: Server, peer: Peer) -> None:
    """Delete what is asked for, and lose the reply; there is nothing to delete afterwards."""
    await server.record(peer)
    if len(server.requests) > 1:
        await peer.send_reply(404, b'{"error": "not found"}', connection="close")


async def echo_without_length(server: Server, peer: Peer) -> None:
    """Send a body that ends with the connection."""
    await server.record(peer)
    await peer.send(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\nsome\n")
    await peer.closed()


async def redirect(server: Server, peer: Peer) -> None:
    request = await server.record(peer)
    location = "https://elsewhere.example/api/v1" + request.target
    await peer.send_reply(307, b"", location=location, connection="close")


async def answer_with(server: Server, peer: Peer, *, status: int, body: bytes, headers: dict[str, str]) -> None:
    while True:
        await server.record(peer)
        await peer.body()
        await peer.send_reply(status, body, **headers)
