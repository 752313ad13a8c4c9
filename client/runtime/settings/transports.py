"""The transports of httpx that callers may give; beside this, only `http` knows httpx."""

from httpx import AsyncBaseTransport, BaseTransport

__all__ = ["AsyncBaseTransport", "BaseTransport"]
