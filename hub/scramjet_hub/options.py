"""Parses option values from all sources, and explains what is wrong with invalid ones."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import attrs

from scramjet_hub.config import HubConfig

if TYPE_CHECKING:
    from collections.abc import Callable

FIELDS: Final = attrs.fields_dict(HubConfig)
PATHS: Final = ("data_dir", "token_file")
# Options for which an empty text is a value; for others it is a mistake, often a variable that is not set.
MAY_BE_EMPTY: Final = ("id", "description")
# Beyond these limits, a clock, a socket or the kernel has its own: about thirty years, and four exabytes.
MOST_SECONDS: Final = 1e9
MOST: Final = 1 << 62
MOST_PORT: Final = 65535
ORIGIN: Final = re.compile(r"null|[A-Za-z][A-Za-z0-9+.-]*://[!-.0->@-~]+")
HUB_ID: Final = re.compile(r"[!-~]([ -~]{0,126}[!-~])?")


class OptionError(Exception):
    """An invalid option; the text says which and why."""


def check_id(text: str, place: str = "--id") -> None:
    """Reject an invalid id of a Hub.

    Args:
        text: The id.
        place: Its source, for the error.

    Raises:
        OptionError: It is invalid.
    """
    if not HUB_ID.fullmatch(text):
        raise OptionError(f"{place} is {text[:100]!r}, but the id of a Hub is 1 to 128 visible letters of ASCII")


@attrs.frozen
class Given:
    """A value as it was given.

    Attributes:
        name: The name of the option, as a field of `HubConfig`.
        value: The value in the form of its source.
        place: Its source, in the user's terms: `--port`, `SCRAMJET_HUB_PORT`, `port in the file F`.
    """

    name: str
    value: Any
    place: str

    def convert(self) -> Any:
        """Convert it to the type of its option.

        Raises:
            OptionError: The option does not accept it.
        """
        try:
            return _conversion(self.name)(self.value, self.name)
        except (TypeError, ValueError) as error:
            raise OptionError(f"{self.place} is {self._shown()}{error}{self._hint()}") from error

    def _shown(self) -> str:
        # A secret may be in the wrong place or of the wrong form, but stays secret.
        if self.name == "token" and str(self.value).strip():
            return "not shown here, "
        text = repr(self.value)
        return (text if len(text) <= 100 else text[:100] + "...") + ", "

    def _hint(self) -> str:
        if self.name == "port" and str(self.value).startswith("tcp://"):
            return (
                "; Kubernetes sets this variable for a Service named scramjet-hub:"
                " give --port, or enableServiceLinks: false in the Pod, or the Service another name"
            )
        return ""


def _conversion(name: str) -> Callable[[Any, str], Any]:
    default = FIELDS[name].default
    if isinstance(default, bool):
        return _truth
    if isinstance(default, tuple):
        return _texts
    if isinstance(default, int | float):
        return _number
    return _path if name in PATHS else _text


def _truth(value: Any, _name: str) -> bool:
    word = str(value).strip().lower()
    if word not in ("true", "false", "1", "0", "yes", "no"):
        raise ValueError("but should be true or false")
    return word in ("true", "1", "yes")


def _texts(value: Any, name: str) -> tuple[str, ...]:
    items = value.split(",") if isinstance(value, str) else value
    if not isinstance(items, list | tuple):
        raise TypeError("but should be text or a list of texts")
    return tuple(_origin(_text(item, name)) for item in items)


def _origin(text: str) -> str:
    if text != "*" and not ORIGIN.fullmatch(text):
        raise ValueError("but an origin looks like https://example.com, without a path, or is *")
    return text


def _number(value: Any, name: str) -> int | float:
    kind = int if isinstance(FIELDS[name].default, int) else float
    most = MOST_PORT if name == "port" else MOST_SECONDS if FIELDS[name].metadata["unit"] == "seconds" else MOST
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


def _path(value: Any, name: str) -> Path:
    return Path(_text(value, name))


def _text(value: Any, name: str) -> str:
    if not isinstance(value, str):
        raise TypeError("but should be text; put it into quotes")
    text = value.strip()
    if not text and name not in MAY_BE_EMPTY:
        raise ValueError("but should not be empty; leave it out, or say what it is to be")
    if "\0" in text or (name not in PATHS and any("\ud800" <= letter <= "\udfff" for letter in text)):
        raise ValueError("but should be text in UTF-8")
    return value if name in PATHS else text
