"""The examples in docstrings work, in both twins."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import textwrap
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import pytest
import scramjet_client

from tests.support import http_servers
from tests.support.example_platform import ExamplePlatform
from tests.support.packages import pack_python

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(scramjet_client.__path__[0])
HELLO = """
def run(context, input, name="nobody"):
    return f"hello {name}\\n"
"""
ECHO = """
async def run(context, input):
    async for item in input:
        print(item)
        yield item
"""
PROMPT = """
def run(context, input):
    print(f"you said {__import__('sys').stdin.readline()}")
"""
SPACES = {"/api/v1/spaces": [{"id": "org-1-manager"}], "/api/v1/space/org-1-manager/api/v1/list": []}

ASYNC = """
import asyncio
from scramjet_client import HostClient, MiddlewareClient, MultiManagerClient

async def main(url, token="secret"):
    async with HostClient(url) as own:
        host, sequence = own, await own.send_sequence("sequence.tar.gz")
        key = sequence.id
        try:
            instance = await sequence.start()
{example}
        finally:
            await own.delete_sequence(key, force=True)

asyncio.run(main({url!r}))
"""
BLOCKING = """
from scramjet_client.sync import HostClient, MiddlewareClient, MultiManagerClient

def main(url, token="secret"):
    with HostClient(url) as own:
        host, sequence = own, own.send_sequence("sequence.tar.gz")
        key = sequence.id
        try:
            instance = sequence.start()
{example}
        finally:
            own.delete_sequence(key, force=True)

main({url!r})
"""


@attrs.frozen
class Example:
    """An example, and where it stands."""

    place: str
    code: str

    @property
    def program(self) -> str:
        """What it is tried in."""
        return BLOCKING if self.place.startswith("sync/") else ASYNC


def examples() -> Iterator[Example]:
    for path in sorted([*PACKAGE.glob("*.py"), *PACKAGE.glob("sync/*.py")]):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
                blocks = (ast.get_docstring(node) or "").split("```python\n")[1:]
                for block in blocks:
                    code = textwrap.dedent(block.split("```")[0])
                    yield Example(f"{path.relative_to(PACKAGE)}:{node.name}", code)


class Platform(BaseHTTPRequestHandler):
    """Answers what the example asks of a Platform."""

    def do_GET(self) -> None:
        content = json.dumps(SPACES[self.path]).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture(scope="module")
def platform() -> Iterator[str]:
    with http_servers.running(HTTPServer(("127.0.0.1", 0), Platform)) as server:
        yield http_servers.base_of(server)


@pytest.fixture(scope="module")
def multi_manager() -> Iterator[str]:
    with http_servers.running(ExamplePlatform()) as server:
        yield http_servers.base_of(server)


def test_there_are_examples() -> None:
    places = [example.place for example in examples()]
    assert {"host.py:HostClient", "sync/host.py:HostClient", "instance.py:attach"} <= set(places)


@pytest.mark.parametrize("example", [*examples()], ids=lambda example: example.place)
def test_example(example: Example, url: str, platform: str, multi_manager: str, tmp_path: Path) -> None:
    (tmp_path / "hello.tar.gz").write_bytes(pack_python(HELLO))
    (tmp_path / "sequence.tar.gz").write_bytes(pack_python(PROMPT if example.place.endswith(":attach") else ECHO))
    code = example.code
    for shown, real in (
        ("http://127.0.0.1:8000/api/v1", url),
        ("https://api.example.com/api/v1", platform),
        ("http://127.0.0.1:11000/api/v1", multi_manager),
    ):
        code = code.replace(shown, real)
    program = example.program.format(example=textwrap.indent(code, " " * 12), url=url)
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
