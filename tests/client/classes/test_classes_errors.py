"""Every error is a ScramjetError, which says what to change."""

from __future__ import annotations

import asyncio
import importlib
import inspect
import json
import pickle
import pkgutil
from typing import TYPE_CHECKING, Any

import pytest
import scramjet_client.api
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from scramjet_client import ApiConfig, HostClient, InstanceClient, MiddlewareClient, SequenceClient, errors, sync
from scramjet_client._runtime import replies
from scramjet_client._runtime.records import parse_text
from scramjet_client._runtime.settings.config import resolve

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import ModuleType

DEEP = b"[" * 200_000
NESTED = b'{"error":' * 3000 + b"1" + b"}" * 3000
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
RUBBISH = st.binary() | JSON.map(lambda value: json.dumps(value).encode())
MODULES = [
    importlib.import_module(info.name)
    for info in pkgutil.walk_packages(scramjet_client.api.__path__, "scramjet_client.api.")
    if not info.ispkg
]


def call_of(module: ModuleType) -> Any:
    parameters = inspect.signature(module.call).parameters.values()
    return module.call(**{one.name: value_of(one) for one in parameters if one.default is one.empty})


def value_of(parameter: inspect.Parameter) -> Any:
    """Give a value that an argument may have."""
    return 1 if "timedelta" in str(parameter.annotation) else "x"


def names(schema: Any) -> st.SearchStrategy[Any]:
    """JSON objects with the names that a model knows and values that it does not expect."""
    known = sorted(getattr(inspect.getmodule(schema), "_KNOWN", ["id"]))
    return st.dictionaries(st.sampled_from(known), JSON)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__.removeprefix("scramjet_client.api."))
def test_a_reply_that_is_rubbish_is_unexpected(module: ModuleType) -> None:
    call = call_of(module)

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(RUBBISH, st.sampled_from([200, 201, 202, 204, 299]))
    @example(DEEP, 200)
    @example(NESTED, 200)
    @example(b'"\\ud800"', 200)
    @example(b"9" * 5000, 200)
    @example(b"\xff\xfe\x00", 200)
    def check(content: bytes, status: int) -> None:
        if call.down == "stream":
            record_of(call, content)
            return
        try:
            replies.result(call, status, content, "http://h")
        except errors.UnexpectedReply as error:
            str(error).encode()

    check()


def record_of(call: Any, content: bytes) -> None:
    """Read a record as streams do."""
    decoder = replies.decoder_for(call.decoders, 200)
    try:
        record = parse_text(content.decode())
        _ = record if decoder is None else decoder(record)
    except replies.UNREADABLE:
        return


@pytest.mark.parametrize("name", scramjet_client.models.__all__)
def test_a_model_of_odd_values_is_one_or_unexpected(name: str) -> None:
    model = getattr(scramjet_client.models, name)
    if not isinstance(model, type):
        return

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(names(model))
    def check(value: Any) -> None:
        call = scramjet_client.Call(operation_id="x", method="GET", path="/", decoders={200: model.from_dict})  # type: ignore[attr-defined] # every model has it
        try:
            replies.result(call, 200, json.dumps(value).encode(), "http://h")
        except errors.UnexpectedReply:
            return

    check()


@given(RUBBISH, st.integers(300, 999), st.dictionaries(st.sampled_from(["location", "retry-after"]), st.text()))
@example(DEEP, 500, {})
@example(NESTED, 404, {})
@example(b'{"error": "half \\ud800 of it"}', 400, {})
@example(b'{"error": {"message": ["deep", {"er": 1}]}}', 400, {})
def test_an_error_reply_is_an_error_with_its_status(content: bytes, status: int, headers: dict[str, str]) -> None:
    error = replies.status_error("GET", "http://h", status, headers, content, None)
    assert error.status == status
    str(error).encode()
    assert isinstance(error, errors.ApiStatusError)


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({"error": "e", "fields": [{"field": "limit", "description": "too much"}]}, [("limit", "too much")]),
        ({"error": "e", "fields": [{"field": "/a"}, {"field": 3}, 5, None]}, [("/a", "")]),
        ({"error": {"in": "body", "field": "/args", "reason": "is no list"}}, [("/args", "is no list")]),
        ({"error": {"in": "body", "field": "", "reason": "is not JSON"}}, [("body", "is not JSON")]),
        ({"error": {"reason": "unknown"}}, []),
        ({"error": "e", "fields": "limit"}, []),
        ({"error": "e"}, []),
        (["limit"], []),
    ],
)
def test_an_error_tells_the_fields_that_the_server_names(body: object, fields: list[tuple[str, str]]) -> None:
    error = replies.status_error("GET", "http://h", 400, {}, json.dumps(body).encode(), None)
    assert list(error.fields) == fields
    assert pickle.loads(pickle.dumps(error)).fields == error.fields  # noqa: S301 - our own


def test_a_redirect_says_where_to() -> None:
    error = replies.status_error("GET", "http://h", 308, {"location": "https://h/api/v1"}, b"", None)
    assert "redirect to https://h/api/v1, which is not followed: give" in str(error)


def test_a_body_that_is_no_json_is_told() -> None:
    for content in (b"<html>", b"\xff", DEEP):
        where: dict[str, Any] = {"status": 200, "headers": {}, "method": "GET", "url": "http://h", "parsed": None}
        reply: Any = scramjet_client.RawResponse(content=content, **where)
        with pytest.raises(errors.NotJsonError, match="no JSON") as caught:
            reply.json()
        assert isinstance(caught.value, ValueError)


VALUES = [5, -1.5, float("nan"), True, b"x", "", "..", "\ud800", "a\r\nb: c", object(), [1], {"a": {1}}, {1: object()}]
LEFT_TO_THE_CALLER = {"progress"}


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__.removeprefix("scramjet_client.api."))
def test_arguments_that_are_rubbish_are_refused_or_described(module: ModuleType) -> None:
    parameters = inspect.signature(module.call).parameters
    needed = {name: "x" for name, parameter in parameters.items() if parameter.default is parameter.empty}
    for name in parameters:
        for value in VALUES:
            try:
                module.call(**{**needed, name: value})
            except errors.ScramjetError as error:
                str(error).encode()


def methods() -> list[Any]:
    """Every method that asks for something, with what to bind it to."""
    found = []
    for kind in (
        "HostClient",
        "SequenceClient",
        "InstanceClient",
        "SpaceClient",
        "MiddlewareClient",
        "MultiManagerClient",
    ):
        for name, member in inspect.getmembers(getattr(sync, kind), inspect.isfunction):
            if not name.startswith("_") and name not in {"close", "attach", "wait"}:
                found.append(pytest.param(kind, name, id=f"{kind}.{name}"))
            del member
    return found


@pytest.mark.parametrize(("kind", "name"), methods())
def test_a_method_given_rubbish_raises_a_scramjet_error(kind: str, name: str, unused: str) -> None:
    with sync.HostClient(unused, max_retries=0) as host, sync.MiddlewareClient(unused, max_retries=0) as platform:
        owner = {
            "HostClient": host,
            "MiddlewareClient": platform,
            "MultiManagerClient": sync.MultiManagerClient(connection=host.connection),
            "SequenceClient": sync.SequenceClient("s", host),
            "InstanceClient": sync.InstanceClient("i", host),
            "SpaceClient": platform.get_space_client("s"),
        }[kind]
        method = getattr(owner, name)
        parameters = inspect.signature(method).parameters
        needed = {key: "x" for key, parameter in parameters.items() if parameter.default is parameter.empty}
        for key in parameters.keys() - LEFT_TO_THE_CALLER:
            for value in VALUES:
                expect_ours(lambda given={**needed, key: value}: use(method(**given)))  # type: ignore[misc] # bound at once


@pytest.fixture(scope="module")
def unused() -> str:
    return "http://127.0.0.1:9/api/v1"


def use(made: Any) -> None:
    """Make a stream, a run or an iterator over pages do something."""
    if hasattr(made, "read"):
        made.read()
    elif isinstance(made, sync.Items):
        next(iter(made), None)


def expect_ours(attempt: Callable[[], Any]) -> None:
    try:
        attempt()
    except errors.ScramjetError as error:
        str(error).encode()


BAD_CONFIG: list[dict[str, Any]] = [
    {"url": url}
    for url in ("", "h", "http://", "http://[", "http://[::g]", "http://h:99999", "http://h:x", "ftp://h", 5, b"http://h",
                "http://a b", "http://\ud800", "http://" + "a" * 64, "http://a..b", "http://h?q", "http://u:p@h",
                "http://*", "http://h/\ud800")
] + [
    {"token": "a b"}, {"token": "ż"}, {"token": 5}, {"verify_ssl": "perhaps"}, {"verify_ssl": 5}, {"timeout": "soon"},
    {"timeout": -1}, {"timeout": float("nan")}, {"timeout": 10**400}, {"connect_timeout": []}, {"max_retries": "x"},
    {"max_retries": float("inf")}, {"max_retries": -1}, {"headers": 5}, {"headers": {"a": 5}}, {"headers": {5: "a"}},
    {"headers": {"a b": "c"}}, {"headers": {"a": "b\r\nc: d"}}, {"headers": {"a": "secret ż"}}, {"ca_file": 5},
]  # fmt: skip


@pytest.mark.parametrize("given", BAD_CONFIG, ids=ascii)
def test_a_setting_that_cannot_be_is_a_configuration_error(given: dict[str, Any]) -> None:
    config = ApiConfig(**{"url": "http://h", **given})
    with pytest.raises(errors.ConfigurationError) as caught:
        resolve(config, environ={"HOME": "/nonexistent"})
    assert next(iter(given)) in str(caught.value) or "no address" in str(caught.value).lower()
    assert "secret" not in str(caught.value)
    str(caught.value).encode()


@pytest.mark.parametrize(
    "profile", ['{"apiUrl": "http://[", "token": "t"}', "no JSON", "[" * 100_000, "\0", '{"apiUrl": 5, "token": {}}']
)
def test_a_profile_that_is_not_needed_does_no_harm(tmp_path: Path, profile: str) -> None:
    path = tmp_path / "profile.json"
    path.write_text(profile)
    for environ in ({"SI_CONFIG_PATH": str(path)}, {"SI_CONFIG_PATH": str(tmp_path / "no")}, {"SI_CONFIG": "stale"}):
        found = resolve(ApiConfig(url="http://h"), environ={"HOME": str(tmp_path), **environ})
        assert (found.url, found.token) == ("http://h/api/v1", None)
    with pytest.raises(errors.ConfigurationError):
        resolve(environ={"HOME": str(tmp_path), "SI_CONFIG_PATH": str(path)})


@pytest.mark.parametrize("content", [None, b"no certificate", b""])
def test_a_file_of_certificates_that_is_none_is_named(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "ca.pem"
    if content is not None:
        path.write_bytes(content)
    with (
        sync.HostClient("https://127.0.0.1:9", ca_file=str(path), max_retries=0) as host,
        pytest.raises(errors.ConfigurationError, match=r"ca\.pem' cannot be used"),
    ):
        host.get_version()


@pytest.mark.parametrize("proxy", ["http://[", "soup://h:1", "http://", "h:port", "http://h:99999", "http://\x01h"])
def test_a_proxy_of_the_environment_that_is_none_is_told(monkeypatch: pytest.MonkeyPatch, proxy: str) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "no_proxy", "NO_PROXY", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("http_proxy", proxy)
    with sync.HostClient("http://example.invalid", max_retries=0) as host:
        with pytest.raises(errors.ConfigurationError, match=r"HTTP_PROXY.*NO_PROXY"):
            host.get_version()
        with pytest.raises(errors.ConfigurationError, match=r"HTTP_PROXY.*NO_PROXY"):
            host.send_sequence([b"x"])


def test_objects_that_are_not_open_say_so() -> None:
    async def look() -> None:
        async with HostClient("http://127.0.0.1:9") as host, MiddlewareClient("http://127.0.0.1:9"):
            for attempt in (lambda: host.run(b"").instance, lambda: InstanceClient("i", host).output.status):
                with pytest.raises(errors.NotOpenError, match="async with"):
                    attempt()
            assert SequenceClient("s", host).id == "s"

    asyncio.run(look())
