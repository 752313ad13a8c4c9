"""The names of the services that a Platform and its Spaces replace; clients may check them."""

from __future__ import annotations

from typing import Final

SPACE: Final = "@scramjet/manager"
PLATFORM: Final = "@scramjet/multi-manager"
