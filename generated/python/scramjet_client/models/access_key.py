from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import define

from .._model import NO_EXTRAS, Model, extras
from .._runtime.hints import lazy_hints

_KNOWN: frozenset[str] = frozenset({"created", "description", "id"})


@define(repr=False)
class AccessKey(Model):
    """What is known of a key; never the key.

    Attributes:
        created: When it was made, in milliseconds since 1970 (UTC).
        description: The description.
        id: The first 16 characters of the key, which are no secret. Not every Platform tells.
    """

    created: int
    description: str
    id: str | None = None
    additional_properties: Mapping[str, Any] = NO_EXTRAS

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> AccessKey:
        """Decode parsed JSON.

        Args:
            data: The JSON object. Fields that this version does not know are kept in `additional_properties`.

        Raises:
            KeyError: A required field is missing.
        """
        get = data.get
        return cls(
            data["created"],
            data["description"],
            get("id"),
            NO_EXTRAS if data.keys() <= _KNOWN else extras(data, _KNOWN),
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as an object for JSON, without absent fields."""
        data: dict[str, Any] = {**self.additional_properties, "created": self.created, "description": self.description}
        if self.id is not None:
            data["id"] = self.id
        return data


lazy_hints(globals(), {})
