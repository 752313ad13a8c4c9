"""Parts of the runtime that need no server."""

from __future__ import annotations

import ast
import io
import json
import pickle
import tarfile
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import scramjet_client
from hypothesis import given
from hypothesis import strategies as st
from scramjet_client import errors
from scramjet_client._runtime import retries
from scramjet_client._runtime.call import UNSET, Call, RawResponse
from scramjet_client._runtime.records import LineSplitter, parse_text
from scramjet_client._runtime.uploads.ignoring import IgnoreRules
from scramjet_client._runtime.uploads.packing import pack
from scramjet_client.api.instances import set_monitoring_rate, stop_instance

if TYPE_CHECKING:
    from collections.abc import Callable

RUNTIME = Path(scramjet_client.__file__).parent


def cut(data: bytes, sizes: list[int]) -> list[bytes]:
    chunks, start = [], 0
    for size in sizes:
        chunks.append(data[start : start + size])
        start += size
    return [*chunks, data[start:]]


@given(
    st.binary() | st.lists(st.sampled_from([b"\n", b"\r\n", "\u2028\u0085".encode(), b"a"])).map(b"".join), st.data()
)
def test_lines_end_at_the_byte_alone_however_they_are_cut(data: bytes, draw: st.DataObject) -> None:
    splitter = LineSplitter()
    chunks = cut(data, draw.draw(st.lists(st.integers(0, 5))))
    lines = [line for chunk in chunks for line in splitter.feed(chunk)] + splitter.end()
    expected = data.split(b"\n")
    assert lines == (expected if expected[-1] else expected[:-1])


def test_a_long_line_takes_linear_time() -> None:
    splitter = LineSplitter()
    for _ in range(20_000):
        assert splitter.feed(b"x" * 100) == []
    assert list(map(len, splitter.feed(b"\n"))) == [2_000_000]


@pytest.mark.parametrize(
    ("pattern", "path", "is_folder", "expected"),
    [
        ("*.tmp", "a.tmp", False, True),
        ("*.tmp", "deep/down/a.tmp", False, True),
        ("*.tmp", "a.tmpx", False, False),
        ("/a", "a", False, True),
        ("/a", "b/a", False, False),
        ("b/a", "b/a", False, True),
        ("b/a", "c/b/a", False, False),
        ("build/", "build", True, True),
        ("build/", "build", False, False),
        ("**/logs", "x/y/logs", True, True),
        ("**/logs", "logs", True, True),
        ("a/**", "a/b/c", False, True),
        ("a/**", "a", True, False),
        ("a/**/z", "a/z", False, True),
        ("a/**/z", "a/b/c/z", False, True),
        ("a/*/z", "a/b/c/z", False, False),
        ("?.py", "a.py", False, True),
        ("?.py", "ab.py", False, False),
        ("[ab].py", "a.py", False, True),
        ("[!ab].py", "a.py", False, False),
        ("[!ab].py", "c.py", False, True),
        ("[a-c].py", "b.py", False, True),
        ("\\#x", "#x", False, True),
        ("\\!x", "!x", False, True),
        ("#x", "#x", False, False),
        ("a b ", "a b", False, True),
        ("a.b", "axb", False, False),
        ("(a)+", "(a)+", False, True),
    ],
)
def test_ignores_as_git_does(pattern: str, path: str, is_folder: bool, expected: bool) -> None:
    assert IgnoreRules([pattern]).leave_out(path, is_folder=is_folder) is expected


def test_the_last_rule_decides() -> None:
    rules = IgnoreRules(["*.log\n", "!keep.log\n", "\n", "# a comment\n"])
    assert rules.leave_out("a.log", is_folder=False)
    assert not rules.leave_out("keep.log", is_folder=False)


def make_package(folder: Path) -> None:
    (folder / "lib").mkdir(parents=True)
    (folder / "out").mkdir()
    (folder / "package.json").write_text("{}")
    (folder / "lib/run.sh").write_text("#!/bin/sh\n")
    (folder / "lib/run.sh").chmod(0o755)
    (folder / "lib/link").symlink_to("run.sh")
    (folder / "out/kept.txt").write_text("not kept: its folder is left out")
    (folder / "big").write_bytes(bytes(range(256)) * 5000)
    (folder / ("n" * 200)).write_text("a long name")
    (folder / ".siignore").write_text("out\n!out/kept.txt\n")


def test_a_folder_is_packed_with_all_that_it_needs(tmp_path: Path) -> None:
    make_package(tmp_path)
    with tarfile.open(fileobj=io.BytesIO(b"".join(pack(tmp_path)))) as archive:
        assert archive.getnames() == ["big", "lib", "lib/link", "lib/run.sh", "n" * 200, "package.json"]
        entries = {entry.name: entry for entry in archive}
        big = archive.extractfile("big")
        assert big is not None
        assert big.read() == bytes(range(256)) * 5000
    assert entries["lib/run.sh"].mode == 0o755
    assert entries["package.json"].mode == 0o644
    assert entries["lib/link"].linkname == "run.sh"
    assert {(entry.mtime, entry.uid, entry.uname) for entry in entries.values()} == {(0, 0, "")}


def test_the_same_files_give_the_same_package(tmp_path: Path) -> None:
    make_package(tmp_path / "one")
    make_package(tmp_path / "two")
    assert b"".join(pack(tmp_path / "one")) == b"".join(pack(tmp_path / "two"))


def test_backoff_doubles_and_varies() -> None:
    for attempt, longest in enumerate([0.5, 1.0, 2.0, 4.0, 8.0, 8.0]):
        waits = {retries.backoff(attempt) for _ in range(50)}
        assert len(waits) > 1
        assert 0.75 * longest <= min(waits) <= max(waits) <= longest


def test_retry_after_is_seconds_or_a_date() -> None:
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=30))
    assert retries.wait_asked_for({"retry-after": "1.5"}) == 1.5
    assert retries.wait_asked_for({"retry-after": "-1"}) == 0.0
    assert 25 < (retries.wait_asked_for({"retry-after": soon}) or 0) <= 30
    for nonsense in ("soon", "nan", "inf"):
        assert retries.wait_asked_for({"retry-after": nonsense}) is None
    assert retries.wait_asked_for({}) is None


WHERE: dict[str, Any] = {"method": "GET", "url": "http://h"}
EXAMPLES = [
    errors.ConnectionFailed("no", **WHERE, sent=False),
    errors.TimedOut("slow", **WHERE),
    errors.StreamBroken("cut", **WHERE, received=7),
    errors.UnexpectedReply("what", **WHERE, status=200, content=b"x"),
    errors.NotFoundError("gone", status=404, body={"error": "gone"}, headers={"a": "b"}, **WHERE),
]


@pytest.mark.parametrize("error", EXAMPLES, ids=lambda error: type(error).__name__)
def test_errors_survive_the_way_to_another_process(error: errors.ScramjetError) -> None:
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301 -- our own
    assert type(copy) is type(error)
    assert str(copy) == str(error)
    assert vars(copy) == vars(error)


def test_every_error_is_below_one() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, Exception)]
    assert len(kinds) > 20
    assert all(issubclass(kind, errors.ScramjetError) for kind in kinds)


def test_reprs_are_readable_and_hold_no_bodies() -> None:
    call: Call[Any] = Call(
        operation_id="x", method="POST", path="/p", json={"password": "secret"}, headers={"x": "secret"}
    )
    reply = RawResponse(status=200, headers={}, content=b"secret", parsed="secret", method="GET", url="http://h")
    assert repr(call) == "<Call x: POST /p>"
    assert repr(reply) == "<RawResponse 200 GET http://h 6 bytes>"
    assert (repr(UNSET), bool(UNSET)) == ("UNSET", False)


def test_httpx_is_imported_in_one_module_beside_the_types_of_its_transports() -> None:
    importers = set()
    for path in RUNTIME.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [name.name for name in node.names] if isinstance(node, ast.Import) else []
            module = node.module or "" if isinstance(node, ast.ImportFrom) and not node.level else ""
            if "httpx" in {name.split(".")[0] for name in (*names, module)}:
                importers.add(str(path.relative_to(RUNTIME)))
    assert importers == {"_runtime/http.py", "_runtime/settings/transports.py"}


@pytest.mark.parametrize("given", [1.5, timedelta(seconds=1.5)])
def test_durations_are_seconds_and_are_sent_as_milliseconds(given: Any) -> None:
    stop = stop_instance.call("i", given)
    assert (stop.json, stop.extra_wait) == ({"timeout": 1500}, 1.5)
    assert stop_instance.call("i").extra_wait == 7
    assert "1500" in str(set_monitoring_rate.call("i", given).json)


@pytest.mark.parametrize("given", [-1, float("nan"), float("inf"), timedelta(seconds=-1)])
def test_what_is_no_duration_is_refused(given: Any) -> None:
    with pytest.raises(errors.InvalidArgumentError, match="no duration"):
        stop_instance.call("i", given)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)
AROUND = st.text(st.sampled_from(' \t\r\n\ufeff\u00a0,]}x1"\0'), max_size=3)


def outcome(parse: Callable[[str], Any], text: str) -> Any:
    try:
        return repr(parse(text))
    except ValueError as error:
        return str(error)


@given(JSON.map(json.dumps) | st.just(""), AROUND, AROUND)
def test_a_record_is_what_json_says(text: str, before: str, after: str) -> None:
    for whole in (text, before + text + after, before + text[: len(text) // 2] + after):
        assert outcome(parse_text, whole) == outcome(json.JSONDecoder().decode, whole)
