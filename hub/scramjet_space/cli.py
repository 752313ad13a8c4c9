"""The command `scramjet-platform`: runs a Platform, or manages its user tokens."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from scramjet_serving.command_line import CommandLine

from scramjet_space.config import PlatformConfig, check

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

EPILOG: Final = """\
{sources}
User tokens are made by another command, while the Platform runs or before:
  scramjet-platform token create [--space ID]... [--scope read|manage] [--lasts 90d] [--description TEXT]
  scramjet-platform token list
  scramjet-platform token revoke ID
Each of them takes --data-dir, too. A token is a JWT, as `si config set token` wants it. Without a valid
one, every request is answered with 403. A revoked token stops working within a second.

Hubs join with an access key (POST /space/ID/apikey, or `si space access create`), unless they come from a
network that --native-from names. STH up to 0.28 uses topics without the tunnel and without a token; it
needs --native-from, too.

The data folder belongs to the Platform: at the first start it must be empty or missing. The file
secret.key in it signs the tokens and encrypts the access keys; whoever has it can make tokens.

SIGTERM or SIGINT shuts the Platform down: its Hubs go on, and reconnect when it is there again. Exit code:
0 after such a signal, 2 if it cannot start (one line says why).
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a Platform with the given options, or a command on its tokens.

    Returns:
        The exit code: 0 after a stop signal or a successful command, 2 if an option is invalid or it cannot start.
    """
    arguments = sys.argv[1:] if arguments is None else arguments
    if arguments[:1] == ["token"]:
        # Imported late, because serving and showing the help do not need it.
        from scramjet_space.token_command import main as manage_tokens

        return manage_tokens(arguments[1:])
    return COMMAND_LINE.run(_serve, arguments)


def read_config(arguments: Sequence[str], environment: Mapping[str, str]) -> PlatformConfig:
    """Return the configuration from the command line, the environment and a file.

    Raises:
        OptionError: An option is invalid, or the combination is dangerous.
        TokenError: No client could send the token.
    """
    return COMMAND_LINE.read(arguments, environment)


def _serve(config: PlatformConfig, warnings: list[str]) -> None:
    # Imported late, because showing the help does not need the server.
    from scramjet_space.main import run

    run(config, warnings)


COMMAND_LINE: Final = CommandLine(
    config=PlatformConfig,
    program="scramjet-platform",
    prefix="SCRAMJET_PLATFORM_",
    about="A Platform with one or more Spaces: many Hubs behind one address.",
    epilog=EPILOG,
    check=check,
)


if __name__ == "__main__":
    sys.exit(main())
