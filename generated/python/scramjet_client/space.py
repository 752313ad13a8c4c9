"""A Space."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._operations.space import RawSpace, SpaceOperations

if TYPE_CHECKING:
    from .middleware import MiddlewareClient


class SpaceClient(SpaceOperations):
    """A Space, also called Manager: it gathers Hubs.

    Args:
        id: Its id.
        platform: The Platform that it belongs to; the one of the configuration if left out.

    Attributes:
        id: As given.
        platform: As given.
    """

    def __init__(self, id: str, platform: MiddlewareClient | None = None) -> None:
        from .middleware import MiddlewareClient

        self.platform = MiddlewareClient() if platform is None else platform
        self.id = id
        super().__init__(self.platform.connection)

    @property
    def raw(self) -> RawSpace:
        """The same operations, each giving the status and the headers beside the result."""
        return RawSpace(self)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.id} on {self.platform.url}>"


ManagerClient = SpaceClient
"""What a Space was called before."""
