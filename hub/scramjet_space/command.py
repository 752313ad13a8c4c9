"""The entry point of the command `scramjet-platform`, which exists even if what it needs is not installed."""

from __future__ import annotations

import importlib
import sys
from typing import Final

MISSING: Final = 2


def main() -> int:
    """Run `scramjet-platform`.

    Returns:
        The exit code; 2 if a package of the extra `platform` is not installed.
    """
    try:
        code: int = importlib.import_module("scramjet_space.cli").main()
    except ModuleNotFoundError as error:
        if error.name is None or error.name.startswith("scramjet_"):
            raise
        print(
            f"scramjet-platform: {error.name} is missing; run pip install 'scramjet-openapi[platform]',"
            " which brings it",
            file=sys.stderr,
        )
        return MISSING
    return code
