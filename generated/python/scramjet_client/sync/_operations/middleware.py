"""The operations of MiddlewareClient, from the API description."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..._runtime.hints import lazy_hints
from .._client import Client

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..._runtime.sync.streams import Stream
    from ...models.access_keys import AccessKeys
    from ...models.audit_record import AuditRecord
    from ...models.created_access_key import CreatedAccessKey
    from ...models.space_ref import SpaceRef
    from ...models.version import Version


class MiddlewareOperations(Client):
    """The operations of MiddlewareClient."""

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

    def get_managers(self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None) -> list[SpaceRef]:
        """List the Spaces that the token opens.

        The Spaces that the token gives access to; usually one. The id goes into every path below
        `/space/{space_id}`. `si` works on the first one, so servers list the preferred Space first.

        Request: `GET /spaces`

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
        from ...api.platform.list_spaces import call

        return self._connection.send(call(), timeout=timeout, headers=headers)

    list_spaces = get_managers
    """Another name of `get_managers`."""

    def list_access_keys(
        self, space_id: str, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> AccessKeys:
        """List a Space's access keys.

        When each key was created and what for. The keys themselves are never shown.

        Request: `GET /space/{space_id}/apikey`

        Args:
            space_id: The id of a Space.
            timeout: Seconds to wait for the next part of the reply, instead of the client's; `math.inf` for
                no limit.
            headers: Additional headers of this request.

        Returns:
            What is known of the keys.

        Raises:
            InvalidArgumentError: An id or a name is empty, or would change the meaning of the request.
            UnauthorizedError: The token is missing, or not known to the Hub.
            ForbiddenError: The token does not permit this. The Platform also replies 403 to a missing or
                wrong token.
            NotFoundError: The Space does not exist.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ...api.platform.list_access_keys import call

        return self._connection.send(call(space_id=space_id), timeout=timeout, headers=headers)

    def create_access_key(
        self,
        space_id: str,
        description: str | None = None,
        *,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> CreatedAccessKey:
        """Create an access key for a Space.

        Creates a key with which Hubs join the Space. One key may serve several Hubs. Clients need a token
        instead. The key is shown only in this reply. Its first 16 characters are its id, which is no
        secret.

        Request: `POST /space/{space_id}/apikey`

        Args:
            space_id: The id of a Space.
            description: The description.
            timeout: Seconds to wait for the next part of the reply, instead of the client's; `math.inf` for
                no limit.
            headers: Additional headers of this request.

        Returns:
            The new key.

        Raises:
            InvalidArgumentError: An id or a name is empty, or would change the meaning of the request.
            BadRequestError: The request is invalid; the error names the field and the reason.
            UnauthorizedError: The token is missing, or not known to the Hub.
            ForbiddenError: The token does not permit this. The Platform also replies 403 to a missing or
                wrong token.
            NotFoundError: The Space does not exist.
            ConflictError: The Space has as many keys as it may have; by default 5.
            PayloadTooLargeError: The body is larger than the server accepts.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ...api.platform.create_access_key import call

        return self._connection.send(call(space_id=space_id, description=description), timeout=timeout, headers=headers)


# Names that only annotations use are imported when these are read, as by `typing.get_type_hints`.
lazy_hints(
    globals(),
    {
        "AccessKeys": "...models.access_keys",
        "AuditRecord": "...models.audit_record",
        "CreatedAccessKey": "...models.created_access_key",
        "Mapping": "collections.abc",
        "SpaceRef": "...models.space_ref",
        "Stream": "..._runtime.sync.streams",
        "Version": "...models.version",
    },
)
