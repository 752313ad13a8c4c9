"""Opens a tunnel: a connection on which a Space has answered CONNECT."""

from __future__ import annotations

import asyncio
import ssl
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import attrs
import orjson
from scramjet_serving.access import cnonce
from scramjet_serving.http1.liveness import keep_alive

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scramjet_hub.config import HubConfig

# Seconds for a Space to accept the connection and to answer.
PATIENCE: Final = 30.0
MOST_HEAD: Final = 64 * 1024
PORTS: Final = {"http": 80, "https": 443}


class Refused(Exception):  # noqa: N818 - states a condition
    """The Space has refused the Hub.

    Args:
        status: Its status.
        text: What it said.
    """

    def __init__(self, status: int, text: str) -> None:
        super().__init__(f"it answered {status}: {text}" if text else f"it answered {status}")
        self.status = status


@attrs.frozen
class Door:
    """Where to join a Space.

    Attributes:
        host: The host.
        port: The port.
        secure: Whether over TLS.
        target: The target of CONNECT.
        authority: Host and port as in the URL.
    """

    host: str
    port: int
    secure: bool
    target: str
    authority: str

    @classmethod
    def of(cls, config: HubConfig) -> Door:
        """Return where the options say.

        Raises:
            ValueError: The URL cannot be used; the text says why.
        """
        url = urlsplit(config.space)
        if url.scheme not in PORTS or not url.hostname:
            raise ValueError("but should look like http://HOST:PORT or https://HOST")
        if url.username or url.query or url.fragment:
            raise ValueError("but should be an address alone, without a user, a query or a fragment")
        # The empty part is an organisation, which Platforms of ours do not have.
        path = url.path.rstrip("/").removesuffix("/api/v1")
        return cls(
            url.hostname,
            url.port or PORTS[url.scheme],
            url.scheme == "https",
            f"{path}/api/v1//{config.space_id}/",
            url.netloc,
        )


async def connect(door: Door, config: HubConfig, hub_id: str) -> tuple[asyncio.Transport, bytes]:
    """Open a tunnel.

    Args:
        door: Where.
        config: The options of the Hub.
        hub_id: Its id.

    Returns:
        The connection, on which nothing is read yet, and what came after the answer.

    Raises:
        Refused: The Space does not accept the Hub.
        OSError: It cannot be reached, or does not answer.
    """
    head = await _head(door, config, hub_id)
    loop = asyncio.get_running_loop()
    context = ssl.create_default_context(cafile=config.space_ca or None) if door.secure else None
    async with asyncio.timeout(PATIENCE):
        transport, handshake = await loop.create_connection(Handshake, door.host, door.port, ssl=context)
        try:
            if (connection := transport.get_extra_info("socket")) is not None:
                keep_alive(connection)
            transport.write(head)
            rest = await handshake.accepted
        except BaseException:
            transport.abort()
            raise
    return transport, rest


async def _head(door: Door, config: HubConfig, hub_id: str) -> bytes:
    headers: Mapping[str, str] = {
        "Host": door.authority,
        "x-sth-id": hub_id,
        "x-manager-id": config.space_id,
        "x-sth-description": config.description,
        "x-sth-tags": orjson.dumps(list(config.tag)).decode(),
    }
    if config.space_key:
        headers = {**headers, "Authorization": await asyncio.to_thread(cnonce.header, config.space_key)}
    lines = [
        f"CONNECT {door.target} HTTP/1.1",
        *(f"{name}: {' '.join(text.split())}" for name, text in headers.items()),
    ]
    return "\r\n".join([*lines, "", ""]).encode()


class Handshake(asyncio.Protocol):
    """Reads the answer to CONNECT.

    Attributes:
        accepted: Done with what came after the answer, if that was positive.
    """

    def __init__(self) -> None:
        self.accepted: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self._data = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        self._transport = transport  # type: ignore[assignment]  # of TCP or TLS

    def data_received(self, data: bytes) -> None:
        """Read the head of the answer, and of a refusal what it says."""
        self._data += data
        head, end, rest = self._data.partition(b"\r\n\r\n")
        if self.accepted.done():
            return
        if not end:
            if len(self._data) > MOST_HEAD:
                self._fail(ConnectionError("It answered something that is not HTTP"))
            return
        words = head.split(b"\r\n")[0].split(b" ")
        if len(words) < 2 or not words[0].startswith(b"HTTP/1.") or not words[1].isdigit():
            self._fail(ConnectionError("It answered something that is not HTTP"))
        elif words[1].startswith(b"2") and self._transport is not None:
            self._transport.pause_reading()
            self.accepted.set_result(rest)

    def eof_received(self) -> None:
        """Handle the end: a refusal is then complete."""
        head, _, rest = self._data.partition(b"\r\n\r\n")
        words = head.split(b"\r\n")[0].split(b" ")
        if len(words) > 1 and words[1].isdigit():
            self._fail(Refused(int(words[1]), _text(rest)))
        else:
            self._fail(ConnectionError("It closed the connection without an answer"))

    def connection_lost(self, exc: Exception | None) -> None:
        """Handle the loss of the connection."""
        self.eof_received()
        self._fail(exc or ConnectionError("It closed the connection"))

    def _fail(self, error: Exception) -> None:
        if not self.accepted.done():
            self.accepted.set_exception(error)
            self.accepted.exception()


def _text(body: bytes) -> str:
    """Return what a refusal says."""
    try:
        told = orjson.loads(body)["error"]
    except (ValueError, KeyError, TypeError):
        told = body.decode("utf-8", "replace")
    return " ".join(str(told).split())[:500]
