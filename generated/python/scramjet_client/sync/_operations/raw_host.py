"""The operations of HostClient, with the complete reply."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..._runtime.hints import lazy_hints

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping

    from ..._runtime.call import Progress, RawResponse, UploadSource
    from ...models.api_description import ApiDescription
    from ...models.entities import Entities
    from ...models.hub_config import HubConfig
    from ...models.hub_health import HubHealth
    from ...models.instance import Instance
    from ...models.instance_event_type import InstanceEventType
    from ...models.instance_events import InstanceEvents
    from ...models.instance_status import InstanceStatus
    from ...models.limits import Limits
    from ...models.list_order import ListOrder
    from ...models.load import Load
    from ...models.message import Message
    from ...models.sequence import Sequence
    from ...models.sequence_id import SequenceId
    from ...models.start_reply import StartReply
    from ...models.status import Status
    from ...models.topic import Topic
    from ...models.topic_content_type import TopicContentType
    from ...models.topic_created import TopicCreated
    from ...models.version import Version
    from .host import HostOperations


class RawHost:
    """The operations of HostClient, each returning status and headers along with the result.

    Streams are not here: an open stream has its own status and headers.

    Args:
        client: The client whose connection to use.
    """

    def __init__(self, client: HostOperations) -> None:
        self._connection = client.connection

    def get_version(
        self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> RawResponse[Version]:
        """Return the service name and version.

        Request: `GET /version`; else as `get_version`.
        """
        from ...api.hub.get_version import call

        return self._connection.send_raw(call(), timeout=timeout, headers=headers)

    def get_status(
        self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> RawResponse[Status]:
        """Check whether the Hub is connected to a Space.

        Request: `GET /status`; else as `get_status`.
        """
        from ...api.hub.get_status import call

        return self._connection.send_raw(call(), timeout=timeout, headers=headers)

    def get_config(
        self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> RawResponse[HubConfig]:
        """Return the Hub's public configuration.

        Request: `GET /config`; else as `get_config`.
        """
        from ...api.hub.get_config import call

        return self._connection.send_raw(call(), timeout=timeout, headers=headers)

    def get_health(
        self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> RawResponse[HubHealth]:
        """Check whether the Hub is healthy and accepts new work.

        Request: `GET /health`; else as `get_health`.
        """
        from ...api.hub.get_health import call

        return self._connection.send_raw(call(), timeout=timeout, headers=headers)

    def get_description(
        self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> RawResponse[ApiDescription]:
        """Return the description of this API.

        Request: `GET /openapi.json`; else as `get_description`.
        """
        from ...api.hub.get_description import call

        return self._connection.send_raw(call(), timeout=timeout, headers=headers)

    def get_description_yaml(
        self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> RawResponse[str]:
        """Return the description of this API as YAML.

        Request: `GET /openapi.yaml`; else as `get_description_yaml`.
        """
        from ...api.hub.get_description_yaml import call

        return self._connection.send_raw(call(), timeout=timeout, headers=headers)

    def get_metrics(
        self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> RawResponse[str]:
        """Return the Hub's metrics.

        Request: `GET /metrics`; else as `get_metrics`.
        """
        from ...api.hub.get_metrics import call

        return self._connection.send_raw(call(), timeout=timeout, headers=headers)

    def get_load_check(
        self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> RawResponse[Load]:
        """Return the load of the Hub's machine.

        Request: `GET /load-check`; else as `get_load_check`.
        """
        from ...api.hub.get_load import call

        return self._connection.send_raw(call(), timeout=timeout, headers=headers)

    get_load = get_load_check
    """Another name of `get_load_check`."""

    def list_entities(
        self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> RawResponse[Entities]:
        """List the Hub's Sequences, Instances and topics.

        Request: `GET /entities`; else as `list_entities`.
        """
        from ...api.hub.list_entities import call

        return self._connection.send_raw(call(), timeout=timeout, headers=headers)

    def list_sequences(
        self,
        *,
        name: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        order: ListOrder | None = None,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> RawResponse[list[Sequence]]:
        """List the Hub's Sequences.

        Request: `GET /sequences`; else as `list_sequences`.
        """
        from ...api.sequences.list_sequences import call

        return self._connection.send_raw(
            call(name=name, limit=limit, offset=offset, order=order), timeout=timeout, headers=headers
        )

    def send_sequence(
        self,
        data: UploadSource,
        *,
        name: str | None = None,
        progress: Progress | None = None,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> RawResponse[SequenceId]:
        """Upload a package as a new Sequence.

        Request: `POST /sequence`; else as `send_sequence`.
        """
        from ...api.sequences.upload_sequence import call

        return self._connection.send_raw(
            call(data=data, name=name, progress=progress), timeout=timeout, headers=headers
        )

    def get_sequence(
        self, id: str, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> RawResponse[Sequence]:
        """Return a Sequence.

        Request: `GET /sequence/{id}`; else as `get_sequence`.
        """
        from ...api.sequences.get_sequence import call

        return self._connection.send_raw(call(id=id), timeout=timeout, headers=headers)

    def delete_sequence(
        self,
        id: str,
        seq_kill_inst: bool | None = None,
        *,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> RawResponse[SequenceId]:
        """Delete a Sequence.

        Request: `DELETE /sequence/{id}`; else as `delete_sequence`.
        """
        from ...api.sequences.delete_sequence import call

        return self._connection.send_raw(call(id=id, seq_kill_inst=seq_kill_inst), timeout=timeout, headers=headers)

    def start_sequence(
        self,
        id: str,
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

        Request: `POST /sequence/{id}/start`; else as `start_sequence`.
        """
        from ...api.sequences.start_sequence import call

        return self._connection.send_raw(
            call(
                id=id,
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

    def list_instances(
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
    ) -> RawResponse[list[Instance]]:
        """List the Hub's Instances.

        Request: `GET /instances`; else as `list_instances`.
        """
        from ...api.instances.list_instances import call

        return self._connection.send_raw(
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

    def list_instance_events(
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
    ) -> RawResponse[InstanceEvents]:
        """List what happened to Instances.

        Request: `GET /instance_events`; else as `list_instance_events`.
        """
        from ...api.instances.list_instance_events import call

        return self._connection.send_raw(
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

    def get_instance_info(
        self, id: str, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> RawResponse[Instance]:
        """Return an Instance.

        Request: `GET /instance/{id}`; else as `get_instance_info`.
        """
        from ...api.instances.get_instance import call

        return self._connection.send_raw(call(id=id), timeout=timeout, headers=headers)

    def get_topics(
        self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> RawResponse[list[Topic]]:
        """List the Hub's topics.

        Request: `GET /topics`; else as `get_topics`.
        """
        from ...api.topics.list_topics import call

        return self._connection.send_raw(call(), timeout=timeout, headers=headers)

    list_topics = get_topics
    """Another name of `get_topics`."""

    def create_topic(
        self,
        id: str,
        content_type: TopicContentType,
        *,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> RawResponse[TopicCreated]:
        """Create a topic.

        Request: `POST /topics`; else as `create_topic`.
        """
        from ...api.topics.create_topic import call

        return self._connection.send_raw(call(id=id, content_type=content_type), timeout=timeout, headers=headers)

    def delete_topic(
        self, topic: str, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> RawResponse[Message]:
        """Delete a topic.

        Request: `DELETE /topics/{topic}`; else as `delete_topic`.
        """
        from ...api.topics.delete_topic import call

        return self._connection.send_raw(call(topic=topic), timeout=timeout, headers=headers)

    def send_topic(
        self,
        topic: str,
        data: UploadSource,
        *,
        end_stream: bool | None = None,
        content_type: TopicContentType = "application/x-ndjson",
        progress: Progress | None = None,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> RawResponse[None]:
        """Write to a topic.

        Request: `POST /topic/{topic}`; else as `send_topic`.
        """
        from ...api.topics.write_topic import call

        return self._connection.send_raw(
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
        "ApiDescription": "...models.api_description",
        "Entities": "...models.entities",
        "HostOperations": ".host",
        "HubConfig": "...models.hub_config",
        "HubHealth": "...models.hub_health",
        "Instance": "...models.instance",
        "InstanceEventType": "...models.instance_event_type",
        "InstanceEvents": "...models.instance_events",
        "InstanceStatus": "...models.instance_status",
        "Limits": "...models.limits",
        "ListOrder": "...models.list_order",
        "Load": "...models.load",
        "Mapping": "collections.abc",
        "Message": "...models.message",
        "Progress": "..._runtime.call",
        "RawResponse": "..._runtime.call",
        "Sequence": "...models.sequence",
        "SequenceId": "...models.sequence_id",
        "StartReply": "...models.start_reply",
        "Status": "...models.status",
        "Topic": "...models.topic",
        "TopicContentType": "...models.topic_content_type",
        "TopicCreated": "...models.topic_created",
        "UploadSource": "..._runtime.call",
        "Version": "...models.version",
        "datetime": "",
    },
)
