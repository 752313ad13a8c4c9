"""Plays a row on a Hub and tells what was seen."""

from __future__ import annotations

import contextlib
import io
import json
import re
import tarfile
import threading
import time
from typing import TYPE_CHECKING, Any, ClassVar

import httpx

from tests.outside.sequences.rows import (
    Health,
    Hear,
    Input,
    Kill,
    Link,
    ReadTopic,
    Row,
    Seen,
    Send,
    Stdin,
    Step,
    Stop,
    Until,
    WriteTopic,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from scripts.sth import Sth

WAIT = 60.0
MAIN = {"node": "index.js", "python": "main.py"}
ENGINE = {"node": "node", "python": "python3"}
# Holds a Sequence back until its streams are read: STH forgets an Instance, and what it gave, as soon as it has ended.
GATE = {
    "node": 'while (!require("fs").existsSync(%s)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5); ',
    "python": "import os as _os, time as _time\nwhile not _os.path.exists(%s): _time.sleep(0.005)\n",
}


class Hub:
    """The embedded Hub, as the player of rows needs it.

    Args:
        url: Its API base.
    """

    STATUSES: ClassVar[frozenset[int]] = frozenset({200})
    """With what a stream of an Instance may be answered."""

    def __init__(self, url: str) -> None:
        self.api = httpx.Client(base_url=url, timeout=WAIT, trust_env=False)

    def package(self, row: Row) -> bytes:
        """The package of a row."""
        return pack(row, row.source)

    def steps(self, row: Row) -> tuple[Step, ...]:
        """What is done with the Instance of a row."""
        return row.steps

    def opened(self) -> None:
        """All streams of the Instance are being read."""

    def await_input(self, row: Row, log: Reader) -> None:
        """Wait until input may be written."""

    def is_over(self, row: Row, path: str) -> None:
        """Its output has ended: see to it that the rest does."""

    def code(self, path: str) -> int:
        """Its exit code, once it has ended."""
        give_up = time.monotonic() + WAIT
        while "terminated" not in (info := self.api.get(path).json()):
            assert time.monotonic() < give_up, info
            time.sleep(0.005)
        code: int = info["terminated"]["exitcode"]
        return code

    def stop(self, path: str, step: Stop) -> None:
        """Ask an Instance to stop."""
        body = {"timeout": step.timeout, "canCallKeepalive": step.keep_alive}
        assert self.api.post(f"{path}/_stop", json=body).status_code == 202

    def message(self, event: Any) -> Any:
        """The message of an event, of what the API answers."""
        return event

    @staticmethod
    def given(seen: Seen) -> Seen:
        """What is seen of what an Instance gives."""
        return seen


class SthHub(Hub):
    """STH 0.18.7, as the player of rows needs it: it differs in what the table is not about.

    Args:
        sth: The running STH.
        folder: Where its Sequences are told to go on.
    """

    STATUSES = frozenset({200, 404})
    """What cannot be loaded ends before the gate and may be forgotten by then; what it gave is compared anyway."""

    def __init__(self, sth: Sth, folder: Path) -> None:
        super().__init__(sth.url)
        self._sth = sth
        self._gate = folder / "open"
        self._ended = 0
        self._hurried = False

    def package(self, row: Row) -> bytes:
        self._gate.unlink(missing_ok=True)
        self._ended = len(self._statuses())
        return pack(row, GATE[row.language] % json.dumps(str(self._gate)) + row.source)

    def steps(self, row: Row) -> tuple[Step, ...]:
        return row.steps if row.sth_steps is None else row.sth_steps

    def opened(self) -> None:
        self._gate.touch()

    def await_input(self, row: Row, log: Reader) -> None:
        """Wait until its Node runner looks for input: what is there before, it gives several times."""
        if row.language == "node":
            log.wait_for_part(b"functions count")

    def is_over(self, row: Row, path: str) -> None:
        """Kill it if it has not failed: for ten seconds after that its runner does nothing but wait."""
        self._hurried = expected(row, self).code == 0
        if self._hurried:
            self.api.post(f"{path}/_kill", json={})

    def code(self, path: str) -> int:  # noqa: ARG002 - it is not the API that tells
        """It tells exit codes only in its log; one that was killed for doing nothing any more counts as ended."""
        give_up = time.monotonic() + WAIT
        while len(statuses := self._statuses()) == self._ended:
            assert time.monotonic() < give_up, self._sth.log()[-3000:]
            time.sleep(0.01)
        return 0 if self._hurried else int(statuses[-1])

    def stop(self, path: str, step: Stop) -> None:
        """It answers when the time is over."""
        body = [4001, {"timeout": step.timeout, "canCallKeepalive": step.keep_alive}]
        threading.Thread(target=self._post, args=(f"{path}/_stop", body), daemon=True).start()

    def message(self, event: Any) -> Any:
        return event.get("message")

    @staticmethod
    def given(seen: Seen) -> Seen:
        """It carries output, stdout and stderr as text in UTF-8, whatever they are."""
        as_text = {name: getattr(seen, name).decode(errors="replace").encode() for name in ("output", "stdout")}
        return Seen(**as_text, stderr=seen.stderr, log=seen.log, answers=seen.answers, code=seen.code)

    def _post(self, path: str, body: Any) -> None:
        with contextlib.suppress(httpx.HTTPError):
            httpx.post(f"{self._sth.url}{path}", json=body, timeout=WAIT, trust_env=False)

    def _statuses(self) -> list[str]:
        return re.findall(r"Sequence finished with status \[ (\d+) \]", self._sth.log())


def expected(row: Row, hub: Hub) -> Seen:
    """What a row is to give on a Hub."""
    return hub.given(row.sth or row.seen) if isinstance(hub, SthHub) else row.seen


def pack(row: Row, source: str) -> bytes:
    """The package of a row, with this as its main file."""
    main = MAIN[row.language]
    manifest = {"name": str(row), "version": "1.0.0", "main": main, "engines": {ENGINE[row.language]: "*"}}
    files: dict[str, str | Link] = {"package.json": json.dumps(manifest), main: source, **row.files}
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for name, content in files.items():
            _add(archive, name, content)
    return packed.getvalue()


def _add(archive: tarfile.TarFile, name: str, content: str | Link) -> None:
    entry = tarfile.TarInfo(name)
    entry.mode = 0o644
    if isinstance(content, Link):
        entry.type, entry.linkname = tarfile.SYMTYPE, content.target
        archive.addfile(entry)
    else:
        data = content.encode()
        entry.size = len(data)
        archive.addfile(entry, io.BytesIO(data))


class Reader:
    """Reads a stream of an Instance to its end, in a thread of its own.

    Args:
        api: A client of the Hub.
        path: The stream.
        statuses: With what it may be answered.
    """

    def __init__(self, api: httpx.Client, path: str, statuses: frozenset[int]) -> None:
        self.data = b""
        self._changed = threading.Condition()
        self._opened = threading.Event()
        self._ended = False
        self._thread = threading.Thread(target=self._read, args=(api, path, statuses), daemon=True)
        self._thread.start()

    def wait_until_open(self) -> None:
        """Wait for the head of the reply."""
        assert self._opened.wait(WAIT)

    def wait_for(self, data: bytes) -> None:
        """Wait until these bytes have come."""
        with self._changed:
            self._changed.wait_for(lambda: self._ended or len(self.data) >= len(data), WAIT)
        assert self.data.startswith(data), self.data

    def wait_for_part(self, data: bytes) -> None:
        """Wait until these bytes are among those that have come."""
        with self._changed:
            assert self._changed.wait_for(lambda: self._ended or data in self.data, WAIT), self.data

    def wait_for_end(self) -> bytes:
        """Wait for the end; all that has come."""
        with self._changed:
            assert self._changed.wait_for(lambda: self._ended, WAIT), self.data
        return self.data

    def _read(self, api: httpx.Client, path: str, statuses: frozenset[int]) -> None:
        try:
            with contextlib.suppress(httpx.HTTPError), api.stream("GET", path) as reply:
                assert reply.status_code in statuses, (path, reply.status_code)
                self._opened.set()
                for chunk in reply.iter_raw():
                    self._add(chunk)
        finally:
            self._opened.set()
            with self._changed:
                self._ended = True
                self._changed.notify_all()

    def _add(self, chunk: bytes) -> None:
        with self._changed:
            self.data += chunk
            self._changed.notify_all()


class Play:
    """One Instance of a row.

    Args:
        hub: Where.
        row: The row.
    """

    def __init__(self, hub: Hub, row: Row) -> None:
        self._hub = hub
        self._row = row
        self._answers: list[Any] = []
        headers = {"content-type": "application/octet-stream"}
        sequence = _json(hub.api.post("/sequence", content=hub.package(row), headers=headers))["id"]
        started = hub.api.post(f"/sequence/{sequence}/start", json={"appConfig": {}, "args": [], **row.start})
        self._path = f"/instance/{_json(started)['id']}"
        self._readers = {
            name: Reader(hub.api, f"{self._path}/{name}", hub.STATUSES)
            for name in ("output", "stdout", "stderr", "log")
        }
        for reader in self._readers.values():
            reader.wait_until_open()
        hub.opened()

    def to_its_end(self) -> Seen:
        """Do all the steps, and wait for the end; what was seen."""
        for step in self._hub.steps(self._row):
            self._do(step)
        self._readers["output"].wait_for_end()
        self._hub.is_over(self._row, self._path)
        seen = {name: reader.wait_for_end() for name, reader in self._readers.items()}
        code = self._hub.code(self._path)
        return Seen(
            output=seen["output"],
            stdout=seen["stdout"],
            stderr=seen["stderr"].decode(errors="replace"),
            log=tuple(entries(seen["log"])),
            answers=tuple(self._answers),
            code=code,
        )

    def _do(self, step: Step) -> None:
        match step:
            case Until(stream, data):
                self._readers[stream].wait_for(data)
            case Input(data, content_type, end):
                self._hub.await_input(self._row, self._readers["log"])
                self._write("input", data, content_type, end=end)
            case Stdin(data, end):
                self._write("stdin", data, "application/octet-stream", end=end)
            case Stop():
                self._hub.stop(self._path, step)
            case Kill():
                assert self._hub.api.post(f"{self._path}/_kill", json={}).status_code == 202
            case _:
                self._talk(step)

    def _talk(self, step: Step) -> None:
        api, path = self._hub.api, self._path
        match step:
            case Send(event, message):
                reply = api.post(f"{path}/_event", json=[5001, {"eventName": event, "message": message}])
                assert reply.status_code in (200, 202), reply.text
            case Hear(event):
                self._answers.append(self._hub.message(_json(api.get(f"{path}/event/{event}"))))
            case Health(healthy):
                self._answers.append(self._wait_for_health(healthy=healthy))
            case ReadTopic(topic, size, content_type):
                self._answers.append(self._read_topic(topic, size, content_type))
            case WriteTopic(topic, data, content_type):
                headers = {"content-type": content_type, "x-end-stream": "true"}
                assert api.post(f"/topic/{topic}", content=data, headers=headers).status_code == 200

    def _write(self, stream: str, data: bytes, content_type: str, *, end: bool) -> None:
        headers = {"content-type": content_type, "x-end-stream": str(end).lower()}
        reply = self._hub.api.post(f"{self._path}/{stream}", content=data, headers=headers)
        assert reply.status_code == (200 if end else 202), reply.text

    def _wait_for_health(self, *, healthy: bool) -> bool:
        give_up = time.monotonic() + WAIT
        while (told := _json(self._hub.api.get(f"{self._path}/health"))["healthy"]) is not healthy:
            if time.monotonic() > give_up:
                break
            time.sleep(0.02)
        return bool(told)

    def _read_topic(self, topic: str, size: int, content_type: str) -> bytes:
        read = b""
        with self._hub.api.stream("GET", f"/topic/{topic}", headers={"content-type": content_type}) as reply:
            assert reply.status_code == 200
            for chunk in reply.iter_raw():
                read += chunk
                if len(read) >= size:
                    break
        return read


def entries(log: bytes) -> Iterator[tuple[str, str | None]]:
    """What a Sequence logged; by their "said" its messages are told from those of its runner."""
    for line in log.splitlines():
        entry = _entry(line)
        said = entry.get("msg")
        if entry.get("from") in ("Sequence", "PythonRunner") and (said is None or "said " in said):
            yield entry["level"], said


def _entry(line: bytes) -> Mapping[str, Any]:
    try:
        entry = json.loads(line)
    except ValueError:
        return {}  # a traceback, which STH's Python runner writes between its entries
    return entry if isinstance(entry, dict) else {}


def _json(reply: httpx.Response) -> Any:
    assert reply.status_code == 200, reply.text
    return reply.json()
