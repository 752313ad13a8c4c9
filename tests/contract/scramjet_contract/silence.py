"""Detects that a Hub has stopped answering, so that a run does not continue without a Hub."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from scramjet_contract.wire import WireError

if TYPE_CHECKING:
    from collections.abc import Callable

IN_A_ROW = 3
"""Requests in a row without a reply, after which the Hub is probed."""


class HubSilent(WireError):  # noqa: N818 - reads as what it says
    """The Hub has stopped answering; nothing more is sent to it."""


class Silence:
    """Counts requests without a reply. Thread-safe.

    Some checks expect no reply, so a few missing replies prove nothing. The Hub is then asked for its version, and it
    is given up only if that request has no answer either.

    Args:
        ask: Asks the Hub for its version; returns whether it answered.
        gone: Called once, when the Hub is given up.
    """

    def __init__(self, ask: Callable[[], bool], gone: Callable[[], object]) -> None:
        self.operation = ""
        self._ask = ask
        self._gone = gone
        self._unanswered: list[str] = []
        self._lock = threading.Lock()

    def check(self) -> None:
        """Raise if the Hub was given up, so that nothing more is sent to it.

        Raises:
            HubSilent: The Hub was given up.
        """
        if self.operation:
            raise HubSilent("the Hub has stopped answering")

    def answered(self) -> None:
        """Record a reply."""
        with self._lock:
            self._unanswered.clear()

    def unanswered(self, operation: str) -> None:
        """Record a request without a reply; after several in a row, ask the Hub for its version."""
        with self._lock:
            self._unanswered.append(operation)
            is_over = len(self._unanswered) >= IN_A_ROW and self._has_stopped()
        if is_over:
            self._gone()

    def suspect(self) -> None:
        """Ask the Hub for its version if the last request had no reply, even if it was the only one."""
        with self._lock:
            is_over = bool(self._unanswered) and self._has_stopped()
        if is_over:
            self._gone()

    def _has_stopped(self) -> bool:
        """Return whether the Hub is given up now, and was not before."""
        if self.operation:
            return False
        if not self._ask():
            self.operation = self._unanswered[0]
        self._unanswered.clear()
        return bool(self.operation)
