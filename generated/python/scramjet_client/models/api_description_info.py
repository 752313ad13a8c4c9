from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import define

from .._model import NO_EXTRAS, Model, extras
from .._runtime.hints import lazy_hints

_KNOWN: frozenset[str] = frozenset({"title", "version"})


@define(repr=False)
class ApiDescriptionInfo(Model):
    """ApiDescriptionInfo.

    Attributes:
        title: The title.
        version: The version.
    """

    title: str
    version: str
    additional_properties: Mapping[str, Any] = NO_EXTRAS

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> ApiDescriptionInfo:
        """Decode parsed JSON.

        Args:
            data: The JSON object. Fields that this version does not know are kept in `additional_properties`.

        Raises:
            KeyError: A required field is missing.
        """
        return cls(data["title"], data["version"], NO_EXTRAS if data.keys() <= _KNOWN else extras(data, _KNOWN))

    def to_dict(self) -> dict[str, Any]:
        """Encode as an object for JSON, without absent fields."""
        data: dict[str, Any] = {**self.additional_properties, "title": self.title, "version": self.version}
        return data


lazy_hints(globals(), {})
