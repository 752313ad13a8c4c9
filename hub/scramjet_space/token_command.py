"""The command `scramjet-platform token`: creates, lists and revokes user tokens, while the Platform runs or not."""

from __future__ import annotations

import argparse
import contextlib
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

from scramjet_serving.errors import CannotStart, StorageFailed
from scramjet_serving.options import OptionError

from scramjet_space.access.secrets import Secrets
from scramjet_space.access.tokens import issue
from scramjet_space.config import SPACE_ID
from scramjet_space.spaces.entry import timestamp
from scramjet_space.state.folder import DataFolder
from scramjet_space.state.sqlite import SqliteState

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scramjet_space.state.records import TokenRecord

FAILED: Final = 2
DATA_DIR: Final = "SCRAMJET_PLATFORM_DATA_DIR"
UNITS: Final = {"s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000}
LASTS: Final = re.compile(r"([1-9][0-9]{0,5})([smhd])", re.ASCII)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise OptionError(f"{message}; {self.prog} --help tells the options")


def main(arguments: Sequence[str]) -> int:
    """Run a command on the tokens.

    Args:
        arguments: The command line after `token`.

    Returns:
        The exit code: 0, or 2 if an argument is invalid or the data folder cannot be used.
    """
    try:
        given = _parser().parse_args(arguments)
        with _opened(given.data_dir) as (folder, state):
            given.run(given, folder, state)
    except (CannotStart, StorageFailed, OSError) as error:
        print(f"scramjet-platform: {' '.join(str(error).split())}", file=sys.stderr)
        return FAILED
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="scramjet-platform token", description="Manages the user tokens of a Platform.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    create = commands.add_parser("create", help="create a token and print it; it is never shown again")
    create.add_argument("--space", action="append", default=[], type=_space, help="Space that it opens [all]")
    create.add_argument("--scope", choices=("read", "manage"), default="manage", help="what it permits [manage]")
    create.add_argument("--lasts", type=_lasts, default="90d", help="until it ends: 30m, 12h, 90d or never [90d]")
    create.add_argument("--description", default="", help="what it is for")
    create.set_defaults(run=_create)
    listing = commands.add_parser("list", help="list the tokens, without the tokens themselves")
    listing.set_defaults(run=_list)
    revoke = commands.add_parser("revoke", help="revoke a token; it stops working within a second")
    revoke.add_argument("id", help="its id, as `list` shows it")
    revoke.set_defaults(run=_revoke)
    default = os.environ.get(DATA_DIR, "").strip() or ".scramjet-platform"
    for command in (create, listing, revoke):
        command.add_argument("--data-dir", type=Path, default=Path(default), help=f"data folder [{default}]")
    return parser


def _space(text: str) -> str:
    if not SPACE_ID.fullmatch(text):
        raise argparse.ArgumentTypeError(f"{text[:100]!r} is not the id of a Space")
    return text


def _lasts(text: str) -> int | None:
    if text == "never":
        return None
    match = LASTS.fullmatch(text)
    if match is None:
        raise argparse.ArgumentTypeError(f"{text[:100]!r} looks like 30m, 12h, 90d or never")
    return int(match[1]) * UNITS[match[2]]


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[tuple[DataFolder, SqliteState]]:
    folder = DataFolder(path)
    state = SqliteState(folder.records)
    try:
        yield folder, state
    finally:
        state.close_now()


def _create(given: argparse.Namespace, folder: DataFolder, state: SqliteState) -> None:
    signing = Secrets(folder.secret()).signing
    record, token = issue(
        signing, spaces=given.space, scope=given.scope, lasts=given.lasts, description=given.description
    )
    state.write_now(record)
    print(token)


def _list(_given: argparse.Namespace, _folder: DataFolder, state: SqliteState) -> None:
    for record in state.tokens.all():
        print(_line(record))


def _line(record: TokenRecord) -> str:
    spaces = ",".join(record.spaces) or "all"
    ends = timestamp(record.expires) or "never"
    return f"{record.id}  {record.scope:<6}  spaces {spaces}  ends {ends}  {record.description}".rstrip()


def _revoke(given: argparse.Namespace, _folder: DataFolder, state: SqliteState) -> None:
    record = state.tokens.get(given.id)
    if record is None:
        raise OptionError(f"There is no token {given.id[:100]!r}")
    state.remove_now(record)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
