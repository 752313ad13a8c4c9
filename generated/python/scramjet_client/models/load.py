from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import define

from .._model import NO_EXTRAS, Model, extras
from .._runtime.hints import lazy_hints
from .file_system import FileSystem

_KNOWN: frozenset[str] = frozenset({"avgLoad", "currentLoad", "memFree", "memUsed", "fsSize"})


@define(repr=False)
class Load(Model):
    """How busy a machine is.

    Attributes:
        avg_load: The machine's load average over one minute, divided by the number of its processors.
        current_load: Processor time in use, in percent.
        mem_free: Memory that Instances can still take, in bytes.
        mem_used: Memory in use, in bytes.
        fs_size: The fs size.
    """

    avg_load: float
    current_load: float
    mem_free: float
    mem_used: float
    fs_size: list[FileSystem]
    additional_properties: Mapping[str, Any] = NO_EXTRAS

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Load:
        """Decode parsed JSON.

        Args:
            data: The JSON object. Fields that this version does not know are kept in `additional_properties`.

        Raises:
            KeyError: A required field is missing.
        """
        fs_size = data["fsSize"]
        return cls(
            data["avgLoad"],
            data["currentLoad"],
            data["memFree"],
            data["memUsed"],
            [FileSystem.from_dict(item) for item in fs_size],
            NO_EXTRAS if data.keys() <= _KNOWN else extras(data, _KNOWN),
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as an object for JSON, without absent fields."""
        data: dict[str, Any] = {
            **self.additional_properties,
            "avgLoad": self.avg_load,
            "currentLoad": self.current_load,
            "memFree": self.mem_free,
            "memUsed": self.mem_used,
            "fsSize": [item.to_dict() for item in self.fs_size],
        }
        return data


lazy_hints(globals(), {})
