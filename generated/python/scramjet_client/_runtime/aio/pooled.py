# Copied by `make generate` from client/runtime/aio/pooled.py: edit it there.
"""Replies on pooled connections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..._runtime.hints import lazy_hints
from .. import http
from .pool import chunks_of, close, let_go
from .primitives import interrupt
from .reply import AsyncReply

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from ..errors import RequestError
    from .pool import AsyncPool


class AsyncPooledReply(AsyncReply):
    """A reply on a pooled connection.

    Args:
        pool: The pool of its connection.
        response: The HTTP client's response object.
        request: The request.
        url: The requested URL.
    """

    failures = (http.TransportError, http.DecodingError)

    def __init__(self, pool: AsyncPool, response: http.Response, request: http.Request, url: str) -> None:
        super().__init__(response.status_code, response.headers, request.method, url)
        self._pool = pool
        self._response = response
        self._timeouts: dict[str, float | None] = request.extensions["timeout"]

    def set_read_timeout(self, seconds: float | None) -> None:
        """Set the time limit for each part of the body, in seconds; call it before the first part is read."""
        self._timeouts["read"] = seconds

    def _body(self) -> AsyncIterator[bytes]:
        return chunks_of(self._response)

    def _broken(self, error: Exception, received: int) -> RequestError:
        return http.inside_reply(error, self.method, self.url, received)

    async def _free(self) -> None:
        if not self.ended:
            interrupt(self._response.extensions)
        await close(self._response)

    def _let_go(self) -> None:
        let_go(self._pool, self._response)


# Names that only annotations use are imported when these are read, as by `typing.get_type_hints`.
lazy_hints(globals(), {"AsyncIterator": "collections.abc", "AsyncPool": ".pool", "RequestError": "..errors"})
