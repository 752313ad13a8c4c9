"""Return the Space's public configuration."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._runtime.call import Call
from ..._runtime.paths import segment
from ...models.space_config import SpaceConfig

DECODERS: Mapping[int, Callable[[Any], SpaceConfig]] = {200: SpaceConfig.from_dict}


def call(space_id: str) -> Call[SpaceConfig]:
    """Return the Space's public configuration.

    The Space's settings, without any secret. The fields differ between Spaces.

    Args:
        space_id: The id of a Space.
    """
    return Call(
        operation_id="getSpaceConfig",
        method="GET",
        path=f"/space/{segment(space_id, 'space_id')}/api/v1/config",
        decoders=DECODERS,
        down="json",
        retry_safe=True,
    )
