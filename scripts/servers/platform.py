"""Starts a Platform in a process of its own, and stops it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from scripts.servers.hub import HubServer, NotStarted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Self

COMMAND = Path(sys.executable).with_name("scramjet-platform")


class PlatformServer(HubServer):
    """A Platform on a free port of loopback, which can be started again on its data folder.

    Args:
        folder: Where its data, its temporary files and its log go.
        options: Further options of the command.
        environment: Further environment variables.
        command: What to run in the place of `scramjet-platform`.
        session: Whether it leads a session of its own, so that signals from a terminal do not reach it.

    Attributes:
        token: A token that opens everything, made before the first start.
    """

    greeting = "Scramjet Platform listening on "

    def __init__(
        self,
        folder: Path,
        *options: str,
        environment: Mapping[str, str] | None = None,
        command: Sequence[str] = (str(COMMAND),),
        session: bool = True,
    ) -> None:
        super().__init__(folder, *options, environment=environment, command=command, session=session)
        self.token = ""

    def start(self) -> Self:
        """Start it and wait until it listens.

        Raises:
            NotStarted: It does not.
        """
        if not self.token:
            self.token = self.create_token()
        return super().start()

    def create_token(self, *options: str) -> str:
        """Create a user token, while it runs or not.

        Args:
            options: Further options of `token create`, such as `--scope read`.

        Raises:
            NotStarted: The command fails.
        """
        return self.token_command("create", *options).strip()

    def token_command(self, *arguments: str) -> str:
        """Run a command on the user tokens, and return what it prints.

        Raises:
            NotStarted: The command fails.
        """
        command = [str(COMMAND), "token", *arguments, "--data-dir", str(self.data_dir)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own command
        if done.returncode:
            raise NotStarted(f"{' '.join(command)}: {done.stderr.strip()}")
        return done.stdout

    def space_url(self, space: str = "space-1") -> str:
        """Return the API base of a Space."""
        return f"{self.url}/space/{space}/api/v1"
