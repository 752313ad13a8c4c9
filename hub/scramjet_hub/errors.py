"""Errors that end a request: what is raised for a client, and that the client has gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class ClientDisconnected(Exception):  # noqa: N818 - an event the handler may expect, not a mistake of ours
    """The client went away: before the end of its body, or while it was waited for."""


class ApiError(Exception):
    """A reply that tells the client what is wrong, as `{"error": message}`.

    Args:
        status: The HTTP status.
        message: What is wrong and what to do about it; text or a JSON object.
        headers: Further headers of the reply, such as `Allow`.
    """

    def __init__(self, status: int, message: object, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(status, message)
        self.status = status
        self.message = message
        self.headers = dict(headers or {})

    def __str__(self) -> str:
        return f"{self.status}: {self.message}"
