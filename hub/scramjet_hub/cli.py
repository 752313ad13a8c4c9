"""The command `scramjet-hub`: options from the command line, the environment and a file."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import yaml
from scramjet_serving.config import is_loopback

from scramjet_hub.config import HubConfig
from scramjet_hub.options import FIELDS, Given, OptionError, check_id
from scramjet_hub.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import NoReturn

    import attrs

PREFIX: Final = "SCRAMJET_HUB_"
CANNOT_START: Final = 2
INTERRUPTED: Final = 130
EPILOG: Final = """\
Every option is also an environment variable (SCRAMJET_HUB_ and the option's name in capitals, with
underscores) and a key of the YAML file given with --config (the name with underscores). The command line
overrides the environment, which overrides the file. In both, switches are true or false; several values
of an option are separated by commas in the environment, and a list in the file. An empty variable counts
as not set. Values that another source overrides are not checked.

The data folder belongs to the Hub: at the first start it must be empty or missing, and from then on it
contains a mark (scramjet-hub.json). Any other folder is rejected, and nothing in it is changed.

Give a token with --token-file or SCRAMJET_HUB_TOKEN, because every user of the machine can read the
command line of a process. A token file has one 'read TOKEN' or 'manage TOKEN' per line; empty lines and
lines that begin with # are ignored. A file without a token is rejected. SIGHUP reloads the file: tokens
that are no longer in it stop working; if the file cannot be used, the old tokens stay and the log says so.

JSON input, including package.json, may be nested up to 100 levels deep.

SIGTERM or SIGINT shuts the Hub down gracefully: it starts no more Instances, stop handlers of running ones
get --drain-timeout seconds, all streams end, and about two seconds later the process exits. A second
signal stops it at once. Exit code: 0 after such a signal, 2 if the Hub cannot start (one line says why).
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a Hub with the given options.

    Returns:
        The exit code: 0 after a stop signal, 2 if an option is invalid or the Hub cannot start.
    """
    try:
        places: dict[str, str] = {}
        config = read_config(sys.argv[1:] if arguments is None else arguments, os.environ, places)
        # Imported late, because showing the help does not need the server.
        from scramjet_hub.main import run

        run(config, warnings_about(places))
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        if not is_explained(error):
            raise
        print(f"scramjet-hub: {' '.join(str(error).split())}", file=sys.stderr)
        return CANNOT_START
    return 0


def is_explained(error: Exception) -> bool:
    """Return whether the text of an error tells a user why the Hub does not start."""
    from scramjet_serving import description
    from scramjet_serving.access import authorization
    from scramjet_serving.http1 import server

    from scramjet_hub.machine import data_folder

    explained = (
        OptionError,
        authorization.TokenError,
        data_folder.DataDirError,
        description.DescriptionError,
        server.ListenError,
    )
    # Errors of the operating system say which operation failed and why.
    return isinstance(error, (*explained, OSError))


def warnings_about(places: Mapping[str, str]) -> list[str]:
    """Return warnings about options that are valid but unwise.

    Args:
        places: The source of each option, by name.
    """
    if places.get("token") != "--token":
        return []
    return ["--token shows in the list of processes; give it as SCRAMJET_HUB_TOKEN, or in a --token-file"]


def read_config(
    arguments: Sequence[str], environment: Mapping[str, str], places: dict[str, str] | None = None
) -> HubConfig:
    """Return the configuration from all three sources.

    Args:
        arguments: The command line.
        environment: The environment.
        places: Receives the source of each option, by name.

    Raises:
        OptionError: The command line cannot be parsed, or an option has an invalid value.
        SystemExit: The command line requests the help text.
    """
    given = {name: value for name, value in vars(_parser().parse_args(arguments)).items() if value is not None}
    # An empty variable counts as not set, the usual way to say nothing where a variable has to exist.
    surroundings = {name: environment[variable(name)] for name in (*FIELDS, "config") if variable(name) in environment}
    surroundings = {name: text for name, text in surroundings.items() if text.strip()}
    if (path := given.pop("config", None)) is not None and not path.strip():
        raise OptionError("--config is empty; leave it out, or name a file")
    path = surroundings.pop("config", None) if path is None else path
    found = {name: Given(name, value, f"{name} in the file {path}") for name, value in _read_file(path).items()}
    found |= {name: Given(name, value, variable(name)) for name, value in surroundings.items()}
    found |= {name: Given(name, value, switch(name)) for name, value in given.items()}
    config = HubConfig(**{name: option.convert() for name, option in found.items()})
    check(config)
    if places is not None:
        places.update({name: option.place for name, option in found.items()})
    return config


def check(config: HubConfig) -> None:
    """Reject a dangerous combination of options.

    Raises:
        OptionError: The combination is dangerous.
        TokenError: No client could send the token.
    """
    from scramjet_serving.access.authorization import check_token
    from scramjet_serving.log import LEVELS

    if config.log_level.upper() not in LEVELS:
        raise OptionError(f"--log-level is {config.log_level!r}; it is one of {', '.join(LEVELS).lower()}")
    if config.id:
        check_id(config.id)
    if config.token:
        check_token(config.token, "--token")
    guarded = config.token or config.token_file
    if not guarded and not config.allow_open and not is_loopback(config.host):
        raise OptionError(
            f"Listening on {config.host} lets others run programs here. Give a --token or a --token-file,"
            " or --allow-open if that is what you want"
        )


def variable(name: str) -> str:
    """Return the environment variable of an option."""
    return PREFIX + name.upper()


def switch(name: str) -> str:
    """Return an option in the form of the command line."""
    return "--" + name.replace("_", "-")


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise OptionError(f"{message}; scramjet-hub --help tells the options")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="scramjet-hub",
        description="A Hub that runs Scramjet Sequences on this machine.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"scramjet-hub {VERSION}")
    parser.add_argument("--config", metavar="FILE", help="YAML file with options")
    for name, field in FIELDS.items():
        parser.add_argument(switch(name), help=_help(field), **_argument(field))
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


def _read_file(path: str | None) -> dict[str, Any]:
    if path is None:
        return {}
    try:
        values = yaml.safe_load(Path(path).read_text(encoding="utf-8-sig"))
    except RecursionError as error:
        raise OptionError(f"The file {path} is nested too deep for a file of options") from error
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise OptionError(f"The file {path} cannot be read: {error}") from error
    if values is None:
        return {}
    if not isinstance(values, dict):
        raise OptionError(f"The file {path} has no options, which look like 'port: 8000'")
    # An option without a value counts as not given.
    values = {str(name).replace("-", "_"): value for name, value in values.items() if value is not None}
    unknown = sorted(set(values) - set(FIELDS))
    if unknown:
        raise OptionError(f"The file {path} has the unknown option {', '.join(unknown)}")
    return values


if __name__ == "__main__":
    sys.exit(main())
