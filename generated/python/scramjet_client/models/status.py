from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import define

from .._model import NO_EXTRAS, Model, extras
from .._runtime.hints import lazy_hints
from .space_connection import SpaceConnection

_KNOWN: frozenset[str] = frozenset({"cpm"})


@define(repr=False)
class Status(Model):
    """Whether the Hub is connected to a Space.

    Attributes:
        cpm: The connection to the Space; empty where the Hub was told of none.
    """

    cpm: SpaceConnection
    additional_properties: Mapping[str, Any] = NO_EXTRAS

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Status:
        """Decode parsed JSON.

        Args:
            data: The JSON object. Fields that this version does not know are kept in `additional_properties`.

        Raises:
            KeyError: A required field is missing.
        """
        cpm = data["cpm"]
        return cls(SpaceConnection.from_dict(cpm), NO_EXTRAS if data.keys() <= _KNOWN else extras(data, _KNOWN))

    def to_dict(self) -> dict[str, Any]:
        """Encode as an object for JSON, without absent fields."""
        data: dict[str, Any] = {**self.additional_properties, "cpm": self.cpm.to_dict()}
        return data


lazy_hints(globals(), {})
