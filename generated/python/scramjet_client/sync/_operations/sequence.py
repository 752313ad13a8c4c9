"""The operations of SequenceClient, as the API description has them."""

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
            timeout: Seconds to wait for the next part of the answer, instead of the client's; `math.inf`
                for ever.
            headers: Headers of this request, on top of all others.

        Returns:
            The Sequence.

        Raises:
            InvalidArgumentError: An id or a name is empty, or would make another request of this one.
            UnauthorizedError: The Hub asks for a token and got none, or one that it does not know.
            ForbiddenError: The token does not allow this. The Platform also says so when there is no token
                or a wrong one.
            NotFoundError: There is no such Sequence.
            ScramjetError: Anything else went wrong; see `scramjet_client.errors`.
        """
        from ...api.sequences.get_sequence import call

        return self._connection.send(call(id=self.id), timeout=timeout, headers=headers)

    def list_instances(self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None) -> list[str]:
        """List a Sequence's Instances.

        The ids of a Sequence's Instances that have not finished. Finished ones that are still kept are in
        `HostClient.list_instances`. There are no pages.

        Request: `GET /sequence/{id}/instances`

        Args:
            timeout: Seconds to wait for the next part of the answer, instead of the client's; `math.inf`
                for ever.
            headers: Headers of this request, on top of all others.

        Returns:
            Ids of Instances.

        Raises:
            InvalidArgumentError: An id or a name is empty, or would make another request of this one.
            UnauthorizedError: The Hub asks for a token and got none, or one that it does not know.
            ForbiddenError: The token does not allow this. The Platform also says so when there is no token
                or a wrong one.
            NotFoundError: There is no such Sequence.
            ScramjetError: Anything else went wrong; see `scramjet_client.errors`.
        """
        from ...api.sequences.list_sequence_instances import call

        return self._connection.send(call(id=self.id), timeout=timeout, headers=headers)


# What annotations alone name comes when somebody looks at them, as `typing.get_type_hints` does.
lazy_hints(globals(), {"Mapping": "collections.abc", "Sequence": "...models.sequence"})
