"""Serialises and parses bodies that are streams: ndjson, and octet-streams that hold lines of JSON."""

from __future__ import annotations

import json
from typing import Any

import schemathesis
from schemathesis.core.media_types import YAML_MEDIA_TYPES

NDJSON = ("application/x-ndjson", "text/x-ndjson")
# schemathesis itself parses all types that mean YAML; the description says that it is text.
TEXT = ("application/openmetrics-text", *YAML_MEDIA_TYPES)


def register() -> None:
    """Register the media types of the description with schemathesis."""
    schemathesis.serializer(*NDJSON)(to_ndjson)
    schemathesis.deserializer(*NDJSON)(from_ndjson)
    schemathesis.deserializer("application/octet-stream")(from_octets)
    schemathesis.deserializer(*TEXT)(_as_text_reply)


def _as_text_reply(_context: schemathesis.DeserializationContext, response: schemathesis.Response) -> str:
    return response.content.decode()


def to_ndjson(_context: schemathesis.SerializationContext, value: Any) -> bytes:
    """Write one line per record; a list is several records."""
    records = value if isinstance(value, list) else [value]
    return b"".join(json.dumps(record, default=_as_text).encode() + b"\n" for record in records)


def from_ndjson(_context: schemathesis.DeserializationContext, response: schemathesis.Response) -> list[Any]:
    """Parse the records; of a truncated stream, the complete ones.

    Raises:
        ValueError: A line is not JSON.
    """
    lines = response.content.split(b"\n")
    if response.stream_cut_short:
        lines = lines[:-1]
    return [json.loads(line) for line in lines if line.strip()]


def from_octets(context: schemathesis.DeserializationContext, response: schemathesis.Response) -> Any:
    """Parse records where the description says so; elsewhere, return the bytes as text."""
    definition = context.operation.responses.find_by_status_code(response.status_code)
    schema = definition.get_schema("application/octet-stream").schema if definition else None
    if isinstance(schema, dict) and schema.get("type") == "array":
        return from_ndjson(context, response)
    return response.content.decode("latin-1")


def _as_text(value: object) -> str:
    return str(value)
