from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import define

from .._model import NO_EXTRAS, Model, extras
from .._runtime.hints import lazy_hints

_KNOWN: frozenset[str] = frozenset({"healthy", "problems", "uptime", "timestamp", "modules"})


@define(repr=False)
class HubHealth(Model):
    """Whether a server is healthy and accepts new work.

    Hub 2.0 adds fields of its own.

    Attributes:
        healthy: False while the server shuts down, or when it cannot work.
        problems: What keeps it from its work, in sentences.
        uptime: Seconds since the server was started; of a MultiManager.
        timestamp: The time of the reply, in milliseconds since 1970 (UTC); of a MultiManager.
        modules: Whether each part works, by its name; `sthServer` accepts Hubs.
    """

    healthy: bool
    problems: list[str] | None = None
    uptime: float | None = None
    timestamp: int | None = None
    modules: dict[str, bool] | None = None
    additional_properties: Mapping[str, Any] = NO_EXTRAS

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> HubHealth:
        """Decode parsed JSON.

        Args:
            data: The JSON object. Fields that this version does not know are kept in `additional_properties`.

        Raises:
            KeyError: A required field is missing.
        """
        get = data.get
        return cls(
            data["healthy"],
            get("problems"),
            get("uptime"),
            get("timestamp"),
            get("modules"),
            NO_EXTRAS if data.keys() <= _KNOWN else extras(data, _KNOWN),
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as an object for JSON, without absent fields."""
        data: dict[str, Any] = {**self.additional_properties, "healthy": self.healthy}
        if self.problems is not None:
            data["problems"] = self.problems
        if self.uptime is not None:
            data["uptime"] = self.uptime
        if self.timestamp is not None:
            data["timestamp"] = self.timestamp
        if self.modules is not None:
            data["modules"] = self.modules
        return data


lazy_hints(globals(), {})
