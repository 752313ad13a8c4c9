# Made blocking by `make generate` from client/runtime/aio/requesting.py: edit it there.
"""The request side of an exchange."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..._runtime.hints import lazy_hints
from .. import requests
from ..broken import ConnectionBroken
from .primitives import Background, Lock
from .sender import checked
from .uploads import Upload

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..call import Call
    from .duplex.request import DuplexRequest
    from .reply import Reply
    from .requester import Requester


class Requesting:
    """A request whose body is sent in parts, or from a source in the background.

    It is separate from the exchange so that the background work does not reference the exchange: an exchange that is
    garbage-collected is aborted.

    Args:
        connection: The connection to the server.
        call: The call.
        headers: Additional headers.

    Attributes:
        duplex: The full-duplex connection, once it is open.
        error: The error of the source.
        awaiting: Whether a reader waits for the reply.
    """

    def __init__(self, connection: Requester, call: Call[Any], headers: Mapping[str, str] | None) -> None:
        self.duplex: DuplexRequest | None = None
        self.error: Exception | None = None
        self.awaiting = False
        self._settings = connection.settings
        self._connector = connection.connector
        self._call = call
        self._headers = headers
        self._sending: Background | None = None
        self._lock = Lock()

    def connected(self) -> DuplexRequest:
        """Connect and begin the request, unless it has begun.

        Raises:
            RequestError: Connecting failed.
        """
        if self.duplex is not None:
            return self.duplex
        # A reader and a writer may run at the same time; only one of them may connect.
        with self._lock:
            if self.duplex is None:
                self.duplex = self._connect()
        return self.duplex

    def _connect(self) -> DuplexRequest:
        upload = None if self._call.body is None else Upload(self._call.body, self._call.progress)
        headers = requests.headers_for(self._settings, self._call, self._headers)
        headers.append(("transfer-encoding", "chunked"))
        url = requests.url_for(self._settings, self._call)
        duplex = self._connector.begin(self._call.method, url, headers)
        if upload is not None:
            self._sending = Background(lambda: self._send_source(duplex, upload))
        return duplex

    def _send_source(self, duplex: DuplexRequest, upload: Upload) -> None:
        try:
            for chunk in upload.chunks():
                duplex.send(chunk)
            duplex.end()
        except ConnectionBroken:
            # The reader of the reply gets the error.
            return
        except Exception as error:  # noqa: BLE001 -- re-raised where the reply is read
            self.error = error
            # Aborted, not ended, so that the server does not take the data for complete.
            duplex.close()

    def reply(self, timeout: float | None) -> Reply:
        """Wait for the reply to begin.

        Raises:
            RequestError: No reply arrived.
            ApiStatusError: It is an error.
        """
        duplex = self.connected()
        self.awaiting = True
        return checked(duplex.reply(timeout), self._settings, timeout)

    def stop(self) -> None:
        """Stop sending the source."""
        if self._sending is not None:
            self._sending.stop()

    def abandon(self) -> None:
        """Abort without waiting."""
        if self._sending is not None:
            self._sending.abandon()
        if self.duplex is not None:
            self.duplex.abandon()


# Names that only annotations use are imported when these are read, as by `typing.get_type_hints`.
lazy_hints(
    globals(),
    {
        "Call": "..call",
        "DuplexRequest": ".duplex.request",
        "Mapping": "collections.abc",
        "Reply": ".reply",
        "Requester": ".requester",
    },
)
