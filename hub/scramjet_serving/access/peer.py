"""Who sends requests through a tunnel: it was authenticated when the tunnel was made, so its requests need no token."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

if TYPE_CHECKING:
    from scramjet_serving.access.authorization import Grant

# The key of the `Peer` among what a transport tells (`get_extra_info`), and among the extensions of the ASGI scope.
PEER: Final = "scramjet.peer"


@attrs.frozen
class Peer:
    """The other end of a tunnel.

    Attributes:
        id: Its id, such as a Hub's.
        group: What it belongs to, such as a Space.
        grant: What its requests may do.
    """

    id: str
    group: str
    grant: Grant
