"""The gate of a Platform: without a token that is good for it, a request learns nothing but 403."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING, Any, Final

import attrs
from scramjet_serving.access.authorization import Grant
from scramjet_serving.access.browser_guard import BrowserGuard
from scramjet_serving.access.peer import PEER
from scramjet_serving.errors import ApiError

from scramjet_space.access.tokens import UserGrant

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from scramjet_serving.access.authorization import Scope
    from scramjet_serving.access.peer import Peer
    from scramjet_serving.config import ServerConfig

    from scramjet_space.access.tokens import Tokens

# The path parameters of the operations that read and write a topic of a Space, and nothing else has.
TOPIC: Final = "topic"


class Forbidden(ApiError):  # noqa: N818 - its name is what clients read
    """The only refusal of a Platform's gate."""

    def __init__(self) -> None:
        super().__init__(403, "Forbidden")

    @property
    def body(self) -> object:
        """The body of the reply, as clients of the Platform know it."""
        return {"message": "Forbidden"}


@attrs.frozen
class HubGrant(Grant):
    """What a Hub may do: read in its Space, and write its topics.

    Attributes:
        space: Its Space; None for any, as a Hub that does not use a tunnel names its Space by the path alone.
        topics_only: Whether it may do nothing but use topics.
    """

    space: str | None = None
    topics_only: bool = False

    def permits(self, scope: Scope, path: Mapping[str, str]) -> bool:
        """Return whether it permits a request."""
        if "space_id" not in path or self.space not in (None, path["space_id"]):
            return False
        return TOPIC in path or (scope == "read" and not self.topics_only)


class PlatformGate:
    """Combines user tokens, the Hubs' own requests, and the browser guard of an open Platform.

    Args:
        tokens: The user tokens.
        config: Says whether the Platform is open, and which web pages may call then.
        native: The networks whose Hubs need no key.
    """

    def __init__(
        self,
        tokens: Tokens,
        config: ServerConfig,
        native: Collection[ipaddress.IPv4Network | ipaddress.IPv6Network] = (),
    ) -> None:
        self._tokens = tokens
        self._open = config.allow_open
        # An open Platform is on loopback, and so must not be called by another name (DNS rebinding).
        self._browsers = BrowserGuard(attrs.evolve(config, allow_open=False))
        self._native = tuple(native)

    def needs_token(self, *, open_to_all: bool) -> bool:  # noqa: ARG002 - nothing is open to all here
        """Return whether the identity of the sender matters."""
        return True

    def identify(self, headers: Mapping[str, str], scope: Mapping[str, Any] | None = None) -> Grant | None:
        """Return the grant that a request uses; None without a valid token."""
        header = headers.get("authorization")
        if (grant := self._tokens.identify(header)) is not None:
            return grant
        if scope is None:
            return None
        peer: Peer | None = scope["extensions"].get(PEER)
        if peer is not None:
            return HubGrant(b"", "read", peer.id, peer.group)
        if not header and is_within(scope.get("client"), self._native):
            return HubGrant(b"", "read", "hub", None, topics_only=True)
        return None

    def refusal(
        self,
        grant: Grant | None,
        scope: Scope,
        headers: Mapping[str, str],
        path: Mapping[str, str],
        *,
        open_to_all: bool,  # noqa: ARG002 - nothing is
    ) -> ApiError | None:
        """Return why a request is rejected; None if it is permitted."""
        if isinstance(grant, HubGrant) and (self._open or grant.permits(scope, path)):
            return None
        if self._open and not isinstance(grant, UserGrant):
            return self._from_foreign_page(headers)
        if not isinstance(grant, UserGrant) or (not grant.opens(path.get("space_id", "")) and "space_id" in path):
            return Forbidden()
        return Forbidden() if scope == "manage" and grant.scope != "manage" else None

    def hides(self, headers: Mapping[str, str]) -> ApiError | None:
        """Return the refusal of a request for something that is not served, if it has no valid token."""
        return None if self._open or self._tokens.identify(headers.get("authorization")) else Forbidden()

    def _from_foreign_page(self, headers: Mapping[str, str]) -> ApiError | None:
        try:
            self._browsers.check(headers)
        except ApiError as error:
            return error
        return None


def is_within(
    client: tuple[str, int] | None, networks: Collection[ipaddress.IPv4Network | ipaddress.IPv6Network]
) -> bool:
    """Return whether a client's address is in one of some networks."""
    if client is None or not networks:
        return False
    try:
        address = ipaddress.ip_address(client[0])
    except ValueError:
        return False
    return any(address in network for network in networks)
