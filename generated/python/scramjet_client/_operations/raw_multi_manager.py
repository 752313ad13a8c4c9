"""The operations of MultiManagerClient, with the complete reply."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._runtime.hints import lazy_hints

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .._runtime.call import RawResponse
    from ..models.hub_health import HubHealth
    from ..models.load import Load
    from ..models.manager_settings import ManagerSettings
    from ..models.multi_manager_info import MultiManagerInfo
    from ..models.space_ref import SpaceRef
    from ..models.version import Version
    from .multi_manager import MultiManagerOperations


class RawMultiManager:
    """The operations of MultiManagerClient, each returning status and headers along with the result.

    Streams are not here: an open stream has its own status and headers.

    Args:
        client: The client whose connection to use.
    """

    def __init__(self, client: MultiManagerOperations) -> None:
        self._connection = client.connection

    async def get_version(
        self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> RawResponse[Version]:
        """Return the service name and version.

        Request: `GET /version`; else as `get_version`.
        """
        from ..api.hub.get_version import call

        return await self._connection.send_raw(call(), timeout=timeout, headers=headers)

    async def get_health(
        self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> RawResponse[HubHealth]:
        """Check whether the Hub is healthy and accepts new work.

        Request: `GET /health`; else as `get_health`.
        """
        from ..api.hub.get_health import call

        return await self._connection.send_raw(call(), timeout=timeout, headers=headers)

    async def get_load_check(
        self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> RawResponse[Load]:
        """Return the load of the Hub's machine.

        Request: `GET /load-check`; else as `get_load_check`.
        """
        from ..api.hub.get_load import call

        return await self._connection.send_raw(call(), timeout=timeout, headers=headers)

    get_load = get_load_check
    """Another name of `get_load_check`."""

    async def get_info(
        self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> RawResponse[MultiManagerInfo]:
        """Return the MultiManager's address and the number of its Spaces.

        Request: `GET /info`; else as `get_info`.
        """
        from ..api.multi_manager.get_multi_manager_info import call

        return await self._connection.send_raw(call(), timeout=timeout, headers=headers)

    async def get_managers(
        self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> RawResponse[list[SpaceRef]]:
        """List the MultiManager's Spaces.

        Request: `GET /list`; else as `get_managers`.
        """
        from ..api.multi_manager.list_managers import call

        return await self._connection.send_raw(call(), timeout=timeout, headers=headers)

    list_managers = get_managers
    """Another name of `get_managers`."""

    list_spaces = get_managers
    """Another name of `get_managers`."""

    async def start_manager(
        self,
        manager: ManagerSettings | None = None,
        *,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> RawResponse[SpaceRef]:
        """Start a Space.

        Request: `POST /start`; else as `start_manager`.
        """
        from ..api.multi_manager.start_manager import call

        return await self._connection.send_raw(call(manager=manager), timeout=timeout, headers=headers)

    start_space = start_manager
    """Another name of `start_manager`."""

    async def stop_manager(
        self, space_id: str, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> RawResponse[SpaceRef]:
        """Stop a Space.

        Request: `POST /cpm/{space_id}/stop`; else as `stop_manager`.
        """
        from ..api.multi_manager.stop_manager import call

        return await self._connection.send_raw(call(space_id=space_id), timeout=timeout, headers=headers)

    stop_space = stop_manager
    """Another name of `stop_manager`."""


# Names that only annotations use are imported when these are read, as by `typing.get_type_hints`.
lazy_hints(
    globals(),
    {
        "HubHealth": "..models.hub_health",
        "Load": "..models.load",
        "ManagerSettings": "..models.manager_settings",
        "Mapping": "collections.abc",
        "MultiManagerInfo": "..models.multi_manager_info",
        "MultiManagerOperations": ".multi_manager",
        "RawResponse": ".._runtime.call",
        "SpaceRef": "..models.space_ref",
        "Version": "..models.version",
    },
)
