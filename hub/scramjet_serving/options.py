"""Options: fields of an attrs class that say how their values are parsed and what is wrong with invalid ones."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import attrs

from scramjet_serving.errors import CannotStart

if TYPE_CHECKING:
    from collections.abc import Callable

# Beyond these limits, a clock or the kernel has its own: about thirty years, and four exabytes.
MOST_SECONDS: Final = 1e9
MOST: Final = 1 << 62


class OptionError(CannotStart):
    """An invalid option; the text says which and why."""


def option(
    default: Any,
    help: str,  # noqa: A002 - argparse's own word
    *,
    unit: str = "",
    most: float | None = None,
    path: bool = False,
    empty: bool = False,
    secret: bool = False,
    item: Callable[[str], str] = str,
) -> Any:
    """Define a field of a configuration: an option of the command line, the environment and the configuration file.

    The default tells its type: a switch, a number, several texts (a tuple) or a text.

    Args:
        default: Its default.
        help: The text in `--help`.
        unit: The unit of a number, for `--help`; `seconds` lowers the maximum.
        most: The maximum of a number.
        path: Whether its text is a path.
        empty: Whether an empty text is a value; by default it is a mistake, often a variable that is not set.
        secret: Whether errors must not show its value.
        item: Checks and returns one of several texts; raises ValueError, which says what it should be.
    """
    most = (MOST_SECONDS if unit == "seconds" else MOST) if most is None else most
    metadata = {
        "help": help,
        "unit": unit,
        "most": most,
        "path": path,
        "empty": empty,
        "secret": secret,
        "item": item,
    }
    return attrs.field(default=default, metadata=metadata)


@attrs.frozen
class Given:
    """A value as it was given.

    Attributes:
        field: Its option.
        value: The value in the form of its source.
        place: Its source, in the user's terms: `--port`, `SCRAMJET_HUB_PORT`, `port in the file F`.
        hint: Further help, if the value is invalid.
    """

    field: attrs.Attribute[Any]
    value: Any
    place: str
    hint: str = ""

    def convert(self) -> Any:
        """Convert it to the type of its option.

        Raises:
            OptionError: The option does not accept it.
        """
        try:
            return _conversion(self.field)(self.value, self.field)
        except (TypeError, ValueError) as error:
            raise OptionError(f"{self.place} is {self._shown()}{error}{self.hint}") from error

    def _shown(self) -> str:
        # A secret may be in the wrong place or of the wrong form, but stays secret.
        if self.field.metadata["secret"] and str(self.value).strip():
            return "not shown here, "
        text = repr(self.value)
        return (text if len(text) <= 100 else text[:100] + "...") + ", "


def _conversion(field: attrs.Attribute[Any]) -> Callable[[Any, attrs.Attribute[Any]], Any]:
    default = field.default
    if isinstance(default, bool):
        return _truth
    if isinstance(default, tuple):
        return _texts
    if isinstance(default, int | float):
        return _number
    return _path if field.metadata["path"] else _text


def _truth(value: Any, _field: attrs.Attribute[Any]) -> bool:
    word = str(value).strip().lower()
    if word not in ("true", "false", "1", "0", "yes", "no"):
        raise ValueError("but should be true or false")
    return word in ("true", "1", "yes")


def _texts(value: Any, field: attrs.Attribute[Any]) -> tuple[str, ...]:
    items = value.split(",") if isinstance(value, str) else value
    if not isinstance(items, list | tuple):
        raise TypeError("but should be text or a list of texts")
    return tuple(field.metadata["item"](_text(item, field)) for item in items)


def _number(value: Any, field: attrs.Attribute[Any]) -> int | float:
    kind = int if isinstance(field.default, int) else float
    most = field.metadata["most"]
    wanted = "a whole number" if kind is int else "a number"
    number: int | float | None
    try:
        # Numbers from a file must not be rounded.
        fits = isinstance(value, str | int) or (isinstance(value, float) and kind is float)
        number = kind(value) if fits and not isinstance(value, bool) else None
    except (ValueError, OverflowError):
        number = None
    if number is None or not 0 <= number <= most:
        raise ValueError(f"but should be {wanted} from 0 to {most:.0f}")
    return number


def _path(value: Any, field: attrs.Attribute[Any]) -> Path:
    return Path(_text(value, field))


def _text(value: Any, field: attrs.Attribute[Any]) -> str:
    if not isinstance(value, str):
        raise TypeError("but should be text; put it into quotes")
    path = field.metadata["path"]
    text = value.strip()
    if not text and not field.metadata["empty"]:
        raise ValueError("but should not be empty; leave it out, or say what it is to be")
    if "\0" in text or (not path and any("\ud800" <= letter <= "\udfff" for letter in text)):
        raise ValueError("but should be text in UTF-8")
    return value if path else text
