from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import define

from .._model import NO_EXTRAS, Model, extras
from .._runtime.hints import lazy_hints

_KNOWN: frozenset[str] = frozenset({"kind", "enforces", "limits"})


@define(repr=False)
class Isolation(Model):
    """How Sequences are confined on this Hub.

    Attributes:
        kind: `none`: a Sequence has all rights of the Hub's user. `landlock`: the kernel denies it the
            files and processes of others. `bubblewrap`: it also has namespaces of its own.
        enforces: What is kept from a Sequence, such as `files`, `processes` or `network`.
        limits: How each resource limit is enforced: per `process`, or for all of an Instance's
            processes together by `cgroup` or `namespace`. A limit without an entry is not enforced on
            this machine.
    """

    kind: str
    enforces: list[str] | None = None
    limits: dict[str, str] | None = None
    additional_properties: Mapping[str, Any] = NO_EXTRAS

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Isolation:
        """Decode parsed JSON.

        Args:
            data: The JSON object. Fields that this version does not know are kept in `additional_properties`.

        Raises:
            KeyError: A required field is missing.
        """
        get = data.get
        return cls(
            data["kind"], get("enforces"), get("limits"), NO_EXTRAS if data.keys() <= _KNOWN else extras(data, _KNOWN)
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as an object for JSON, without absent fields."""
        data: dict[str, Any] = {**self.additional_properties, "kind": self.kind}
        if self.enforces is not None:
            data["enforces"] = self.enforces
        if self.limits is not None:
            data["limits"] = self.limits
        return data


lazy_hints(globals(), {})
