"""The operations of SpaceClient, from the API description."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from ..._runtime.hints import lazy_hints
from .._client import Client

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..._runtime.call import Progress, UploadSource
    from ..._runtime.sync.streams import Stream
    from ...models.audit_record import AuditRecord
    from ...models.deleted_hub import DeletedHub
    from ...models.disconnect_reply import DisconnectReply
    from ...models.hub_info import HubInfo
    from ...models.hub_ref import HubRef
    from ...models.load import Load
    from ...models.space_config import SpaceConfig
    from ...models.space_entities import SpaceEntities
    from ...models.space_health import SpaceHealth
    from ...models.space_instance import SpaceInstance
    from ...models.space_sequence import SpaceSequence
    from ...models.space_topic import SpaceTopic
    from ...models.store_item import StoreItem
    from ...models.store_item_ref import StoreItemRef
    from ...models.version import Version


class SpaceOperations(Client):
    """The operations of SpaceClient."""

    id: str

    def get_version(self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None) -> Version:
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
            UnauthorizedError: The token is missing, or not known to the Hub.
            ForbiddenError: The token does not permit this. The Platform also replies 403 to a missing or
                wrong token.
            NotFoundError: The Space does not exist.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ...api.space.get_space_version import call

        return self._connection.send(call(space_id=self.id), timeout=timeout, headers=headers)

    def get_config(self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None) -> SpaceConfig:
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
            UnauthorizedError: The token is missing, or not known to the Hub.
            ForbiddenError: The token does not permit this. The Platform also replies 403 to a missing or
                wrong token.
            NotFoundError: The Space does not exist.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ...api.space.get_space_config import call

        return self._connection.send(call(space_id=self.id), timeout=timeout, headers=headers)

    def get_health(self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None) -> SpaceHealth:
        """Check whether the Space is healthy.

        How long the Space has been running, and whether each of its parts works.

        Request: `GET /space/{space_id}/api/v1/health`

        Args:
            timeout: Seconds to wait for the next part of the reply, instead of the client's; `math.inf` for
                no limit.
            headers: Additional headers of this request.

        Returns:
            The Space answers; `modules` tells which of its parts work.

        Raises:
            InvalidArgumentError: An id or a name is empty, or would change the meaning of the request.
            UnauthorizedError: The token is missing, or not known to the Hub.
            ForbiddenError: The token does not permit this. The Platform also replies 403 to a missing or
                wrong token.
            NotFoundError: The Space does not exist.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ...api.space.get_space_health import call

        return self._connection.send(call(space_id=self.id), timeout=timeout, headers=headers)

    def get_load(self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None) -> Load:
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
            UnauthorizedError: The token is missing, or not known to the Hub.
            ForbiddenError: The token does not permit this. The Platform also replies 403 to a missing or
                wrong token.
            NotFoundError: The Space does not exist.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ...api.space.get_space_load import call

        return self._connection.send(call(space_id=self.id), timeout=timeout, headers=headers)

    def get_load_stream(
        self,
        *,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
        idle_timeout: float | None = None,
    ) -> Stream[Load]:
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
            UnauthorizedError: The token is missing, or not known to the Hub.
            ForbiddenError: The token does not permit this. The Platform also replies 403 to a missing or
                wrong token.
            NotFoundError: The Space does not exist.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ...api.space.stream_space_load import call

        return self._connection.open(
            call(space_id=self.id), timeout=timeout, headers=headers, idle_timeout=idle_timeout
        )

    def get_hosts(
        self,
        *,
        offset: int | None = None,
        limit: int | None = None,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> list[HubInfo]:
        """List the Space's Hubs.

        The Hubs that are connected, and those that were and may reconnect. Within a page, connected Hubs
        come first, then healthy ones. A Hub is healthy if it reported its load within the last 61 seconds.
        One page at a time. If `offset` or `limit` is out of range, the reply is the first page of 100.

        Request: `GET /space/{space_id}/api/v1/list`

        Args:
            offset: How many to leave out at the start. Out of range, the Space answers as if `offset` and
                `limit` were left out. The server takes 0 if it is omitted.
            limit: How many to return at most. Out of range, the Space answers as if `offset` and `limit`
                were left out. The server takes 100 if it is omitted.
            timeout: Seconds to wait for the next part of the reply, instead of the client's; `math.inf` for
                no limit.
            headers: Additional headers of this request.

        Returns:
            The Hubs.

        Raises:
            InvalidArgumentError: An id or a name is empty, or would change the meaning of the request.
            UnauthorizedError: The token is missing, or not known to the Hub.
            ForbiddenError: The token does not permit this. The Platform also replies 403 to a missing or
                wrong token.
            NotFoundError: The Space does not exist.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ...api.space.list_hubs import call

        return self._connection.send(
            call(space_id=self.id, offset=offset, limit=limit), timeout=timeout, headers=headers
        )

    list_hubs = get_hosts
    """Another name of `get_hosts`."""

    def register_hub(
        self,
        *,
        id: str | None = None,
        description: str | None = None,
        tags: list[str] | None = None,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> HubRef:
        """Register a Hub.

        Announces a Hub that will join, with the id, the description and the tags that it is to be listed
        with. It is listed from now on, as not connected until it joins. Without an id, the Space creates
        one. Unknown fields are ignored.

        Request: `POST /space/{space_id}/api/v1/sth`

        Args:
            id: The id of a Hub that joins. `si` takes no other, whatever ids older Spaces list.
            description: The description.
            tags: The tags.
            timeout: Seconds to wait for the next part of the reply, instead of the client's; `math.inf` for
                no limit.
            headers: Additional headers of this request.

        Returns:
            The Hub may join.

        Raises:
            InvalidArgumentError: An id or a name is empty, or would change the meaning of the request.
            BadRequestError: The request is invalid; the error names the field and the reason.
            UnauthorizedError: The token is missing, or not known to the Hub.
            ForbiddenError: The token does not permit this. The Platform also replies 403 to a missing or
                wrong token.
            NotFoundError: The Space does not exist.
            ConflictError: There is a Hub with this id.
            PayloadTooLargeError: The body is larger than the server accepts.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ...api.space.register_hub import call

        return self._connection.send(
            call(space_id=self.id, id=id, description=description, tags=tags), timeout=timeout, headers=headers
        )

    def delete_hub(
        self,
        hub_id: str,
        force: bool | None = None,
        *,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> DeletedHub:
        """Delete a Hub.

        Removes a Hub from the Space's list. A connected Hub is refused with 409, unless `force` is `True`:
        then the Space disconnects it first. Only Hubs that joined with an access key (`selfHosted`) can be
        deleted; others are refused with 400, with `force` too. The Hub itself, with its Sequences and
        Instances, keeps running.

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
            BadRequestError: The Hub did not join with an access key, or a header is not as described.
            UnauthorizedError: The token is missing, or not known to the Hub.
            ForbiddenError: The token does not permit this. The Platform also replies 403 to a missing or
                wrong token.
            NotFoundError: The Space, or the Hub in it, does not exist.
            ConflictError: The Hub is still connected.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ...api.space.delete_hub import call

        return self._connection.send(
            call(space_id=self.id, hub_id=hub_id, force=force), timeout=timeout, headers=headers
        )

    def get_hub_info(
        self, hub_id: str, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> HubInfo:
        """Return a Hub of the Space.

        One Hub as `SpaceClient.get_hosts` shows it, without its `topics`, `sequences` and `instances`.

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
            UnauthorizedError: The token is missing, or not known to the Hub.
            ForbiddenError: The token does not permit this. The Platform also replies 403 to a missing or
                wrong token.
            NotFoundError: The Space, or the Hub in it, does not exist.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ...api.space.get_hub_info import call

        return self._connection.send(call(space_id=self.id, hub_id=hub_id), timeout=timeout, headers=headers)

    def get_sequences(self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None) -> list[str]:
        """List the ids of the Space's Sequences.

        The ids of the Sequences on all connected Hubs of the Space, without the packages in its store.
        There are no pages. `SpaceClient.get_all_sequences` has more than ids.

        Request: `GET /space/{space_id}/api/v1/sequences`

        Args:
            timeout: Seconds to wait for the next part of the reply, instead of the client's; `math.inf` for
                no limit.
            headers: Additional headers of this request.

        Returns:
            Ids of Sequences.

        Raises:
            InvalidArgumentError: An id or a name is empty, or would change the meaning of the request.
            UnauthorizedError: The token is missing, or not known to the Hub.
            ForbiddenError: The token does not permit this. The Platform also replies 403 to a missing or
                wrong token.
            NotFoundError: The Space does not exist.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ...api.space.list_space_sequences import call

        return self._connection.send(call(space_id=self.id), timeout=timeout, headers=headers)

    def get_all_sequences(
        self,
        *,
        offset: int | None = None,
        limit: int | None = None,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> list[SpaceSequence]:
        """List the Space's Sequences.

        The packages in the Space's store, with `store` as their `location`, and then the Sequences on its
        Hubs, with the Hub's id as their `location`. `config` has no `container` and no `config`. One page
        at a time. If `offset` or `limit` is out of range, the reply is the first page of 100.

        Request: `GET /space/{space_id}/api/v1/all_sequences`

        Args:
            offset: How many to leave out at the start. Out of range, the Space answers as if `offset` and
                `limit` were left out. The server takes 0 if it is omitted.
            limit: How many to return at most. Out of range, the Space answers as if `offset` and `limit`
                were left out. The server takes 100 if it is omitted.
            timeout: Seconds to wait for the next part of the reply, instead of the client's; `math.inf` for
                no limit.
            headers: Additional headers of this request.

        Returns:
            The Sequences.

        Raises:
            InvalidArgumentError: An id or a name is empty, or would change the meaning of the request.
            UnauthorizedError: The token is missing, or not known to the Hub.
            ForbiddenError: The token does not permit this. The Platform also replies 403 to a missing or
                wrong token.
            NotFoundError: The Space does not exist.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ...api.space.list_all_space_sequences import call

        return self._connection.send(
            call(space_id=self.id, offset=offset, limit=limit), timeout=timeout, headers=headers
        )

    def get_instances(
        self,
        *,
        offset: int | None = None,
        limit: int | None = None,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> list[SpaceInstance] | list[list[list[str]]]:
        """List the Space's Instances.

        The Instances on all connected Hubs of the Space, as their Hubs reported them: of an Instance that
        has just been started there may be no more than `id` and `sequence`. Older Spaces return nested
        arrays of ids, and no pages. One page at a time. If `offset` or `limit` is out of range, the reply
        is the first page of 100.

        Request: `GET /space/{space_id}/api/v1/instances`

        Args:
            offset: How many to leave out at the start. Out of range, the Space answers as if `offset` and
                `limit` were left out. The server takes 0 if it is omitted.
            limit: How many to return at most. Out of range, the Space answers as if `offset` and `limit`
                were left out. The server takes 100 if it is omitted.
            timeout: Seconds to wait for the next part of the reply, instead of the client's; `math.inf` for
                no limit.
            headers: Additional headers of this request.

        Returns:
            The Instances, or ids of Instances.

        Raises:
            InvalidArgumentError: An id or a name is empty, or would change the meaning of the request.
            UnauthorizedError: The token is missing, or not known to the Hub.
            ForbiddenError: The token does not permit this. The Platform also replies 403 to a missing or
                wrong token.
            NotFoundError: The Space does not exist.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ...api.space.list_space_instances import call

        return self._connection.send(
            call(space_id=self.id, offset=offset, limit=limit), timeout=timeout, headers=headers
        )

    def list_entities(self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None) -> SpaceEntities:
        """List the ids of the Space's Hubs, Sequences, Instances and topics.

        Ids of Hubs, Sequences and Instances, and names of topics. Sequences include the packages in the
        store. At most 100 Sequences and 100 Instances are listed, and there are no pages;
        `SpaceClient.get_all_sequences` and `SpaceClient.get_instances` have the others.

        Request: `GET /space/{space_id}/api/v1/entities`

        Args:
            timeout: Seconds to wait for the next part of the reply, instead of the client's; `math.inf` for
                no limit.
            headers: Additional headers of this request.

        Returns:
            Ids and names.

        Raises:
            InvalidArgumentError: An id or a name is empty, or would change the meaning of the request.
            UnauthorizedError: The token is missing, or not known to the Hub.
            ForbiddenError: The token does not permit this. The Platform also replies 403 to a missing or
                wrong token.
            NotFoundError: The Space does not exist.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ...api.space.list_space_entities import call

        return self._connection.send(call(space_id=self.id), timeout=timeout, headers=headers)

    def get_topics(self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None) -> list[SpaceTopic]:
        """List the Space's topics.

        The topics of the Space, and who writes and reads each (`actors`). The shape differs from that of a
        Hub's topics. An actor whose stream has ended is `retired` until the Space removes it, moments
        later; a topic without actors is removed.

        Request: `GET /space/{space_id}/api/v1/topics`

        Args:
            timeout: Seconds to wait for the next part of the reply, instead of the client's; `math.inf` for
                no limit.
            headers: Additional headers of this request.

        Returns:
            The topics.

        Raises:
            InvalidArgumentError: An id or a name is empty, or would change the meaning of the request.
            UnauthorizedError: The token is missing, or not known to the Hub.
            ForbiddenError: The token does not permit this. The Platform also replies 403 to a missing or
                wrong token.
            NotFoundError: The Space does not exist.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ...api.space.list_space_topics import call

        return self._connection.send(call(space_id=self.id), timeout=timeout, headers=headers)

    list_topics = get_topics
    """Another name of `get_topics`."""

    def get_topic(
        self,
        topic: str,
        *,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
        idle_timeout: float | None = None,
    ) -> Stream[Any]:
        """Read a topic of the Space.

        What is written from now on to a topic that spans all Hubs of the Space. Creates the topic if it
        does not exist. The reply is `application/octet-stream` for every topic, and the `Content-Type` of
        the request is ignored: `SpaceClient.get_topics` tells the topic's type. The Space keeps nothing:
        what was written before is not replayed. A writer that ends does not end its readers.

        Request: `GET /space/{space_id}/api/v1/topic/{topic}`

        Args:
            topic: The name of the topic.
            timeout: Seconds until the stream must begin; no limit unless given.
            headers: Additional headers of this request.
            idle_timeout: Seconds that may pass without a byte after that; no limit unless given.

        Returns:
            What the topic carries, as bytes.

        Raises:
            InvalidArgumentError: An id or a name is empty, or would change the meaning of the request.
            BadRequestError: The topic's name or a header is invalid, such as a content type that no topic
                has.
            UnauthorizedError: The token is missing, or not known to the Hub.
            ForbiddenError: The token does not permit this. The Platform also replies 403 to a missing or
                wrong token.
            NotFoundError: The Space does not exist.
            InsufficientStorageError: The Hub has its maximum number of topics. Existing topics can be read
                and written.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ...api.space.read_space_topic import call

        return self._connection.open(
            call(space_id=self.id, topic=topic), timeout=timeout, headers=headers, idle_timeout=idle_timeout
        )

    get_named_data = get_topic
    """Another name of `get_topic`."""

    def send_topic(
        self,
        topic: str,
        data: UploadSource,
        *,
        end_stream: bool | None = None,
        content_type: Literal[
            "application/x-ndjson", "text/x-ndjson", "text/plain", "application/octet-stream", "application/json", "*/*"
        ] = "application/x-ndjson",
        progress: Progress | None = None,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Write to a topic of the Space.

        Passes the body on to all readers of a topic that spans all Hubs of the Space. Creates the topic if
        it does not exist. The topic has the type of its first writer or reader. The Space accepts every
        type, also another than the topic's. A Hub whose own topic has another type refuses the data.

        The reply's head may come before the body is read; its end comes when all of the body was passed on.
        Without a reader, the Space takes a little and then waits for one. With `x-end-stream: true` the
        status is 200, otherwise 202. The header has no other effect: readers are not ended.

        Request: `POST /space/{space_id}/api/v1/topic/{topic}`

        Args:
            topic: The name of the topic.
            data: The data.
            end_stream: Whether the reply's status is 200 instead of 202; nothing else depends on it. Some
                clients send `True`, `False` or `undefined`; `undefined` counts as missing. The server takes
                False if it is omitted.
            content_type: The media type of the data.
            progress: Told the bytes sent so far, and their final number where it is known.
            timeout: Seconds to wait for the next part of the reply, instead of the client's; `math.inf` for
                no limit.
            headers: Additional headers of this request.

        Raises:
            InvalidArgumentError: An id or a name is empty, or would change the meaning of the request.
            BadRequestError: The topic's name or a header is invalid, such as a content type that no topic
                has.
            UnauthorizedError: The token is missing, or not known to the Hub.
            ForbiddenError: The token does not permit this. The Platform also replies 403 to a missing or
                wrong token.
            NotFoundError: The Space does not exist.
            InsufficientStorageError: The Hub has its maximum number of topics. Existing topics can be read
                and written.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ...api.space.write_space_topic import call

        return self._connection.send(
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
    ) -> Stream[Any]:
        """Stream the logs of the Space and its Hubs.

        The logs of the Space and of all connected Hubs, as one stream. Begins with the recent log, bounded
        in length. A line of a Hub is the Hub's id, a colon, a space and the JSON object of the Hub's log;
        so that line is not JSON. A line of the Space itself is a JSON object alone. Ends when the client
        disconnects or the Space stops.

        Request: `GET /space/{space_id}/api/v1/log`

        Args:
            timeout: Seconds until the stream must begin; no limit unless given.
            headers: Additional headers of this request.
            idle_timeout: Seconds that may pass without a byte after that; no limit unless given.

        Returns:
            Lines of logs.

        Raises:
            InvalidArgumentError: An id or a name is empty, or would change the meaning of the request.
            UnauthorizedError: The token is missing, or not known to the Hub.
            ForbiddenError: The token does not permit this. The Platform also replies 403 to a missing or
                wrong token.
            NotFoundError: The Space does not exist.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ...api.space.stream_space_log import call

        return self._connection.open(
            call(space_id=self.id), timeout=timeout, headers=headers, idle_timeout=idle_timeout
        )

    def get_audit_stream(
        self,
        *,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
        idle_timeout: float | None = None,
    ) -> Stream[AuditRecord]:
        """Stream the Space's audit trail.

        As `HostClient.get_audit_stream` at a Hub, for the Space and all its Hubs. Records of Hubs have the
        Hub's id as `host`. Records of the Space have no `opState`: a Hub joined (14000) or left (14001),
        and a heartbeat (13020) every few seconds. One JSON object a line, although the content type does
        not say so.

        Request: `GET /space/{space_id}/api/v1/audit`

        Args:
            timeout: Seconds until the stream must begin; no limit unless given.
            headers: Additional headers of this request.
            idle_timeout: Seconds that may pass without a byte after that; no limit unless given.

        Returns:
            Audit records, one a line.

        Raises:
            InvalidArgumentError: An id or a name is empty, or would change the meaning of the request.
            UnauthorizedError: The token is missing, or not known to the Hub.
            ForbiddenError: The token does not permit this. The Platform also replies 403 to a missing or
                wrong token.
            NotFoundError: The Space does not exist.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ...api.space.stream_space_audit import call

        return self._connection.open(
            call(space_id=self.id), timeout=timeout, headers=headers, idle_timeout=idle_timeout
        )

    def disconnect_hubs(
        self,
        *,
        id: str | None = None,
        limit: int | None = None,
        access_key: str | None = None,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> DisconnectReply:
        """Disconnect Hubs.

        Disconnects one Hub (`id`), the Hubs that joined with one access key (`access_key`), or all but the
        first `limit`, in the order in which they first joined. The fields may be combined: each adds its
        Hubs. Only Hubs that joined with an access key (`selfHosted`) can be disconnected; the others do not
        count for `limit`.

        Each Hub is told why, and then its connection is closed; the reply does not wait for that. Such a
        Hub does not reconnect by itself. Its Sequences and Instances keep running.

        Request: `POST /space/{space_id}/api/v1/disconnect`

        Args:
            id: The id.
            limit: Keep this number of connected self-hosted Hubs, those that joined first; disconnect the
                others.
            access_key: Disconnect the Hubs that joined with this key, named by its id, the first 16
                characters.
            timeout: Seconds to wait for the next part of the reply, instead of the client's; `math.inf` for
                no limit.
            headers: Additional headers of this request.

        Returns:
            The Hubs that are being disconnected, and why; none if no Hub is beyond the limit.

        Raises:
            InvalidArgumentError: An id or a name is empty, or would change the meaning of the request.
            BadRequestError: The body names no Hub, is not as described, or names a Hub that did not join
                with an access key.
            UnauthorizedError: The token is missing, or not known to the Hub.
            ForbiddenError: The token does not permit this. The Platform also replies 403 to a missing or
                wrong token.
            NotFoundError: There is no such Space, no such Hub in it, or no Hub that joined with this key.
            ConflictError: The Hub is not connected.
            PayloadTooLargeError: The body is larger than the server accepts.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ...api.space.disconnect_hubs import call

        return self._connection.send(
            call(space_id=self.id, id=id, limit=limit, access_key=access_key), timeout=timeout, headers=headers
        )

    def get_store_items(
        self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> list[StoreItem]:
        """List the packages in the Space's store.

        What the store knows of each package: the same fields as the `config` of a Sequence. `id` and
        `_fileId` are created by the Space, `_filename` is the name by which the package is fetched and
        deleted. There are no pages.

        Request: `GET /space/{space_id}/api/v1/s3`

        Args:
            timeout: Seconds to wait for the next part of the reply, instead of the client's; `math.inf` for
                no limit.
            headers: Additional headers of this request.

        Returns:
            The packages.

        Raises:
            InvalidArgumentError: An id or a name is empty, or would change the meaning of the request.
            UnauthorizedError: The token is missing, or not known to the Hub.
            ForbiddenError: The token does not permit this. The Platform also replies 403 to a missing or
                wrong token.
            NotFoundError: The Space does not exist.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ...api.store.list_store_items import call

        return self._connection.send(call(space_id=self.id), timeout=timeout, headers=headers)

    def get_store_item(
        self,
        filename: str,
        *,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
        idle_timeout: float | None = None,
    ) -> Stream[Any]:
        """Download a package from the Space's store.

        The stored `tar.gz`, byte for byte. Hubs fetch packages with this request.

        Request: `GET /space/{space_id}/api/v1/s3/{filename}`

        Args:
            filename: The file name of a package in the store, mostly one that ends in `.tar.gz`.
            timeout: Seconds until the stream must begin; no limit unless given.
            headers: Additional headers of this request.
            idle_timeout: Seconds that may pass without a byte after that; no limit unless given.

        Returns:
            The package.

        Raises:
            InvalidArgumentError: An id or a name is empty, or would change the meaning of the request.
            BadRequestError: The request is invalid; the error names the field and the reason.
            UnauthorizedError: The token is missing, or not known to the Hub.
            ForbiddenError: The token does not permit this. The Platform also replies 403 to a missing or
                wrong token.
            NotFoundError: The Space, or the item in its store, does not exist.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ...api.store.get_store_item import call

        return self._connection.open(
            call(space_id=self.id, filename=filename), timeout=timeout, headers=headers, idle_timeout=idle_timeout
        )

    def delete_store_item(
        self, filename: str, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> StoreItemRef:
        """Delete a package from the Space's store.

        Deletes the package with this file name; an item's `id` is accepted too. Sequences that Hubs made
        from it stay.

        Request: `DELETE /space/{space_id}/api/v1/s3/{filename}`

        Args:
            filename: The file name of a package in the store, mostly one that ends in `.tar.gz`.
            timeout: Seconds to wait for the next part of the reply, instead of the client's; `math.inf` for
                no limit.
            headers: Additional headers of this request.

        Returns:
            The package is deleted.

        Raises:
            InvalidArgumentError: An id or a name is empty, or would change the meaning of the request.
            BadRequestError: The request is invalid; the error names the field and the reason.
            UnauthorizedError: The token is missing, or not known to the Hub.
            ForbiddenError: The token does not permit this. The Platform also replies 403 to a missing or
                wrong token.
            NotFoundError: The Space, or the item in its store, does not exist.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ...api.store.delete_store_item import call

        return self._connection.send(call(space_id=self.id, filename=filename), timeout=timeout, headers=headers)

    def clear_store(self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None) -> None:
        """Delete all packages from the Space's store.

        Deletes every package of the store. Sequences that Hubs made from them stay.

        Request: `DELETE /space/{space_id}/api/v1/store`

        Args:
            timeout: Seconds to wait for the next part of the reply, instead of the client's; `math.inf` for
                no limit.
            headers: Additional headers of this request.

        Raises:
            InvalidArgumentError: An id or a name is empty, or would change the meaning of the request.
            UnauthorizedError: The token is missing, or not known to the Hub.
            ForbiddenError: The token does not permit this. The Platform also replies 403 to a missing or
                wrong token.
            NotFoundError: The Space does not exist.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ...api.store.clear_store import call

        return self._connection.send(call(space_id=self.id), timeout=timeout, headers=headers)


# Names that only annotations use are imported when these are read, as by `typing.get_type_hints`.
lazy_hints(
    globals(),
    {
        "AuditRecord": "...models.audit_record",
        "DeletedHub": "...models.deleted_hub",
        "DisconnectReply": "...models.disconnect_reply",
        "HubInfo": "...models.hub_info",
        "HubRef": "...models.hub_ref",
        "Load": "...models.load",
        "Mapping": "collections.abc",
        "Progress": "..._runtime.call",
        "SpaceConfig": "...models.space_config",
        "SpaceEntities": "...models.space_entities",
        "SpaceHealth": "...models.space_health",
        "SpaceInstance": "...models.space_instance",
        "SpaceSequence": "...models.space_sequence",
        "SpaceTopic": "...models.space_topic",
        "StoreItem": "...models.store_item",
        "StoreItemRef": "...models.store_item_ref",
        "Stream": "..._runtime.sync.streams",
        "UploadSource": "..._runtime.call",
        "Version": "...models.version",
    },
)
