"""Name what breaks callers of the API: `python -m scripts.breaking BASE`, or `make breaking BASE=<git ref>`.

Compares the description of a commit, or a bundle in a file, with the sources as they are now.
Every breaking change is a line; the exit code is 1 if there is one, 2 if there is nothing to compare.
What counts as breaking is told in `scripts.comparing`.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from scripts.comparing.operations import breaking_changes
from scripts.description.bundle import bundle
from scripts.description.source import BUNDLE, ROOT, DescriptionError, Source

if TYPE_CHECKING:
    from collections.abc import Sequence


class BaseError(Exception):
    """There is nothing to compare with, and the message says why."""


def load_base(base: str, root: Path = ROOT) -> dict[str, Any]:
    """The bundle to compare with.

    Args:
        base: A git ref, or else the path of a bundle.
        root: The checkout.

    Raises:
        BaseError: There is no such commit or file, or no bundle in it.
    """
    text = Path(base).read_text(encoding="utf-8") if Path(base).is_file() else _committed(base, root)
    try:
        content = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  # both are safe
    except yaml.YAMLError as error:
        raise BaseError(f"{base} is not YAML: {error}") from error
    if not isinstance(content, dict) or "paths" not in content:
        raise BaseError(f"{base} holds no description")
    return content


def _committed(ref: str, root: Path) -> str:
    name = f"{ref}:{BUNDLE.relative_to(ROOT).as_posix()}"
    command = ["git", "-C", str(root), "show", "--end-of-options", name]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)  # noqa: S603
    if done.returncode:
        raise BaseError(f"There is no {name}: {done.stderr.strip()}")
    return done.stdout


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
