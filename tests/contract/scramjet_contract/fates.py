"""The fate of an Instance: whether it failed by itself, whether any Instance runs at all, and its last words."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING, Any

from scramjet_contract.api import Call, NotServed
from scramjet_contract.exchange import printable
from scramjet_contract.stock import Unavailable
from scramjet_contract.wire import WireError

if TYPE_CHECKING:
    from scramjet_contract.api import Api
    from scramjet_contract.stock import Stock

PATIENCE = 3.0
"""Seconds for each question; the Instance in question has ended, or is about to be given up."""
LIVING = 20.0
"""Seconds for the first output of an Instance, on a slow machine with a cold Hub."""
TAIL = 600
"""Bytes from the end of stderr that are reported."""


def failure_of(api: Api, key: str) -> str | None:
    """Return how an Instance failed (its end according to the Hub, and the end of its stderr); None if it did not."""
    try:
        info = api.call(Call(operation="getInstance", path={"id": key}), PATIENCE).json()
    except (WireError, NotServed, ValueError):
        return None
    if not isinstance(info, dict) or info.get("status") != "errored":
        return None
    return f"{_end_of(info)}; {last_words(api, key)}"


def last_words(api: Api, key: str) -> str:
    """Return the end of an Instance's stderr or, if that is empty, the errors in its log."""
    if stderr := _read(api, "readStderr", key).strip():
        return f"stderr ends: {printable(stderr[-TAIL:])}"
    errors = [line for line in _read(api, "readInstanceLog", key).splitlines() if _is_error(line)]
    if errors:
        return f"its log says: {printable(errors[-1][-TAIL:])}"
    return "stderr and log say nothing"


def why_none_lives(stock: Stock) -> str | None:
    """Start the simplest Sequence that keeps running; return why it does not run, or None if it does."""
    try:
        key = stock.start(stock.sequence("bell"), "life")
    except (Unavailable, WireError, ValueError) as error:
        return str(error)
    try:
        with stock.api.open(Call(operation="readOutput", path={"id": key}), LIVING) as output:
            line = output.read_line(LIVING)
        wrong = None if line == "ready" else f"its output begins with {line!r}"
    except (WireError, ValueError) as error:
        wrong = f"its output: {error}"
    told = wrong and f"{wrong}; {failure_of(stock.api, key) or last_words(stock.api, key)}"
    stock.ledger.delete(stock.api, {key})
    return told


def _end_of(info: dict[str, Any]) -> str:
    end = info.get("terminated")
    if not isinstance(end, dict):
        return "errored"
    return f"errored, exit code {end.get('exitcode')}" + (f", {end['reason']}" if end.get("reason") else "")


def _read(api: Api, operation: str, key: str) -> bytes:
    try:
        with api.open(Call(operation=operation, path={"id": key}), PATIENCE) as stream:
            with contextlib.suppress(WireError):
                stream.read_all(PATIENCE)
            return bytes(stream.exchange.reply_body) if stream.exchange.status == 200 else b""
    except (WireError, NotServed):
        return b""


def _is_error(line: bytes) -> bool:
    try:
        return json.loads(line).get("level") in ("ERROR", "FATAL")
    except (ValueError, AttributeError, RecursionError):
        return False
