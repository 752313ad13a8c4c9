"""The command line of a server: reads its configuration from all sources, and starts it.

The sources are the command line, the environment and a YAML file; the configuration is any attrs class whose fields
are made by `scramjet_serving.options.option`.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

import attrs
import yaml

from scramjet_serving.config import ServerConfig, is_loopback
from scramjet_serving.errors import CannotStart
from scramjet_serving.options import Given, OptionError
from scramjet_serving.service import VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import NoReturn

C = TypeVar("C", bound=ServerConfig)

FAILED: Final = 2
INTERRUPTED: Final = 130
SOURCES: Final = """\
Every option is also an environment variable ({prefix} and the option's name in capitals, with
underscores) and a key of the YAML file given with --config (the name with underscores). The command line
overrides the environment, which overrides the file. In both, switches are true or false; several values
of an option are separated by commas in the environment, and a list in the file. An empty variable counts
as not set. Values that another source overrides are not checked.
"""
TOKENS: Final = """\
Give a token with --token-file or {prefix}TOKEN, because every user of the machine can read the
command line of a process. A token file has one 'read TOKEN' or 'manage TOKEN' per line; empty lines and
lines that begin with # are ignored. A file without a token is rejected. SIGHUP reloads the file: tokens
that are no longer in it stop working; if the file cannot be used, the old tokens stay and the log says so.
"""


@attrs.frozen(kw_only=True)
class CommandLine(Generic[C]):
    """A command that runs a server.

    Attributes:
        config: The class of its configuration.
        program: Its name.
        prefix: The prefix of its environment variables.
        about: What it does, for `--help`.
        epilog: Further help; `{sources}` and `{tokens}` stand for what holds for every server.
        check: Rejects dangerous combinations of options; raises `CannotStart`.
    """

    config: type[C]
    program: str
    prefix: str
    about: str
    epilog: str
    check: Callable[[C], None]

    def run(self, serve: Callable[[C, list[str]], None], arguments: Sequence[str] | None = None) -> int:
        """Run the server until it is told to stop.

        Args:
            serve: Runs a server with this configuration, and logs these warnings about it.
            arguments: The command line; by default that of this process.

        Returns:
            The exit code: 0 after a stop signal, 2 if an option is invalid or the server cannot start.
        """
        places: dict[str, str] = {}
        try:
            config = self.read(sys.argv[1:] if arguments is None else arguments, os.environ, places)
            serve(config, self._warnings(places))
        except KeyboardInterrupt:
            return INTERRUPTED
        # Errors of the operating system say which operation failed and why.
        except (CannotStart, OSError) as error:
            print(f"{self.program}: {' '.join(str(error).split())}", file=sys.stderr)
            return FAILED
        return 0

    def read(self, arguments: Sequence[str], environment: Mapping[str, str], places: dict[str, str] | None = None) -> C:
        """Return the configuration from all three sources.

        Args:
            arguments: The command line.
            environment: The environment.
            places: Receives the source of each option, by name.

        Raises:
            OptionError: The command line cannot be parsed, or an option has an invalid value.
            CannotStart: The combination of options is dangerous.
            SystemExit: The command line requests the help text.
        """
        given = {name: value for name, value in vars(self._parser().parse_args(arguments)).items() if value is not None}
        surroundings = self._variables(environment)
        if (path := given.pop("config", None)) is not None and not path.strip():
            raise OptionError("--config is empty; leave it out, or name a file")
        path = surroundings.pop("config", None) if path is None else path
        found = {name: self._given(name, value, f"{name} in the file {path}") for name, value in self._file(path)}
        found |= {name: self._given(name, value, self._variable(name)) for name, value in surroundings.items()}
        found |= {name: self._given(name, value, _switch(name)) for name, value in given.items()}
        config = self.config(**{name: option.convert() for name, option in found.items()})
        self.check(config)
        if places is not None:
            places.update({name: option.place for name, option in found.items()})
        return config

    def _variables(self, environment: Mapping[str, str]) -> dict[str, str]:
        texts = {name: environment.get(self._variable(name), "") for name in (*self._fields, "config")}
        # An empty variable counts as not set, the usual way to say nothing where a variable has to exist.
        return {name: text for name, text in texts.items() if text.strip()}

    def _file(self, path: str | None) -> list[tuple[str, Any]]:
        values = {} if path is None else _read_file(path)
        if unknown := sorted(set(values) - set(self._fields)):
            raise OptionError(f"The file {path} has the unknown option {', '.join(unknown)}")
        return list(values.items())

    def _given(self, name: str, value: Any, place: str) -> Given:
        return Given(self._fields[name], value, place, self._hint(name, value))

    def _hint(self, name: str, value: Any) -> str:
        if name != "port" or not str(value).startswith("tcp://"):
            return ""
        return (
            f"; Kubernetes sets this variable for a Service named {self.program}:"
            " give --port, or enableServiceLinks: false in the Pod, or the Service another name"
        )

    def _warnings(self, places: Mapping[str, str]) -> list[str]:
        """Return warnings about options that are valid but unwise."""
        if places.get("token") != "--token":
            return []
        return [f"--token shows in the list of processes; give it as {self.prefix}TOKEN, or in a --token-file"]

    @property
    def _fields(self) -> dict[str, attrs.Attribute[Any]]:
        return attrs.fields_dict(self.config)

    def _variable(self, name: str) -> str:
        return self.prefix + name.upper()

    def _parser(self) -> argparse.ArgumentParser:
        parser = _Parser(
            prog=self.program,
            description=self.about,
            epilog=self.epilog.format(
                sources=SOURCES.format(prefix=self.prefix), tokens=TOKENS.format(prefix=self.prefix)
            ),
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        parser.add_argument("--version", action="version", version=f"{self.program} {VERSION}")
        parser.add_argument("--config", metavar="FILE", help="YAML file with options")
        for name, field in self._fields.items():
            parser.add_argument(_switch(name), help=_help(field), **_argument(field))
        return parser


def check_server(config: ServerConfig) -> None:
    """Reject options that no server can use, or that would leave it open to other machines.

    Raises:
        OptionError: They are invalid or dangerous.
        TokenError: No client could send the token.
    """
    check_log_and_token(config)
    guarded = config.token or config.token_file
    if not guarded and not config.allow_open and not is_loopback(config.host):
        raise OptionError(
            f"Listening on {config.host} lets others run programs here. Give a --token or a --token-file,"
            " or --allow-open if that is what you want"
        )


def check_log_and_token(config: ServerConfig) -> None:
    """Reject a level or a token that no server can use.

    Raises:
        OptionError: There is no such level.
        TokenError: No client could send the token.
    """
    # Imported late, because showing the help does not need them.
    from scramjet_serving.access.authorization import check_token
    from scramjet_serving.log import LEVELS

    if config.log_level.upper() not in LEVELS:
        raise OptionError(f"--log-level is {config.log_level!r}; it is one of {', '.join(LEVELS).lower()}")
    if config.token:
        check_token(config.token, "--token")


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise OptionError(f"{message}; {self.prog} --help tells the options")


def _switch(name: str) -> str:
    return "--" + name.replace("_", "-")


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
    return {str(name).replace("-", "_"): value for name, value in values.items() if value is not None}
