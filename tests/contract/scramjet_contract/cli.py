"""The command `scramjet-contract`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from scramjet_contract.reports.files import write
from scramjet_contract.reports.terminal import Terminal
from scramjet_contract.run import NoHub, Run
from scramjet_contract.settings import parse

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Check a Hub.

    Returns:
        0 if it keeps the contract, 1 if not, 2 if nothing could be checked, 130 if interrupted.
    """
    settings = parse(sys.argv[1:] if arguments is None else arguments)
    terminal = Terminal(plain=settings.plain)
    try:
        report = Run(settings, terminal).go()
    except KeyboardInterrupt:
        # Before anything was created; later ones are taken care of where that happens.
        return 130
    except NoHub as error:
        print(f"scramjet-contract: {error}", file=sys.stderr)
        return 2
    if settings.reports is not None:
        write(report, settings.reports)
    terminal.end(report)
    if report.interrupted:
        return 130
    return 0 if report.kept else 1


if __name__ == "__main__":
    sys.exit(main())
