from __future__ import annotations

from typing import Literal, TypeAlias

TopicContentType: TypeAlias = Literal["text/x-ndjson", "application/x-ndjson", "text/plain", "application/octet-stream"]
"""What a topic can carry. The two ndjson types mean the same and still differ when they are compared."""
