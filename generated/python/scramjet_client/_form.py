# Copied by `make generate` from client/classes/_form.py: edit it there.
"""Multipart forms: a package together with a configuration."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from ._runtime.aio.uploads import AsyncUpload
from ._runtime.hints import lazy_hints
from ._runtime.texts import json_as_bytes

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from ._runtime.call import UploadSource


class AsyncForm:
    """A `multipart/form-data` body that is generated while it is sent.

    Args:
        package: The package.
        app_config: The default configuration of Instances that are started without their own.
    """

    def __init__(self, package: UploadSource, app_config: Mapping[str, Any]) -> None:
        self._package = package
        self._app_config = app_config
        # Random and long enough that it cannot occur in the package.
        self._boundary = secrets.token_hex(24)

    @property
    def content_type(self) -> str:
        """The media type, including the boundary."""
        return f"multipart/form-data; boundary={self._boundary}"

    async def chunks(self) -> AsyncIterator[bytes]:
        """Yield the body piece by piece."""
        yield self._head("appConfig", "application/json") + json_as_bytes(dict(self._app_config)) + b"\r\n"
        yield self._head("package", "application/gzip", filename="package.tar.gz")
        async for chunk in AsyncUpload(self._package).chunks():
            yield chunk
        yield f"\r\n--{self._boundary}--\r\n".encode()

    def _head(self, name: str, content_type: str, filename: str | None = None) -> bytes:
        file = "" if filename is None else f'; filename="{filename}"'
        lines = (
            f"--{self._boundary}",
            f'Content-Disposition: form-data; name="{name}"{file}',
            f"Content-Type: {content_type}",
            "",
            "",
        )
        return "\r\n".join(lines).encode()


# Names that only annotations use are imported when these are read, as by `typing.get_type_hints`.
lazy_hints(
    globals(), {"AsyncIterator": "collections.abc", "Mapping": "collections.abc", "UploadSource": "._runtime.call"}
)
