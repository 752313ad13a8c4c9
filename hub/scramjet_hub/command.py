"""The entry points of the installed commands, which exist even if the extra that they need is not installed."""

from __future__ import annotations

import importlib
import sys
from typing import Final

MISSING: Final = 2


def main() -> int:
    """Run `scramjet-hub`.

    Returns:
        The exit code.
    """
    return run("scramjet-hub", "scramjet_hub.cli", extra="hub")


def run(command: str, module: str, *, extra: str) -> int:
    """Run the `main` function of a module.

    Args:
        command: The name of the command.
        module: The module with `main`; imported only here, because its dependencies may be missing.
        extra: The extra of the distribution that installs these dependencies.

    Returns:
        The exit code of the command; 2 if a package of the extra is not installed.
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
