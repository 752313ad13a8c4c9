"""The frames of exec: JSON messages of a WebSocket, in the form that Koyeb's API has, too."""

from __future__ import annotations

import base64
import binascii
from typing import Any, Final

import attrs
import orjson
from scramjet_serving.errors import Invalid

MOST_ARGUMENTS: Final = 1000
MOST_SIZE: Final = 65535


@attrs.frozen
class Input:
    """What a frame of the client asks for.

    Attributes:
        instance: The Instance; empty if the frame names none.
        command: The command and its arguments; empty if the frame has none.
        tty: Whether the command gets a terminal.
        size: The size of the terminal, lines and columns.
        data: Bytes for its input.
        close: Whether its input ends.
    """

    instance: str = ""
    command: tuple[str, ...] = ()
    tty: bool = True
    size: tuple[int, int] | None = None
    data: bytes = b""
    close: bool = False


def decode(message: bytes) -> Input:
    """Return what a frame of the client asks for.

    Raises:
        Invalid: It is not as described; the text names the field.
    """
    try:
        frame = orjson.loads(message)
    except orjson.JSONDecodeError as error:
        raise Invalid(f"a frame is not JSON: {error}") from error
    frame = _object(frame, "a frame")
    body = _object(frame.get("body", {}), "body")
    stdin = _object(body.get("stdin", {}), "body.stdin")
    return Input(
        instance=_text(frame.get("id", ""), "id"),
        command=_command(body.get("command", [])),
        tty=not _truth(body.get("disable_tty", frame.get("disableTty", body.get("disableTty", False))), "disable_tty"),
        size=_size(body.get("tty_size")),
        data=_bytes(stdin.get("data", "")),
        close=_truth(stdin.get("close", False), "body.stdin.close"),
    )


def output(stream: str, data: bytes) -> bytes:
    """Return a frame with output.

    Args:
        stream: `stdout` or `stderr`.
        data: The bytes.
    """
    return orjson.dumps({"result": {stream: {"data": base64.b64encode(data).decode()}, "exited": False}})


def ended(code: int, signal: int | None) -> bytes:
    """Return the last frame: how the command ended.

    Args:
        code: Its exit code; 128 and the signal if one ended it.
        signal: The signal, if one ended it.
    """
    told = {"exited": True, "exit_code": code}
    return orjson.dumps({"result": told if signal is None else {**told, "signal": signal}})


def failed(status: int, message: str) -> bytes:
    """Return the frame of an error, after which the connection closes."""
    return orjson.dumps({"error": {"code": status, "message": message}})


def _object(value: Any, name: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Invalid(f"{name} is not an object")
    return value


def _text(value: Any, name: str) -> str:
    if not isinstance(value, str):
        raise Invalid(f"{name} is not text")
    return value


def _truth(value: Any, name: str) -> bool:
    if not isinstance(value, bool):
        raise Invalid(f"{name} is neither true nor false")
    return value


def _command(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(word, str) and "\0" not in word for word in value):
        raise Invalid("body.command is not a list of texts")
    if len(value) > MOST_ARGUMENTS:
        raise Invalid(f"body.command has more than {MOST_ARGUMENTS} texts")
    return tuple(value)


def _size(value: Any) -> tuple[int, int] | None:
    if value is None:
        return None
    size = _object(value, "body.tty_size")
    numbers = (size.get("height"), size.get("width"))
    if not all(isinstance(n, int) and not isinstance(n, bool) and 0 <= n <= MOST_SIZE for n in numbers):
        raise Invalid(f"body.tty_size has no height and width from 0 to {MOST_SIZE}")
    return numbers  # type: ignore[return-value]  # checked in the line above


def _bytes(value: Any) -> bytes:
    try:
        return base64.b64decode(_text(value, "body.stdin.data"), validate=True)
    except binascii.Error as error:
        raise Invalid(f"body.stdin.data is not base64: {error}") from error
