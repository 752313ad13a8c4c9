"""Checks against the description whether a body, as it was sent, is a legal one.

Values that were meant to be wrong may become legal on their way: `False` as text/plain is the text "False", and random
bytes may be a JSON document, or only white space.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import jsonschema_rs

from scramjet_contract.properties.media import NDJSON

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemathesis import Case, Response

BLANK = b" \t\r\n"


def has_legal_body(case: Case[Any], response: Response) -> bool:
    """Return whether the operation accepts the sent body, or a request without one if none was sent."""
    sent = _sent(response)
    media_type = (case.media_type or "").partition(";")[0].strip().lower()
    if not sent.strip(BLANK) and "json" in media_type:
        # JSON of white space alone is no document: the request has no body.
        return not case.operation.definition.raw.get("requestBody", {}).get("required", False)
    alternative = case.operation.get_body_for_media_type(case.media_type or "")
    if alternative is None or "multipart" in media_type:
        return False
    validator = jsonschema_rs.validator_for(alternative.optimized_schema, validate_formats=True)
    try:
        return all(validator.is_valid(document) for document in _documents(sent, media_type))
    except ValueError:
        return False


def _sent(response: Response) -> bytes:
    body = response.request.body
    return body.encode() if isinstance(body, str) else body if isinstance(body, bytes) else b""


def _documents(sent: bytes, media_type: str) -> Iterator[Any]:
    """Return a body as the description sees it: a document, records, or text.

    Raises:
        ValueError: It does not match its media type.
    """
    if media_type in NDJSON:
        yield from (json.loads(line) for line in sent.splitlines() if line.strip(BLANK))
    elif "json" in media_type:
        yield json.loads(sent)
    else:
        yield sent.decode("latin-1")
