from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Any, ClassVar

from attrs import define

from .._model import NO_EXTRAS, Model, extras
from .._runtime.hints import lazy_hints

_KNOWN: frozenset[str] = frozenset({"accessKey", "created", "description"})


@define(repr=False)
class CreatedAccessKey(Model):
    """A key, shown once.

    Platforms may tell more of it.

    Attributes:
        access_key: The key. It is never shown again.
        created: When it was made, in milliseconds since 1970 (UTC).
        description: The description.
    """

    access_key: str
    created: int | None = None
    description: str | None = None
    additional_properties: Mapping[str, Any] = NO_EXTRAS

    _secrets: ClassVar[AbstractSet[str]] = {"access_key"}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> CreatedAccessKey:
        """Decode parsed JSON.

        Args:
            data: The JSON object. Fields that this version does not know are kept in `additional_properties`.

        Raises:
            KeyError: A required field is missing.
        """
        get = data.get
        return cls(
            data["accessKey"],
            get("created"),
            get("description"),
            NO_EXTRAS if data.keys() <= _KNOWN else extras(data, _KNOWN),
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as an object for JSON, without absent fields."""
        data: dict[str, Any] = {**self.additional_properties, "accessKey": self.access_key}
        if self.created is not None:
            data["created"] = self.created
        if self.description is not None:
            data["description"] = self.description
        return data


lazy_hints(globals(), {})
