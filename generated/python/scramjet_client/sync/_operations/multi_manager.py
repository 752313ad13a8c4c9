"""The operations of MultiManagerClient, from the API description."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..._runtime.hints import lazy_hints
from .._client import Client

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..._runtime.sync.streams import Stream
    from ...models.audit_record import AuditRecord
    from ...models.hub_health import HubHealth
    from ...models.load import Load
    from ...models.log_record import LogRecord
    from ...models.multi_manager_info import MultiManagerInfo
    from ...models.space_ref import SpaceRef
    from ...models.version import Version


class MultiManagerOperations(Client):
    """The operations of MultiManagerClient."""

    def get_version(self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None) -> Version:
        """Return the service name and version.

        Needs no token on a Hub; use it as a liveness check. It does not tell whether the Hub accepts new
        work; see `HostClient.get_health`. The Platform requires a token for this request too.

        Request: `GET /version`

        Args:
            timeout: Seconds to wait for the next part of the reply, instead of the client's; `math.inf` for
                no limit.
            headers: Additional headers of this request.

        Returns:
            The service name and version.

        Raises:
            ForbiddenError: The token does not permit this. The Platform also replies 403 to a missing or
                wrong token.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ...api.hub.get_version import call

        return self._connection.send(call(), timeout=timeout, headers=headers)

    def get_health(self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None) -> HubHealth:
        """Check whether the Hub is healthy and accepts new work.

        A readiness probe for schedulers and load balancers; it needs no token. A Hub that is shutting down
        (SIGTERM) accepts no new work while its Instances stop, and answers 503 here until it has ended. All
        other operations keep working until then. It also answers 503, with the reasons in `problems`, when
        its data folder is gone or cannot be written to, or when the process that starts its Instances does
        not answer within five seconds.

        Request: `GET /health`

        Args:
            timeout: Seconds to wait for the next part of the reply, instead of the client's; `math.inf` for
                no limit.
            headers: Additional headers of this request.

        Returns:
            The Hub is well.

        Raises:
            ForbiddenError: The token does not permit this. The Platform also replies 403 to a missing or
                wrong token.
            ServiceUnavailableError: The Hub drains before it ends, or cannot do its work.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ...api.hub.get_health import call

        return self._connection.send(call(), timeout=timeout, headers=headers)

    def get_load_check(self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None) -> Load:
        """Return the load of the Hub's machine.

        CPU, memory and file systems of the machine; inside a container, those of the container. The Hub
        uses these figures to decide whether another Instance fits.

        Request: `GET /load-check`

        Args:
            timeout: Seconds to wait for the next part of the reply, instead of the client's; `math.inf` for
                no limit.
            headers: Additional headers of this request.

        Returns:
            The load.

        Raises:
            UnauthorizedError: The token is missing, or not known to the Hub.
            ForbiddenError: The token does not permit this. The Platform also replies 403 to a missing or
                wrong token.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ...api.hub.get_load import call

        return self._connection.send(call(), timeout=timeout, headers=headers)

    get_load = get_load_check
    """Another name of `get_load_check`."""

    def get_log_stream(
        self,
        *,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
        idle_timeout: float | None = None,
    ) -> Stream[LogRecord]:
        """Stream the Hub's log.

        Begins with the recent log, bounded in length, and continues with new records as they are written.
        One JSON object a line, although the content type does not say so. Ends when the client disconnects
        or the Hub stops. A reader that does not keep up loses lines rather than slow down the Hub.

        Request: `GET /log`

        Args:
            timeout: Seconds until the stream must begin; no limit unless given.
            headers: Additional headers of this request.
            idle_timeout: Seconds that may pass without a byte after that; no limit unless given.

        Returns:
            Log records, one a line.

        Raises:
            UnauthorizedError: The token is missing, or not known to the Hub.
            ForbiddenError: The token does not permit this. The Platform also replies 403 to a missing or
                wrong token.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ...api.hub.stream_log import call

        return self._connection.open(call(), timeout=timeout, headers=headers, idle_timeout=idle_timeout)

    def get_audit_stream(
        self,
        *,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
        idle_timeout: float | None = None,
    ) -> Stream[AuditRecord]:
        """Stream the audit trail.

        One line for each step of each operation on the server, with the requestor and the number of bytes
        transferred; begins with the recent ones. An operation has one line at its start and one at its end,
        correlated by `requestId`, the same as in the reply's header. A Platform and a MultiManager merge
        the trails of all Spaces that the token gives access to: records of Hubs then have `host`, the Hub's
        id, and `mId`, the Space's. Records of Spaces have no `opState`; see `SpaceClient.get_audit_stream`.
        One JSON object a line, although the content type does not say so. Ends when the client disconnects
        or the server stops.

        Request: `GET /audit`

        Args:
            timeout: Seconds until the stream must begin; no limit unless given.
            headers: Additional headers of this request.
            idle_timeout: Seconds that may pass without a byte after that; no limit unless given.

        Returns:
            Audit records, one a line.

        Raises:
            UnauthorizedError: The token is missing, or not known to the Hub.
            ForbiddenError: The token does not permit this. The Platform also replies 403 to a missing or
                wrong token.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ...api.hub.stream_audit import call

        return self._connection.open(call(), timeout=timeout, headers=headers, idle_timeout=idle_timeout)

    def get_info(self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None) -> MultiManagerInfo:
        """Return the MultiManager's address and the number of its Spaces.

        Where the MultiManager serves, and how many Spaces it has.

        Request: `GET /info`

        Args:
            timeout: Seconds to wait for the next part of the reply, instead of the client's; `math.inf` for
                no limit.
            headers: Additional headers of this request.

        Returns:
            The address and the number.

        Raises:
            UnauthorizedError: The token is missing, or not known to the Hub.
            ForbiddenError: The token does not permit this. The Platform also replies 403 to a missing or
                wrong token.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ...api.multi_manager.get_multi_manager_info import call

        return self._connection.send(call(), timeout=timeout, headers=headers)

    def get_managers(self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None) -> list[SpaceRef]:
        """List the MultiManager's Spaces.

        The ids of the Spaces that run here; each is served below `/cpm/{space_id}/api/v1`. There are no
        pages.

        Request: `GET /list`

        Args:
            timeout: Seconds to wait for the next part of the reply, instead of the client's; `math.inf` for
                no limit.
            headers: Additional headers of this request.

        Returns:
            The Spaces.

        Raises:
            UnauthorizedError: The token is missing, or not known to the Hub.
            ForbiddenError: The token does not permit this. The Platform also replies 403 to a missing or
                wrong token.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ...api.multi_manager.list_managers import call

        return self._connection.send(call(), timeout=timeout, headers=headers)

    list_managers = get_managers
    """Another name of `get_managers`."""

    list_spaces = get_managers
    """Another name of `get_managers`."""

    def stop_manager(
        self, space_id: str, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> SpaceRef:
        """Stop a Space.

        Stops a Space: its Hubs are disconnected, its streams end, and it is no longer served. What it
        stored (keys, packages) is kept for the next Space that is started with this id.

        Request: `POST /cpm/{space_id}/stop`

        Args:
            space_id: The id of a Space.
            timeout: Seconds to wait for the next part of the reply, instead of the client's; `math.inf` for
                no limit.
            headers: Additional headers of this request.

        Returns:
            The Space is stopped.

        Raises:
            InvalidArgumentError: An id or a name is empty, or would change the meaning of the request.
            UnauthorizedError: The token is missing, or not known to the Hub.
            ForbiddenError: The token does not permit this. The Platform also replies 403 to a missing or
                wrong token.
            NotFoundError: The Space does not exist.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ...api.multi_manager.stop_manager import call

        return self._connection.send(call(space_id=space_id), timeout=timeout, headers=headers)

    stop_space = stop_manager
    """Another name of `stop_manager`."""


# Names that only annotations use are imported when these are read, as by `typing.get_type_hints`.
lazy_hints(
    globals(),
    {
        "AuditRecord": "...models.audit_record",
        "HubHealth": "...models.hub_health",
        "Load": "...models.load",
        "LogRecord": "...models.log_record",
        "Mapping": "collections.abc",
        "MultiManagerInfo": "...models.multi_manager_info",
        "SpaceRef": "...models.space_ref",
        "Stream": "..._runtime.sync.streams",
        "Version": "...models.version",
    },
)
