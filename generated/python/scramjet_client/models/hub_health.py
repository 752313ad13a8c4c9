from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import define

from .._model import NO_EXTRAS, Model, extras
from .._runtime.hints import lazy_hints

_KNOWN: frozenset[str] = frozenset({"healthy", "problems"})


@define(repr=False)
class HubHealth(Model):
    """Whether the Hub is well and takes new work.

    Hub 2.0 adds fields of its own.

    Attributes:
        healthy: False while the Hub drains before it ends, or when it cannot do its work.
        problems: What keeps it from its work, in sentences.
    """

    healthy: bool
    problems: list[str] | None = None
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
        return cls(data["healthy"], get("problems"), NO_EXTRAS if data.keys() <= _KNOWN else extras(data, _KNOWN))

    def to_dict(self) -> dict[str, Any]:
        """Encode as an object for JSON, without absent fields."""
        data: dict[str, Any] = {**self.additional_properties, "healthy": self.healthy}
        if self.problems is not None:
            data["problems"] = self.problems
        return data


lazy_hints(globals(), {})
