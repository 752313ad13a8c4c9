"""The register of the Hub's handlers; each module of this package adds its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scramjet_hub.operations import Operations

if TYPE_CHECKING:
    from scramjet_hub.hub import Hub

OPERATIONS: Final[Operations[Hub]] = Operations()
operation = OPERATIONS.operation
snapshot = OPERATIONS.snapshot
