from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import define

from .._model import NO_EXTRAS, Model, extras
from .._runtime.hints import lazy_hints

_KNOWN: frozenset[str] = frozenset({"exitcode", "reason"})


@define(repr=False)
class Terminated(Model):
    """How an Instance ended.

    Attributes:
        exitcode: 0 success, 20 bad environment, 21 bad path, 22 failed on start, 23 failed while
            running, 101 uncaught error, 137 killed, 138 stopped. Other numbers are those of the
            program.
        reason: The reason.
    """

    exitcode: int
    reason: str
    additional_properties: Mapping[str, Any] = NO_EXTRAS

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Terminated:
        """Decode parsed JSON.

        Args:
            data: The JSON object. Fields that this version does not know are kept in `additional_properties`.

        Raises:
            KeyError: A required field is missing.
        """
        return cls(data["exitcode"], data["reason"], NO_EXTRAS if data.keys() <= _KNOWN else extras(data, _KNOWN))

    def to_dict(self) -> dict[str, Any]:
        """Encode as an object for JSON, without absent fields."""
        data: dict[str, Any] = {**self.additional_properties, "exitcode": self.exitcode, "reason": self.reason}
        return data


lazy_hints(globals(), {})
