"""Return the description of this API."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._runtime.call import Call
from ...models.api_description import ApiDescription

DECODERS: Mapping[int, Callable[[Any], ApiDescription]] = {200: ApiDescription.from_dict}


def call() -> Call[ApiDescription]:
    """Return the description of this API.

    The whole OpenAPI description that the server is built on, as JSON: the operations of Hubs, Spaces
    and Platforms. It needs no token. A page to read it with is at `/docs` of the server, outside the
    API base.
    """
    return Call(
        operation_id="getDescription",
        method="GET",
        path="/openapi.json",
        decoders=DECODERS,
        down="json",
        retry_safe=True,
    )
