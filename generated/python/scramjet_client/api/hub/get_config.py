"""Return the Hub's public configuration."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._runtime.call import Call
from ...models.hub_config import HubConfig

DECODERS: Mapping[int, Callable[[Any], HubConfig]] = {200: HubConfig.from_dict}


def call() -> Call[HubConfig]:
    """Return the Hub's public configuration.

    The Hub's settings, for people and for support. It never contains a secret: no token, no key, no
    path that reveals one. The fields differ between Hubs; rely only on the documented ones.
    """
    return Call(operation_id="getConfig", method="GET", path="/config", decoders=DECODERS, down="json", retry_safe=True)
