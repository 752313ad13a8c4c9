"""The operations of SequenceClient, as the API description has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .._client import Client

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..._runtime.call import Progress, RawResponse, UploadSource
    from ...models.limits import Limits
    from ...models.sequence import Sequence
    from ...models.sequence_id import SequenceId
    from ...models.start_reply import StartReply


class SequenceOperations(Client):
    """The operations of SequenceClient."""

    id: str

    def get_info(self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None) -> Sequence:
        """Show a Sequence.

        What the Hub knows of a Sequence, and the ids of its Instances that have not finished.

        Request: `GET /sequence/{id}`

        Args:
            timeout: Seconds to wait for the next part of the answer, instead of the client's; `math.inf`
                for ever.
            headers: Headers of this request, on top of all others.

        Returns:
            The Sequence.

        Raises:
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
        `listInstances`. There are no pages.

        Request: `GET /sequence/{id}/instances`

        Args:
            timeout: Seconds to wait for the next part of the answer, instead of the client's; `math.inf`
                for ever.
            headers: Headers of this request, on top of all others.

        Returns:
            Ids of Instances.

        Raises:
            UnauthorizedError: The Hub asks for a token and got none, or one that it does not know.
            ForbiddenError: The token does not allow this. The Platform also says so when there is no token
                or a wrong one.
            NotFoundError: There is no such Sequence.
            ScramjetError: Anything else went wrong; see `scramjet_client.errors`.
        """
        from ...api.sequences.list_sequence_instances import call

        return self._connection.send(call(id=self.id), timeout=timeout, headers=headers)


class RawSequence:
    """The operations of SequenceClient, each giving the status and the headers beside the result.

    Streams are not here: an open stream has its status and headers at hand.

    Args:
        client: Whose connection to use.
    """

    def __init__(self, client: SequenceOperations) -> None:
        self._connection = client._connection
        self.id = client.id

    def get_info(
        self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> RawResponse[Sequence]:
        """Show a Sequence.

        What the Hub knows of a Sequence, and the ids of its Instances that have not finished.

        Request: `GET /sequence/{id}`

        Args:
            timeout: Seconds to wait for the next part of the answer, instead of the client's; `math.inf`
                for ever.
            headers: Headers of this request, on top of all others.

        Returns:
            The Sequence.

        Raises:
            UnauthorizedError: The Hub asks for a token and got none, or one that it does not know.
            ForbiddenError: The token does not allow this. The Platform also says so when there is no token
                or a wrong one.
            NotFoundError: There is no such Sequence.
            ScramjetError: Anything else went wrong; see `scramjet_client.errors`.
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

        Puts another package in the place of the one that is kept; the id stays, and so does the name unless
        another one is given. The body is as for `uploadSequence`. A Sequence with Instances that have not
        finished cannot be replaced. If the new package is refused, the old one stays.

        Request: `PUT /sequence/{id}`

        Args:
            data: The package.
            name: An alias for the Sequence, unique in the Hub.
            progress: Told the bytes sent so far, and their final number where it is known.
            timeout: Seconds to wait for the next part of the answer, instead of the client's; `math.inf`
                for ever.
            headers: Headers of this request, on top of all others.

        Returns:
            The new package is kept, under the same id.

        Raises:
            BadRequestError: The request is not as described; the error names the field and the reason.
            UnauthorizedError: The Hub asks for a token and got none, or one that it does not know.
            ForbiddenError: The token does not allow this. The Platform also says so when there is no token
                or a wrong one.
            NotFoundError: There is no such Sequence.
            ConflictError: The Sequence has Instances that have not finished, or another one has the name.
            PayloadTooLargeError: The body is larger than the server takes.
            UnsupportedMediaTypeError: The content type is not one of those described, or not that of the
                stream.
            UnprocessableEntityError: The body is not a package that can be kept.
            ServiceUnavailableError: The Hub is about to end and takes no new work.
            InsufficientStorageError: There is not enough room on the machine.
            ScramjetError: Anything else went wrong; see `scramjet_client.errors`.
        """
        from ...api.sequences.replace_sequence import call

        return self._connection.send_raw(
            call(id=self.id, data=data, name=name, progress=progress), timeout=timeout, headers=headers
        )

    def list_instances(
        self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> RawResponse[list[str]]:
        """List a Sequence's Instances.

        The ids of a Sequence's Instances that have not finished. Finished ones that are still kept are in
        `listInstances`. There are no pages.

        Request: `GET /sequence/{id}/instances`

        Args:
            timeout: Seconds to wait for the next part of the answer, instead of the client's; `math.inf`
                for ever.
            headers: Headers of this request, on top of all others.

        Returns:
            Ids of Instances.

        Raises:
            UnauthorizedError: The Hub asks for a token and got none, or one that it does not know.
            ForbiddenError: The token does not allow this. The Platform also says so when there is no token
                or a wrong one.
            NotFoundError: There is no such Sequence.
            ScramjetError: Anything else went wrong; see `scramjet_client.errors`.
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

        Starts a Sequence in a runner of its own. The body may be an object, `null`, or missing; unknown
        fields in it are ignored.

        The reply comes as soon as the Instance exists and can be addressed; it need not run yet. Whether it
        then fails shows in its status, `terminated` and log. A Sequence whose `main` is not there is
        refused at once with 400.

        `inputTopic` and `outputTopic` tie its input and output to topics, in the place of what the Sequence
        says itself. `instanceName` is known since Hub 2.0, and can then be used wherever an Instance's id
        can.

        Request: `POST /sequence/{id}/start`

        Args:
            app_config: The configuration of an Instance, which the Sequence reads as `context.config`.
            args: Arguments after `context` and `input`.
            input_topic: Letters, digits, `_`, `+` and `-`.
            output_topic: Letters, digits, `_`, `+` and `-`.
            limits: What an Instance may use at most.
            instance_id: The id that the Instance is to have.
            instance_name: A name to address it by, unique in the Hub. Since Hub 2.0; older ones ignore it.
            timeout: Seconds to wait for the next part of the answer, instead of the client's; `math.inf`
                for ever.
            headers: Headers of this request, on top of all others.

        Returns:
            The Instance exists and starts.

        Raises:
            BadRequestError: The body is not as described, or the Sequence cannot be started as it is.
            UnauthorizedError: The Hub asks for a token and got none, or one that it does not know.
            ForbiddenError: The token does not allow this. The Platform also says so when there is no token
                or a wrong one.
            NotFoundError: There is no such Sequence.
            ConflictError: There is an Instance with this id or name.
            PayloadTooLargeError: The body is larger than the server takes.
            UnprocessableEntityError: The `instanceId` is not a UUID, or this Hub cannot run the Sequence's
                language, such as a Node Sequence where there is no node.
            ServiceUnavailableError: The Hub is about to end and takes no new work.
            InsufficientStorageError: The machine, or a limit of the Hub, has no room for another Instance;
                the error tells the numbers.
            ScramjetError: Anything else went wrong; see `scramjet_client.errors`.
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
