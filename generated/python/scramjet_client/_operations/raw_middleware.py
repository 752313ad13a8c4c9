"""The operations of MiddlewareClient, with the complete reply."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._runtime.hints import lazy_hints

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .._runtime.call import RawResponse
    from ..models.access_keys import AccessKeys
    from ..models.created_access_key import CreatedAccessKey
    from ..models.revoked_keys import RevokedKeys
    from ..models.space_ref import SpaceRef
    from ..models.version import Version
    from .middleware import MiddlewareOperations


class RawMiddleware:
    """The operations of MiddlewareClient, each returning status and headers along with the result.

    Streams are not here: an open stream has its own status and headers.

    Args:
        client: The client whose connection to use.
    """

    def __init__(self, client: MiddlewareOperations) -> None:
        self._connection = client.connection

    async def get_version(
        self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> RawResponse[Version]:
        """Return the service name and version.

        Request: `GET /version`; else as `get_version`.
        """
        from ..api.hub.get_version import call

        return await self._connection.send_raw(call(), timeout=timeout, headers=headers)

    async def get_managers(
        self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> RawResponse[list[SpaceRef]]:
        """List the Spaces that the token opens.

        Request: `GET /spaces`; else as `get_managers`.
        """
        from ..api.platform.list_spaces import call

        return await self._connection.send_raw(call(), timeout=timeout, headers=headers)

    list_spaces = get_managers
    """Another name of `get_managers`."""

    async def list_access_keys(
        self, space_id: str, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> RawResponse[AccessKeys]:
        """List a Space's access keys.

        Request: `GET /space/{space_id}/apikey`; else as `list_access_keys`.
        """
        from ..api.platform.list_access_keys import call

        return await self._connection.send_raw(call(space_id=space_id), timeout=timeout, headers=headers)

    async def create_access_key(
        self,
        space_id: str,
        description: str | None = None,
        *,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> RawResponse[CreatedAccessKey]:
        """Create an access key for a Space.

        Request: `POST /space/{space_id}/apikey`; else as `create_access_key`.
        """
        from ..api.platform.create_access_key import call

        return await self._connection.send_raw(
            call(space_id=space_id, description=description), timeout=timeout, headers=headers
        )

    async def revoke_access_keys(
        self,
        space_id: str,
        revoke: str | None = None,
        revoke_all: bool | None = None,
        *,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> RawResponse[RevokedKeys]:
        """Revoke access keys of a Space.

        Request: `DELETE /space/{space_id}/apikey`; else as `revoke_access_keys`.
        """
        from ..api.platform.revoke_access_keys import call

        return await self._connection.send_raw(
            call(space_id=space_id, revoke=revoke, revoke_all=revoke_all), timeout=timeout, headers=headers
        )


# Names that only annotations use are imported when these are read, as by `typing.get_type_hints`.
lazy_hints(
    globals(),
    {
        "AccessKeys": "..models.access_keys",
        "CreatedAccessKey": "..models.created_access_key",
        "Mapping": "collections.abc",
        "MiddlewareOperations": ".middleware",
        "RawResponse": ".._runtime.call",
        "RevokedKeys": "..models.revoked_keys",
        "SpaceRef": "..models.space_ref",
        "Version": "..models.version",
    },
)
