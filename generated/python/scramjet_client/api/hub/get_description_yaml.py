"""Return the description of this API as YAML."""

from __future__ import annotations

from ..._runtime.call import Call


def call() -> Call[str]:
    """Return the description of this API as YAML.

    What `HostClient.get_description` returns, as YAML (RFC 9512); it needs no token.
    """
    return Call(operation_id="getDescriptionYaml", method="GET", path="/openapi.yaml", down="text", retry_safe=True)
