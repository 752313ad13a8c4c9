"""Show the Hub's public configuration."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._runtime.call import Call
from ...models.hub_config import HubConfig

DECODERS: Mapping[int, Callable[[Any], HubConfig]] = {200: HubConfig.from_dict}


def call() -> Call[HubConfig]:
    """Show the Hub's public configuration.

    How the Hub is set up, for people and for support. No secret is ever part of it, be it a token, a
    key or a path that gives one away. What it holds differs from Hub to Hub; do not build on more than
    the named fields.
    """
    return Call(operation_id="getConfig", method="GET", path="/config", decoders=DECODERS, down="json", retry_safe=True)
