from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import define

from .._model import NO_EXTRAS, Model, extras
from .._runtime.hints import lazy_hints
from .api_description_info import ApiDescriptionInfo

_KNOWN: frozenset[str] = frozenset({"openapi", "info", "paths"})


@define(repr=False)
class ApiDescription(Model):
    """An OpenAPI 3.1 document; further keys are those of that standard.

    Attributes:
        openapi: The openapi.
        info: The info.
        paths: The operations, by path and method.
    """

    openapi: str
    info: ApiDescriptionInfo
    paths: dict[str, Any]
    additional_properties: Mapping[str, Any] = NO_EXTRAS

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> ApiDescription:
        """Decode parsed JSON.

        Args:
            data: The JSON object. Fields that this version does not know are kept in `additional_properties`.

        Raises:
            KeyError: A required field is missing.
        """
        info = data["info"]
        return cls(
            data["openapi"],
            ApiDescriptionInfo.from_dict(info),
            data["paths"],
            NO_EXTRAS if data.keys() <= _KNOWN else extras(data, _KNOWN),
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as an object for JSON, without absent fields."""
        data: dict[str, Any] = {
            **self.additional_properties,
            "openapi": self.openapi,
            "info": self.info.to_dict(),
            "paths": self.paths,
        }
        return data


lazy_hints(globals(), {})
