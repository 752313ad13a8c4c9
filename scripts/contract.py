"""`make contract`: check a running Hub against the description.

With HUB=URL that one is checked; with HUB=sth an STH 0.18.7 from npm, installed and started for the purpose;
without HUB the embedded Hub, started on a free port. TOKEN, TAGS, SEED, BUDGET, PROFILE and REPORTS are passed on;
options of `scramjet-contract` can be given too.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from scramjet_contract import cli, embedded

if TYPE_CHECKING:
    from collections.abc import Sequence

REPORTS = "reports/contract"


def main(arguments: Sequence[str]) -> int:
    """Run the contract tests.

    Args:
        arguments: Further options of `scramjet-contract`.

    Returns:
        0 if the Hub keeps the contract, 1 if it does not, 2 if nothing could be checked.
    """
    os.environ.setdefault("REPORTS", REPORTS)
    hub = os.environ.get("HUB", "")
    if hub == "sth":
        return _against_sth(arguments)
    return cli.main([hub, *arguments]) if hub else _against_embedded(arguments)


def _against_embedded(arguments: Sequence[str]) -> int:
    try:
        with embedded.trio() as hubs:
            options = ["--token", hubs.token, "--read-token", hubs.read_token]
            options += ["--full-hub", hubs.full, "--draining-hub", hubs.draining, "--profile", "embedded"]
            return cli.main([hubs.url, *options, *arguments])
    except embedded.NotStarted as error:
        print(error, file=sys.stderr)
        return 2


def _against_sth(arguments: Sequence[str]) -> int:
    from scripts import sth  # it needs node, which only this needs

    try:
        with sth.running() as url:
            return cli.main([url, "--profile", "sth-0.18.7", *arguments])
    except sth.UnavailableError as error:
        print(f"STH cannot be checked here: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
