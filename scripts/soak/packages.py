"""The Sequences that are run under load."""

from __future__ import annotations

import gzip
import io
import json
import shutil
import tarfile

# What numbers() writes is what scripts.soak.records writes.
NUMBERS = """
import zlib

def line(writer, number):
    body = b"%s %d %s" % (writer.encode(), number, b"")
    return b'"%s %08x"\\n' % (body, zlib.crc32(body))
"""

ECHO = """
async def run(context, input):
    async for chunk in input:
        yield chunk
"""

NODE_ECHO = """
const { PassThrough } = require("stream");

module.exports = function (input) {
    return input.pipe(new PassThrough());
};
"""

COUNTER = f"""
import asyncio, os, subprocess
{NUMBERS}
async def run(context, input, writer):
    stopping = asyncio.Event()
    context.set_stop_handler(lambda timeout, can_keep_alive: stopping.set())
    # A child that would outlive us if it could, in a session of its own.
    child = subprocess.Popen(["sleep", "1000"], start_new_session=True)
    print(os.getpid(), child.pid, flush=True)
    number = 0
    while not stopping.is_set():
        yield b"".join(line(writer, number + more) for more in range(20))
        number += 20
        await asyncio.sleep(0.002)
"""

MIRROR = """
import asyncio

async def run(context, input):
    context.on("ask", lambda message: context.emit("answer", message))
    await asyncio.get_running_loop().create_future()
"""

DIGEST = """
import hashlib
from pathlib import Path

def run(context, input):
    return hashlib.sha256(Path("blob").read_bytes()).hexdigest()
"""

READY = """
import asyncio

async def run(context, input, number):
    yield f"{number}\\n"
    await asyncio.get_running_loop().create_future()
"""


def pack(name: str, source: str, *, engine: str = "python3", blob: bytes = b"") -> bytes:
    """A package as a Hub takes it.

    Args:
        name: The name in its manifest.
        source: Its one program.
        engine: What runs it: python3 or node.
        blob: What its file `blob` holds.
    """
    main = "main.py" if engine == "python3" else "index.js"
    manifest = {"name": name, "version": "1.0.0", "main": main, "engines": {engine: "*"}}
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as tar:
        for path, content in (("package.json", json.dumps(manifest).encode()), (main, source.encode()), ("blob", blob)):
            entry = tarfile.TarInfo(path)
            entry.size, entry.mode = len(content), 0o644
            tar.addfile(entry, io.BytesIO(content))
    return gzip.compress(packed.getvalue(), 1)


def standing() -> dict[str, bytes]:
    """The packages that are there all the time, by name."""
    packages = {
        "echo": pack("echo", ECHO),
        "counter": pack("counter", COUNTER),
        "mirror": pack("mirror", MIRROR),
    }
    if shutil.which("node"):
        packages["node-echo"] = pack("node-echo", NODE_ECHO, engine="node")
    return packages
