"""The phases of generated requests, by the names that `--only` takes."""

from __future__ import annotations

PHASES = ("examples", "coverage", "fuzzing", "stateful")
