from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import define

from .._model import NO_EXTRAS, Model, extras
from .._runtime.hints import lazy_hints

_KNOWN: frozenset[str] = frozenset({"service", "apiVersion", "version", "build"})


@define(repr=False)
class Version(Model):
    """What answers, and which version of it.

    Attributes:
        service: The name of the program; `@scramjet/host` is STH, `@scramjet/manager` a Space.
        api_version: The version of this API.
        version: The version of the program.
        build: The commit it was built from, or `source`.
    """

    service: str
    api_version: str
    version: str
    build: str
    additional_properties: Mapping[str, Any] = NO_EXTRAS

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Version:
        """Decode parsed JSON.

        Args:
            data: The JSON object. Fields that this version does not know are kept in `additional_properties`.

        Raises:
            KeyError: A required field is missing.
        """
        return cls(
            data["service"],
            data["apiVersion"],
            data["version"],
            data["build"],
            NO_EXTRAS if data.keys() <= _KNOWN else extras(data, _KNOWN),
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as an object for JSON, without absent fields."""
        data: dict[str, Any] = {
            **self.additional_properties,
            "service": self.service,
            "apiVersion": self.api_version,
            "version": self.version,
            "build": self.build,
        }
        return data


lazy_hints(globals(), {})
