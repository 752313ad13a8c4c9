from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import define

from .._model import NO_EXTRAS, Model, extras
from .._runtime.hints import lazy_hints

_KNOWN: frozenset[str] = frozenset({"id"})


@define(repr=False)
class ManagerSettings(Model):
    """The configuration of a Space.

    Servers know further fields.

    Attributes:
        id: The id of a new Space. `si` takes no other, whatever ids older Platforms list.
    """

    id: str | None = None
    additional_properties: Mapping[str, Any] = NO_EXTRAS

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> ManagerSettings:
        """Decode parsed JSON.

        Args:
            data: The JSON object. Fields that this version does not know are kept in `additional_properties`.

        Raises:
            KeyError: A required field is missing.
        """
        get = data.get
        return cls(get("id"), NO_EXTRAS if data.keys() <= _KNOWN else extras(data, _KNOWN))

    def to_dict(self) -> dict[str, Any]:
        """Encode as an object for JSON, without absent fields."""
        data: dict[str, Any] = {**self.additional_properties}
        if self.id is not None:
            data["id"] = self.id
        return data


lazy_hints(globals(), {})
