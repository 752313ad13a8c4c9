"""The tools of a scenario: calls that are checked as they are made, and Instances that are removed afterwards."""

from __future__ import annotations

import contextlib
import json
import time
from typing import TYPE_CHECKING, Any

from scramjet_contract.api import PATIENCE, Api, Call, Stream
from scramjet_contract.fates import failure_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scramjet_contract.exchange import Exchange
    from scramjet_contract.profile import Profile
    from scramjet_contract.stock import Stock

OCTETS = "application/octet-stream"
TEXT = "text/plain"
NDJSON = "application/x-ndjson"
EVERY = "*"
"""The path parameter for the ids of all Instances."""


class Broken(AssertionError):  # noqa: N818 - reads as what it says
    """The Hub breaks the contract."""


class NotHere(Exception):  # noqa: N818 - reads as what it says
    """A check is impossible on this Hub; the text says why."""


class Scene:
    """The environment of one scenario.

    Args:
        name: Its name, which becomes part of the names of everything it creates.
        api: The Hub, with the deadline of the scenario.
        stock: Creates Sequences and Instances.
        profile: The kind of Hub.
        settings: Further settings from the command line.

    Attributes:
        failures: Sequences that failed without being told to end, and how.
    """

    def __init__(self, name: str, api: Api, stock: Stock, profile: Profile, settings: dict[str, Any]) -> None:
        self.name = name
        self.api = api
        self.stock = stock
        self.profile = profile
        self.settings = settings
        self.names = stock.ledger.names
        self.failures: list[str] = []
        self._told_to_end: set[str] = set()

    def call(self, operation: str, expect: int | tuple[int, ...] = 200, **request: Any) -> Exchange:
        """Make a call and read the whole reply.

        Args:
            operation: The operationId.
            expect: The status, or statuses, that the reply must have.
            request: Fields of `Call`; `timeout` in seconds.

        Raises:
            Broken: It has another status.
        """
        self._note(operation, request)
        timeout = request.pop("timeout", PATIENCE)
        exchange = self.api.call(Call(operation=operation, **request), timeout)
        self._expect(exchange, expect)
        return exchange

    def get(self, operation: str, **path: str) -> Any:
        """Call an operation without a body and return the JSON of its reply."""
        return self.call(operation, path=path).json()

    def open(self, operation: str, expect: int = 200, **request: Any) -> Stream:
        """Make a call and leave the reply unread; use it in a `with`."""
        self._note(operation, request)
        timeout = request.pop("timeout", PATIENCE)
        stream = self.api.open(Call(operation=operation, **request), timeout)
        try:
            self._expect(stream.exchange, expect)
        except Broken:
            stream.close()
            raise
        return stream

    def begin(self, operation: str, **request: Any) -> Stream:
        """Send only the head of a request; use it in a `with`."""
        return self.api.begin(Call(operation=operation, chunked=True, **request))

    def check(self, holds: object, otherwise: str) -> None:
        """Check a condition.

        Raises:
            Broken: It does not.
        """
        if not holds:
            raise Broken(otherwise)

    def same(self, got: object, wanted: object, what: str) -> None:
        """Check that two values are equal.

        Raises:
            Broken: They are not.
        """
        if got != wanted:
            raise Broken(f"{what}: expected {_short(wanted)}, got {_short(got)}")

    def eventually(self, ask: Callable[[], Any], what: str, timeout: float = PATIENCE) -> Any:
        """Ask repeatedly until the answer is true, and return it.

        Raises:
            Broken: It never becomes true.
        """
        deadline = self.api.within(timeout)
        pause = 0.01
        while not (answer := ask()):
            if not deadline.left:
                raise Broken(f"{what}: not within {timeout:g} s")
            time.sleep(min(pause, deadline.left))
            pause = min(pause * 1.5, 0.2)
        return answer

    def let_it_notice(self) -> None:
        """Give the Hub time to notice a connection reset, by some exchanges on other connections."""
        for _ in range(3):
            self.get("getVersion")

    def topic(self, label: str = "topic") -> str:
        """Return a topic name for this scenario."""
        return self.stock.ledger.add_topic(self.names.name(f"{self.name[:40]}-{label}"))

    def sequence(self, label: str) -> str:
        """Return the id of a shared Sequence; do not delete or replace it."""
        return self.stock.sequence(label)

    def upload(self, label: str = "hello", name: str | None = None, **words: str) -> str:
        """Upload a new Sequence for this scenario alone and return its id."""
        return self.stock.upload(self.stock.package(label, **words), name, self.api)

    @contextlib.contextmanager
    def running(self, label: str, *args: Any, sequence: str = "", **start: Any) -> Iterator[Running]:
        """Run an Instance of one of our Sequences, and kill it afterwards."""
        if args:
            start["args"] = list(args)
        key = self.stock.start(sequence or self.sequence(label), f"{self.name}/{label}", self.api, **start)
        try:
            yield Running(self, key)
        finally:
            # Not over the scenario's own view, whose deadline may have passed without affecting what was found before.
            self._look_back(label, key)
            self.stock.ledger.delete(self.stock.home, {key})

    def _look_back(self, label: str, key: str) -> None:
        """Note a Sequence that failed without being told to end: the Hub did not lose what it never wrote."""
        if label == "failing" or self._told_to_end & {key, EVERY}:
            return
        if failure := failure_of(self.stock.home, key):
            self.failures.append(f"the Sequence {label} failed, says the Hub ({failure})")

    def _note(self, operation: str, request: dict[str, Any]) -> None:
        if operation in ("stopInstance", "killInstance"):
            self._told_to_end.add(request["path"]["id"])
        if operation == "deleteSequence":
            # The scenario may kill all Instances of the Sequence.
            self._told_to_end.add(EVERY)

    def setting(self, name: str) -> Any:
        """Return a setting that only some runs have.

        Raises:
            NotHere: This run does not have it.
        """
        value = self.settings.get(name)
        if not value:
            raise NotHere(f"needs --{name.replace('_', '-')}")
        return value

    def _expect(self, exchange: Exchange, expect: int | tuple[int, ...]) -> None:
        wanted = expect if isinstance(expect, tuple) else (expect,)
        if exchange.status not in wanted:
            body = bytes(exchange.reply_body[:300]).decode(errors="replace")
            raise Broken(
                f"{exchange.operation}: expected {' or '.join(map(str, wanted))}, got {exchange.status} {body}"
            )


class Running:
    """An Instance in a scenario.

    Args:
        scene: The scenario.
        id: Its id.
    """

    def __init__(self, scene: Scene, id: str) -> None:  # noqa: A002 - it is the id
        self.scene = scene
        self.id = id

    @property
    def path(self) -> dict[str, str]:
        """The path parameters for it."""
        return {"id": self.id}

    def info(self) -> dict[str, Any]:
        """Return the Hub's information on it."""
        info: dict[str, Any] = self.scene.get("getInstance", id=self.id)
        return info

    def wait(self, *statuses: str, timeout: float = PATIENCE) -> dict[str, Any]:
        """Wait until it has one of these statuses."""
        found: dict[str, Any] = self.scene.eventually(
            lambda: self._if_in(statuses), f"Instance {' or '.join(statuses)}", timeout
        )
        return found

    def ended(self, timeout: float = PATIENCE) -> dict[str, Any]:
        """Wait until it has ended."""
        return self.wait("completed", "errored", timeout=timeout)

    def read(self, operation: str = "readOutput", **request: Any) -> Stream:
        """Open one of its streams; use it in a `with`."""
        return self.scene.open(operation, path=self.path, **request)

    def text(self, operation: str = "readOutput", timeout: float = PATIENCE) -> str:
        """Read one of its streams to the end."""
        with self.read(operation) as stream:
            return stream.read_all(timeout).decode()

    def write(
        self,
        body: bytes,
        content_type: str | None = TEXT,
        *,
        end: bool | None = None,
        expect: int | tuple[int, ...] | None = None,
        operation: str = "writeInput",
        **request: Any,
    ) -> Exchange:
        """Write to its input or stdin.

        Args:
            body: What to write.
            content_type: Its type.
            end: The value of `x-end-stream`; None leaves it out.
            expect: The expected status; by default the one for `end`.
            operation: `writeInput` or `writeStdin`.
            request: Further fields of `Call`.
        """
        headers = {} if end is None else {"x-end-stream": str(end).lower()}
        headers |= request.pop("headers", {})
        wanted = expect or (202 if end is False else 200)
        return self.scene.call(
            operation, wanted, path=self.path, body=body, content_type=content_type, headers=headers, **request
        )

    def stdin(self, body: bytes, *, end: bool | None = None, expect: int | None = None) -> Exchange:
        """Write to its stdin."""
        return self.write(body, OCTETS, end=end, expect=expect, operation="writeStdin")

    def send_event(self, name: str, message: Any = None) -> None:
        """Send it an event in the form that this kind of Hub accepts; `event_forms` checks the forms themselves."""
        event = {"eventName": name, "message": message}
        body = [5001, event] if self.scene.profile.settings.get("events") == "messages" else event
        self.scene.call("sendEvent", (200, 202), path=self.path, json=body)

    def next_record(self, stream: Stream, timeout: float = PATIENCE) -> Any:
        """Return the next record of a stream of records."""
        line = stream.read_line(timeout)
        self.scene.check(line, "the stream ended instead of giving another record")
        try:
            return json.loads(line)
        except ValueError:
            raise Broken(f"not a line of JSON: {_short(line)}") from None

    def _if_in(self, statuses: tuple[str, ...]) -> dict[str, Any] | None:
        info = self.info()
        return info if info.get("status") in statuses else None


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 200 else f"{text[:120]} ... {text[-60:]} ({len(text)} characters)"
