"""The operations of SpaceClient, from the API description."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .._client import Client
from .._runtime.hints import lazy_hints

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .._runtime.aio.streams import AsyncStream
    from .._runtime.call import Progress, UploadSource
    from ..models.audit_record import AuditRecord
    from ..models.disconnect_reply import DisconnectReply
    from ..models.hub_info import HubInfo
    from ..models.hub_ref import HubRef
    from ..models.instance import Instance
    from ..models.load import Load
    from ..models.message import Message
    from ..models.sequence import Sequence
    from ..models.space_config import SpaceConfig
    from ..models.space_entities import SpaceEntities
    from ..models.space_topic import SpaceTopic
    from ..models.store_item import StoreItem
    from ..models.store_item_ref import StoreItemRef
    from ..models.topic_content_type import TopicContentType
    from ..models.version import Version


class SpaceOperations(Client):
    """The operations of SpaceClient."""

    id: str

    async def get_version(self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None) -> Version:
        """Return the version of the Space.

        The service name and version of the Space.

        Request: `GET /space/{space_id}/api/v1/version`

        Args:
            timeout: Seconds to wait for the next part of the reply, instead of the client's; `math.inf` for
                no limit.
            headers: Additional headers of this request.

        Returns:
            The service name and version.

        Raises:
            InvalidArgumentError: An id or a name is empty, or would change the meaning of the request.
            UnauthorizedError: The Hub asks for a token and got none, or one that it does not know.
            ForbiddenError: The token does not allow this. The Platform also says so when there is no token
                or a wrong one.
            NotFoundError: There is no such Space.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ..api.space.get_space_version import call

        return await self._connection.send(call(space_id=self.id), timeout=timeout, headers=headers)

    async def get_config(
        self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> SpaceConfig:
        """Return the Space's public configuration.

        The Space's settings, without any secret. The fields differ between Spaces.

        Request: `GET /space/{space_id}/api/v1/config`

        Args:
            timeout: Seconds to wait for the next part of the reply, instead of the client's; `math.inf` for
                no limit.
            headers: Additional headers of this request.

        Returns:
            The configuration.

        Raises:
            InvalidArgumentError: An id or a name is empty, or would change the meaning of the request.
            UnauthorizedError: The Hub asks for a token and got none, or one that it does not know.
            ForbiddenError: The token does not allow this. The Platform also says so when there is no token
                or a wrong one.
            NotFoundError: There is no such Space.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ..api.space.get_space_config import call

        return await self._connection.send(call(space_id=self.id), timeout=timeout, headers=headers)

    async def get_load(self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None) -> Load:
        """Return the load of the Space's machine.

        The load of the machine that the Space itself runs on. Its Hubs have loads of their own; see
        `HostClient.get_load_check`.

        Request: `GET /space/{space_id}/api/v1/load`

        Args:
            timeout: Seconds to wait for the next part of the reply, instead of the client's; `math.inf` for
                no limit.
            headers: Additional headers of this request.

        Returns:
            The load.

        Raises:
            InvalidArgumentError: An id or a name is empty, or would change the meaning of the request.
            UnauthorizedError: The Hub asks for a token and got none, or one that it does not know.
            ForbiddenError: The token does not allow this. The Platform also says so when there is no token
                or a wrong one.
            NotFoundError: There is no such Space.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ..api.space.get_space_load import call

        return await self._connection.send(call(space_id=self.id), timeout=timeout, headers=headers)

    def get_load_stream(
        self,
        *,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
        idle_timeout: float | None = None,
    ) -> AsyncStream[Load]:
        """Stream the load of the Space's machine.

        What `SpaceClient.get_load` shows, again and again, one JSON object a line, until the client goes.

        Request: `GET /space/{space_id}/api/v1/load-stream`

        Args:
            timeout: Seconds until the stream must begin; no limit unless given.
            headers: Additional headers of this request.
            idle_timeout: Seconds that may pass without a byte after that; no limit unless given.

        Returns:
            Loads, one a line.

        Raises:
            InvalidArgumentError: An id or a name is empty, or would change the meaning of the request.
            UnauthorizedError: The Hub asks for a token and got none, or one that it does not know.
            ForbiddenError: The token does not allow this. The Platform also says so when there is no token
                or a wrong one.
            NotFoundError: There is no such Space.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ..api.space.stream_space_load import call

        return self._connection.open(
            call(space_id=self.id), timeout=timeout, headers=headers, idle_timeout=idle_timeout
        )

    async def get_hosts(
        self,
        *,
        offset: int | None = None,
        limit: int | None = None,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> list[HubInfo]:
        """List the Space's Hubs.

        The Hubs that are connected, and those that were and may come back. A page at a time; a page that is
        out of range is answered as the first one.

        Request: `GET /space/{space_id}/api/v1/list`

        Args:
            offset: How many to leave out at the start. Out of range, the Space answers as if offset and
                limit had been left out. The server takes 0 if it is omitted.
            limit: How many to give at most. The server takes 100 if it is omitted.
            timeout: Seconds to wait for the next part of the reply, instead of the client's; `math.inf` for
                no limit.
            headers: Additional headers of this request.

        Returns:
            The Hubs.

        Raises:
            InvalidArgumentError: An id or a name is empty, or would change the meaning of the request.
            BadRequestError: The request is not as described; the error names the field and the reason.
            UnauthorizedError: The Hub asks for a token and got none, or one that it does not know.
            ForbiddenError: The token does not allow this. The Platform also says so when there is no token
                or a wrong one.
            NotFoundError: There is no such Space.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ..api.space.list_hubs import call

        return await self._connection.send(
            call(space_id=self.id, offset=offset, limit=limit), timeout=timeout, headers=headers
        )

    list_hubs = get_hosts
    """Another name of `get_hosts`."""

    async def register_hub(
        self,
        *,
        id: str | None = None,
        description: str | None = None,
        tags: list[str] | None = None,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> HubRef:
        """Register a Hub.

        Announces a Hub that will connect, with the id and the description that it is to be listed with. It
        is listed from now on, and is not connected until it connects. Without an id, the Space makes one
        up. Unknown fields are ignored.

        Request: `POST /space/{space_id}/api/v1/sth`

        Args:
            id: The id.
            description: The description.
            tags: The tags.
            timeout: Seconds to wait for the next part of the reply, instead of the client's; `math.inf` for
                no limit.
            headers: Additional headers of this request.

        Returns:
            The Hub may connect.

        Raises:
            InvalidArgumentError: An id or a name is empty, or would change the meaning of the request.
            BadRequestError: The request is not as described; the error names the field and the reason.
            UnauthorizedError: The Hub asks for a token and got none, or one that it does not know.
            ForbiddenError: The token does not allow this. The Platform also says so when there is no token
                or a wrong one.
            NotFoundError: There is no such Space.
            PayloadTooLargeError: The body is larger than the server takes.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ..api.space.register_hub import call

        return await self._connection.send(
            call(space_id=self.id, id=id, description=description, tags=tags), timeout=timeout, headers=headers
        )

    async def delete_hub(
        self,
        hub_id: str,
        force: bool | None = None,
        *,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> HubRef:
        """Delete a Hub.

        Removes a Hub from the Space's list. One that is connected is refused, unless `force` is `True`:
        then it is disconnected first. The Hub itself, with its Sequences and Instances, goes on.

        Request: `DELETE /space/{space_id}/api/v1/sth/{hub_id}`

        Args:
            hub_id: The id of a Hub of the Space.
            force: Whether to delete the Hub although it is connected. The server takes False if it is
                omitted.
            timeout: Seconds to wait for the next part of the reply, instead of the client's; `math.inf` for
                no limit.
            headers: Additional headers of this request.

        Returns:
            The Hub is no longer listed.

        Raises:
            InvalidArgumentError: An id or a name is empty, or would change the meaning of the request.
            BadRequestError: The request is not as described; the error names the field and the reason.
            UnauthorizedError: The Hub asks for a token and got none, or one that it does not know.
            ForbiddenError: The token does not allow this. The Platform also says so when there is no token
                or a wrong one.
            NotFoundError: There is no such Space, or no such Hub in it.
            ConflictError: The Hub is still connected.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ..api.space.delete_hub import call

        return await self._connection.send(
            call(space_id=self.id, hub_id=hub_id, force=force), timeout=timeout, headers=headers
        )

    async def get_hub_info(
        self, hub_id: str, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> HubInfo:
        """Return a Hub of the Space.

        One Hub as `SpaceClient.get_hosts` shows it, connected or not.

        Request: `GET /space/{space_id}/api/v1/sth/{hub_id}/info`

        Args:
            hub_id: The id of a Hub of the Space.
            timeout: Seconds to wait for the next part of the reply, instead of the client's; `math.inf` for
                no limit.
            headers: Additional headers of this request.

        Returns:
            The Hub.

        Raises:
            InvalidArgumentError: An id or a name is empty, or would change the meaning of the request.
            UnauthorizedError: The Hub asks for a token and got none, or one that it does not know.
            ForbiddenError: The token does not allow this. The Platform also says so when there is no token
                or a wrong one.
            NotFoundError: There is no such Space, or no such Hub in it.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ..api.space.get_hub_info import call

        return await self._connection.send(call(space_id=self.id, hub_id=hub_id), timeout=timeout, headers=headers)

    async def get_sequences(
        self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> list[str]:
        """List the ids of the Space's Sequences.

        The ids of all Sequences on all Hubs of the Space. There are no pages.
        `SpaceClient.get_all_sequences` has more than ids.

        Request: `GET /space/{space_id}/api/v1/sequences`

        Args:
            timeout: Seconds to wait for the next part of the reply, instead of the client's; `math.inf` for
                no limit.
            headers: Additional headers of this request.

        Returns:
            Ids of Sequences.

        Raises:
            InvalidArgumentError: An id or a name is empty, or would change the meaning of the request.
            UnauthorizedError: The Hub asks for a token and got none, or one that it does not know.
            ForbiddenError: The token does not allow this. The Platform also says so when there is no token
                or a wrong one.
            NotFoundError: There is no such Space.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ..api.space.list_space_sequences import call

        return await self._connection.send(call(space_id=self.id), timeout=timeout, headers=headers)

    async def get_all_sequences(
        self,
        *,
        offset: int | None = None,
        limit: int | None = None,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> list[Sequence]:
        """List the Space's Sequences.

        The Sequences on all Hubs of the Space; `location` is the Hub. A page at a time; a page that is out
        of range is answered as the first one.

        Request: `GET /space/{space_id}/api/v1/all_sequences`

        Args:
            offset: How many to leave out at the start. Out of range, the Space answers as if offset and
                limit had been left out. The server takes 0 if it is omitted.
            limit: How many to give at most. The server takes 100 if it is omitted.
            timeout: Seconds to wait for the next part of the reply, instead of the client's; `math.inf` for
                no limit.
            headers: Additional headers of this request.

        Returns:
            The Sequences.

        Raises:
            InvalidArgumentError: An id or a name is empty, or would change the meaning of the request.
            BadRequestError: The request is not as described; the error names the field and the reason.
            UnauthorizedError: The Hub asks for a token and got none, or one that it does not know.
            ForbiddenError: The token does not allow this. The Platform also says so when there is no token
                or a wrong one.
            NotFoundError: There is no such Space.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ..api.space.list_all_space_sequences import call

        return await self._connection.send(
            call(space_id=self.id, offset=offset, limit=limit), timeout=timeout, headers=headers
        )

    async def get_instances(
        self,
        *,
        offset: int | None = None,
        limit: int | None = None,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> list[Instance] | list[list[list[str]]]:
        """List the Space's Instances.

        The Instances on all Hubs of the Space. Older Spaces give ids alone, in arrays in arrays, and no
        pages. A page at a time; a page that is out of range is answered as the first one.

        Request: `GET /space/{space_id}/api/v1/instances`

        Args:
            offset: How many to leave out at the start. Out of range, the Space answers as if offset and
                limit had been left out. The server takes 0 if it is omitted.
            limit: How many to give at most. The server takes 100 if it is omitted.
            timeout: Seconds to wait for the next part of the reply, instead of the client's; `math.inf` for
                no limit.
            headers: Additional headers of this request.

        Returns:
            The Instances, or ids of Instances.

        Raises:
            InvalidArgumentError: An id or a name is empty, or would change the meaning of the request.
            BadRequestError: The request is not as described; the error names the field and the reason.
            UnauthorizedError: The Hub asks for a token and got none, or one that it does not know.
            ForbiddenError: The token does not allow this. The Platform also says so when there is no token
                or a wrong one.
            NotFoundError: There is no such Space.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ..api.space.list_space_instances import call

        return await self._connection.send(
            call(space_id=self.id, offset=offset, limit=limit), timeout=timeout, headers=headers
        )

    async def list_entities(
        self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> SpaceEntities:
        """List the ids of the Space's Hubs, Sequences, Instances and topics.

        Ids of Hubs, Sequences and Instances, and names of topics. There are no pages.

        Request: `GET /space/{space_id}/api/v1/entities`

        Args:
            timeout: Seconds to wait for the next part of the reply, instead of the client's; `math.inf` for
                no limit.
            headers: Additional headers of this request.

        Returns:
            Ids and names.

        Raises:
            InvalidArgumentError: An id or a name is empty, or would change the meaning of the request.
            UnauthorizedError: The Hub asks for a token and got none, or one that it does not know.
            ForbiddenError: The token does not allow this. The Platform also says so when there is no token
                or a wrong one.
            NotFoundError: There is no such Space.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ..api.space.list_space_entities import call

        return await self._connection.send(call(space_id=self.id), timeout=timeout, headers=headers)

    async def get_topics(
        self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> list[SpaceTopic]:
        """List the Space's topics.

        The topics of the Space, and who writes and reads each (`actors`). The shape differs from that of a
        Hub's topics. An actor that has gone stays in the list as `retired` for a while.

        Request: `GET /space/{space_id}/api/v1/topics`

        Args:
            timeout: Seconds to wait for the next part of the reply, instead of the client's; `math.inf` for
                no limit.
            headers: Additional headers of this request.

        Returns:
            The topics.

        Raises:
            InvalidArgumentError: An id or a name is empty, or would change the meaning of the request.
            UnauthorizedError: The Hub asks for a token and got none, or one that it does not know.
            ForbiddenError: The token does not allow this. The Platform also says so when there is no token
                or a wrong one.
            NotFoundError: There is no such Space.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ..api.space.list_space_topics import call

        return await self._connection.send(call(space_id=self.id), timeout=timeout, headers=headers)

    list_topics = get_topics
    """Another name of `get_topics`."""

    def get_topic(
        self,
        topic: str,
        content_type: TopicContentType | None = None,
        *,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
        idle_timeout: float | None = None,
    ) -> AsyncStream[Any]:
        """Read a topic of the Space.

        As `HostClient.get_topic` at a Hub, but of a topic that spans all Hubs of the Space. Creates the
        topic if it is not there. The type goes into the `Content-Type` of the request,
        `application/x-ndjson` if it is left out.

        Request: `GET /space/{space_id}/api/v1/topic/{topic}`

        Args:
            topic: The name of the topic.
            content_type: The type of the topic, as the reader expects it; the topic's own if left out. A
                charset and other parameters are ignored. Clients also send `undefined`, which is as good as
                none. That a GET has a content type is unusual, and OpenAPI asks tools to take no notice of
                this parameter; most know it all the same.
            timeout: Seconds until the stream must begin; no limit unless given.
            headers: Additional headers of this request.
            idle_timeout: Seconds that may pass without a byte after that; no limit unless given.

        Returns:
            What the topic carries, in its own type.

        Raises:
            InvalidArgumentError: An id or a name is empty, or would change the meaning of the request.
            BadRequestError: The name is not one for a topic, or a header is not as described, such as a
                content type that no topic has.
            UnauthorizedError: The Hub asks for a token and got none, or one that it does not know.
            ForbiddenError: The token does not allow this. The Platform also says so when there is no token
                or a wrong one.
            NotFoundError: There is no such Space.
            UnsupportedMediaTypeError: The content type is not one of those described, or not that of the
                stream.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ..api.space.read_space_topic import call

        return self._connection.open(
            call(space_id=self.id, topic=topic, content_type=content_type),
            timeout=timeout,
            headers=headers,
            idle_timeout=idle_timeout,
        )

    get_named_data = get_topic
    """Another name of `get_topic`."""

    async def send_topic(
        self,
        topic: str,
        data: UploadSource,
        *,
        end_stream: bool | None = None,
        content_type: TopicContentType = "application/x-ndjson",
        progress: Progress | None = None,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Write to a topic of the Space.

        As `HostClient.send_topic` at a Hub, but to a topic that spans all Hubs of the Space. Creates the
        topic if it is not there. With `x-end-stream: true` all current readers are ended after it, and the
        reply is 200; otherwise 202.

        Request: `POST /space/{space_id}/api/v1/topic/{topic}`

        Args:
            topic: The name of the topic.
            data: Data of the topic's type.
            end_stream: Whether all current readers are ended after this request. Clients also send `True`,
                `False` and `undefined`; the last is as good as none. The server takes False if it is
                omitted.
            content_type: The media type of the data.
            progress: Told the bytes sent so far, and their final number where it is known.
            timeout: Seconds to wait for the next part of the reply, instead of the client's; `math.inf` for
                no limit.
            headers: Additional headers of this request.

        Raises:
            InvalidArgumentError: An id or a name is empty, or would change the meaning of the request.
            BadRequestError: The name is not one for a topic, or a header is not as described, such as a
                content type that no topic has.
            UnauthorizedError: The Hub asks for a token and got none, or one that it does not know.
            ForbiddenError: The token does not allow this. The Platform also says so when there is no token
                or a wrong one.
            NotFoundError: There is no such Space.
            ConflictError: The topic was deleted while this was written; not all of it reached its readers.
            UnsupportedMediaTypeError: The content type is not one of those described, or not that of the
                stream.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ..api.space.write_space_topic import call

        return await self._connection.send(
            call(
                space_id=self.id,
                topic=topic,
                data=data,
                end_stream=end_stream,
                content_type=content_type,
                progress=progress,
            ),
            timeout=timeout,
            headers=headers,
        )

    send_named_data = send_topic
    """Another name of `send_topic`."""

    def get_log_stream(
        self,
        *,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
        idle_timeout: float | None = None,
    ) -> AsyncStream[Any]:
        """Stream the logs of the Space's Hubs.

        The logs of all Hubs that are connected, as one stream. Each line is a Hub's id, a colon, a space
        and the JSON object of the Hub's own log; so a line is not JSON. Ends when the client goes or the
        Space ends.

        Request: `GET /space/{space_id}/api/v1/log`

        Args:
            timeout: Seconds until the stream must begin; no limit unless given.
            headers: Additional headers of this request.
            idle_timeout: Seconds that may pass without a byte after that; no limit unless given.

        Returns:
            Lines of logs.

        Raises:
            InvalidArgumentError: An id or a name is empty, or would change the meaning of the request.
            UnauthorizedError: The Hub asks for a token and got none, or one that it does not know.
            ForbiddenError: The token does not allow this. The Platform also says so when there is no token
                or a wrong one.
            NotFoundError: There is no such Space.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ..api.space.stream_space_log import call

        return self._connection.open(
            call(space_id=self.id), timeout=timeout, headers=headers, idle_timeout=idle_timeout
        )

    def get_audit_stream(
        self,
        *,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
        idle_timeout: float | None = None,
    ) -> AsyncStream[AuditRecord]:
        """Stream the Space's audit trail.

        As `HostClient.get_audit_stream` at a Hub, for what is done on the Space and on its Hubs. One JSON
        object a line, although the content type does not say so.

        Request: `GET /space/{space_id}/api/v1/audit`

        Args:
            timeout: Seconds until the stream must begin; no limit unless given.
            headers: Additional headers of this request.
            idle_timeout: Seconds that may pass without a byte after that; no limit unless given.

        Returns:
            Audit records, one a line.

        Raises:
            InvalidArgumentError: An id or a name is empty, or would change the meaning of the request.
            UnauthorizedError: The Hub asks for a token and got none, or one that it does not know.
            ForbiddenError: The token does not allow this. The Platform also says so when there is no token
                or a wrong one.
            NotFoundError: There is no such Space.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ..api.space.stream_space_audit import call

        return self._connection.open(
            call(space_id=self.id), timeout=timeout, headers=headers, idle_timeout=idle_timeout
        )

    async def disconnect_hubs(
        self,
        *,
        id: str | None = None,
        limit: int | None = None,
        access_key: str | None = None,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> DisconnectReply:
        """Disconnect Hubs.

        Closes the connections of one Hub (`id`), of those that connected with one key (`access_key`), or of
        as many as it takes for `limit` to remain. The Hubs go on, and may connect again.

        Request: `POST /space/{space_id}/api/v1/disconnect`

        Args:
            id: The id.
            limit: Disconnect as many as it takes for this number to remain.
            access_key: Disconnect the Hubs that connected with this key.
            timeout: Seconds to wait for the next part of the reply, instead of the client's; `math.inf` for
                no limit.
            headers: Additional headers of this request.

        Returns:
            They are being disconnected.

        Raises:
            InvalidArgumentError: An id or a name is empty, or would change the meaning of the request.
            BadRequestError: The request is not as described; the error names the field and the reason.
            UnauthorizedError: The Hub asks for a token and got none, or one that it does not know.
            ForbiddenError: The token does not allow this. The Platform also says so when there is no token
                or a wrong one.
            NotFoundError: There is no such Space.
            PayloadTooLargeError: The body is larger than the server takes.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ..api.space.disconnect_hubs import call

        return await self._connection.send(
            call(space_id=self.id, id=id, limit=limit, access_key=access_key), timeout=timeout, headers=headers
        )

    async def get_store_items(
        self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> list[StoreItem]:
        """List the packages in the Space's store.

        What the store knows of each package: the same fields as the `config` of a Sequence; `id` is that of
        the package in the store. There are no pages.

        Request: `GET /space/{space_id}/api/v1/s3`

        Args:
            timeout: Seconds to wait for the next part of the reply, instead of the client's; `math.inf` for
                no limit.
            headers: Additional headers of this request.

        Returns:
            The packages.

        Raises:
            InvalidArgumentError: An id or a name is empty, or would change the meaning of the request.
            UnauthorizedError: The Hub asks for a token and got none, or one that it does not know.
            ForbiddenError: The token does not allow this. The Platform also says so when there is no token
                or a wrong one.
            NotFoundError: There is no such Space.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ..api.store.list_store_items import call

        return await self._connection.send(call(space_id=self.id), timeout=timeout, headers=headers)

    async def put_store_item(
        self,
        id: str,
        data: UploadSource,
        *,
        progress: Progress | None = None,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> StoreItem:
        """Put a package into the Space's store.

        Keeps a `tar.gz` under an id of the client's choice, for Hubs of the Space to fetch. One that was
        there under the same id is replaced.

        Request: `PUT /space/{space_id}/api/v1/s3/{id}`

        Args:
            id: The id of an item of the store.
            data: The package.
            progress: Told the bytes sent so far, and their final number where it is known.
            timeout: Seconds to wait for the next part of the reply, instead of the client's; `math.inf` for
                no limit.
            headers: Additional headers of this request.

        Returns:
            The package is kept.

        Raises:
            InvalidArgumentError: An id or a name is empty, or would change the meaning of the request.
            BadRequestError: The request is not as described; the error names the field and the reason.
            UnauthorizedError: The Hub asks for a token and got none, or one that it does not know.
            ForbiddenError: The token does not allow this. The Platform also says so when there is no token
                or a wrong one.
            NotFoundError: There is no such Space.
            PayloadTooLargeError: The body is larger than the server takes.
            UnsupportedMediaTypeError: The content type is not one of those described, or not that of the
                stream.
            UnprocessableEntityError: The body is not a package that can be kept.
            InsufficientStorageError: There is not enough room on the machine, or what the Hub keeps its
                data on is gone.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ..api.store.put_store_item import call

        return await self._connection.send(
            call(space_id=self.id, id=id, data=data, progress=progress), timeout=timeout, headers=headers
        )

    async def delete_store_item(
        self, id: str, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> StoreItemRef:
        """Delete a package from the Space's store.

        Removes one package. Sequences that Hubs made of it stay.

        Request: `DELETE /space/{space_id}/api/v1/s3/{id}`

        Args:
            id: The id of an item of the store.
            timeout: Seconds to wait for the next part of the reply, instead of the client's; `math.inf` for
                no limit.
            headers: Additional headers of this request.

        Returns:
            The package is gone.

        Raises:
            InvalidArgumentError: An id or a name is empty, or would change the meaning of the request.
            UnauthorizedError: The Hub asks for a token and got none, or one that it does not know.
            ForbiddenError: The token does not allow this. The Platform also says so when there is no token
                or a wrong one.
            NotFoundError: There is no such Space, or no such item in its store.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ..api.store.delete_store_item import call

        return await self._connection.send(call(space_id=self.id, id=id), timeout=timeout, headers=headers)

    async def clear_store(self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None) -> Message:
        """Delete all packages from the Space's store.

        Removes every package of the store, without asking again. Sequences that Hubs made of them stay.

        Request: `DELETE /space/{space_id}/api/v1/store`

        Args:
            timeout: Seconds to wait for the next part of the reply, instead of the client's; `math.inf` for
                no limit.
            headers: Additional headers of this request.

        Returns:
            The store is empty.

        Raises:
            InvalidArgumentError: An id or a name is empty, or would change the meaning of the request.
            UnauthorizedError: The Hub asks for a token and got none, or one that it does not know.
            ForbiddenError: The token does not allow this. The Platform also says so when there is no token
                or a wrong one.
            NotFoundError: There is no such Space.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ..api.store.clear_store import call

        return await self._connection.send(call(space_id=self.id), timeout=timeout, headers=headers)


# Names that only annotations use are imported when these are read, as by `typing.get_type_hints`.
lazy_hints(
    globals(),
    {
        "AsyncStream": ".._runtime.aio.streams",
        "AuditRecord": "..models.audit_record",
        "DisconnectReply": "..models.disconnect_reply",
        "HubInfo": "..models.hub_info",
        "HubRef": "..models.hub_ref",
        "Instance": "..models.instance",
        "Load": "..models.load",
        "Mapping": "collections.abc",
        "Message": "..models.message",
        "Progress": ".._runtime.call",
        "Sequence": "..models.sequence",
        "SpaceConfig": "..models.space_config",
        "SpaceEntities": "..models.space_entities",
        "SpaceTopic": "..models.space_topic",
        "StoreItem": "..models.store_item",
        "StoreItemRef": "..models.store_item_ref",
        "TopicContentType": "..models.topic_content_type",
        "UploadSource": ".._runtime.call",
        "Version": "..models.version",
    },
)
