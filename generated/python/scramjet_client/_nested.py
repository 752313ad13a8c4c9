# Copied by `make generate` from client/classes/_nested.py: edit it there.
"""A server behind another one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from ._runtime.aio.connection import AsyncConnection
from ._runtime.hints import lazy_hints

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ._runtime.aio.dialogues import AsyncDialogues
    from ._runtime.aio.reply import AsyncReply
    from ._runtime.call import Call


class AsyncNestedConnection(AsyncConnection):
    """A server that is asked through another one, over the connections to that.

    Args:
        outer: The connection to the server that passes requests on.
        prefix: Where the inner server is below the other's API base.
    """

    def __init__(self, outer: AsyncConnection, prefix: str) -> None:
        super().__init__(attrs.evolve(outer.settings, url=outer.settings.url + prefix))
        self._outer = outer
        self._prefix = prefix

    @property
    def dialogues(self) -> AsyncDialogues:
        """Those of the other server."""
        return self._outer.dialogues

    async def begin(
        self,
        call: Call[Any],
        headers: Mapping[str, str] | None,
        timeouts: dict[str, float | None],
        *,
        whole: bool = False,
    ) -> AsyncReply:
        """Send a call through the other server; see `AsyncConnection.begin`."""
        inner = attrs.evolve(call, path=self._prefix + call.path)
        return await self._outer.begin(inner, headers, timeouts, whole=whole)

    async def aclose(self) -> None:
        """Do nothing: the connections are the other server's."""


# What annotations alone name comes when somebody looks at them, as `typing.get_type_hints` does.
lazy_hints(
    globals(),
    {
        "AsyncDialogues": "._runtime.aio.dialogues",
        "AsyncReply": "._runtime.aio.reply",
        "Call": "._runtime.call",
        "Mapping": "collections.abc",
    },
)
