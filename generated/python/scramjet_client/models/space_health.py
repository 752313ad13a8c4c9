from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import define

from .._model import NO_EXTRAS, Model, extras
from .._runtime.hints import lazy_hints

_KNOWN: frozenset[str] = frozenset({"uptime", "timestamp", "modules"})


@define(repr=False)
class SpaceHealth(Model):
    """How a Space is.

    Attributes:
        uptime: Seconds since the Space was started.
        timestamp: The time of the reply, in milliseconds since 1970 (UTC).
        modules: Whether each part works, by its name; `sthServer` accepts Hubs.
    """

    uptime: float
    timestamp: int
    modules: dict[str, bool]
    additional_properties: Mapping[str, Any] = NO_EXTRAS

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> SpaceHealth:
        """Decode parsed JSON.

        Args:
            data: The JSON object. Fields that this version does not know are kept in `additional_properties`.

        Raises:
            KeyError: A required field is missing.
        """
        return cls(
            data["uptime"],
            data["timestamp"],
            data["modules"],
            NO_EXTRAS if data.keys() <= _KNOWN else extras(data, _KNOWN),
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as an object for JSON, without absent fields."""
        data: dict[str, Any] = {
            **self.additional_properties,
            "uptime": self.uptime,
            "timestamp": self.timestamp,
            "modules": self.modules,
        }
        return data


lazy_hints(globals(), {})
