from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import define

from .._model import NO_EXTRAS, Model, extras
from .._runtime.hints import lazy_hints

_KNOWN: frozenset[str] = frozenset({"memory", "gpu"})


@define(repr=False)
class Limits(Model):
    """What an Instance may use at most.

    Attributes:
        memory: Megabytes.
        gpu: The gpu.
    """

    memory: int | None = None
    gpu: float | None = None
    additional_properties: Mapping[str, Any] = NO_EXTRAS

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Limits:
        """Decode parsed JSON.

        Args:
            data: The JSON object. Fields that this version does not know are kept in `additional_properties`.

        Raises:
            KeyError: A required field is missing.
        """
        get = data.get
        return cls(get("memory"), get("gpu"), NO_EXTRAS if data.keys() <= _KNOWN else extras(data, _KNOWN))

    def to_dict(self) -> dict[str, Any]:
        """Encode as an object for JSON, without absent fields."""
        data: dict[str, Any] = {**self.additional_properties}
        if self.memory is not None:
            data["memory"] = self.memory
        if self.gpu is not None:
            data["gpu"] = self.gpu
        return data


lazy_hints(globals(), {})
