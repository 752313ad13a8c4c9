"""Every operation, called with the examples of the description by the method that is made from it.

A server answers with the description's example of a reply; what the client makes of it must say the same again.
"""

from __future__ import annotations

import asyncio
import datetime
import inspect
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
import scramjet_client
import scramjet_client.sync
import yaml
from scramjet_client import models

from scripts.description.source import BUNDLE
from scripts.generate.package import Package
from tests.support.generation import CLIENT, TEMPLATES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from scripts.generate.arguments import Argument
    from scripts.generate.classes import Group, Method
    from scripts.generate.operations import Call

PACKAGE = Package(
    yaml.safe_load(BUNDLE.read_text(encoding="utf-8")),
    templates=TEMPLATES,
    classes=CLIENT / "classes",
    runtime=CLIENT / "runtime",
)
DATA = b'{"n": 1}\n'
ELSEWHERE = {"exchangeInout"}
"""Operations that no plain server can answer; the tests with a real Hub have them."""

SERVERS = {
    "MiddlewareClient": "MiddlewareClient",
    "MultiManagerClient": "MultiManagerClient",
    "SpaceClient": "MiddlewareClient",
}
"""The class of the server that is asked by a class, if it is no Hub."""


class Server(ThreadingHTTPServer):
    """Answers every request with the same reply, and remembers what it was asked.

    Attributes:
        reply: Status, content type and body of the reply.
        asked: Method, path, query, headers and body of the last request.
    """

    reply: tuple[int, str, bytes]
    asked: tuple[str, str, dict[str, list[str]], dict[str, str], bytes]

    @property
    def url(self) -> str:
        """The API base."""
        return f"http://127.0.0.1:{self.server_port}/api/v1"


class Handler(BaseHTTPRequestHandler):
    """Gives the server's reply."""

    server: Server
    protocol_version = "HTTP/1.1"

    def answer(self) -> None:
        """Take a request of any method."""
        target = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.asked = (self.command, target.path, parse_qs(target.query), headers, body)
        status, content_type, content = self.server.reply
        self.send_response(status)
        self.send_header("content-type", content_type)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_PUT = do_DELETE = answer  # noqa: N815 # as http.server wants them

    def log_message(self, *_args: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with Server(("127.0.0.1", 0), Handler) as made:
        thread = threading.Thread(target=made.serve_forever)
        thread.start()
        yield made
        made.shutdown()
        thread.join()


def cases() -> Iterator[Any]:
    """Every method with every example of a success."""
    for group in PACKAGE.groups:
        streams = [method for method in group.methods if method.call.streams]
        for method in [*group.raw_methods, *streams]:
            if method.call.operation.id in ELSEWHERE:
                continue
            for status, name, content_type, example in replies(method.call):
                label = f"{group.class_name}.{method.name}-{status}-{name}"
                yield pytest.param(group, method, status, content_type, example, id=label)


def replies(call: Call) -> Iterator[tuple[int, str, str, Any]]:
    for status, response in call.operation.successes.items():
        if not response.get("content"):
            yield int(status), "empty", "text/plain", None
        for content_type, media in list(response.get("content", {}).items())[:1]:
            for name, example in media.get("examples", {}).items():
                yield int(status), name, content_type, PACKAGE.document.resolve(example)["value"]


def test_no_operation_is_left_out() -> None:
    tested = {case.values[1].call.operation.id for case in cases()} | ELSEWHERE
    # Those whose methods are written by hand and give streams are called through `api` there.
    by_hand = {call.operation.id for call in PACKAGE.calls if call.streams} - tested

    assert {call.operation.id for call in PACKAGE.calls} - by_hand <= tested
    assert by_hand == {"streamEvents", "streamNamedEvents"}


@pytest.mark.parametrize("package", [scramjet_client, scramjet_client.sync], ids=["async", "blocking"])
@pytest.mark.parametrize(("group", "method", "status", "content_type", "example"), list(cases()))
def test_examples_go_through(
    server: Server, package: ModuleType, group: Group, method: Method, status: int, content_type: str, example: Any
) -> None:
    content = b"" if example is None and method.call.down == "none" else encoded(method.call, example)
    server.reply = (status, content_type, content)
    given = arguments(method.call)
    client = client_of(package, group, server.url, given)
    source = client if method.call.streams else client.raw
    taken = {
        argument.name: in_python(argument, value)
        for argument, value in given.items()
        if argument.name not in method.bound
    }

    result = perform(getattr(source, method.name), taken, records=method.call.down == "stream")
    if package is scramjet_client.sync:
        client.connection.close()

    if method.call.down == "stream":
        assert [plain(record) for record in result] == [example]
    else:
        assert result.status == status
        assert plain(result.parsed) == (None if method.call.down == "none" else example)
    check_request(server, method.call, given)


def encoded(call: Call, example: Any) -> bytes:
    if call.down == "text" or (call.operation.record_unit == "bytes"):
        # Bytes are compared as records, so that all streams are read alike.
        return (example if call.down == "text" else json.dumps(example) + "\n").encode()
    return json.dumps(example).encode() + (b"\n" if call.streams else b"")


def client_of(package: ModuleType, group: Group, url: str, given: dict[Argument, Any]) -> Any:
    server_class = SERVERS.get(group.class_name, "HostClient")
    server = getattr(package, server_class)(url, max_retries=0)
    if group.class_name == server_class:
        return server
    bound = {name for method in (*group.methods, *group.raw_methods) for name in method.bound}
    (known,) = (value for argument, value in given.items() if argument.place == "path" and argument.name in bound)
    return getattr(package, group.class_name)(known, server)


def arguments(call: Call) -> dict[Argument, Any]:
    """Values for all arguments, from the examples of the description."""
    raw = [PACKAGE.document.resolve(parameter) for parameter in call.operation.raw.get("parameters", ())]
    by_name = {parameter["name"]: parameter for parameter in raw}
    body = example_body(call)
    values: dict[Argument, Any] = {}
    for argument in call.arguments:
        if argument.place in {"path", "query", "header"}:
            values[argument] = example_of(by_name[argument.wire_name])
        elif argument.place == "json" and argument.wire_name in body:
            values[argument] = body[argument.wire_name]
        elif argument.place == "stream":
            values[argument] = DATA
    return {argument: as_model(argument, value) for argument, value in values.items() if value is not None}


def example_of(parameter: Any) -> Any:
    schema = PACKAGE.document.resolve(parameter["schema"])
    if schema.get("type") == "boolean":
        return True
    found = parameter.get("example", schema.get("default", schema.get("enum", [None])[0]))
    assert found is not None or not parameter.get("required"), f"{parameter['name']} has no example"
    return found


def example_body(call: Call) -> dict[str, Any]:
    content = (call.operation.body or {}).get("content", {}).get("application/json", {})
    examples = [PACKAGE.document.resolve(example)["value"] for example in content.get("examples", {}).values()]
    return max((example for example in examples if isinstance(example, dict)), key=len, default={})


def as_model(argument: Argument, value: Any) -> Any:
    model: Any = getattr(models, argument.annotation, None) if argument.annotation.isidentifier() else None
    return model.from_dict(value) if hasattr(model, "from_dict") else value


def in_python(argument: Argument, value: Any) -> Any:
    """Give a value as methods take it: durations are seconds and times no text, unlike in the API."""
    if "datetime.datetime" in argument.annotation:
        return datetime.datetime.fromisoformat(value)
    return value / 1000 if "timedelta" in argument.annotation else value


def perform(method: Any, taken: dict[str, Any], *, records: bool) -> Any:
    """What a call gives, of either twin; of a stream all records."""

    async def collect() -> list[Any]:
        async with method(**taken) as stream:
            return [record async for record in stream.records()]

    async def give() -> Any:
        return await method(**taken)

    if inspect.iscoroutinefunction(method) or "Async" in inspect.signature(method).return_annotation:
        return asyncio.run(collect() if records else give())
    if records:
        with method(**taken) as stream:
            return list(stream.records())
    return method(**taken)


def plain(value: Any) -> Any:
    """The JSON that a result stands for."""
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value.to_dict() if hasattr(value, "to_dict") else value


def check_request(server: Server, call: Call, given: dict[Argument, Any]) -> None:
    method, path, query, headers, body = server.asked
    expected = call.operation.path
    for argument, value in given.items():
        if argument.place == "path":
            expected = expected.replace(f"{{{argument.wire_name}}}", quote(value, safe=""))
        elif argument.place == "query":
            check_query(argument, query[argument.wire_name], value)
        elif argument.place == "header":
            assert headers[argument.wire_name] == (str(value).lower() if isinstance(value, bool) else value)
    assert (method, path) == (call.operation.method.upper(), f"/api/v1{expected}")
    if call.has_json:
        sent = {argument.wire_name: plain(value) for argument, value in given.items() if argument.place == "json"}
        assert json.loads(body) == (sent if call.envelope is None else [call.envelope, sent])
        assert headers["content-type"] == "application/json"
    elif call.operation.uploads:
        assert body == DATA
        guessed = "application/octet-stream"
        assert headers["content-type"] == (guessed if call.operation.type_required else call.operation.upload_types[0])
    else:
        assert body == b""


def check_query(argument: Argument, sent: list[str], value: Any) -> None:
    """Check a parameter, which is repeated for each item of a list; a time may be written in several ways."""
    if "datetime.datetime" in argument.annotation:
        assert [datetime.datetime.fromisoformat(text) for text in sent] == [datetime.datetime.fromisoformat(value)]
    else:
        assert sent == [str(item) for item in (value if isinstance(value, list) else [value])]
