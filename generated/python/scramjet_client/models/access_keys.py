from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import define

from .._model import NO_EXTRAS, Model, extras
from .._runtime.hints import lazy_hints
from .access_key import AccessKey

_KNOWN: frozenset[str] = frozenset({"accessKeys"})


@define(repr=False)
class AccessKeys(Model):
    """AccessKeys.

    Attributes:
        access_keys: The access keys.
    """

    access_keys: list[AccessKey]
    additional_properties: Mapping[str, Any] = NO_EXTRAS

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> AccessKeys:
        """Decode parsed JSON.

        Args:
            data: The JSON object. Fields that this version does not know are kept in `additional_properties`.

        Raises:
            KeyError: A required field is missing.
        """
        access_keys = data["accessKeys"]
        return cls(
            [AccessKey.from_dict(item) for item in access_keys],
            NO_EXTRAS if data.keys() <= _KNOWN else extras(data, _KNOWN),
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as an object for JSON, without absent fields."""
        data: dict[str, Any] = {
            **self.additional_properties,
            "accessKeys": [item.to_dict() for item in self.access_keys],
        }
        return data


lazy_hints(globals(), {})
