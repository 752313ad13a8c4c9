"""The register of the Hub's handlers, filled by the modules of this package, and the statuses of domain errors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scramjet_serving import errors
from scramjet_serving.operations import Operations

if TYPE_CHECKING:
    from scramjet_serving.operations import Statuses

    from scramjet_hub.hub import Hub

# The default statuses of domain errors; an operation may override them.
STATUSES: Final[Statuses] = {
    errors.Invalid: 400,
    errors.NotRunning: 400,
    errors.NotFound: 404,
    errors.Untyped: 406,
    errors.Ended: 409,
    errors.InUse: 409,
    errors.Gone: 410,
    errors.Taken: 409,
    errors.TooLarge: 413,
    errors.Unsupported: 415,
    errors.Unusable: 422,
    errors.StorageFailed: 500,
    errors.Stopping: 503,
    errors.Full: 507,
}
OPERATIONS: Final[Operations[Hub]] = Operations(STATUSES)
operation = OPERATIONS.operation
snapshot = OPERATIONS.snapshot
