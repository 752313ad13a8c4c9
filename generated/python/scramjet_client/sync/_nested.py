# Made blocking by `make generate` from client/classes/_nested.py: edit it there.
"""A server behind another one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from .._runtime.hints import lazy_hints
from .._runtime.sync.connection import Connection

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .._runtime.call import Call
    from .._runtime.sync.dialogues import Dialogues
    from .._runtime.sync.reply import Reply


class NestedConnection(Connection):
    """A server that is asked through another one, over the connections to that.

    Args:
        outer: The connection to the server that passes requests on.
        prefix: Where the inner server is below the other's API base.
    """

    def __init__(self, outer: Connection, prefix: str) -> None:
        super().__init__(attrs.evolve(outer.settings, url=outer.settings.url + prefix))
        self._outer = outer
        self._prefix = prefix

    @property
    def dialogues(self) -> Dialogues:
        """Those of the other server."""
        return self._outer.dialogues

    def begin(
        self,
        call: Call[Any],
        headers: Mapping[str, str] | None,
        timeouts: dict[str, float | None],
        *,
        whole: bool = False,
    ) -> Reply:
        """Send a call through the other server; see `Connection.begin`."""
        inner = attrs.evolve(call, path=self._prefix + call.path)
        return self._outer.begin(inner, headers, timeouts, whole=whole)

    def close(self) -> None:
        """Do nothing: the connections are the other server's."""


# What annotations alone name comes when somebody looks at them, as `typing.get_type_hints` does.
lazy_hints(
    globals(),
    {
        "Call": ".._runtime.call",
        "Dialogues": ".._runtime.sync.dialogues",
        "Mapping": "collections.abc",
        "Reply": ".._runtime.sync.reply",
    },
)
