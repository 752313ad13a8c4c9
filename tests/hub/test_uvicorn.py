"""The internals of uvicorn that the server uses, by name: an upgrade that changes them fails here."""

from __future__ import annotations

import ast
import asyncio
import inspect
import re
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import scramjet_serving.http1
import uvicorn
from scramjet_serving.http1.connection import HttpProtocol
from scramjet_serving.http1.server import Server
from uvicorn.protocols.http.flow_control import FlowControl
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
PACKAGE = Path(scramjet_serving.http1.__path__[0])
MODULES = {
    "uvicorn",
    "uvicorn.config.Config",
    "uvicorn.protocols.http.flow_control.FlowControl",
    "uvicorn.protocols.http.httptools_impl.HttpToolsProtocol",
    "uvicorn.server.ServerState",
}
# Of a connection: what it reads and sets of uvicorn's, and what it does in uvicorn's place.
CONNECTION = {
    *("app", "client", "connections", "cycle", "flow", "headers", "loop", "parser", "server", "server_state", "tasks"),
    *("transport", "connection_made", "connection_lost", "data_received", "eof_received", "on_message_begin", "on_url"),
    *("on_header", "on_headers_complete", "on_body", "on_message_complete", "shutdown", "app_state", "config"),
}
# asyncio calls these on a connection, and uvicorn passes them on to its FlowControl.
INHERITED = {"pause_writing", "resume_writing"}
FLOW = {"drain", "pause_reading", "read_paused", "resume_reading", "resume_writing", "write_paused"}
STATE = {"connections", "default_headers", "total_requests"}
SERVER = {"capture_signals", "config", "force_exit", "on_tick", "serve", "server_state", "should_exit", "startup"}
# What uvicorn's server calls within itself, on the way to what is done in its place.
WITHIN = {
    "serve": ["self.capture_signals()", "self._serve(sockets)"],
    "_serve": ["self.startup(sockets=sockets)", "self.main_loop()", "self.shutdown(sockets=sockets)"],
    "main_loop": ["self.on_tick(counter)"],
    "shutdown": ["connection.shutdown()", "server.close()"],
    "startup": ["config.http_protocol_class("],
}
CONFIG = {
    *("app", "http", "loop", "lifespan", "ws", "log_config", "server_header", "proxy_headers", "backlog"),
    "timeout_graceful_shutdown",
}


async def application(_scope: object, _receive: object, _send: object) -> None:
    pass


def config() -> uvicorn.Config:
    made = uvicorn.Config(application, lifespan="off", ws="none", log_config=None)
    made.load()
    return made


def trees() -> Iterator[ast.AST]:
    for path in sorted(PACKAGE.glob("*.py")):
        yield from ast.walk(ast.parse(path.read_text()))


def of_self(kind: type, known: object) -> set[str]:
    """What a class of ours reads, sets or does itself of what one of uvicorn's has."""
    nodes = list(ast.walk(ast.parse(inspect.getsource(kind))))
    names = {node.attr for node in nodes if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "self"}
    names |= {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    return names & {name for name in dir(known) if not name.startswith("__")}


def of_part(part: str) -> set[str]:
    """What is used of the part of a connection with this name, wherever that is."""
    parts = (node for node in trees() if isinstance(node, ast.Attribute))
    return {node.attr for node in parts if re.fullmatch(rf"(.*\.)?{part}", ast.unparse(node.value))}


def connected() -> HttpToolsProtocol:
    """uvicorn's own connection, to which a client has connected."""

    async def connect() -> HttpToolsProtocol:
        loop = asyncio.get_running_loop()
        made: asyncio.Future[HttpToolsProtocol] = loop.create_future()

        class Noted(HttpToolsProtocol):
            def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
                super().connection_made(transport)
                made.set_result(self)

        server = await loop.create_server(lambda: Noted(config(), ServerState(), {}, loop), "127.0.0.1", 0)
        async with server:
            _, writer = await asyncio.open_connection(*server.sockets[0].getsockname()[:2])
            protocol = await made
            writer.close()
            await writer.wait_closed()
            protocol.transport.close()
        return protocol

    return asyncio.run(connect())


def test_one_minor_version_is_allowed_and_installed() -> None:
    (least, below) = re.findall(r'"uvicorn>=(\d+\.\d+),<(\d+\.\d+)"', (ROOT / "pyproject.toml").read_text())[0]
    assert int(below.split(".")[1]) == int(least.split(".")[1]) + 1
    assert version("uvicorn").split(".")[:2] == least.split(".")


def test_all_that_is_imported_is_named() -> None:
    found = set()
    for node in trees():
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names if name.name.startswith("uvicorn")}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("uvicorn"):
            found |= {f"{node.module}.{name.name}" for name in node.names}
    assert found == MODULES


def test_what_is_used_of_a_connection_is_named_and_there() -> None:
    theirs = connected()
    assert of_self(HttpProtocol, theirs) == CONNECTION
    assert set(dir(theirs)) >= INHERITED
    assert not INHERITED & vars(HttpProtocol).keys()
    assert isinstance(theirs.flow, FlowControl)


@pytest.mark.parametrize(("part", "used", "kind"), [("flow", FLOW, FlowControl), ("server_state", STATE, ServerState)])
def test_what_is_used_of_its_parts_is_named_and_there(part: str, used: set[str], kind: Any) -> None:
    assert of_part(part) == used
    assert used <= set(dir(kind(asyncio.Transport()) if kind is FlowControl else kind()))


def test_what_is_used_of_the_server_is_named_and_there() -> None:
    assert of_self(Server, uvicorn.Server(config())) == SERVER
    for method, calls in WITHIN.items():
        source = inspect.getsource(getattr(uvicorn.Server, method))
        assert [call for call in calls if call not in source] == []


def test_the_configuration_takes_what_it_is_given() -> None:
    (call,) = (node for node in trees() if isinstance(node, ast.Call) and ast.unparse(node.func) == "uvicorn.Config")
    given = {keyword.arg for keyword in call.keywords} | {"app"}
    assert given == CONFIG
    assert given <= inspect.signature(uvicorn.Config).parameters.keys()


def test_connections_are_made_as_uvicorn_makes_them() -> None:
    ours, theirs = (list(inspect.signature(kind).parameters) for kind in (HttpProtocol, HttpToolsProtocol))
    assert theirs == ["config", "server_state", "app_state", "_loop"]
    assert ours[:4] == theirs
