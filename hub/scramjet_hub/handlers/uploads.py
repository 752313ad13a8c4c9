"""Receives uploaded packages into a file: the whole body, or a part of a form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import attrs
import orjson
from python_multipart import MultipartParser
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import parse_options_header
from scramjet_serving.errors import ApiError
from scramjet_serving.json_input import TooDeep, read_json
from scramjet_serving.messages import body_too_large
from scramjet_serving.validation import refusal

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

    from scramjet_serving.messages import Request

    from scramjet_hub.config import HubConfig

FORM: Final = "multipart/form-data"
PACKAGE_PARTS: Final = (b"package", b"file")
CONFIG_PART: Final = b"appConfig"
MAX_PARTS: Final = 100


@attrs.frozen
class Upload:
    """A received package.

    Attributes:
        path: The file.
        app_config: The `appConfig` sent with it, None if missing.
    """

    path: Path
    app_config: dict[str, Any] | None


async def receive(request: Request, place: Path, config: HubConfig) -> Upload:
    """Write the package of a request to a file.

    Args:
        request: The request; nothing of its body has been read.
        place: The folder for the file.
        config: The configuration with the limits.

    Raises:
        ApiError: 413 for a package that is too large, 422 for a broken form or one without a package, 400 for an
            invalid `appConfig`.
        ClientDisconnected: The client disconnected.
    """
    check_announced_size(request, config.max_package_size)
    path = place / "upload"
    with path.open("xb") as file:
        if request.content_type != FORM:
            await _copy(request, file, config.max_package_size)
            return Upload(path, None)
        form = _Form(_boundary(request), file, config.max_json_size)
        async for chunk in request.chunks():
            _check_size(request, config.max_package_size)
            form.feed(chunk)
    return Upload(path, form.finish())


def check_announced_size(request: Request, limit: int) -> None:
    """Reject a body whose `Content-Length` is too large, before any of it is read.

    Raises:
        ApiError: 413, it is too large.
    """
    if int(request.headers.get("content-length", 0)) > limit:
        raise body_too_large(limit)


async def _copy(request: Request, file: BinaryIO, limit: int) -> None:
    async for chunk in request.chunks():
        _check_size(request, limit)
        file.write(chunk)


def _check_size(request: Request, limit: int) -> None:
    if request.received > limit:
        raise body_too_large(limit)


def _boundary(request: Request) -> bytes:
    boundary = parse_options_header(request.headers.get("content-type"))[1].get(b"boundary")
    if not boundary:
        raise refusal("header", "content-type", "multipart/form-data without a boundary")
    return boundary


class _Form:
    """Parses a form as it arrives: the package into a file, `appConfig` into memory; other parts are dropped."""

    def __init__(self, boundary: bytes, file: BinaryIO, max_config: int) -> None:
        self._file = file
        self._max_config = max_config
        self._config = bytearray()
        self._parts: list[bytes] = []
        self._header_name = b""
        self._header_value = b""
        self._complete = False
        try:
            self._parser = MultipartParser(boundary, self._callbacks())  # type: ignore[arg-type]  # a TypedDict there
        except FormParserError as error:
            raise ApiError(422, f"The form cannot be read: {error}") from error

    def _callbacks(self) -> dict[str, Any]:
        return {
            "on_part_begin": self._begin_part,
            "on_header_field": self._take_name,
            "on_header_value": self._take_value,
            "on_header_end": self._end_header,
            "on_part_data": self._take_data,
            "on_end": self._end,
        }

    def feed(self, chunk: bytes) -> None:
        """Parse the next bytes.

        Raises:
            ApiError: The form is broken, or a part is too large or duplicated.
        """
        try:
            self._parser.write(chunk)
        except FormParserError as error:
            raise ApiError(422, f"The form cannot be read: {error}") from error

    def finish(self) -> dict[str, Any] | None:
        """Return the `appConfig` of the completed form.

        Raises:
            ApiError: It is incomplete, has no package, or its `appConfig` is not a JSON object.
        """
        if not self._complete:
            raise ApiError(422, "The form is cut off before its last boundary")
        if not any(part in PACKAGE_PARTS for part in self._parts):
            raise ApiError(422, "The form has no part 'package' or 'file' with the package")
        return parse_app_config(bytes(self._config)) if CONFIG_PART in self._parts else None

    def _begin_part(self) -> None:
        self._parts.append(b"")
        if len(self._parts) > MAX_PARTS:
            raise ApiError(422, f"The form has more than {MAX_PARTS} parts")

    def _take_name(self, data: bytes, start: int, end: int) -> None:
        self._header_name += data[start:end]

    def _take_value(self, data: bytes, start: int, end: int) -> None:
        self._header_value += data[start:end]

    def _end_header(self) -> None:
        if self._header_name.lower() == b"content-disposition":
            name = parse_options_header(self._header_value)[1].get(b"name", b"")
            if name == CONFIG_PART and CONFIG_PART in self._parts:
                raise ApiError(422, "The form has two parts 'appConfig'")
            if name in PACKAGE_PARTS and any(part in PACKAGE_PARTS for part in self._parts):
                raise ApiError(422, "The form has two parts with a package")
            self._parts[-1] = name
        self._header_name = self._header_value = b""

    def _take_data(self, data: bytes, start: int, end: int) -> None:
        part = self._parts[-1]
        if part in PACKAGE_PARTS:
            self._file.write(memoryview(data)[start:end])
        elif part == CONFIG_PART:
            self._config += data[start:end]
            if len(self._config) > self._max_config:
                raise ApiError(413, f"The part 'appConfig' is longer than {self._max_config} bytes")

    def _end(self) -> None:
        self._complete = True


def parse_app_config(raw: bytes) -> dict[str, Any]:
    """Parse an `appConfig` given as text.

    Raises:
        ApiError: 400, it is not a JSON object, or nested too deep.
    """
    try:
        value = read_json(raw)
    except TooDeep as error:
        raise refusal("body", "/appConfig", str(error)) from error
    except orjson.JSONDecodeError as error:
        raise refusal("body", "/appConfig", f"is not JSON: {error}") from error
    if not isinstance(value, dict):
        raise refusal("body", "/appConfig", "is not an object")
    return value
