"""Unpacking: thousands of damaged archives, and bombs."""

from __future__ import annotations

import gzip
import io
import random
import tarfile
import threading
import time
import tracemalloc
from typing import TYPE_CHECKING

import pytest
from scramjet_hub.sequences.archive import BadArchive, Cancelled, Limits, TooLarge, unpack

from tests.support.archives import entry, files, package, tar, targz
from tests.support.fuzzing import THOROUGHNESS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LIMITS = Limits(size=1_000_000, files=100)


def attempt(place: Path, body: bytes, limits: Limits = LIMITS) -> str:
    """Unpack an archive; what was wrong with it, empty if nothing was."""
    upload, target = place / "upload", place / "target"
    upload.write_bytes(body)
    try:
        unpack(upload, target, limits, threading.Event())
    except BadArchive as error:
        return str(error)
    return ""


def flip(choice: random.Random, body: bytearray) -> None:
    body[choice.randrange(len(body))] ^= 1 << choice.randrange(8)


def overwrite(choice: random.Random, body: bytearray) -> None:
    start = choice.randrange(len(body))
    body[start : start + choice.randrange(1, 40)] = choice.randbytes(choice.randrange(1, 40))


def cut(choice: random.Random, body: bytearray) -> None:
    del body[choice.randrange(len(body)) :]


def double(choice: random.Random, body: bytearray) -> None:
    start = choice.randrange(len(body))
    body[start:start] = body[start : start + choice.randrange(1, 1024)]


def number(choice: random.Random, body: bytearray) -> None:
    """Put an odd number where a header may have its size."""
    start = choice.randrange(0, len(body), 512) + 124
    odd = [b"77777777777\0", b"-0000000001\0", b"\x80" + b"\xff" * 11, b"\xff" * 12, b" " * 12, b"00000010000\0"]
    body[start : start + 12] = choice.choice(odd)


def kind(choice: random.Random, body: bytearray) -> None:
    start = choice.randrange(0, len(body), 512) + 156
    body[start : start + 1] = choice.choice(
        [b"0", b"1", b"2", b"3", b"5", b"6", b"7", b"L", b"K", b"x", b"g", b"S", b"V"]
    )


def name(choice: random.Random, body: bytearray) -> None:
    start = choice.randrange(0, len(body), 512)
    odd = [b"../x\0", b"/etc/x\0", b"a/../../x\0", b"\xff\xfe\0", b"\0", b"./\0", b"x/" * 49 + b"\0"]
    body[start : start + 100] = choice.choice(odd).ljust(100, b"\0")[:100]


def mend(body: bytearray) -> None:
    """Make the check sums of the headers right, or nothing behind them would ever be looked at."""
    for start in range(0, len(body) - 511, 512):
        if body[start + 257 : start + 262] == b"ustar":
            body[start + 148 : start + 156] = b" " * 8
            body[start + 148 : start + 156] = b"%06o\0 " % sum(body[start : start + 512])


DAMAGES: list[Callable[[random.Random, bytearray], None]] = [flip, overwrite, cut, double, number, kind, name]
RICH = tar(
    [
        *files({"package.json": "{}", "main.py": "x" * 700, "a/b/" + "long" * 40: "y" * 100, "ł" * 60: "z"}),
        (entry("folder", tarfile.DIRTYPE), b""),
        (entry("folder/link", tarfile.SYMTYPE, link="../main.py"), b""),
        (entry("hard", tarfile.LNKTYPE, link="main.py"), b""),
    ]
)


@pytest.mark.parametrize("seed", range(8 * THOROUGHNESS))
def test_damaged_archives_do_no_harm(tmp_path: Path, seed: int) -> None:
    choice = random.Random(seed)  # noqa: S311 - the same damage each time is what is wanted
    outside = {path.name for path in tmp_path.parent.iterdir()}
    outcomes = set()
    for round_ in range(150):
        body = bytearray(RICH)
        for _ in range(choice.randrange(1, 4)):
            if body:
                choice.choice(DAMAGES)(choice, body)
        if choice.random() < 0.8:
            mend(body)
        packed = bytearray(gzip.compress(bytes(body), 1))
        if choice.random() < 0.1:
            flip(choice, packed)
        place = tmp_path / f"{round_}"
        place.mkdir()
        outcomes.add(bool(attempt(place, bytes(packed))))
        assert {path.name for path in place.iterdir()} <= {"upload", "target"}
        for path in place.rglob("*"):
            # Opening what a link leads to must not lead out either.
            assert path.resolve().is_relative_to(place.resolve())
            assert path.is_file() or path.is_dir() or path.is_symlink()
    assert {path.name for path in tmp_path.parent.iterdir()} == outside
    assert outcomes == {True, False}


BOMBS = {
    "many bytes": lambda: gzip.compress(tar(files({"x": b"\0" * 3_000_000}))),
    "many bytes in many files": lambda: targz(files({str(n): b"\0" * 20_000 for n in range(60)})),
    "many files": lambda: targz(files({str(n): "" for n in range(101)})),
    "many folders": lambda: targz([(entry(f"d{n}", tarfile.DIRTYPE), b"") for n in range(101)]),
    "deep folders": lambda: targz(files({"d/" * 70 + "x": ""})),
    "announced only": lambda: targz([(entry("x", size=1 << 50), b"")]),
    "behind the end": lambda: gzip.compress(tar(files({"x": ""})) + b"\0" * 40_000_000),
    "attributes": lambda: gzip.compress(attributes(20_000_000, 1)),
    "global attributes": lambda: gzip.compress(attributes(1_000_000, 40, b"g")),
    "long name": lambda: gzip.compress(attributes(20_000_000, 1, b"L")),
    "nothing but attributes": lambda: gzip.compress(attributes(10, 5_000)),
}


def attributes(size: int, count: int, kind: bytes = b"x") -> bytes:
    """Headers of attributes, each with so many bytes."""
    header = bytearray(entry("a", kind, size=size).tobuf(tarfile.USTAR_FORMAT))
    record = b"%d comment=" % size
    content = record + b"c" * (size - len(record) - 1) + b"\n" if kind != b"L" else b"n" * size
    return (bytes(header) + content + b"\0" * (-size % 512)) * count


@pytest.mark.parametrize("case", BOMBS)
def test_bombs_do_not_go_off(tmp_path: Path, case: str) -> None:
    body = BOMBS[case]()
    tracemalloc.start()
    started = time.monotonic()
    problem = attempt(tmp_path, body)
    took, (_, most) = time.monotonic() - started, tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert problem
    assert took < 10
    # The archive itself was read into memory by the test, not by what is tested.
    assert most < 80_000_000
    assert sum(path.stat().st_size for path in (tmp_path / "target").rglob("*")) < 2_000_000


def test_limits_are_named(tmp_path: Path) -> None:
    (tmp_path / "upload").write_bytes(BOMBS["many files"]())
    with pytest.raises(TooLarge, match="100 files"):
        unpack(tmp_path / "upload", tmp_path / "target", LIMITS, threading.Event())


def test_it_can_be_stopped(tmp_path: Path) -> None:
    (tmp_path / "upload").write_bytes(package())
    stop = threading.Event()
    stop.set()
    with pytest.raises(Cancelled):
        unpack(tmp_path / "upload", tmp_path / "target", LIMITS, stop)


@pytest.mark.parametrize("format_", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_all_usual_formats(tmp_path: Path, format_: int) -> None:
    path = tmp_path / "made.tar.gz"
    long_name = "d" * 90 + "/" + "f" * 90
    with tarfile.open(path, "w:gz", format=format_) as archive:
        for info, content in files({"package.json": "{}", long_name: "x"}):
            archive.addfile(info, io.BytesIO(content))
    unpack(path, tmp_path / "target", LIMITS, threading.Event())

    assert (tmp_path / "target" / long_name).read_text() == "x"
