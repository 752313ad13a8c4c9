"""The operations of SequenceClient, with the complete reply."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..._runtime.hints import lazy_hints

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..._runtime.call import Progress, RawResponse, UploadSource
    from ...models.limits import Limits
    from ...models.sequence import Sequence
    from ...models.sequence_id import SequenceId
    from ...models.start_reply import StartReply
    from .sequence import SequenceOperations


class RawSequence:
    """The operations of SequenceClient, each returning status and headers along with the result.

    Streams are not here: an open stream has its own status and headers.

    Args:
        client: The client whose connection to use.
    """

    def __init__(self, client: SequenceOperations) -> None:
        self._connection = client.connection
        self.id = client.id

    def get_info(
        self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> RawResponse[Sequence]:
        """Return a Sequence.

        Request: `GET /sequence/{id}`; else as `get_info`.
        """
        from ...api.sequences.get_sequence import call

        return self._connection.send_raw(call(id=self.id), timeout=timeout, headers=headers)

    def overwrite(
        self,
        data: UploadSource,
        *,
        name: str | None = None,
        progress: Progress | None = None,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> RawResponse[SequenceId]:
        """Replace a Sequence's package.

        Request: `PUT /sequence/{id}`; else as `overwrite`.
        """
        from ...api.sequences.replace_sequence import call

        return self._connection.send_raw(
            call(id=self.id, data=data, name=name, progress=progress), timeout=timeout, headers=headers
        )

    def list_instances(
        self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> RawResponse[list[str]]:
        """List a Sequence's Instances.

        Request: `GET /sequence/{id}/instances`; else as `list_instances`.
        """
        from ...api.sequences.list_sequence_instances import call

        return self._connection.send_raw(call(id=self.id), timeout=timeout, headers=headers)

    def start(
        self,
        *,
        app_config: dict[str, Any] | None = None,
        args: list[Any] | None = None,
        input_topic: str | None = None,
        output_topic: str | None = None,
        limits: Limits | None = None,
        instance_id: str | None = None,
        instance_name: str | None = None,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> RawResponse[StartReply]:
        """Start an Instance of a Sequence.

        Request: `POST /sequence/{id}/start`; else as `start`.
        """
        from ...api.sequences.start_sequence import call

        return self._connection.send_raw(
            call(
                id=self.id,
                app_config=app_config,
                args=args,
                input_topic=input_topic,
                output_topic=output_topic,
                limits=limits,
                instance_id=instance_id,
                instance_name=instance_name,
            ),
            timeout=timeout,
            headers=headers,
        )


# Names that only annotations use are imported when these are read, as by `typing.get_type_hints`.
lazy_hints(
    globals(),
    {
        "Limits": "...models.limits",
        "Mapping": "collections.abc",
        "Progress": "..._runtime.call",
        "RawResponse": "..._runtime.call",
        "Sequence": "...models.sequence",
        "SequenceId": "...models.sequence_id",
        "SequenceOperations": ".sequence",
        "StartReply": "...models.start_reply",
        "UploadSource": "..._runtime.call",
    },
)
