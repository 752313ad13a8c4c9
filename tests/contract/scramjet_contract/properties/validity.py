"""Whether a document is a legal body of an operation, asked of the description anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import jsonschema_rs

if TYPE_CHECKING:
    from schemathesis import Case


def is_valid_body(case: Case[Any], document: Any) -> bool:
    """Whether an operation takes a document as a body of the type of this request."""
    alternative = case.operation.get_body_for_media_type(case.media_type or "")
    if alternative is None:
        return False
    validator = jsonschema_rs.validator_for(alternative.optimized_schema, validate_formats=True)
    return bool(validator.is_valid(document))
