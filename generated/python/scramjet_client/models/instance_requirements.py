from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import define

from .._model import NO_EXTRAS, Model, extras
from .._runtime.hints import lazy_hints

_KNOWN: frozenset[str] = frozenset({"freeMem", "cpuLoad", "freeSpace"})


@define(repr=False)
class InstanceRequirements(Model):
    """What must be free on the machine for an Instance to be started.

    Attributes:
        free_mem: Megabytes.
        cpu_load: Percent.
        free_space: Megabytes.
    """

    free_mem: float | None = None
    cpu_load: float | None = None
    free_space: float | None = None
    additional_properties: Mapping[str, Any] = NO_EXTRAS

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> InstanceRequirements:
        """Decode parsed JSON.

        Args:
            data: The JSON object. Fields that this version does not know are kept in `additional_properties`.

        Raises:
            KeyError: A required field is missing.
        """
        get = data.get
        return cls(
            get("freeMem"),
            get("cpuLoad"),
            get("freeSpace"),
            NO_EXTRAS if data.keys() <= _KNOWN else extras(data, _KNOWN),
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as an object for JSON, without absent fields."""
        data: dict[str, Any] = {**self.additional_properties}
        if self.free_mem is not None:
            data["freeMem"] = self.free_mem
        if self.cpu_load is not None:
            data["cpuLoad"] = self.cpu_load
        if self.free_space is not None:
            data["freeSpace"] = self.free_space
        return data


lazy_hints(globals(), {})
