"""Runs the embedded Hub with a fault: `python -m tests.mutants.serve MUTANT [options of scramjet-hub]`."""

from __future__ import annotations

import sys
from pathlib import Path

from scramjet_hub import cli

from tests.mutants import load_all

ROOT = Path(__file__).parents[2]
# Hubs may be started from any folder.
PROGRAM = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from tests.mutants import serve; sys.exit(serve.main())"


def serving(name: str) -> tuple[str, ...]:
    """Return the command that runs a Hub with a fault; options of `scramjet-hub` can follow."""
    return (sys.executable, "-c", PROGRAM, name)


def main() -> int:
    """Run a Hub with a fault."""
    name, *options = sys.argv[1:]
    load_all()[name].apply()
    return cli.main(options)


if __name__ == "__main__":
    sys.exit(main())
