# Made blocking by `make generate` from client/runtime/aio/requesting.py: edit it there.
"""The request of an exchange, while it goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..._runtime.hints import lazy_hints
from .. import requests
from ..broken import WireBroken
from .primitives import Background, Lock
from .sender import checked
from .uploads import Upload

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..call import Call
    from .dialogue import Dialogue
    from .reply import Reply
    from .requester import Requester


class Requesting:
    """A request whose body is sent bit by bit, or from a source in the background.

    It is apart from the exchange so that what works in the background does not hold the exchange: one that nobody
    holds any more is broken off.

    Args:
        connection: Where to ask.
        call: What to ask.
        headers: Headers on top of all others.

    Attributes:
        dialogue: The connection, once there is one.
        error: What went wrong with the source.
        awaiting: Whether the reply is waited for.
    """

    def __init__(self, connection: Requester, call: Call[Any], headers: Mapping[str, str] | None) -> None:
        self.dialogue: Dialogue | None = None
        self.error: Exception | None = None
        self.awaiting = False
        self._settings = connection.settings
        self._dialogues = connection.dialogues
        self._call = call
        self._headers = headers
        self._sending: Background | None = None
        self._lock = Lock()

    def connected(self) -> Dialogue:
        """Connect and begin the request, unless that was done.

        Raises:
            RequestError: There is no connection.
        """
        if self.dialogue is not None:
            return self.dialogue
        # One may read while another writes; they must not both connect.
        with self._lock:
            if self.dialogue is None:
                self.dialogue = self._connect()
        return self.dialogue

    def _connect(self) -> Dialogue:
        upload = None if self._call.body is None else Upload(self._call.body, self._call.progress)
        headers = requests.headers_for(self._settings, self._call, self._headers)
        headers.append(("transfer-encoding", "chunked"))
        url = requests.url_for(self._settings, self._call)
        dialogue = self._dialogues.begin(self._call.method, url, headers)
        if upload is not None:
            self._sending = Background(lambda: self._send_source(dialogue, upload))
        return dialogue

    def _send_source(self, dialogue: Dialogue, upload: Upload) -> None:
        try:
            for chunk in upload.chunks():
                dialogue.send(chunk)
            dialogue.end()
        except WireBroken:
            # Whoever reads the reply finds out.
            return
        except Exception as error:  # noqa: BLE001 -- it is raised again where the reply is read
            self.error = error
            # Not ended but broken off, so that the server does not take it for all there is.
            dialogue.close()

    def reply(self, timeout: float | None) -> Reply:
        """Wait for the reply to begin.

        Raises:
            RequestError: There is none.
            ApiStatusError: It is an error.
        """
        dialogue = self.connected()
        self.awaiting = True
        return checked(dialogue.reply(timeout), self._settings, timeout)

    def stop(self) -> None:
        """Send no more of the source."""
        if self._sending is not None:
            self._sending.stop()

    def abandon(self) -> None:
        """Break off without waiting for anything."""
        if self._sending is not None:
            self._sending.abandon()
        if self.dialogue is not None:
            self.dialogue.abandon()


# What annotations alone name comes when somebody looks at them, as `typing.get_type_hints` does.
lazy_hints(
    globals(),
    {
        "Call": "..call",
        "Dialogue": ".dialogue",
        "Mapping": "collections.abc",
        "Reply": ".reply",
        "Requester": ".requester",
    },
)
