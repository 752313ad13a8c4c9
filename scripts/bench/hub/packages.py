"""The Sequences that are run: small, and written so that both Hubs run them as they are."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
from dataclasses import dataclass

# STH's Python runner sends only a Stream; ours sends any iterable, which is all there is without that package.
PYTHON_OUTPUT = """
try:
    from scramjet.streams import Stream
except ImportError:
    Stream = None

def out(source):
    return Stream.read_from(source) if Stream else source
"""

PYTHON_READY = f"""
import asyncio
{PYTHON_OUTPUT}
async def ready():
    yield "ready\\n"
    await asyncio.sleep(3600)

def run(context, input):
    return out(ready())
"""

PYTHON_ECHO = f"""
{PYTHON_OUTPUT}
async def echo(input):
    async for line in input:
        yield line

def run(context, input):
    return out(echo(input))
"""

NODE_READY = """
const { PassThrough } = require("stream");

module.exports = function () {
    const output = new PassThrough();
    output.write("ready\\n");
    return output;
};
"""

NODE_ECHO = """
const { PassThrough } = require("stream");

module.exports = function (input) {
    return input.pipe(new PassThrough());
};
"""


@dataclass(frozen=True)
class Package:
    """A Sequence: its main file and the engine it asks for."""

    name: str
    main: str
    engine: str
    source: str

    def archive(self) -> bytes:
        """Pack it as the tar.gz that a Hub takes."""
        manifest = {"name": self.name, "version": "1.0.0", "main": self.main, "engines": {self.engine: "*"}}
        return _pack({"package.json": json.dumps(manifest), self.main: self.source})


def _pack(files: dict[str, str]) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as tar:
        for name, text in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(text.encode())
            member.mode = 0o644
            tar.addfile(member, io.BytesIO(text.encode()))
    return gzip.compress(packed.getvalue())


READY = {
    "Python": Package("bench-ready", "main.py", "python3", PYTHON_READY),
    "Node": Package("bench-ready", "index.js", "node", NODE_READY),
}
ECHO = {
    "Python": Package("bench-echo", "main.py", "python3", PYTHON_ECHO),
    "Node": Package("bench-echo", "index.js", "node", NODE_ECHO),
}
