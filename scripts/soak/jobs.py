"""The load on Instances: each job does one thing a user does, or breaks off in the middle of it, and checks it."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from typing import TYPE_CHECKING, Any

import psutil

from scripts.soak.ledger import EndedEarlyError, WrongError
from scripts.soak.records import Follower, lines
from scripts.soak.wire import connected

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from scramjet_client import InstanceClient

    from scripts.soak.job import Job

DYING = 10.0
BYTES: Any = "application/octet-stream"


async def whole_lines(source: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The lines of a stream; what follows the last line end is left out."""
    rest = b""
    async for chunk in source:
        *ended, rest = (rest + chunk).split(b"\n")
        for text in ended:
            yield text


def check_echo(job: Job, sent: bytes, received: bytes) -> None:
    """Check that all came back.

    Raises:
        WrongError: Something else did.
    """
    if sent != received:
        pairs = enumerate(zip(sent, received, strict=False))
        same = next((place for place, (one, other) in pairs if one != other), min(len(sent), len(received)))
        kind = EndedEarlyError if same == len(received) else WrongError
        raise kind(f"an echo of {len(sent)} bytes has {len(received)}, and differs from byte {same} on")
    job.ledger.counts["bytes echoed and checked"] += len(received)


async def echo_both_ways(job: Job) -> None:
    """Send and receive in one exchange."""
    sent = lines(job.choice, job.name, job.choice.randrange(1, 400))
    sequence = job.choice.choice([name for name in job.standing if name.endswith("echo")])
    async with job.run(sequence) as instance, instance.inout(content_type=BYTES) as exchange:
        sending = asyncio.create_task(_send(exchange, sent))
        try:
            received = b"".join([chunk async for chunk in exchange])
            await sending
        finally:
            sending.cancel()
    check_echo(job, b"".join(sent), received)


async def _send(exchange: Any, sent: list[bytes]) -> None:
    for start in range(0, len(sent), 7):
        await exchange.send(b"".join(sent[start : start + 7]))
    await exchange.end()


async def echo_apart(job: Job) -> None:
    """Write in several requests, and read all of it in another."""
    sent = [b"".join(lines(job.choice, f"{job.name}-{part}", job.choice.randrange(1, 100))) for part in range(3)]
    sequence = job.choice.choice([name for name in job.standing if name.endswith("echo")])
    async with job.run(sequence) as instance, instance.output as output:
        reading = asyncio.create_task(output.read())
        try:
            for part in sent:
                await instance.send_input(part, content_type=BYTES, end_stream=part is sent[-1])
            received = await reading
        finally:
            reading.cancel()
    check_echo(job, b"".join(sent), received)


async def count_and_end(job: Job) -> None:
    """Read what an Instance counts, leave, come back, and end it in one of several ways; nothing of it survives."""
    async with job.run("counter", job.name) as instance:
        async with instance.stdout as stdout:
            first = await anext(whole_lines(stdout))
        pids = [int(text) for text in first.split()]
        await _leave_in_the_middle(job, instance)
        async with instance.output as output:
            await _end_while_reading(job, instance, output, pids)
        info = await instance.wait(timeout=DYING)
        if info.terminated is None or info.terminated.exitcode not in (137, 138, -9):
            raise WrongError(f"an Instance that was ended shows {info.terminated}")
    await _gone(pids)


async def _leave_in_the_middle(job: Job, instance: InstanceClient) -> None:
    """Read for a while over a connection that then breaks."""
    async with connected(job.port) as wire:
        await wire.request("GET", f"/instance/{instance.id}/output", BYTES)
        head = await wire.reader.readuntil(b"\r\n\r\n")
        if b" 200 " not in head.partition(b"\r\n")[0]:
            raise WrongError(f"reading the output gave {head!r}")
        await wire.reader.readexactly(job.choice.randrange(1, 3000))
        wire.reset()
    job.ledger.counts["connections dropped while reading"] += 1


async def _end_while_reading(job: Job, instance: InstanceClient, output: Any, pids: list[int]) -> None:
    """End the Instance while its output is read; what comes until the end has to be in order."""
    follower, fragment, count, doom = Follower(anywhere=True), True, 0, job.choice.randrange(1, 2000)
    async for text in whole_lines(output):
        # A reader joins where the others are, which may be within a line.
        if not fragment:
            follower.take(text)
        fragment = False
        count += 1
        if count == doom:
            await _end(job, instance, pids[0])
    if count < doom:
        raise EndedEarlyError(f"the output of an Instance that still ran ended after {count} lines")
    job.ledger.counts["lines of Instances checked"] += count


async def _end(job: Job, instance: InstanceClient, pid: int) -> None:
    way = job.choice.choice(("stopped", "killed", "killed from outside"))
    if way == "stopped":
        await instance.stop(3)
    elif way == "killed":
        await instance.kill()
    else:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    job.ledger.counts[f"Instances {way}"] += 1


async def _gone(pids: list[int]) -> None:
    """Wait until processes have ended.

    Raises:
        WrongError: One of them goes on.
    """
    for _ in range(int(DYING / 0.05)):
        left = [pid for pid in pids if psutil.pid_exists(pid) and _runs(pid)]
        if not left:
            return
        await asyncio.sleep(0.05)
    raise WrongError(f"processes {left} outlived their Instance")


def _runs(pid: int) -> bool:
    with contextlib.suppress(psutil.Error):
        process = psutil.Process(pid)
        # Another process may have the id by now.
        return process.status() != psutil.STATUS_ZOMBIE and "SCRAMJET_HUB_DIR" in process.environ()
    return False


async def events(job: Job) -> None:
    """Ask by events and get each answer, in order."""
    async with job.run("mirror") as instance:
        await instance.wait("running", timeout=DYING)
        async with instance.get_event_stream("answer") as answers:
            asked = list(range(job.choice.randrange(1, 30)))
            for number in asked:
                await instance.send_event("ask", {"job": job.name, "number": number})
            came = []
            async for answer in answers.records():
                came.append(answer)
                if len(came) == len(asked):
                    break
    if came != [{"job": job.name, "number": number} for number in asked]:
        kind = EndedEarlyError if len(came) < len(asked) else WrongError
        raise kind(f"{len(asked)} questions were answered by {came}")
    job.ledger.counts["events answered"] += len(came)


async def break_off_input(job: Job) -> None:
    """Write to an Instance over a connection that breaks; what had come whole is echoed, in order."""
    sent = lines(job.choice, job.name, 50)
    async with job.run("echo") as instance, instance.output as output:
        async with connected(job.port) as wire:
            await wire.request("POST", f"/instance/{instance.id}/input", BYTES, chunked=True)
            for text in sent:
                await wire.chunk(text)
            await wire.send(b"ff\r\nnever whole")
            wire.reset()
        job.ledger.counts["connections dropped while writing"] += 1
        await instance.send_input(b"\nthe end\n", content_type=BYTES)
        received = await output.read()
    _check_broken_off(b"".join(sent), received)


def _check_broken_off(sent: bytes, received: bytes) -> None:
    """Check what came of input that broke off: a reset may lose its end, and nothing but its end."""
    came, mark, rest = received.partition(b"\nthe end\n")
    came = came.removesuffix(b"never whole") if mark else came
    if rest or not sent.startswith(came) or not mark:
        kind = WrongError if mark else EndedEarlyError
        raise kind(f"of an input of {len(sent)} bytes that broke off came {len(received)}: {received[-80:]!r}")
