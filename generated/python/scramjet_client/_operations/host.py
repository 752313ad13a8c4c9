"""The operations of HostClient, from the API description."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .._client import Client
from .._runtime.hints import lazy_hints

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping

    from .._runtime.aio.streams import AsyncStream
    from .._runtime.call import Progress, UploadSource
    from ..models.api_description import ApiDescription
    from ..models.audit_record import AuditRecord
    from ..models.entities import Entities
    from ..models.hub_config import HubConfig
    from ..models.hub_health import HubHealth
    from ..models.instance import Instance
    from ..models.instance_event import InstanceEvent
    from ..models.instance_event_type import InstanceEventType
    from ..models.instance_events import InstanceEvents
    from ..models.instance_status import InstanceStatus
    from ..models.list_order import ListOrder
    from ..models.load import Load
    from ..models.log_record import LogRecord
    from ..models.message import Message
    from ..models.sequence import Sequence
    from ..models.status import Status
    from ..models.topic import Topic
    from ..models.topic_content_type import TopicContentType
    from ..models.topic_created import TopicCreated
    from ..models.version import Version


class HostOperations(Client):
    """The operations of HostClient."""

    async def get_version(self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None) -> Version:
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
        from ..api.hub.get_version import call

        return await self._connection.send(call(), timeout=timeout, headers=headers)

    async def get_status(self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None) -> Status:
        """Check whether the Hub is connected to a Space.

        `cpm` is empty at a Hub that was told of no Space. Otherwise it names the Space, and `connected`
        tells whether the connection stands at this moment.

        Request: `GET /status`

        Args:
            timeout: Seconds to wait for the next part of the reply, instead of the client's; `math.inf` for
                no limit.
            headers: Additional headers of this request.

        Returns:
            The state of the connection.

        Raises:
            UnauthorizedError: The token is missing, or not known to the Hub.
            ForbiddenError: The token does not permit this. The Platform also replies 403 to a missing or
                wrong token.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ..api.hub.get_status import call

        return await self._connection.send(call(), timeout=timeout, headers=headers)

    async def get_config(self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None) -> HubConfig:
        """Return the Hub's public configuration.

        The Hub's settings, for people and for support. It never contains a secret: no token, no key, no
        path that reveals one. The fields differ between Hubs; rely only on the documented ones.

        Request: `GET /config`

        Args:
            timeout: Seconds to wait for the next part of the reply, instead of the client's; `math.inf` for
                no limit.
            headers: Additional headers of this request.

        Returns:
            The configuration.

        Raises:
            UnauthorizedError: The token is missing, or not known to the Hub.
            ForbiddenError: The token does not permit this. The Platform also replies 403 to a missing or
                wrong token.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ..api.hub.get_config import call

        return await self._connection.send(call(), timeout=timeout, headers=headers)

    async def get_health(self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None) -> HubHealth:
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
        from ..api.hub.get_health import call

        return await self._connection.send(call(), timeout=timeout, headers=headers)

    async def get_description(
        self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> ApiDescription:
        """Return the description of this API.

        The whole OpenAPI description that the server is built on, as JSON: the operations of Hubs, Spaces
        and Platforms. It needs no token. A page to read it with is at `/docs` of the server, outside the
        API base.

        Request: `GET /openapi.json`

        Args:
            timeout: Seconds to wait for the next part of the reply, instead of the client's; `math.inf` for
                no limit.
            headers: Additional headers of this request.

        Returns:
            The description.

        Raises:
            ForbiddenError: The token does not permit this. The Platform also replies 403 to a missing or
                wrong token.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ..api.hub.get_description import call

        return await self._connection.send(call(), timeout=timeout, headers=headers)

    async def get_description_yaml(
        self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> str:
        """Return the description of this API as YAML.

        What `HostClient.get_description` returns, as YAML (RFC 9512); it needs no token.

        Request: `GET /openapi.yaml`

        Args:
            timeout: Seconds to wait for the next part of the reply, instead of the client's; `math.inf` for
                no limit.
            headers: Additional headers of this request.

        Returns:
            The description.

        Raises:
            ForbiddenError: The token does not permit this. The Platform also replies 403 to a missing or
                wrong token.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ..api.hub.get_description_yaml import call

        return await self._connection.send(call(), timeout=timeout, headers=headers)

    async def get_metrics(self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None) -> str:
        """Return the Hub's metrics.

        Counters and gauges in the OpenMetrics text format, for Prometheus and compatible tools: requests,
        Instances, streams, bytes, memory. The names are those of the embedded Hub and may grow in number;
        the text ends with `# EOF`.

        Request: `GET /metrics`

        Args:
            timeout: Seconds to wait for the next part of the reply, instead of the client's; `math.inf` for
                no limit.
            headers: Additional headers of this request.

        Returns:
            The metrics.

        Raises:
            UnauthorizedError: The token is missing, or not known to the Hub.
            ForbiddenError: The token does not permit this. The Platform also replies 403 to a missing or
                wrong token.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ..api.hub.get_metrics import call

        return await self._connection.send(call(), timeout=timeout, headers=headers)

    async def get_load_check(self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None) -> Load:
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
        from ..api.hub.get_load import call

        return await self._connection.send(call(), timeout=timeout, headers=headers)

    get_load = get_load_check
    """Another name of `get_load_check`."""

    def get_log_stream(
        self,
        *,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
        idle_timeout: float | None = None,
    ) -> AsyncStream[LogRecord]:
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
        from ..api.hub.stream_log import call

        return self._connection.open(call(), timeout=timeout, headers=headers, idle_timeout=idle_timeout)

    def get_audit_stream(
        self,
        *,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
        idle_timeout: float | None = None,
    ) -> AsyncStream[AuditRecord]:
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
        from ..api.hub.stream_audit import call

        return self._connection.open(call(), timeout=timeout, headers=headers, idle_timeout=idle_timeout)

    async def list_entities(
        self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> Entities:
        """List the Hub's Sequences, Instances and topics.

        A snapshot of all Sequences, Instances and topics, in the same form as their own lists. The lists
        are complete; there are no pages.

        Request: `GET /entities`

        Args:
            timeout: Seconds to wait for the next part of the reply, instead of the client's; `math.inf` for
                no limit.
            headers: Additional headers of this request.

        Returns:
            Sequences, Instances and topics.

        Raises:
            UnauthorizedError: The token is missing, or not known to the Hub.
            ForbiddenError: The token does not permit this. The Platform also replies 403 to a missing or
                wrong token.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ..api.hub.list_entities import call

        return await self._connection.send(call(), timeout=timeout, headers=headers)

    async def list_sequences(
        self,
        *,
        name: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        order: ListOrder | None = None,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> list[Sequence]:
        """List the Hub's Sequences.

        The Sequences that the Hub keeps, in the order of their upload. A Sequence whose upload is still
        under way is not among them. Without parameters, all of them, in one page. With any parameter, the
        reply tells in `X-Total-Count` how many match, and in `Link` where the other pages are.

        Request: `GET /sequences`

        Args:
            name: Only Sequences that were given this name at upload, or whose package is named so.
            limit: How many to give at most; all that match if left out.
            offset: How many of those that match to leave out at the start. The server takes 0 if it is
                omitted.
            order: In which order of time; `desc` gives the newest first. The server takes 'asc' if it is
                omitted.
            timeout: Seconds to wait for the next part of the reply, instead of the client's; `math.inf` for
                no limit.
            headers: Additional headers of this request.

        Returns:
            The Sequences.

        Raises:
            BadRequestError: The request is invalid; the error names the field and the reason.
            UnauthorizedError: The token is missing, or not known to the Hub.
            ForbiddenError: The token does not permit this. The Platform also replies 403 to a missing or
                wrong token.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ..api.sequences.list_sequences import call

        return await self._connection.send(
            call(name=name, limit=limit, offset=offset, order=order), timeout=timeout, headers=headers
        )

    async def get_sequence(
        self, id: str, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> Sequence:
        """Return a Sequence.

        The Sequence, its configuration and the ids of its Instances that have not finished.

        Request: `GET /sequence/{id}`

        Args:
            id: The id of a Sequence, the name it was given at upload, or the name of its package if no
                other package is named so.
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
        from ..api.sequences.get_sequence import call

        return await self._connection.send(call(id=id), timeout=timeout, headers=headers)

    async def list_instances(
        self,
        *,
        sequence: str | None = None,
        status: list[InstanceStatus] | None = None,
        starting_time: datetime.datetime | None = None,
        ending_time: datetime.datetime | None = None,
        limit: int | None = None,
        offset: int | None = None,
        order: ListOrder | None = None,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> list[Instance]:
        """List the Hub's Instances.

        The Instances of the Hub, finished ones that are still kept among them, in the order of their
        creation. Without parameters, all of them, in one page. With any parameter, the reply tells in
        `X-Total-Count` how many match, and in `Link` where the other pages are.

        Request: `GET /instances`

        Args:
            sequence: Only Instances of this Sequence, by its id or its name.
            status: Only Instances with this status, or one of several; repeatable.
            starting_time: The start of a period; only Instances that had not ended before it.
            ending_time: The end of a period; only Instances that were created before it ended.
            limit: How many to give at most; all that match if left out.
            offset: How many of those that match to leave out at the start. The server takes 0 if it is
                omitted.
            order: In which order of time; `desc` gives the newest first. The server takes 'asc' if it is
                omitted.
            timeout: Seconds to wait for the next part of the reply, instead of the client's; `math.inf` for
                no limit.
            headers: Additional headers of this request.

        Returns:
            The Instances.

        Raises:
            BadRequestError: The request is invalid; the error names the field and the reason.
            UnauthorizedError: The token is missing, or not known to the Hub.
            ForbiddenError: The token does not permit this. The Platform also replies 403 to a missing or
                wrong token.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ..api.instances.list_instances import call

        return await self._connection.send(
            call(
                sequence=sequence,
                status=status,
                starting_time=starting_time,
                ending_time=ending_time,
                limit=limit,
                offset=offset,
                order=order,
            ),
            timeout=timeout,
            headers=headers,
        )

    async def list_instance_events(
        self,
        *,
        instance_ids: list[str] | None = None,
        types: list[InstanceEventType] | None = None,
        starting_time: datetime.datetime | None = None,
        ending_time: datetime.datetime | None = None,
        limit: int | None = None,
        offset: int | None = None,
        order: ListOrder | None = None,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> InstanceEvents:
        """List what happened to Instances.

        The history of the Hub's Instances, also of those that are no longer kept, and from before restarts
        of the Hub. It is bounded by age and size; the oldest events go first. Everything that happened
        before the request is in it, starts that were replied to among them. What is in the list, or was in
        a stream, survives every end of the Hub, also one without warning, and so do the events of stops and
        kills that the Hub has replied to. The list and these replies wait for a slow disk, but not longer
        than a second. An Instance whose Hub ended without warning gets its `ended` when the Hub is back.

        Request: `GET /instance_events`

        Args:
            instance_ids: Only events of these Instances; repeatable.
            types: Only events of these types; repeatable.
            starting_time: Only events from this time on.
            ending_time: Only events until this time.
            limit: How many to give at most. The server takes 100 if it is omitted.
            offset: How many of those that match to leave out at the start. The server takes 0 if it is
                omitted.
            order: In which order of time; `desc` gives the newest first. The server takes 'asc' if it is
                omitted.
            timeout: Seconds to wait for the next part of the reply, instead of the client's; `math.inf` for
                no limit.
            headers: Additional headers of this request.

        Returns:
            A page of events.

        Raises:
            BadRequestError: The request is invalid; the error names the field and the reason.
            UnauthorizedError: The token is missing, or not known to the Hub.
            ForbiddenError: The token does not permit this. The Platform also replies 403 to a missing or
                wrong token.
            NotFoundError: This Hub keeps no history.
            InternalServerError: The history cannot be read now; a damaged one is put aside, and a fresh one
                begun.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ..api.instances.list_instance_events import call

        return await self._connection.send(
            call(
                instance_ids=instance_ids,
                types=types,
                starting_time=starting_time,
                ending_time=ending_time,
                limit=limit,
                offset=offset,
                order=order,
            ),
            timeout=timeout,
            headers=headers,
        )

    def get_instance_event_stream(
        self,
        *,
        cursor: str | None = None,
        instance_ids: list[str] | None = None,
        types: list[InstanceEventType] | None = None,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
        idle_timeout: float | None = None,
    ) -> AsyncStream[InstanceEvent]:
        """Follow what happens to Instances.

        The history as a stream, one JSON object a line, which does not end before the Hub does. With the
        `id` of the last line as the `cursor`, a new request goes on exactly there, also after a restart of
        the Hub: no event is left out, and none comes twice. Where nothing is sent for a while, a `bookmark`
        moves the cursor on; without a cursor, the stream begins with one. If events after the cursor are no
        longer kept, the request is refused with 410, and a stream whose reader has fallen that far behind
        breaks off.

        Request: `GET /streams/instance_events`

        Args:
            cursor: The `id` of the last event that the reader has; 0 for all that are kept. Without it, the
                stream begins with what happens from now on.
            instance_ids: Only events of these Instances; repeatable.
            types: Only events of these types; repeatable.
            timeout: Seconds until the stream must begin; no limit unless given.
            headers: Additional headers of this request.
            idle_timeout: Seconds that may pass without a byte after that; no limit unless given.

        Returns:
            Events, one a line.

        Raises:
            BadRequestError: The request is invalid; the error names the field and the reason.
            UnauthorizedError: The token is missing, or not known to the Hub.
            ForbiddenError: The token does not permit this. The Platform also replies 403 to a missing or
                wrong token.
            NotFoundError: This Hub keeps no history.
            GoneError: Events after the cursor are no longer kept.
            InternalServerError: The history cannot be read now; a damaged one is put aside, and a fresh one
                begun.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ..api.instances.watch_instance_events import call

        return self._connection.open(
            call(cursor=cursor, instance_ids=instance_ids, types=types),
            timeout=timeout,
            headers=headers,
            idle_timeout=idle_timeout,
        )

    async def get_instance_info(
        self, id: str, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> Instance:
        """Return an Instance.

        An Instance and its status at this moment; once it has ended, also how (`terminated`) and when. To
        wait for the end, poll this operation, or read `output` or `log` to its end, which is faster.

        Request: `GET /instance/{id}`

        Args:
            id: The id of an Instance or, since Hub 2.0, the name it was given at start.
            timeout: Seconds to wait for the next part of the reply, instead of the client's; `math.inf` for
                no limit.
            headers: Additional headers of this request.

        Returns:
            The Instance.

        Raises:
            InvalidArgumentError: An id or a name is empty, or would change the meaning of the request.
            UnauthorizedError: The token is missing, or not known to the Hub.
            ForbiddenError: The token does not permit this. The Platform also replies 403 to a missing or
                wrong token.
            NotFoundError: The Instance does not exist, or it has ended and is no longer kept.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ..api.instances.get_instance import call

        return await self._connection.send(call(id=id), timeout=timeout, headers=headers)

    async def get_topics(
        self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> list[Topic]:
        """List the Hub's topics.

        All topics, whether created by a client or an Instance, with the Instance that feeds each, if one
        does. There are no pages. `topic` and `topicName` are the same.

        Request: `GET /topics`

        Args:
            timeout: Seconds to wait for the next part of the reply, instead of the client's; `math.inf` for
                no limit.
            headers: Additional headers of this request.

        Returns:
            The topics.

        Raises:
            UnauthorizedError: The token is missing, or not known to the Hub.
            ForbiddenError: The token does not permit this. The Platform also replies 403 to a missing or
                wrong token.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ..api.topics.list_topics import call

        return await self._connection.send(call(), timeout=timeout, headers=headers)

    list_topics = get_topics
    """Another name of `get_topics`."""

    async def create_topic(
        self,
        id: str,
        content_type: TopicContentType,
        *,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> TopicCreated:
        """Create a topic.

        Creates a topic before it is written or read. Only needed to fix its content type: first use creates
        a topic too. A name that is taken is refused, also when the type is the same.

        Request: `POST /topics`

        Args:
            id: Letters, digits, `_`, `+` and `-`.
            content_type: What a topic can carry. The two ndjson types mean the same and still differ when
                they are compared.
            timeout: Seconds to wait for the next part of the reply, instead of the client's; `math.inf` for
                no limit.
            headers: Additional headers of this request.

        Returns:
            The topic is there.

        Raises:
            BadRequestError: The body is not as described, or there is such a topic.
            UnauthorizedError: The token is missing, or not known to the Hub.
            ForbiddenError: The token does not permit this. The Platform also replies 403 to a missing or
                wrong token.
            PayloadTooLargeError: The body is larger than the server accepts.
            InsufficientStorageError: The Hub has its maximum number of topics. Existing topics can be read
                and written.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ..api.topics.create_topic import call

        return await self._connection.send(call(id=id, content_type=content_type), timeout=timeout, headers=headers)

    async def delete_topic(
        self, topic: str, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> Message:
        """Delete a topic.

        Readers get what was written so far, and then the end; what was kept for readers to come is dropped.
        Writers at work are refused with 409. Naming the topic again makes a new one, possibly of another
        type.

        Request: `DELETE /topics/{topic}`

        Args:
            topic: The name of the topic.
            timeout: Seconds to wait for the next part of the reply, instead of the client's; `math.inf` for
                no limit.
            headers: Additional headers of this request.

        Returns:
            The topic is gone.

        Raises:
            InvalidArgumentError: An id or a name is empty, or would change the meaning of the request.
            BadRequestError: The topic's name or a header is invalid, such as a content type that no topic
                has.
            UnauthorizedError: The token is missing, or not known to the Hub.
            ForbiddenError: The token does not permit this. The Platform also replies 403 to a missing or
                wrong token.
            NotFoundError: The topic does not exist.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ..api.topics.delete_topic import call

        return await self._connection.send(call(topic=topic), timeout=timeout, headers=headers)

    def get_topic(
        self,
        topic: str,
        content_type: TopicContentType | None = None,
        *,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
        idle_timeout: float | None = None,
    ) -> AsyncStream[Any]:
        """Read a topic.

        What is written to the topic from now on, as it comes; to the first reader, also what was kept until
        now. Creates the topic if it is not there, which takes a token that may change something; 403 with
        one that may only read. `HEAD` neither reads nor creates anything. The type goes into the
        `Content-Type` of the request, and must be that of the topic; if left out, it is the topic's own.
        The reply has the same type; `application/octet-stream` while the topic has none yet, see the tag
        `topics`. Ends when a writer ends it with `x-end-stream`, when the topic is deleted, or with the
        Hub; the tag `topics` tells more.

        Request: `GET /topic/{topic}`

        Args:
            topic: The name of the topic.
            content_type: The type of the topic that the reader expects; if missing, the topic's own. A
                charset and other parameters are ignored. Some clients send `undefined`, which counts as
                missing. A content type in a GET request is unusual: OpenAPI tells tools to ignore this
                parameter, but most support it.
            timeout: Seconds until the stream must begin; no limit unless given.
            headers: Additional headers of this request.
            idle_timeout: Seconds that may pass without a byte after that; no limit unless given.

        Returns:
            What the topic carries, in its own type.

        Raises:
            InvalidArgumentError: An id or a name is empty, or would change the meaning of the request.
            BadRequestError: The topic's name or a header is invalid, such as a content type that no topic
                has.
            UnauthorizedError: The token is missing, or not known to the Hub.
            ForbiddenError: The token does not permit this. The Platform also replies 403 to a missing or
                wrong token.
            UnsupportedMediaTypeError: The content type is not supported, or not that of the stream.
            InsufficientStorageError: The Hub has its maximum number of topics. Existing topics can be read
                and written.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ..api.topics.read_topic import call

        return self._connection.open(
            call(topic=topic, content_type=content_type), timeout=timeout, headers=headers, idle_timeout=idle_timeout
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
        """Write to a topic.

        Passes the body on to the topic as it comes, as fast as its readers take it, and creates the topic
        if it is not there. The reply comes when all of the body was taken, which does not mean that it has
        been read. A body without a content type is of the topic's own, `application/x-ndjson` if none has
        been named. An empty one is fine.

        With `x-end-stream: true` all current readers are ended after it, and the reply is 200; otherwise
        202. The topic itself stays in any case. The tag `topics` describes what happens to data without a
        reader.

        Request: `POST /topic/{topic}`

        Args:
            topic: The name of the topic.
            data: Data of the topic's type.
            end_stream: Whether all current readers are ended after this request. Some clients send `True`,
                `False` or `undefined`; `undefined` counts as missing. The server takes False if it is
                omitted.
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
            ConflictError: The topic was deleted during the write; not all of the data reached its readers.
            UnsupportedMediaTypeError: The content type is not supported, or not that of the stream.
            InsufficientStorageError: The Hub has its maximum number of topics. Existing topics can be read
                and written.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ..api.topics.write_topic import call

        return await self._connection.send(
            call(topic=topic, data=data, end_stream=end_stream, content_type=content_type, progress=progress),
            timeout=timeout,
            headers=headers,
        )

    send_named_data = send_topic
    """Another name of `send_topic`."""


# Names that only annotations use are imported when these are read, as by `typing.get_type_hints`.
lazy_hints(
    globals(),
    {
        "ApiDescription": "..models.api_description",
        "AsyncStream": ".._runtime.aio.streams",
        "AuditRecord": "..models.audit_record",
        "Entities": "..models.entities",
        "HubConfig": "..models.hub_config",
        "HubHealth": "..models.hub_health",
        "Instance": "..models.instance",
        "InstanceEvent": "..models.instance_event",
        "InstanceEventType": "..models.instance_event_type",
        "InstanceEvents": "..models.instance_events",
        "InstanceStatus": "..models.instance_status",
        "ListOrder": "..models.list_order",
        "Load": "..models.load",
        "LogRecord": "..models.log_record",
        "Mapping": "collections.abc",
        "Message": "..models.message",
        "Progress": ".._runtime.call",
        "Sequence": "..models.sequence",
        "Status": "..models.status",
        "Topic": "..models.topic",
        "TopicContentType": "..models.topic_content_type",
        "TopicCreated": "..models.topic_created",
        "UploadSource": ".._runtime.call",
        "Version": "..models.version",
        "datetime": "",
    },
)
