# Made blocking by `make generate` from client/classes/space.py: edit it there.
"""The client for a Space."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._runtime.errors import ConfigurationError
from .._runtime.hints import lazy_hints
from .._runtime.paths import segment
from .._runtime.requests import moved
from ._client import PartClient
from ._operations.space import SpaceOperations

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .._runtime.call import Progress, UploadSource
    from ..models import StoreItem
    from ._client import ServerClient
    from ._operations.raw_space import RawSpace
    from .host import HostClient
    from .middleware import MiddlewareClient

AT_MULTI_MANAGER = ("/space/", "/cpm/")
"""Where a MultiManager has the paths of its Spaces."""

OWN_SPACE = "cpm"
"""The id of the Space that a Hub is in, for those who ask the Hub."""

AT_HUB = (f"/space/{OWN_SPACE}/", "/cpm/")
"""Where a Hub has the paths of the Space that it is in."""


class SpaceClient(SpaceOperations, PartClient):
    """A Space, also called Manager: a group of Hubs.

    Args:
        id: Its id.
        platform: The Platform that it belongs to, its MultiManager, or a Hub that is in it; the configured Platform if
            omitted.

    Attributes:
        id: As given.
    """

    def __init__(self, id: str, platform: ServerClient | None = None) -> None:
        from .host import HostClient
        from .middleware import MiddlewareClient
        from .multi_manager import MultiManagerClient

        self.id = id
        super().__init__(MiddlewareClient() if platform is None else platform, own=platform is None)
        if isinstance(platform, MultiManagerClient):
            self._connection = self._connection.with_settings(moved=AT_MULTI_MANAGER)
        elif isinstance(platform, HostClient):
            self._connection = self._connection.with_settings(moved=AT_HUB)

    @property
    def server(self) -> ServerClient:
        """The server that is asked: the Platform, the MultiManager or a Hub that is in the Space."""
        return self._server

    @property
    def platform(self) -> MiddlewareClient:
        """The Platform that it belongs to.

        Raises:
            ConfigurationError: It is asked through a MultiManager or a Hub.
        """
        from .middleware import MiddlewareClient

        if not isinstance(self._server, MiddlewareClient):
            raise ConfigurationError(
                f"{self} is not on a Platform; create it with MiddlewareClient.get_manager_client."
            )
        return self._server

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
        settings = self._connection.settings
        if settings.moved is not None:
            path = moved(path, settings.moved)
        return HostClient(connection=self._connection.with_settings(url=settings.url + path, moved=None))

    def put_store_item(
        self,
        package: UploadSource,
        filename: str = "",
        *,
        progress: Progress | None = None,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> StoreItem:
        """Put a package into the Space's store.

        A Hub of the Space that is asked to start a Sequence `x` that it does not have fetches the file `x.tar.gz`; so
        without a file name, every Hub can start the package by the `id` of the returned item.

        Request: `PUT /space/{space_id}/api/v1/s3/{filename}`, or `PUT /space/{space_id}/api/v1/s3`

        Args:
            package: The path of a tar.gz or of a folder that is packed while it is sent, or the tar.gz itself; as for
                `HostClient.send_sequence`.
            filename: The name of the file in the store; if empty, the Space names it after the item's new id.
            progress: Called with the bytes sent so far, and their total if known.
            timeout: Seconds to wait for the reply after everything is sent, instead of the client's.
            headers: Additional headers of this request.

        Raises:
            UnprocessableEntityError: The package has no name or no `main`, or is no tar.gz.
            InsufficientStorageError: The store is full.
            NotFoundError: No such Space.
            ScramjetError: Any other failure.
        """
        from ..api.store.add_store_item import call as add
        from ..api.store.put_store_item import call as put

        if filename:
            upload = put(space_id=self.id, filename=filename, data=package, progress=progress)
        else:
            upload = add(space_id=self.id, data=package, progress=progress)
        return self._connection.send(upload, timeout=timeout, headers=headers)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.id} on {self._server.url}>"


ManagerClient = SpaceClient
"""The former name of a Space's client."""

# Names that only annotations use are imported when these are read, as by `typing.get_type_hints`.
lazy_hints(
    globals(),
    {
        "HostClient": ".host",
        "Mapping": "collections.abc",
        "MiddlewareClient": ".middleware",
        "Progress": ".._runtime.call",
        "RawSpace": "._operations.raw_space",
        "ServerClient": "._client",
        "StoreItem": "..models",
        "UploadSource": ".._runtime.call",
    },
)
