from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import define

from .._model import NO_EXTRAS, Model, extras
from .._runtime.hints import lazy_hints
from .disconnected_hub import DisconnectedHub

_KNOWN: frozenset[str] = frozenset({"managerId", "disconnected"})


@define(repr=False)
class DisconnectReply(Model):
    """DisconnectReply.

    Attributes:
        manager_id: The manager id.
        disconnected: The disconnected.
    """

    manager_id: str
    disconnected: list[DisconnectedHub]
    additional_properties: Mapping[str, Any] = NO_EXTRAS

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> DisconnectReply:
        """Decode parsed JSON.

        Args:
            data: The JSON object. Fields that this version does not know are kept in `additional_properties`.

        Raises:
            KeyError: A required field is missing.
        """
        disconnected = data["disconnected"]
        return cls(
            data["managerId"],
            [DisconnectedHub.from_dict(item) for item in disconnected],
            NO_EXTRAS if data.keys() <= _KNOWN else extras(data, _KNOWN),
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as an object for JSON, without absent fields."""
        data: dict[str, Any] = {
            **self.additional_properties,
            "managerId": self.manager_id,
            "disconnected": [item.to_dict() for item in self.disconnected],
        }
        return data


lazy_hints(globals(), {})
