from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import define

from .._model import NO_EXTRAS, Model, extras
from .._runtime.hints import lazy_hints

_KNOWN: frozenset[str] = frozenset({"name", "email", "url"})


@define(repr=False)
class SequenceAuthor(Model):
    """An author in parts, as npm allows.

    Attributes:
        name: The name.
        email: The email.
        url: The url.
    """

    name: str | None = None
    email: str | None = None
    url: str | None = None
    additional_properties: Mapping[str, Any] = NO_EXTRAS

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> SequenceAuthor:
        """Decode parsed JSON.

        Args:
            data: The JSON object. Fields that this version does not know are kept in `additional_properties`.

        Raises:
            KeyError: A required field is missing.
        """
        get = data.get
        return cls(get("name"), get("email"), get("url"), NO_EXTRAS if data.keys() <= _KNOWN else extras(data, _KNOWN))

    def to_dict(self) -> dict[str, Any]:
        """Encode as an object for JSON, without absent fields."""
        data: dict[str, Any] = {**self.additional_properties}
        if self.name is not None:
            data["name"] = self.name
        if self.email is not None:
            data["email"] = self.email
        if self.url is not None:
            data["url"] = self.url
        return data


lazy_hints(globals(), {})
