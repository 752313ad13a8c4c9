"""The operations of SequenceClient, from the API description."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..._runtime.hints import lazy_hints
from .._client import Client

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...models.sequence import Sequence


class SequenceOperations(Client):
    """The operations of SequenceClient."""

    id: str

    def get_info(self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None) -> Sequence:
        """Return a Sequence.

        The Sequence, its configuration and the ids of its Instances that have not finished.

        Request: `GET /sequence/{id}`

        Args:
            timeout: Seconds to wait for the next part of the reply, instead of the client's; `math.inf` for
                no limit.
            headers: Additional headers of this request.

        Returns:
            The Sequence.

        Raises:
            InvalidArgumentError: An id or a name is empty, or would change the meaning of the request.
            UnauthorizedError: The token is missing, or not known to the Hub.
            ForbiddenError: The token does not permit this. The Platform also replies 403 to a missing or
                wrong token.
            NotFoundError: The Sequence does not exist.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ...api.sequences.get_sequence import call

        return self._connection.send(call(id=self.id), timeout=timeout, headers=headers)

    def list_instances(self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None) -> list[str]:
        """List a Sequence's Instances.

        The ids of a Sequence's Instances that have not finished. Finished ones that are still kept are in
        `HostClient.list_instances`. There are no pages.

        Request: `GET /sequence/{id}/instances`

        Args:
            timeout: Seconds to wait for the next part of the reply, instead of the client's; `math.inf` for
                no limit.
            headers: Additional headers of this request.

        Returns:
            Ids of Instances.

        Raises:
            InvalidArgumentError: An id or a name is empty, or would change the meaning of the request.
            UnauthorizedError: The token is missing, or not known to the Hub.
            ForbiddenError: The token does not permit this. The Platform also replies 403 to a missing or
                wrong token.
            NotFoundError: The Sequence does not exist.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ...api.sequences.list_sequence_instances import call

        return self._connection.send(call(id=self.id), timeout=timeout, headers=headers)


# Names that only annotations use are imported when these are read, as by `typing.get_type_hints`.
lazy_hints(globals(), {"Mapping": "collections.abc", "Sequence": "...models.sequence"})
