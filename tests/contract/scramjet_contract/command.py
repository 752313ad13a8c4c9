"""The entry point of the installed command `scramjet-contract`."""

from __future__ import annotations

import sys

INTERRUPTED = 130


def main() -> int:
    """Run the contract tests.

    Returns:
        The exit code.
    """
    try:
        from scramjet_hub import command

        return command.run("scramjet-contract", "scramjet_contract.cli", extra="contract")
    except KeyboardInterrupt:
        # Interrupted while the other modules were being imported.
        print("scramjet-contract: interrupted", file=sys.stderr)
        return INTERRUPTED
