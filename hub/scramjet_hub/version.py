"""The name of the service that this Hub replaces; clients may check it."""

from __future__ import annotations

from typing import Final

SERVICE: Final = "@scramjet/host"
