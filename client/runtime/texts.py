"""Encoding of text and JSON, with errors of this package for what cannot be encoded."""

from __future__ import annotations

import json
from typing import Any

from .errors import ArgumentTypeError, InvalidArgumentError

HALF = "it holds half of a character (a lone surrogate), which UTF-8 cannot say"
NOT_FINITE = "it holds NaN or an infinity, for which JSON has no form; use None or a text instead"


def text_as_bytes(text: str) -> bytes:
    """Encode text as UTF-8.

    Raises:
        InvalidArgumentError: It contains a lone surrogate.
    """
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise InvalidArgumentError(f"The text cannot be sent: {HALF}. Nothing was sent of it; give bytes.") from None


def json_as_bytes(value: Any) -> bytes:
    """Encode a value as JSON.

    Raises:
        ArgumentTypeError: It contains an object that JSON cannot represent.
        InvalidArgumentError: It contains a lone surrogate, itself, NaN or an infinity, or is nested too deeply.
    """
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
    except TypeError as error:
        raise ArgumentTypeError(f"This cannot be sent as JSON: {error}.") from None
    except UnicodeEncodeError:
        raise InvalidArgumentError(f"This cannot be sent as JSON: a text in it is no text, as {HALF}.") from None
    except ValueError as error:
        if "Out of range" in str(error):
            raise InvalidArgumentError(f"This cannot be sent as JSON: {NOT_FINITE}.") from None
        # A list that contains itself.
        raise InvalidArgumentError(f"This cannot be sent as JSON: {error}.") from None
    except RecursionError:
        raise InvalidArgumentError("This cannot be sent as JSON: it is nested too deeply.") from None
