from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import define

from .._model import NO_EXTRAS, Model, extras
from .._runtime.hints import lazy_hints
from .hub_connection_info import HubConnectionInfo
from .hub_info_disconnect_reason import HubInfoDisconnectReason

_KNOWN: frozenset[str] = frozenset(
    {
        "id",
        "info",
        "healthy",
        "isConnectionActive",
        "selfHosted",
        "description",
        "tags",
        "disconnectReason",
        "topics",
        "sequences",
        "instances",
    }
)


@define(repr=False)
class HubInfo(Model):
    """A Hub as its Space sees it.

    Attributes:
        id: The id.
        info: When the Hub was registered and last seen.
        healthy: The healthy.
        is_connection_active: The is connection active.
        self_hosted: Whether the Hub joined with an access key. Only such a Hub can be disconnected and
            deleted.
        description: The description.
        tags: The tags.
        disconnect_reason: Why it is not connected: `disconnected` (its connection was lost or it closed
            it), or, after the Space disconnected it, `id_drop`, `key_revoked` or `limit_exceeded`.
        topics: Names of its topics.
        sequences: Ids of its Sequences.
        instances: Ids of its Instances.
    """

    id: str
    info: HubConnectionInfo
    healthy: bool
    is_connection_active: bool
    self_hosted: bool | None = None
    description: str | None = None
    tags: list[str] | None = None
    disconnect_reason: HubInfoDisconnectReason | None = None
    topics: list[str] | None = None
    sequences: list[str] | None = None
    instances: list[str] | None = None
    additional_properties: Mapping[str, Any] = NO_EXTRAS

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> HubInfo:
        """Decode parsed JSON.

        Args:
            data: The JSON object. Fields that this version does not know are kept in `additional_properties`.

        Raises:
            KeyError: A required field is missing.
        """
        get = data.get
        info = data["info"]
        return cls(
            data["id"],
            HubConnectionInfo.from_dict(info),
            data["healthy"],
            data["isConnectionActive"],
            get("selfHosted"),
            get("description"),
            get("tags"),
            get("disconnectReason"),
            get("topics"),
            get("sequences"),
            get("instances"),
            NO_EXTRAS if data.keys() <= _KNOWN else extras(data, _KNOWN),
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as an object for JSON, without absent fields."""
        data: dict[str, Any] = {
            **self.additional_properties,
            "id": self.id,
            "info": self.info.to_dict(),
            "healthy": self.healthy,
            "isConnectionActive": self.is_connection_active,
        }
        if self.self_hosted is not None:
            data["selfHosted"] = self.self_hosted
        if self.description is not None:
            data["description"] = self.description
        if self.tags is not None:
            data["tags"] = self.tags
        if self.disconnect_reason is not None:
            data["disconnectReason"] = self.disconnect_reason
        if self.topics is not None:
            data["topics"] = self.topics
        if self.sequences is not None:
            data["sequences"] = self.sequences
        if self.instances is not None:
            data["instances"] = self.instances
        return data


lazy_hints(globals(), {})
