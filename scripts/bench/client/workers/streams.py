"""Moves a stream once: `streams.py CONTENDER WORK URL COUNT`; prints seconds, and how much the memory's peak grew.

WORK is download (COUNT bytes), upload (COUNT bytes of pieces), file (COUNT bytes of a file) or records (COUNT of them).
Every contender gets a process of its own, so that each peak of memory is its own.
"""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

PIECE = bytes(1 << 16)


def pieces(count: int) -> Iterator[bytes]:
    """Yield so many bytes."""
    for _ in range(count // len(PIECE)):
        yield PIECE


async def async_pieces(count: int) -> AsyncIterator[bytes]:
    """Yield so many bytes."""
    for _ in range(count // len(PIECE)):
        yield PIECE


def _call(method: str, path: str, **options: Any) -> Any:
    from scramjet_client._runtime.call import Call

    return Call(operation_id="bench", method=method, path=path, **options)


async def ours(work: str, url: str, count: int, file: Path) -> int:
    """Do it with our async client."""
    from scramjet_client import HostClient

    async with HostClient(url + "/api") as host:
        connection = host.connection
        if work == "download":
            async with connection.open(_call("GET", f"/bytes/{count}", down="stream")) as stream:
                return sum([len(chunk) async for chunk in stream])
        if work == "records":
            async with connection.open(_call("GET", f"/records/{count}", down="stream")) as stream:
                return sum([1 async for _ in stream.records()])
        body = file if work == "file" else async_pieces(count)
        await connection.send(_call("POST", "/upload", body=body, content_type="application/octet-stream"))
        return count


def ours_blocking(work: str, url: str, count: int, file: Path) -> int:
    """Do it with our blocking client."""
    from scramjet_client.sync import HostClient

    with HostClient(url + "/api") as host:
        connection = host.connection
        if work == "download":
            with connection.open(_call("GET", f"/bytes/{count}", down="stream")) as stream:
                return sum(len(chunk) for chunk in stream)
        if work == "records":
            with connection.open(_call("GET", f"/records/{count}", down="stream")) as stream:
                return sum(1 for _ in stream.records())
        body = file if work == "file" else pieces(count)
        connection.send(_call("POST", "/upload", body=body, content_type="application/octet-stream"))
        return count


async def bare_httpx(work: str, url: str, count: int, file: Path) -> int:  # noqa: ARG001 -- it takes no file
    """Do it with httpx alone, async."""
    import httpx

    async with httpx.AsyncClient(timeout=None) as client:  # noqa: S113 -- as long as it takes
        if work == "upload":
            await client.post(f"{url}/upload", content=async_pieces(count))
            return count
        path = "bytes" if work == "download" else "records"
        async with client.stream("GET", f"{url}/{path}/{count}") as reply:
            if work == "download":
                return sum([len(chunk) async for chunk in reply.aiter_bytes()])
            return len([1 async for line in reply.aiter_lines() if json.loads(line)])


def bare_httpx_blocking(work: str, url: str, count: int, file: Path) -> int:
    """Do it with httpx alone, blocking."""
    import httpx

    with httpx.Client(timeout=None) as client:  # noqa: S113 -- as above
        if work == "upload":
            client.post(f"{url}/upload", content=pieces(count))
            return count
        if work == "file":
            with file.open("rb") as opened:
                client.post(f"{url}/upload", content=opened)
            return count
        path = "bytes" if work == "download" else "records"
        with client.stream("GET", f"{url}/{path}/{count}") as reply:
            if work == "download":
                return sum(len(chunk) for chunk in reply.iter_bytes())
            return sum(1 for line in reply.iter_lines() if json.loads(line))


async def bare_aiohttp(work: str, url: str, count: int, file: Path) -> int:
    """Do it with aiohttp alone."""
    import aiohttp

    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=None)) as session:
        if work == "upload":
            async with session.post(f"{url}/upload", data=async_pieces(count)):
                return count
        if work == "file":
            with file.open("rb") as opened:
                async with session.post(f"{url}/upload", data=opened):
                    return count
        path = "bytes" if work == "download" else "records"
        async with session.get(f"{url}/{path}/{count}") as reply:
            if work == "download":
                return sum([len(chunk) async for chunk in reply.content.iter_any()])
            return len([1 async for line in reply.content if json.loads(line)])


async def published(work: str, url: str, count: int, file: Path) -> int:  # noqa: ARG001 -- it takes no file
    """Do it with the published client, whose streams are lines of text and whose uploads are held whole."""
    if work != "records":
        raise ValueError(f"the published client has no {work}")
    from client.host_client import HostClient

    lines = HostClient(url)._get_stream(f"records/{count}")  # its public methods have fixed paths
    return len([1 async for line in lines if json.loads(line)])


CONTENDERS = {
    "ours": ours,
    "ours-blocking": ours_blocking,
    "httpx": bare_httpx,
    "httpx-blocking": bare_httpx_blocking,
    "aiohttp": bare_aiohttp,
    "published": published,
}


def once(name: str, work: str, url: str, count: int, file: Path) -> int:
    """Do it, and give what came."""
    result: Any = CONTENDERS[name](work, url, count, file)
    return int(asyncio.run(result) if asyncio.iscoroutine(result) else result)


def peak() -> int:
    """Return the most memory that this process has had, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def main(name: str, work: str, url: str, count: int) -> dict[str, float]:
    """Warm up with a little, then do all of it."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "upload")
        warm = 1 << 22 if work != "records" else 2000
        for amount in (warm, count):
            with file.open("wb") as opened:
                opened.truncate(amount if work == "file" else 0)
            before, start = peak(), time.perf_counter()
            got = once(name, work, url, amount, file)
            seconds = time.perf_counter() - start
            assert got == amount, (got, amount)  # noqa: S101 -- the work must have been done
    return {"seconds": seconds, "growth": peak() - before}


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]))))
