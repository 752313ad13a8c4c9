"""The command `scramjet-contract`."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from typing import TYPE_CHECKING

from scramjet_contract.errors import BadOption, CannotCheck, Stopped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scramjet_contract.run import Report
    from scramjet_contract.settings import Settings

NAME = "scramjet-contract"
INTERRUPTED = 130
UNCHECKED = 2


def main(arguments: Sequence[str] | None = None, command: tuple[str, ...] = ()) -> int:
    """Check a Hub.

    Args:
        arguments: The options; those of the process by default.
        command: The command line that starts the same run again; by default that of this process.

    Returns:
        0 if the Hub keeps the contract, 1 if not, 2 if nothing could be checked, 130 if interrupted.
    """
    with stoppable():
        try:
            return _main(sys.argv[1:] if arguments is None else arguments, command or invocation())
        except (KeyboardInterrupt, Stopped):
            # An interrupted run reports by itself once it has created anything.
            print(f"{NAME}: interrupted", file=sys.stderr)
            return INTERRUPTED


def _main(arguments: Sequence[str], command: tuple[str, ...]) -> int:
    try:
        settings = prepare(arguments, command)
        return _list(settings) if settings.listing else check(settings)
    except CannotCheck as error:
        print(f"{NAME}: {error}", file=sys.stderr)
        return UNCHECKED


def prepare(arguments: Sequence[str], command: tuple[str, ...] = ()) -> Settings:
    """Read and validate the options, before anything is sent.

    Raises:
        CannotCheck: An option cannot be used.
        SystemExit: Only the help text was requested.
    """
    # Imported here, because importing takes a second in which an interrupt must be handled, too.
    from scramjet_contract import profile, selection, settings
    from scramjet_contract.description import Description

    given = settings.parse(arguments, command=command)
    selection.check_words(given, Description.load(), given.all_tags, given.kind)
    try:
        if given.profile:
            profile.load(given.profile)
    except ValueError as error:
        raise BadOption(str(error)) from None
    if given.reports is not None and not given.listing:
        settings.writable(given.reports)
    return given


def check(settings: Settings) -> int:
    """Check a Hub.

    Returns:
        The exit code.

    Raises:
        CannotCheck: Nothing could be checked.
    """
    from scramjet_contract.reports import files
    from scramjet_contract.reports.terminal import Terminal
    from scramjet_contract.run import Run

    terminal = Terminal(plain=settings.plain)
    with files.kept(settings.reports) as keep:
        report = Run(settings, terminal).go()
        keep(report)
        terminal.end(report)
    return exit_code(report)


def exit_code(report: Report) -> int:
    """Return the exit code of a finished run."""
    if report.interrupted:
        return INTERRUPTED
    return 0 if report.kept else 1


def _list(settings: Settings) -> int:
    from scramjet_contract import listing
    from scramjet_contract.description import Description

    for line in listing.lines(settings, Description.load()):
        print(line)
    return 0


def invocation() -> tuple[str, ...]:
    """Return the command line that starts this command again."""
    if sys.argv[0].endswith(".py"):
        return (sys.executable, "-m", "scramjet_contract.cli")
    from shutil import which

    name = os.path.basename(sys.argv[0])  # noqa: PTH119 - a word, not a path
    found = which(name)
    return (name,) if found and os.path.samefile(found, sys.argv[0]) else (sys.argv[0],)  # noqa: PTH121 - as above


@contextlib.contextmanager
def stoppable() -> Iterator[None]:
    """Make SIGTERM stop the run as Ctrl-C does."""

    def stop(number: int, _frame: object) -> None:
        raise Stopped(number)

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


if __name__ == "__main__":
    sys.exit(main())
