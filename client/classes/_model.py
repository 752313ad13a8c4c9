"""The base class of all models."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, ClassVar, NoReturn, TypeVar

import attrs


class NoExtras(Mapping[str, Any]):
    """The additional properties of objects without any: one shared, immutable, empty mapping."""

    __slots__ = ()

    def __getitem__(self, key: str) -> NoReturn:
        raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0

    def __repr__(self) -> str:
        return "{}"

    def __reduce__(self) -> str:
        return "NO_EXTRAS"


NO_EXTRAS = NoExtras()


class Model:
    """An object of the API.

    Attributes:
        additional_properties: Fields of the JSON object that this version of the client does not know.
    """

    __slots__ = ()

    additional_properties: Mapping[str, Any]
    _secrets: ClassVar[AbstractSet[str]] = frozenset()

    def __repr__(self) -> str:
        fields = attrs.fields_dict(type(self))  # type: ignore[arg-type] # every subclass is an attrs class
        shown = ((name, getattr(self, name)) for name in fields)
        values = ", ".join(
            f"{name}={'***' if name in self._secrets else repr(value)}"
            for name, value in shown
            if value is not None and value is not NO_EXTRAS
        )
        return f"{type(self).__name__}({values})"


M = TypeVar("M", bound=Model)


def extras(data: Mapping[str, Any], known: frozenset[str]) -> dict[str, Any]:
    """Return the fields of an object that its model does not have."""
    return {name: value for name, value in data.items() if name not in known}


def is_list_of(value: object, kind: type) -> bool:
    """Return whether a value is a list with items of one kind."""
    return isinstance(value, list) and all(isinstance(item, kind) for item in value)


def around_odd_dates(read: Callable[[Mapping[str, Any]], M], data: Mapping[str, Any], names: Sequence[str]) -> M:
    """Decode an object without its invalid dates, so that one of them does not make a whole list unreadable.

    It is called after decoding has failed, and fails in the same way if no date is the cause.

    Args:
        read: Decodes the object.
        data: Its JSON.
        names: The fields that should be dates.

    Returns:
        The object. Values of invalid date fields are in `additional_properties`.
    """
    odd = {name: data[name] for name in names if not _is_date(data.get(name))}
    if not odd:
        # The failure that led to this call.
        raise
    made = read({name: value for name, value in data.items() if name not in odd})
    made.additional_properties = {**made.additional_properties, **odd}
    return made


def _is_date(value: object) -> bool:
    if value is None:
        return True
    try:
        datetime.datetime.fromisoformat(value)  # type: ignore[arg-type] # this tests the type
    except (TypeError, ValueError):
        return False
    return True


parse_datetime = datetime.datetime.fromisoformat
parse_date = datetime.date.fromisoformat


def format_datetime(value: datetime.datetime) -> str:
    """Format a date and time as servers do: in UTC, with milliseconds."""
    return value.isoformat(timespec="milliseconds").replace("+00:00", "Z")
