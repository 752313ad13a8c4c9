"""The phases of generated requests, by the names that `--only` accepts."""

from __future__ import annotations

PHASES = ("examples", "coverage", "fuzzing", "stateful")
