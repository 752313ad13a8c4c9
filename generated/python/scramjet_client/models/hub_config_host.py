from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import define

from .._model import NO_EXTRAS, Model, extras
from .._runtime.hints import lazy_hints

_KNOWN: frozenset[str] = frozenset({"hostname", "port", "apiBase", "id"})


@define(repr=False)
class HubConfigHost(Model):
    """Where the Hub serves.

    Attributes:
        hostname: The hostname.
        port: A number; STH keeps the string it was given on its command line.
        api_base: The api base.
        id: The Hub's id.
    """

    hostname: str | None = None
    port: int | str | None = None
    api_base: str | None = None
    id: str | None = None
    additional_properties: Mapping[str, Any] = NO_EXTRAS

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> HubConfigHost:
        """Decode parsed JSON.

        Args:
            data: The JSON object. Fields that this version does not know are kept in `additional_properties`.

        Raises:
            KeyError: A required field is missing.
        """
        get = data.get
        return cls(
            get("hostname"),
            get("port"),
            get("apiBase"),
            get("id"),
            NO_EXTRAS if data.keys() <= _KNOWN else extras(data, _KNOWN),
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as an object for JSON, without absent fields."""
        data: dict[str, Any] = {**self.additional_properties}
        if self.hostname is not None:
            data["hostname"] = self.hostname
        if self.port is not None:
            data["port"] = self.port
        if self.api_base is not None:
            data["apiBase"] = self.api_base
        if self.id is not None:
            data["id"] = self.id
        return data


lazy_hints(globals(), {})
