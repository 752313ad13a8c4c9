"""Name what breaks callers of the API: `python -m scripts.breaking BASE`, or `make breaking BASE=<git ref>`.

Compares the description of a commit, or a bundle in a file, with the sources as they are now.
Every breaking change is a line; the exit code is 1 if there is one, 2 if there is nothing to compare.
What counts as breaking is told in `scripts.breaking.operations` and `scripts.breaking.schemas`.
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from scripts.breaking.base import BaseError, load_base
from scripts.breaking.operations import breaking_changes
from scripts.description.bundle import bundle
from scripts.description.source import DescriptionError, Source

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare, and print what breaks.

    Returns:
        The exit code: 0, 1 if something breaks, 2 if there is nothing to compare.
    """
    parser = argparse.ArgumentParser(
        prog="python -m scripts.breaking", description="Name what breaks callers of the API."
    )
    parser.add_argument("base", help="a git ref, or the path of a bundle")
    options = parser.parse_args(arguments)
    if not options.base:
        parser.error("name what to compare with, as in: make breaking BASE=main")
    try:
        changes = breaking_changes(load_base(options.base), bundle(Source()).document)
    except (BaseError, DescriptionError) as error:
        print(error, file=sys.stderr)
        return 2
    for change in changes:
        print(change)
    if not changes:
        print(f"Nothing breaks callers since {options.base}.")
    return 1 if changes else 0


if __name__ == "__main__":
    sys.exit(main())
