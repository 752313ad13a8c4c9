from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import define

from .._model import NO_EXTRAS, Model, extras
from .._runtime.hints import lazy_hints
from .disconnected_hub_reason import DisconnectedHubReason

_KNOWN: frozenset[str] = frozenset({"sthId", "reason"})


@define(repr=False)
class DisconnectedHub(Model):
    """DisconnectedHub.

    Attributes:
        sth_id: The sth id.
        reason: The field of the request that named it; `id`, `accessKey` or `limit`.
    """

    sth_id: str
    reason: DisconnectedHubReason
    additional_properties: Mapping[str, Any] = NO_EXTRAS

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> DisconnectedHub:
        """Decode parsed JSON.

        Args:
            data: The JSON object. Fields that this version does not know are kept in `additional_properties`.

        Raises:
            KeyError: A required field is missing.
        """
        return cls(data["sthId"], data["reason"], NO_EXTRAS if data.keys() <= _KNOWN else extras(data, _KNOWN))

    def to_dict(self) -> dict[str, Any]:
        """Encode as an object for JSON, without absent fields."""
        data: dict[str, Any] = {**self.additional_properties, "sthId": self.sth_id, "reason": self.reason}
        return data


lazy_hints(globals(), {})
