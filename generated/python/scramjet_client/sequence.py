# Copied by `make generate` from client/classes/sequence.py: edit it there.
"""The client for a Sequence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from ._client import PartClient
from ._operations.sequence import SequenceOperations
from ._runtime.arguments import arguments_of, configuration_of
from ._runtime.hints import lazy_hints

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ._operations.raw_sequence import RawSequence
    from ._runtime.call import Progress, UploadSource
    from .host import HostClient
    from .instance import InstanceClient
    from .models import Limits


class SequenceClient(SequenceOperations, PartClient):
    """A Sequence: a program stored on a Hub, ready to start.

    Args:
        id: Its id, or its name from the upload.
        host: The Hub that stores it; the configured one if omitted.

    Attributes:
        id: As given.
    """

    def __init__(self, id: str, host: HostClient | None = None) -> None:
        from .host import HostClient

        self.id = id
        super().__init__(HostClient() if host is None else host, own=host is None)

    @property
    def host(self) -> HostClient:
        """The Hub that keeps it."""
        return cast("HostClient", self._server)

    @property
    def raw(self) -> RawSequence:
        """The same operations, each returning status and headers along with the result."""
        from ._operations.raw_sequence import RawSequence

        return RawSequence(self)

    async def start(
        self,
        *,
        args: Sequence[Any] | None = None,
        app_config: Mapping[str, Any] | None = None,
        input_topic: str | None = None,
        output_topic: str | None = None,
        limits: Limits | None = None,
        instance_id: str | None = None,
        instance_name: str | None = None,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> InstanceClient:
        """Start an Instance.

        Request: `POST /sequence/{id}/start`

        Args:
            args: Arguments of the program, after the context and the input.
            app_config: The program's configuration.
            input_topic: The topic that feeds its input.
            output_topic: The topic that its output feeds.
            limits: The Instance's resource limits.
            instance_id: The id to give the Instance.
            instance_name: A name for the Instance, unique on the Hub, to use instead of its id; since Hub 2.0.
            timeout: Seconds to wait for the reply, instead of the client's.
            headers: Additional headers of this request.

        Raises:
            ArgumentTypeError: The arguments are not a list, or the configuration is not a mapping.
            NotFoundError: No such Sequence.
            ConflictError: The id or the name is taken.
            InsufficientStorageError: The Hub is overloaded.
            ScramjetError: Any other failure.
        """
        from .api.sequences.start_sequence import call

        start = call(
            id=self.id,
            args=arguments_of(args),
            app_config=configuration_of(app_config),
            input_topic=input_topic,
            output_topic=output_topic,
            limits=limits,
            instance_id=instance_id,
            instance_name=instance_name,
        )
        reply = await self._connection.send(start, timeout=timeout, headers=headers)
        return self.get_instance(reply.id)

    async def overwrite(
        self,
        package: UploadSource,
        *,
        name: str | None = None,
        progress: Progress | None = None,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> SequenceClient:
        """Replace the package; the id stays the same.

        Request: `PUT /sequence/{id}`

        Args:
            package: As for `HostClient.send_sequence`.
            name: A new alias for the Sequence, unique on the Hub.
            progress: Called with the bytes sent so far, and their total if known.
            timeout: Seconds to wait for the reply after everything is sent, instead of the client's.
            headers: Additional headers of this request.

        Returns:
            The Sequence, by its id.

        Raises:
            NotFoundError: No such Sequence.
            ConflictError: It has Instances, or the name is taken.
            UnprocessableEntityError: The package cannot be stored.
            ScramjetError: Any other failure.
        """
        from .api.sequences.replace_sequence import call

        upload = call(id=self.id, data=package, name=name, progress=progress)
        reply = await self._connection.send(upload, timeout=timeout, headers=headers)
        return SequenceClient(reply.id, self.host)

    def get_instance(self, id: str) -> InstanceClient:
        """Return a client for an Instance.

        Args:
            id: Its id or its name. No request is made: the Instance may not exist.
        """
        return self.host.get_instance_client(id)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.id} on {self.host.url}>"


# Names that only annotations use are imported when these are read, as by `typing.get_type_hints`.
lazy_hints(
    globals(),
    {
        "HostClient": ".host",
        "InstanceClient": ".instance",
        "Limits": ".models",
        "Mapping": "collections.abc",
        "Progress": "._runtime.call",
        "RawSequence": "._operations.raw_sequence",
        "Sequence": "collections.abc",
        "UploadSource": "._runtime.call",
    },
)
