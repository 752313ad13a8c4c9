"""The entry of the installed command `scramjet-contract`."""

from __future__ import annotations

from scramjet_hub import command


def main() -> int:
    """Run it.

    Returns:
        Its exit code.
    """
    return command.run("scramjet-contract", "scramjet_contract.cli", extra="contract")
