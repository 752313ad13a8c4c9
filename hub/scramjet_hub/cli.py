"""The command `scramjet-hub`: options from the command line, the environment and a file."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from scramjet_serving.command_line import CommandLine, check_server
from scramjet_serving.options import OptionError

from scramjet_hub.config import HubConfig, check_id, check_space
from scramjet_hub.joining.handshake import Door

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ISOLATIONS: Final = ("none", "landlock", "bubblewrap", "auto")
SCOPES: Final = ("instance", "manage")
EPILOG: Final = """\
{sources}
The data folder belongs to the Hub: at the first start it must be empty or missing, and from then on it
contains a mark (scramjet-hub.json). Any other folder is rejected, and nothing in it is changed.

With --space and --space-id, the Hub joins a Space: it opens a connection to the Platform, through which it is
reached, so it can be behind a firewall or NAT. Give the access key as SCRAMJET_HUB_SPACE_KEY. Requests that
come this way need no token of the Hub's: the Platform has checked who sends them. If the connection is lost,
or the Space is not there yet, the Hub tries again, after a second at first and a minute at most; not after
the Space has refused its key (403), revoked it, or disconnected the Hub.

{tokens}
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
    return COMMAND_LINE.run(_serve, arguments)


def read_config(arguments: Sequence[str], environment: Mapping[str, str]) -> HubConfig:
    """Return the configuration from the command line, the environment and a file.

    Raises:
        OptionError: An option is invalid, or the combination is dangerous.
        TokenError: No client could send the token.
    """
    return COMMAND_LINE.read(arguments, environment)


def check(config: HubConfig) -> None:
    """Reject an invalid id and dangerous combinations of options.

    Raises:
        OptionError: An option is invalid, or the combination is dangerous.
        TokenError: No client could send the token.
    """
    if config.isolation not in ISOLATIONS:
        raise OptionError(f"--isolation is {config.isolation!r}; it is one of {', '.join(ISOLATIONS)}")
    if config.instance_scope not in SCOPES:
        raise OptionError(f"--instance-scope is {config.instance_scope!r}; it is one of {', '.join(SCOPES)}")
    if config.id:
        check_id(config.id)
    check_space(config)
    if config.space:
        check_door(config)
    check_server(config)


def check_door(config: HubConfig) -> None:
    """Reject an address of a Space that cannot be used.

    Raises:
        OptionError: It cannot.
    """
    try:
        Door.of(config)
    except ValueError as error:
        raise OptionError(f"--space is {config.space[:100]!r}, {error}") from error


def _serve(config: HubConfig, warnings: list[str]) -> None:
    # Imported late, because showing the help does not need the server.
    from scramjet_hub.main import run

    run(config, warnings)


COMMAND_LINE: Final = CommandLine(
    config=HubConfig,
    program="scramjet-hub",
    prefix="SCRAMJET_HUB_",
    about="A Hub that runs Scramjet Sequences on this machine.",
    epilog=EPILOG,
    check=check,
)


if __name__ == "__main__":
    sys.exit(main())
