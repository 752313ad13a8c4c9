from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import define

from .._model import NO_EXTRAS, Model, extras
from .._runtime.hints import lazy_hints

_KNOWN: frozenset[str] = frozenset({"healthy", "processId"})


@define(repr=False)
class InstanceHealth(Model):
    """What the Instance last said of itself.

    A health check of the Sequence may add fields.

    Attributes:
        healthy: The healthy.
        process_id: The process, where the Hub runs it as one.
    """

    healthy: bool
    process_id: int | None = None
    additional_properties: Mapping[str, Any] = NO_EXTRAS

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> InstanceHealth:
        """Decode parsed JSON.

        Args:
            data: The JSON object. Fields that this version does not know are kept in `additional_properties`.

        Raises:
            KeyError: A required field is missing.
        """
        get = data.get
        return cls(data["healthy"], get("processId"), NO_EXTRAS if data.keys() <= _KNOWN else extras(data, _KNOWN))

    def to_dict(self) -> dict[str, Any]:
        """Encode as an object for JSON, without absent fields."""
        data: dict[str, Any] = {**self.additional_properties, "healthy": self.healthy}
        if self.process_id is not None:
            data["processId"] = self.process_id
        return data


lazy_hints(globals(), {})
