# Copied by `make generate` from client/classes/multi_manager.py: edit it there.
"""The client for a MultiManager."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from ._client import ServerClient
from ._operations.multi_manager import MultiManagerOperations
from ._runtime.hints import lazy_hints

if TYPE_CHECKING:
    from ._operations.raw_multi_manager import RawMultiManager
    from ._runtime.settings.config import Kind
    from .space import SpaceClient


class MultiManagerClient(MultiManagerOperations, ServerClient):
    """A MultiManager: runs Spaces, without users and access keys of a Platform.

    Example:
        ```python
        async with MultiManagerClient("http://127.0.0.1:11000/api/v1") as managers:
            started = await managers.start_manager(id="space-1")
            hubs = await managers.get_manager_client(started.id).get_hosts()
        ```
    """

    _kind: ClassVar[Kind] = "platform"

    @property
    def raw(self) -> RawMultiManager:
        """The same operations, each returning status and headers along with the result."""
        from ._operations.raw_multi_manager import RawMultiManager

        return RawMultiManager(self)

    def get_manager_client(self, id: str) -> SpaceClient:
        """Return a client for a Space.

        Args:
            id: The Space's id. No request is made: the Space may not exist.
        """
        from .space import SpaceClient

        return SpaceClient(id, self)

    get_space_client = get_manager_client


# Names that only annotations use are imported when these are read, as by `typing.get_type_hints`.
lazy_hints(
    globals(),
    {"Kind": "._runtime.settings.config", "RawMultiManager": "._operations.raw_multi_manager", "SpaceClient": ".space"},
)
