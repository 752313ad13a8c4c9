"""`python -m scramjet_contract.mutants.serve MUTANT [options of scramjet-hub]`: run the embedded Hub with a fault."""

from __future__ import annotations

import sys

from scramjet_hub import cli

from scramjet_contract.mutants import load_all


def main() -> int:
    """Run a Hub with a fault."""
    name, *options = sys.argv[1:]
    load_all()[name].apply()
    return cli.main(options)


if __name__ == "__main__":
    sys.exit(main())
