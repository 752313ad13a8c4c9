from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import define

from .._model import NO_EXTRAS, Model, extras
from .._runtime.hints import lazy_hints

_KNOWN: frozenset[str] = frozenset({"apiBase", "apiPort", "id", "managersCount"})


@define(repr=False)
class MultiManagerInfo(Model):
    """MultiManagerInfo.

    Attributes:
        api_base: The path of the API base, such as `/api/v1`.
        api_port: The api port.
        id: The id.
        managers_count: The number of Spaces.
    """

    api_base: str
    api_port: int
    id: str
    managers_count: int
    additional_properties: Mapping[str, Any] = NO_EXTRAS

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> MultiManagerInfo:
        """Decode parsed JSON.

        Args:
            data: The JSON object. Fields that this version does not know are kept in `additional_properties`.

        Raises:
            KeyError: A required field is missing.
        """
        return cls(
            data["apiBase"],
            data["apiPort"],
            data["id"],
            data["managersCount"],
            NO_EXTRAS if data.keys() <= _KNOWN else extras(data, _KNOWN),
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as an object for JSON, without absent fields."""
        data: dict[str, Any] = {
            **self.additional_properties,
            "apiBase": self.api_base,
            "apiPort": self.api_port,
            "id": self.id,
            "managersCount": self.managers_count,
        }
        return data


lazy_hints(globals(), {})
