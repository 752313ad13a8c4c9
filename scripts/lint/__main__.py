"""Check the description: `python -m scripts.lint`, a part of `make lint`.

What is wrong is printed as `file:line: reason`; the exit code is 1 if anything is.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from scripts.description.source import BUNDLE, SOURCE
from scripts.lint.rules import lint

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Check the description, or one that is named; print what is wrong.

    Returns:
        The exit code.
    """
    parser = argparse.ArgumentParser(prog="python -m scripts.lint", description="Check the description.")
    parser.add_argument("--source", type=Path, default=SOURCE, help="the folder with scramjet.yaml")
    parser.add_argument("--bundle", type=Path, default=BUNDLE, help="the bundle that was made of it")
    options = parser.parse_args(arguments)
    lines = lint(options.source, options.bundle)
    for line in lines:
        print(line)
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
