"""List the ids of the Space's Hubs, Sequences, Instances and topics."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._runtime.call import Call
from ..._runtime.paths import segment
from ...models.space_entities import SpaceEntities

DECODERS: Mapping[int, Callable[[Any], SpaceEntities]] = {200: SpaceEntities.from_dict}


def call(space_id: str) -> Call[SpaceEntities]:
    """List the ids of the Space's Hubs, Sequences, Instances and topics.

    Ids of Hubs, Sequences and Instances, and names of topics. Sequences include the packages in the
    store. At most 100 Sequences and 100 Instances are listed, and there are no pages;
    `SpaceClient.get_all_sequences` and `SpaceClient.get_instances` have the others.

    Args:
        space_id: The id of a Space.
    """
    return Call(
        operation_id="listSpaceEntities",
        method="GET",
        path=f"/space/{segment(space_id, 'space_id')}/api/v1/entities",
        decoders=DECODERS,
        down="json",
        retry_safe=True,
    )
