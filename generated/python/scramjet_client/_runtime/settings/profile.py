# Copied by `make generate` from client/runtime/settings/profile.py: edit it there.
"""The active profile of the `si` command: the settings in it that this client uses.

`SI_CONFIG_PATH` names a profile's file, `SI_CONFIG` a profile; otherwise `~/.si/si-config.json` does (`profile`),
and without that it is `default`. Profiles are `~/.si/profiles/NAME.json`.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import attrs

from ..._runtime.hints import lazy_hints
from ..errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Mapping


@attrs.frozen(repr=False)
class Profile:
    """The values of a profile, and a name for the place where it was (or was not) found."""

    place: str
    values: Mapping[str, Any] = attrs.field(factory=dict)

    def text(self, name: str) -> str | None:
        """Return an entry if it is a string and not empty."""
        value = self.values.get(name)
        return value if isinstance(value, str) and value else None


def active_profile(environ: Mapping[str, str]) -> Profile:
    """Read the profile that the `si` command would use.

    Args:
        environ: The environment variables.

    Returns:
        The profile; an empty one if the file does not exist and the environment does not name it.

    Raises:
        ConfigurationError: The profile that the environment names does not exist, or the profile cannot be read.
    """
    if path := environ.get("SI_CONFIG_PATH"):
        return _read(f"the si profile of SI_CONFIG_PATH ({path})", path, required=True)
    home = os.path.join(environ.get("HOME") or os.path.expanduser("~"), ".si")  # noqa: PTH111, PTH118 -- pathlib costs import time
    if name := environ.get("SI_CONFIG"):
        return _read(f"the si profile of SI_CONFIG ({name})", _profile_path(home, name), required=True)
    chosen = _read("", os.path.join(home, "si-config.json")).text("profile") or "default"  # noqa: PTH118
    path = _profile_path(home, chosen)
    return _read(f"the active si profile ({path})", path)


def _profile_path(home: str, name: str) -> str:
    return os.path.join(home, "profiles", f"{name}.json")  # noqa: PTH118 -- as above


def _read(place: str, path: str, *, required: bool = False) -> Profile:
    try:
        with open(path, "rb") as file:  # noqa: PTH123 -- as above
            values = json.load(file)
    except (FileNotFoundError, NotADirectoryError):
        if required:
            raise ConfigurationError(f"There is no file {path}, which should be {place}.") from None
        return Profile(place)
    except (OSError, ValueError, RecursionError) as error:
        # json's messages quote nothing of the file, so they cannot leak a token.
        raise ConfigurationError(f"{path} cannot be read as a profile of the si command: {error}") from None
    return Profile(place, values if isinstance(values, dict) else {})


# Names that only annotations use are imported when these are read, as by `typing.get_type_hints`.
lazy_hints(globals(), {"Mapping": "collections.abc"})
