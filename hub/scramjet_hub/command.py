"""Entries of the installed commands, which are there also where the extra that they need is not."""

from __future__ import annotations

import importlib
import sys
from typing import Final

MISSING: Final = 2


def main() -> int:
    """Run `scramjet-hub`.

    Returns:
        Its exit code.
    """
    return run("scramjet-hub", "scramjet_hub.cli", extra="hub")


def run(command: str, module: str, *, extra: str) -> int:
    """Run the `main` of a module.

    Args:
        command: What it is called by.
        module: Where its `main` is; imported only now, as what it imports may be missing.
        extra: The extra of the distribution that brings what it imports.

    Returns:
        The exit code of the command; 2 if something of the extra is not installed.
    """
    try:
        code: int = importlib.import_module(module).main()
    except ModuleNotFoundError as error:
        if error.name is None or error.name.startswith("scramjet_"):
            raise
        print(
            f"{command}: {error.name} is missing; run pip install 'scramjet-openapi[{extra}]', which brings it",
            file=sys.stderr,
        )
        return MISSING
    return code
