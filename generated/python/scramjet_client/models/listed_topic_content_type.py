from __future__ import annotations

from typing import Literal, TypeAlias

ListedTopicContentType: TypeAlias = Literal[
    "text/x-ndjson", "application/x-ndjson", "text/plain", "application/octet-stream", ""
]
"""As TopicContentType; empty in older Hubs until the type has been set."""
