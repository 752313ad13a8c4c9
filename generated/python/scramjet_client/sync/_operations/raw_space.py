"""The operations of SpaceClient, with the complete reply."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from ..._runtime.hints import lazy_hints

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..._runtime.call import Progress, RawResponse, UploadSource
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
    from .space import SpaceOperations


class RawSpace:
    """The operations of SpaceClient, each returning status and headers along with the result.

    Streams are not here: an open stream has its own status and headers.

    Args:
        client: The client whose connection to use.
    """

    def __init__(self, client: SpaceOperations) -> None:
        self._connection = client.connection
        self.id = client.id

    def get_version(
        self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> RawResponse[Version]:
        """Return the version of the Space.

        Request: `GET /space/{space_id}/api/v1/version`; else as `get_version`.
        """
        from ...api.space.get_space_version import call

        return self._connection.send_raw(call(space_id=self.id), timeout=timeout, headers=headers)

    def get_config(
        self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> RawResponse[SpaceConfig]:
        """Return the Space's public configuration.

        Request: `GET /space/{space_id}/api/v1/config`; else as `get_config`.
        """
        from ...api.space.get_space_config import call

        return self._connection.send_raw(call(space_id=self.id), timeout=timeout, headers=headers)

    def get_health(
        self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> RawResponse[SpaceHealth]:
        """Check whether the Space is healthy.

        Request: `GET /space/{space_id}/api/v1/health`; else as `get_health`.
        """
        from ...api.space.get_space_health import call

        return self._connection.send_raw(call(space_id=self.id), timeout=timeout, headers=headers)

    def get_load(self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None) -> RawResponse[Load]:
        """Return the load of the Space's machine.

        Request: `GET /space/{space_id}/api/v1/load`; else as `get_load`.
        """
        from ...api.space.get_space_load import call

        return self._connection.send_raw(call(space_id=self.id), timeout=timeout, headers=headers)

    def get_hosts(
        self,
        *,
        offset: int | None = None,
        limit: int | None = None,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> RawResponse[list[HubInfo]]:
        """List the Space's Hubs.

        Request: `GET /space/{space_id}/api/v1/list`; else as `get_hosts`.
        """
        from ...api.space.list_hubs import call

        return self._connection.send_raw(
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
    ) -> RawResponse[HubRef]:
        """Register a Hub.

        Request: `POST /space/{space_id}/api/v1/sth`; else as `register_hub`.
        """
        from ...api.space.register_hub import call

        return self._connection.send_raw(
            call(space_id=self.id, id=id, description=description, tags=tags), timeout=timeout, headers=headers
        )

    def delete_hub(
        self,
        hub_id: str,
        force: bool | None = None,
        *,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> RawResponse[DeletedHub]:
        """Delete a Hub.

        Request: `DELETE /space/{space_id}/api/v1/sth/{hub_id}`; else as `delete_hub`.
        """
        from ...api.space.delete_hub import call

        return self._connection.send_raw(
            call(space_id=self.id, hub_id=hub_id, force=force), timeout=timeout, headers=headers
        )

    def get_hub_info(
        self, hub_id: str, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> RawResponse[HubInfo]:
        """Return a Hub of the Space.

        Request: `GET /space/{space_id}/api/v1/sth/{hub_id}/info`; else as `get_hub_info`.
        """
        from ...api.space.get_hub_info import call

        return self._connection.send_raw(call(space_id=self.id, hub_id=hub_id), timeout=timeout, headers=headers)

    def get_sequences(
        self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> RawResponse[list[str]]:
        """List the ids of the Space's Sequences.

        Request: `GET /space/{space_id}/api/v1/sequences`; else as `get_sequences`.
        """
        from ...api.space.list_space_sequences import call

        return self._connection.send_raw(call(space_id=self.id), timeout=timeout, headers=headers)

    def get_all_sequences(
        self,
        *,
        offset: int | None = None,
        limit: int | None = None,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> RawResponse[list[SpaceSequence]]:
        """List the Space's Sequences.

        Request: `GET /space/{space_id}/api/v1/all_sequences`; else as `get_all_sequences`.
        """
        from ...api.space.list_all_space_sequences import call

        return self._connection.send_raw(
            call(space_id=self.id, offset=offset, limit=limit), timeout=timeout, headers=headers
        )

    def get_instances(
        self,
        *,
        offset: int | None = None,
        limit: int | None = None,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> RawResponse[list[SpaceInstance] | list[list[list[str]]]]:
        """List the Space's Instances.

        Request: `GET /space/{space_id}/api/v1/instances`; else as `get_instances`.
        """
        from ...api.space.list_space_instances import call

        return self._connection.send_raw(
            call(space_id=self.id, offset=offset, limit=limit), timeout=timeout, headers=headers
        )

    def list_entities(
        self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> RawResponse[SpaceEntities]:
        """List the ids of the Space's Hubs, Sequences, Instances and topics.

        Request: `GET /space/{space_id}/api/v1/entities`; else as `list_entities`.
        """
        from ...api.space.list_space_entities import call

        return self._connection.send_raw(call(space_id=self.id), timeout=timeout, headers=headers)

    def get_topics(
        self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> RawResponse[list[SpaceTopic]]:
        """List the Space's topics.

        Request: `GET /space/{space_id}/api/v1/topics`; else as `get_topics`.
        """
        from ...api.space.list_space_topics import call

        return self._connection.send_raw(call(space_id=self.id), timeout=timeout, headers=headers)

    list_topics = get_topics
    """Another name of `get_topics`."""

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
    ) -> RawResponse[None]:
        """Write to a topic of the Space.

        Request: `POST /space/{space_id}/api/v1/topic/{topic}`; else as `send_topic`.
        """
        from ...api.space.write_space_topic import call

        return self._connection.send_raw(
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

    def disconnect_hubs(
        self,
        *,
        id: str | None = None,
        limit: int | None = None,
        access_key: str | None = None,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> RawResponse[DisconnectReply]:
        """Disconnect Hubs.

        Request: `POST /space/{space_id}/api/v1/disconnect`; else as `disconnect_hubs`.
        """
        from ...api.space.disconnect_hubs import call

        return self._connection.send_raw(
            call(space_id=self.id, id=id, limit=limit, access_key=access_key), timeout=timeout, headers=headers
        )

    def get_store_items(
        self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> RawResponse[list[StoreItem]]:
        """List the packages in the Space's store.

        Request: `GET /space/{space_id}/api/v1/s3`; else as `get_store_items`.
        """
        from ...api.store.list_store_items import call

        return self._connection.send_raw(call(space_id=self.id), timeout=timeout, headers=headers)

    def add_store_item(
        self,
        data: UploadSource,
        *,
        progress: Progress | None = None,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> RawResponse[StoreItem]:
        """Put a package into the Space's store.

        Request: `PUT /space/{space_id}/api/v1/s3`; else as `add_store_item`.
        """
        from ...api.store.add_store_item import call

        return self._connection.send_raw(
            call(space_id=self.id, data=data, progress=progress), timeout=timeout, headers=headers
        )

    def put_store_item(
        self,
        filename: str,
        data: UploadSource,
        *,
        progress: Progress | None = None,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> RawResponse[StoreItem]:
        """Put a package into the Space's store under a name.

        Request: `PUT /space/{space_id}/api/v1/s3/{filename}`; else as `put_store_item`.
        """
        from ...api.store.put_store_item import call

        return self._connection.send_raw(
            call(space_id=self.id, filename=filename, data=data, progress=progress), timeout=timeout, headers=headers
        )

    def delete_store_item(
        self, filename: str, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> RawResponse[StoreItemRef]:
        """Delete a package from the Space's store.

        Request: `DELETE /space/{space_id}/api/v1/s3/{filename}`; else as `delete_store_item`.
        """
        from ...api.store.delete_store_item import call

        return self._connection.send_raw(call(space_id=self.id, filename=filename), timeout=timeout, headers=headers)

    def clear_store(
        self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> RawResponse[None]:
        """Delete all packages from the Space's store.

        Request: `DELETE /space/{space_id}/api/v1/store`; else as `clear_store`.
        """
        from ...api.store.clear_store import call

        return self._connection.send_raw(call(space_id=self.id), timeout=timeout, headers=headers)


# Names that only annotations use are imported when these are read, as by `typing.get_type_hints`.
lazy_hints(
    globals(),
    {
        "DeletedHub": "...models.deleted_hub",
        "DisconnectReply": "...models.disconnect_reply",
        "HubInfo": "...models.hub_info",
        "HubRef": "...models.hub_ref",
        "Load": "...models.load",
        "Mapping": "collections.abc",
        "Progress": "..._runtime.call",
        "RawResponse": "..._runtime.call",
        "SpaceConfig": "...models.space_config",
        "SpaceEntities": "...models.space_entities",
        "SpaceHealth": "...models.space_health",
        "SpaceInstance": "...models.space_instance",
        "SpaceOperations": ".space",
        "SpaceSequence": "...models.space_sequence",
        "SpaceTopic": "...models.space_topic",
        "StoreItem": "...models.store_item",
        "StoreItemRef": "...models.store_item_ref",
        "UploadSource": "..._runtime.call",
        "Version": "...models.version",
    },
)
