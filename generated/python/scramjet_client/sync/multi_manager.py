# Made blocking by `make generate` from client/classes/multi_manager.py: edit it there.
"""The client for a MultiManager."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from .._runtime.arguments import configuration_of
from .._runtime.hints import lazy_hints
from ._client import ServerClient
from ._operations.multi_manager import MultiManagerOperations

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .._runtime.settings.config import Kind
    from ._operations.raw_multi_manager import RawMultiManager
    from .space import SpaceClient


class MultiManagerClient(MultiManagerOperations, ServerClient):
    """A MultiManager: runs Spaces, without users and access keys of a Platform.

    Example:
        ```python
        with MultiManagerClient("http://127.0.0.1:11000/api/v1") as managers:
            space = managers.start_manager("space-1")
            hubs = space.get_hosts()
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

    def start_manager(
        self,
        id: str | None = None,
        config: Mapping[str, Any] | None = None,
        *,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> SpaceClient:
        """Start a Space.

        Request: `POST /start`

        Args:
            id: The Space's id; the server creates one if omitted.
            config: Further settings of the Space; the server's defaults apply to the others.
            timeout: Seconds to wait for the reply, instead of the client's.
            headers: Additional headers of this request.

        Raises:
            ArgumentTypeError: `config` is not a mapping.
            ConflictError: There is a Space with this id.
            ScramjetError: Any other failure.
        """
        from ..api.multi_manager.start_manager import call
        from ..models import ManagerSettings

        further = configuration_of(config, "config") or {}
        settings = ManagerSettings.from_dict({**further, **({} if id is None else {"id": id})})
        reply = self._connection.send(call(manager=settings), timeout=timeout, headers=headers)
        return self.get_manager_client(reply.id)

    start_space = start_manager


# Names that only annotations use are imported when these are read, as by `typing.get_type_hints`.
lazy_hints(
    globals(),
    {
        "Kind": ".._runtime.settings.config",
        "Mapping": "collections.abc",
        "RawMultiManager": "._operations.raw_multi_manager",
        "SpaceClient": ".space",
    },
)
