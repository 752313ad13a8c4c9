"""The client for a Space."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from ._client import PartClient
from ._operations.space import SpaceOperations
from ._runtime.paths import segment

if TYPE_CHECKING:
    from ._operations.raw_space import RawSpace
    from .host import HostClient
    from .middleware import MiddlewareClient


class SpaceClient(SpaceOperations, PartClient):
    """A Space, also called Manager: a group of Hubs.

    Args:
        id: Its id.
        platform: The Platform that it belongs to; the configured one if omitted.

    Attributes:
        id: As given.
    """

    def __init__(self, id: str, platform: MiddlewareClient | None = None) -> None:
        from .middleware import MiddlewareClient

        self.id = id
        super().__init__(MiddlewareClient() if platform is None else platform, own=platform is None)

    @property
    def platform(self) -> MiddlewareClient:
        """The Platform that it belongs to."""
        return cast("MiddlewareClient", self._server)

    @property
    def raw(self) -> RawSpace:
        """The same operations, each returning status and headers along with the result."""
        from ._operations.raw_space import RawSpace

        return RawSpace(self)

    def get_host_client(self, id: str) -> HostClient:
        """Return a client for a Hub of the Space, which forwards all requests to it over the same connections.

        Args:
            id: The Hub's id. No request is made: the Hub may not exist.

        Raises:
            InvalidArgumentError: The id of the Hub or of the Space cannot be one.
        """
        from .host import HostClient

        path = f"/space/{segment(self.id, 'space_id')}/api/v1/sth/{segment(id, 'hub_id')}/api/v1"
        return HostClient(connection=self._connection.with_settings(url=self._connection.settings.url + path))

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.id} on {self.platform.url}>"


ManagerClient = SpaceClient
"""The former name of a Space's client."""
