"""The command `scramjet-hub`: options from the command line, the environment and a file."""

from __future__ import annotations

import argparse
import ipaddress
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import attrs
import yaml

from scramjet_hub.config import HubConfig
from scramjet_hub.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PREFIX: Final = "SCRAMJET_HUB_"
USAGE_ERROR: Final = 2
FIELDS: Final = attrs.fields_dict(HubConfig)
EPILOG: Final = """\
Every option is also an environment variable, SCRAMJET_HUB_ and its name in capitals with underscores,
and a key of the YAML file given with --config, its name with underscores. The command line counts before
the environment, that before the file. Yes or no is said in both as true or false; several values of an
option are separated by commas in the environment and are a list in the file.

SIGTERM or SIGINT ends the Hub: no Instance is started any more, stop handlers of running ones get
--drain-timeout seconds, all streams end, and about two seconds later the process is gone. A second signal
does not wait.
"""


class OptionError(Exception):
    """An option that makes no sense; the text says which and why."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a Hub with the options given.

    Returns:
        The exit code: 0 after a signal to stop, 1 if the Hub cannot start, 2 if the options make no sense.
    """
    try:
        config = read_config(sys.argv[1:] if arguments is None else arguments, os.environ)
    except OptionError as error:
        return _complain(str(error), USAGE_ERROR)
    # Only now: showing the help does not need the server.
    from scramjet_hub import datadir, description, server

    try:
        server.run(config)
    except (datadir.DataDirError, description.DescriptionError, server.ListenError, ValueError) as error:
        return _complain(str(error), 1)
    return 0


def read_config(arguments: Sequence[str], environment: Mapping[str, str]) -> HubConfig:
    """The configuration from all three sources.

    Args:
        arguments: The command line.
        environment: The environment.

    Raises:
        OptionError: An option has no sensible value.
        SystemExit: The command line cannot be parsed, or asks for help.
    """
    given = vars(_parser().parse_args(arguments))
    surroundings = {name: environment[variable(name)] for name in FIELDS if variable(name) in environment}
    path = given.pop("config") or environment.get(variable("config"))
    values: dict[str, Any] = {}
    for source, texts in (
        (f"the file {path}", _read_file(path) if path else {}),
        ("the environment", surroundings),
        ("the command line", {name: value for name, value in given.items() if value is not None}),
    ):
        values.update({name: _convert(name, value, source) for name, value in texts.items()})
    config = HubConfig(**values)
    check(config)
    return config


def check(config: HubConfig) -> None:
    """Refuse a combination that would be a mistake.

    Raises:
        OptionError: It is one.
    """
    from scramjet_hub.logs import LEVELS

    if config.log_level.upper() not in LEVELS:
        raise OptionError(f"--log-level is {config.log_level!r}; it is one of {', '.join(LEVELS).lower()}")
    guarded = config.token or config.token_file
    if not guarded and not config.allow_open and not _is_loopback(config.host):
        raise OptionError(
            f"Listening on {config.host} lets others run programs here. Give a --token or a --token-file,"
            " or --allow-open if that is what you want"
        )


def variable(name: str) -> str:
    """The environment variable of an option."""
    return PREFIX + name.upper()


def _complain(message: str, code: int) -> int:
    print(f"scramjet-hub: {message}", file=sys.stderr)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="scramjet-hub",
        description="A Hub that runs Scramjet Sequences on this machine.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"scramjet-hub {VERSION}")
    parser.add_argument("--config", metavar="FILE", help="YAML file with options")
    for name, field in FIELDS.items():
        parser.add_argument("--" + name.replace("_", "-"), help=_help(field), **_argument(field))
    return parser


def _argument(field: attrs.Attribute[Any]) -> dict[str, Any]:
    if isinstance(field.default, bool):
        return {"action": argparse.BooleanOptionalAction, "default": None}
    if isinstance(field.default, tuple):
        return {"action": "append", "metavar": "VALUE"}
    return {"metavar": field.metadata["unit"].upper() or "VALUE"}


def _help(field: attrs.Attribute[Any]) -> str:
    default = "" if field.default in ("", None, ()) or isinstance(field.default, bool) else f" [{field.default}]"
    return (str(field.metadata["help"]) + default).replace("%", "%%")


def _read_file(path: str) -> dict[str, Any]:
    try:
        values = yaml.safe_load(Path(path).read_text())
    except (OSError, UnicodeError, yaml.YAMLError) as error:
        raise OptionError(f"The file {path} cannot be read: {error}") from error
    if not isinstance(values, dict):
        raise OptionError(f"The file {path} has no options, which look like 'port: 8000'")
    values = {str(name).replace("-", "_"): value for name, value in values.items()}
    unknown = sorted(set(values) - set(FIELDS))
    if unknown:
        raise OptionError(f"The file {path} has the unknown option {', '.join(unknown)}")
    return values


def _convert(name: str, value: Any, source: str) -> Any:
    """A value as its option wants it, whatever form its source has it in."""
    default = FIELDS[name].default
    try:
        if isinstance(default, bool):
            return _truth(value)
        if isinstance(default, tuple):
            return tuple(str(item).strip() for item in (value.split(",") if isinstance(value, str) else value))
        if isinstance(default, int | float):
            return _number(value, type(default))
        return Path(str(value)) if name in ("data_dir", "token_file") else str(value)
    except (TypeError, ValueError) as error:
        raise OptionError(f"{name} in {source} is {value!r}, {error}") from error


def _truth(value: Any) -> bool:
    word = str(value).lower()
    if word not in ("true", "false", "1", "0", "yes", "no"):
        raise ValueError("but should be true or false")
    return word in ("true", "1", "yes")


def _number(value: Any, kind: type[int | float]) -> int | float:
    try:
        number = kind(value)
    except (TypeError, ValueError):
        number = kind(-1)
    if not 0 <= number < float("inf"):
        raise ValueError("but should be a number that is not negative")
    return number


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


if __name__ == "__main__":
    sys.exit(main())
