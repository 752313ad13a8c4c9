# Copied by `make generate` from client/classes/middleware.py: edit it there.
"""The client for a Platform."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from ._client import ServerClient
from ._operations.middleware import MiddlewareOperations
from ._runtime.hints import lazy_hints

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ._operations.raw_middleware import RawMiddleware
    from ._runtime.settings.config import Kind
    from .models import RevokedKeys
    from .space import SpaceClient


class MiddlewareClient(MiddlewareOperations, ServerClient):
    """A Platform, also called Middleware: manages Spaces and their access keys.

    Example:
        ```python
        async with MiddlewareClient("https://api.example.com/api/v1", token=token) as platform:
            spaces = await platform.get_managers()
            space = platform.get_manager_client(spaces[0].id)
            hubs = await space.get_hosts()
        ```
    """

    _kind: ClassVar[Kind] = "platform"

    @property
    def raw(self) -> RawMiddleware:
        """The same operations, each returning status and headers along with the result."""
        from ._operations.raw_middleware import RawMiddleware

        return RawMiddleware(self)

    def get_manager_client(self, id: str) -> SpaceClient:
        """Return a client for a Space.

        Args:
            id: The Space's id. No request is made: the Space may not exist.
        """
        from .space import SpaceClient

        return SpaceClient(id, self)

    get_space_client = get_manager_client

    async def revoke_access_key(
        self, space_id: str, key: str, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> RevokedKeys:
        """Revoke an access key of a Space.

        Request: `DELETE /space/{space_id}/apikey`

        Args:
            space_id: The Space's id.
            key: The key.
            timeout: Seconds to wait for the reply, instead of the client's.
            headers: Additional headers of this request.

        Raises:
            NotFoundError: No such Space.
            ScramjetError: Any other failure.
        """
        from ._runtime.errors import InvalidArgumentError
        from .api.platform.revoke_access_keys import call

        if not key:
            # An empty key would not say which one to revoke.
            raise InvalidArgumentError("key is empty: give the key, or use revoke_all_access_keys. Nothing was sent.")
        return await self._connection.send(call(space_id=space_id, revoke=key), timeout=timeout, headers=headers)

    async def revoke_all_access_keys(
        self, space_id: str, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> RevokedKeys:
        """Revoke all access keys of a Space.

        Request: `DELETE /space/{space_id}/apikey`

        Args:
            space_id: The Space's id.
            timeout: Seconds to wait for the reply, instead of the client's.
            headers: Additional headers of this request.

        Raises:
            NotFoundError: No such Space.
            ScramjetError: Any other failure.
        """
        from .api.platform.revoke_access_keys import call

        return await self._connection.send(call(space_id=space_id, revoke_all=True), timeout=timeout, headers=headers)


# Names that only annotations use are imported when these are read, as by `typing.get_type_hints`.
lazy_hints(
    globals(),
    {
        "Kind": "._runtime.settings.config",
        "Mapping": "collections.abc",
        "RawMiddleware": "._operations.raw_middleware",
        "RevokedKeys": ".models",
        "SpaceClient": ".space",
    },
)
