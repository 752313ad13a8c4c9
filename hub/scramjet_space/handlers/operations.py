"""The register of the Platform's handlers, filled by the modules of this package, and the statuses of domain errors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scramjet_serving import errors
from scramjet_serving.operations import Operations

if TYPE_CHECKING:
    from scramjet_serving.messages import Request
    from scramjet_serving.operations import Statuses

    from scramjet_space.platform import Platform
    from scramjet_space.spaces.space import Space

# The default statuses of domain errors; an operation may override them.
STATUSES: Final[Statuses] = {
    errors.Invalid: 400,
    errors.NotFound: 404,
    errors.InUse: 409,
    errors.Taken: 409,
    errors.Unsupported: 415,
    errors.Unusable: 422,
    errors.StorageFailed: 500,
    errors.Full: 507,
}
OPERATIONS: Final[Operations[Platform]] = Operations(STATUSES)
operation = OPERATIONS.operation
snapshot = OPERATIONS.snapshot


def space_of(platform: Platform, request: Request) -> Space:
    """Return the Space that a request is about.

    Raises:
        NotFound: There is none with this id.
    """
    return platform.space(request.path["space_id"])
