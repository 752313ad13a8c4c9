"""Notices that a Hub has stopped answering, so that a run does not go on against nothing."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from scramjet_contract.wire import WireError

if TYPE_CHECKING:
    from collections.abc import Callable

IN_A_ROW = 3
"""Requests without a reply, one after the other, after which the Hub is asked whether it is still there."""


class HubSilent(WireError):  # noqa: N818 - reads as what it says
    """The Hub has stopped answering; nothing more is sent to it."""


class Silence:
    """Counts requests that got no reply. Threads may share it.

    A request without a reply may be what a check is about, so some of them prove nothing; the Hub is then asked for its
    version, and only if that has no answer either, it is given up.

    Args:
        ask: Asks the Hub for its version; whether it answered.
        gone: Called once, when it is given up.
    """

    def __init__(self, ask: Callable[[], bool], gone: Callable[[], object]) -> None:
        self.operation = ""
        self._ask = ask
        self._gone = gone
        self._unanswered: list[str] = []
        self._lock = threading.Lock()

    def check(self) -> None:
        """Send nothing to a Hub that was given up.

        Raises:
            HubSilent: It was.
        """
        if self.operation:
            raise HubSilent("the Hub has stopped answering")

    def answered(self) -> None:
        """Note a reply."""
        with self._lock:
            self._unanswered.clear()

    def unanswered(self, operation: str) -> None:
        """Note a request without one; the last of several in a row asks the Hub for its version."""
        with self._lock:
            self._unanswered.append(operation)
            is_over = len(self._unanswered) >= IN_A_ROW and self._has_stopped()
        if is_over:
            self._gone()

    def suspect(self) -> None:
        """Ask the Hub for its version if the last request had no reply, be it the only one."""
        with self._lock:
            is_over = bool(self._unanswered) and self._has_stopped()
        if is_over:
            self._gone()

    def _has_stopped(self) -> bool:
        """Whether the Hub is given up now, and was not before."""
        if self.operation:
            return False
        if not self._ask():
            self.operation = self._unanswered[0]
        self._unanswered.clear()
        return bool(self.operation)
