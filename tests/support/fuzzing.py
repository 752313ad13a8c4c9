"""How much rubbish is enough."""

from __future__ import annotations

import os

THOROUGHNESS = int(os.environ.get("THOROUGHNESS", "1"))
"""How many times as much as in an ordinary run; `make fuzz` sets it."""
