"""Calls as the generated code makes them."""

from __future__ import annotations

from typing import Any

from scramjet_client._runtime.call import Call


def get(path: str = "/version", **options: Any) -> Call[Any]:
    """Describe a request that may be repeated."""
    return Call(**{"operation_id": "get", "method": "GET", "path": path, "retry_safe": True, **options})


def post(path: str = "/sequence", **options: Any) -> Call[Any]:
    """Describe a request that must not be repeated."""
    return Call(**{"operation_id": "post", "method": "POST", "path": path, **options})


def stream(path: str = "/log", **options: Any) -> Call[Any]:
    """Describe a request for a stream."""
    return get(path, down="stream", **options)
