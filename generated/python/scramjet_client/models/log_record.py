from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import define

from .._model import NO_EXTRAS, Model, extras
from .._runtime.hints import lazy_hints
from .log_record_level import LogRecordLevel

_KNOWN: frozenset[str] = frozenset({"level", "msg", "ts", "from", "data"})


@define(repr=False)
class LogRecord(Model):
    """One line of a log.

    Writers may add fields.

    Attributes:
        level: The level.
        msg: The msg.
        ts: When it was written, in milliseconds since 1970 (UTC).
        from_: The part of the server, or the Instance, that wrote it.
        data: Further values, of any kind.
    """

    level: LogRecordLevel
    msg: str
    ts: int
    from_: str | None = None
    data: list[Any] | None = None
    additional_properties: Mapping[str, Any] = NO_EXTRAS

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> LogRecord:
        """Decode parsed JSON.

        Args:
            data: The JSON object. Fields that this version does not know are kept in `additional_properties`.

        Raises:
            KeyError: A required field is missing.
        """
        get = data.get
        return cls(
            data["level"],
            data["msg"],
            data["ts"],
            get("from"),
            get("data"),
            NO_EXTRAS if data.keys() <= _KNOWN else extras(data, _KNOWN),
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as an object for JSON, without absent fields."""
        data: dict[str, Any] = {**self.additional_properties, "level": self.level, "msg": self.msg, "ts": self.ts}
        if self.from_ is not None:
            data["from"] = self.from_
        if self.data is not None:
            data["data"] = self.data
        return data


lazy_hints(globals(), {})
