"""`make mutants`: see whether the contract tests find faults that are put into the embedded Hub on purpose."""

from __future__ import annotations

import sys

from tests.mutants import hunt

if __name__ == "__main__":
    sys.exit(hunt.main())
