"""`make contract`: check a running Hub against the description.

With PLATFORM=URL that Platform is checked (KIND=multi-manager: as a MultiManager), with PLATFORM=embedded the embedded
one, started on a free port, as both kinds, and a Hub of it through its proxy.
With HUB=URL that one is checked; with HUB=sth an STH 0.18.7 from npm, installed and started for the purpose;
without HUB the embedded Hub, started on a free port. All variables of `scramjet-contract` are passed on (see its
`--help`); its options can be given too.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from scramjet_contract import cli
from scramjet_contract.errors import CannotCheck, Stopped

if TYPE_CHECKING:
    from collections.abc import Sequence

REPORTS = "reports/contract"
MAKE = ("make", "contract")
"""What starts the same again; options are variables there."""


def main(arguments: Sequence[str]) -> int:
    """Run the contract tests.

    Args:
        arguments: Further options of `scramjet-contract`.

    Returns:
        0 if the Hub keeps the contract, 1 if it does not, 2 if nothing could be checked, 130 if interrupted.
    """
    if not os.environ.get("REPORTS"):
        os.environ["REPORTS"] = REPORTS
    hub, platform = os.environ.get("HUB", ""), os.environ.get("PLATFORM", "")
    try:
        with cli.stoppable():
            if platform:
                return _against_platform(platform, arguments)
            if hub and hub != "sth":
                return cli.main([hub, *arguments], _command(arguments, hub))
            # Hubs take a while to start; what is wrong with the options is told before.
            if cli.prepare([*arguments]).listing:
                return cli.main([*arguments])
            return _against_sth(arguments) if hub else _against_embedded(arguments)
    except CannotCheck as error:
        print(f"{cli.NAME}: {error}", file=sys.stderr)
        return cli.UNCHECKED
    except (KeyboardInterrupt, Stopped):
        print(f"{cli.NAME}: interrupted", file=sys.stderr)
        return cli.INTERRUPTED


def _command(arguments: Sequence[str], hub: str = "") -> tuple[str, ...]:
    """The words that start the same run again; options can be added to them as variables, or else as options."""
    if not arguments:
        return (*MAKE, f"HUB={hub}") if hub else MAKE
    module = "scramjet_contract.cli" if hub and hub != "sth" else "scripts.contract"
    return (*(["env", "HUB=sth"] if hub == "sth" else []), sys.executable, "-m", module)


def _against_embedded(arguments: Sequence[str]) -> int:
    # Importing takes a while, in which one may want to stop.
    from scripts.servers import embedded
    from scripts.servers.hub import NotStarted

    try:
        with embedded.trio() as hubs:
            options = ["--token", hubs.token, "--read-token", hubs.read_token]
            options += ["--full-hub", hubs.full, "--draining-hub", hubs.draining, "--profile", "embedded"]
            return cli.main([hubs.url, *options, *arguments], _command(arguments))
    except NotStarted as error:
        print(error, file=sys.stderr)
        return cli.UNCHECKED


def _against_platform(platform: str, arguments: Sequence[str]) -> int:
    if platform != "embedded":
        os.environ.setdefault("KIND", "platform")
        return cli.main([platform, *arguments], (*MAKE, f"PLATFORM={platform}"))
    from scripts.servers.hub import NotStarted
    from scripts.servers.spaces import SPACE, platform_with_hub

    try:
        with platform_with_hub() as (server, read_token, hub):
            codes = []
            for kind in ("platform", "multi-manager"):
                words = ["--kind", kind, "--space", SPACE, "--token", server.token, "--read-token", read_token]
                words += ["--profile", f"embedded-{kind}", "--reports", f"{os.environ['REPORTS']}/{kind}"]
                codes.append(cli.main([server.url, *words, *arguments], _command(arguments)))
            if hub:
                words = [
                    "--token",
                    server.token,
                    "--profile",
                    "embedded-behind",
                    "--reports",
                    f"{os.environ['REPORTS']}/hub",
                ]
                codes.append(cli.main([hub, *words, *arguments], _command(arguments)))
            return max(codes)
    except NotStarted as error:
        print(error, file=sys.stderr)
        return cli.UNCHECKED


def _against_sth(arguments: Sequence[str]) -> int:
    from scripts import sth  # it needs node, which only this needs

    try:
        with sth.running() as url:
            return cli.main([url, "--profile", "sth-0.18.7", *arguments], _command(arguments, "sth"))
    except sth.UnavailableError as error:
        print(f"STH cannot be checked here: {error}", file=sys.stderr)
        return cli.UNCHECKED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
