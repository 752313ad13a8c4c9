"""The operations of InstanceClient, with the complete reply."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .._runtime.hints import lazy_hints

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping

    from .._runtime.call import Progress, RawResponse, UploadSource
    from ..models.accepted import Accepted
    from ..models.event import Event
    from ..models.event_accepted import EventAccepted
    from ..models.instance import Instance
    from ..models.instance_health import InstanceHealth
    from ..models.topic_content_type import TopicContentType
    from .instance import InstanceOperations


class RawInstance:
    """The operations of InstanceClient, each returning status and headers along with the result.

    Streams are not here: an open stream has its own status and headers.

    Args:
        client: The client whose connection to use.
    """

    def __init__(self, client: InstanceOperations) -> None:
        self._connection = client.connection
        self.id = client.id

    async def get_info(
        self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> RawResponse[Instance]:
        """Return an Instance.

        Request: `GET /instance/{id}`; else as `get_info`.
        """
        from ..api.instances.get_instance import call

        return await self._connection.send_raw(call(id=self.id), timeout=timeout, headers=headers)

    async def get_health(
        self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> RawResponse[InstanceHealth]:
        """Return an Instance's health.

        Request: `GET /instance/{id}/health`; else as `get_health`.
        """
        from ..api.instances.get_instance_health import call

        return await self._connection.send_raw(call(id=self.id), timeout=timeout, headers=headers)

    async def send_stdin(
        self,
        data: UploadSource,
        *,
        end_stream: bool | None = None,
        progress: Progress | None = None,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> RawResponse[None]:
        """Write to an Instance's stdin.

        Request: `POST /instance/{id}/stdin`; else as `send_stdin`.
        """
        from ..api.instances.write_stdin import call

        return await self._connection.send_raw(
            call(id=self.id, data=data, end_stream=end_stream, progress=progress), timeout=timeout, headers=headers
        )

    async def send_input(
        self,
        data: UploadSource,
        *,
        end_stream: bool | None = None,
        content_type: TopicContentType | None = None,
        progress: Progress | None = None,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> RawResponse[None]:
        """Write to an Instance's input.

        Request: `POST /instance/{id}/input`; else as `send_input`.
        """
        from ..api.instances.write_input import call

        return await self._connection.send_raw(
            call(id=self.id, data=data, end_stream=end_stream, content_type=content_type, progress=progress),
            timeout=timeout,
            headers=headers,
        )

    async def send_event(
        self,
        event_name: str,
        message: Any = None,
        *,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> RawResponse[EventAccepted | Accepted]:
        """Send an event to an Instance.

        Request: `POST /instance/{id}/_event`; else as `send_event`.
        """
        from ..api.instances.send_event import call

        return await self._connection.send_raw(
            call(id=self.id, event_name=event_name, message=message), timeout=timeout, headers=headers
        )

    async def get_event(
        self, name: str, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> RawResponse[Any]:
        """Return the last event with a given name.

        Request: `GET /instance/{id}/event/{name}`; else as `get_event`.
        """
        from ..api.instances.get_last_event import call

        return await self._connection.send_raw(call(id=self.id, name=name), timeout=timeout, headers=headers)

    async def get_next_event(
        self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> RawResponse[Event]:
        """Wait for an Instance's next event.

        Request: `GET /instance/{id}/once`; else as `get_next_event`.
        """
        from ..api.instances.get_next_event import call

        return await self._connection.send_raw(call(id=self.id), timeout=timeout, headers=headers)

    async def get_next_named_event(
        self, name: str, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> RawResponse[Any]:
        """Wait for an Instance's next event with a given name.

        Request: `GET /instance/{id}/once/{name}`; else as `get_next_named_event`.
        """
        from ..api.instances.get_next_named_event import call

        return await self._connection.send_raw(call(id=self.id, name=name), timeout=timeout, headers=headers)

    async def stop(
        self,
        timeout: float | datetime.timedelta | None = None,
        can_call_keepalive: bool | None = None,
        *,
        request_timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> RawResponse[Instance]:
        """Ask an Instance to stop.

        Request: `POST /instance/{id}/_stop`; else as `stop`.
        """
        from ..api.instances.stop_instance import call

        return await self._connection.send_raw(
            call(id=self.id, timeout=timeout, can_call_keepalive=can_call_keepalive),
            timeout=request_timeout,
            headers=headers,
        )

    async def kill(
        self,
        remove_immediately: bool | None = None,
        *,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> RawResponse[Instance]:
        """Kill an Instance.

        Request: `POST /instance/{id}/_kill`; else as `kill`.
        """
        from ..api.instances.kill_instance import call

        return await self._connection.send_raw(
            call(id=self.id, remove_immediately=remove_immediately), timeout=timeout, headers=headers
        )

    async def set_monitoring_rate(
        self,
        monitoring_rate: float | datetime.timedelta,
        *,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> RawResponse[Accepted]:
        """Set the interval between reports of an Instance.

        Request: `POST /instance/{id}/_monitoring_rate`; else as `set_monitoring_rate`.
        """
        from ..api.instances.set_monitoring_rate import call

        return await self._connection.send_raw(
            call(id=self.id, monitoring_rate=monitoring_rate), timeout=timeout, headers=headers
        )


# Names that only annotations use are imported when these are read, as by `typing.get_type_hints`.
lazy_hints(
    globals(),
    {
        "Accepted": "..models.accepted",
        "Event": "..models.event",
        "EventAccepted": "..models.event_accepted",
        "Instance": "..models.instance",
        "InstanceHealth": "..models.instance_health",
        "InstanceOperations": ".instance",
        "Mapping": "collections.abc",
        "Progress": ".._runtime.call",
        "RawResponse": ".._runtime.call",
        "TopicContentType": "..models.topic_content_type",
        "UploadSource": ".._runtime.call",
        "datetime": "",
    },
)
