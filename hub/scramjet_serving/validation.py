"""Validates requests against the description, with errors that name the field and the reason."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Final

import attrs
import jsonschema_rs
import orjson

from scramjet_serving.errors import ApiError, FieldError
from scramjet_serving.json_input import TooDeep, read_json
from scramjet_serving.messages import NO_VALUE, media_type

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from scramjet_serving.description import Operation, Parameter

Components = dict[str, Any]
ANYTHING: Final = "*/*"
JSON_TYPES: Final = ("application/json", "text/json")
UTF8_NAMES: Final = ("", "utf-8", "utf8", "us-ascii", "ascii")
LONGEST_REASON: Final = 300
# How many rejected fields an error names.
MOST_FIELDS: Final = 20
BOOLEANS: Final = {"true": True, "1": True, "false": False, "0": False}


def refusal(place: str, field: str, reason: str, status: int = 400) -> ApiError:
    """Return the error for a part of a request that is not as described.

    Args:
        place: path, query, header or body.
        field: The parameter, or a JSON pointer into the body.
        reason: What is wrong with it.
        status: The HTTP status.
    """
    if len(reason) > LONGEST_REASON:
        reason = reason[:LONGEST_REASON] + "..."
    message = f"{place} {field}: {reason}" if field else f"{place}: {reason}"
    told = {"message": message, "in": place, "field": field, "reason": reason}
    return ApiError(status, told, fields=[FieldError(field or place, reason)])


def first_of(refusals: Iterable[ApiError]) -> ApiError | None:
    """Return the first of several errors, which then names the fields of all; None without any."""
    found = list(islice(refusals, MOST_FIELDS))
    if not found:
        return None
    found[0].fields = tuple(field for error in found for field in error.fields)
    return found[0]


class ParameterCheck:
    """Converts the texts of one parameter into its value.

    Args:
        parameter: The parameter.
        components: The components that its schema may reference.
        refused: The status for an invalid text.
    """

    def __init__(self, parameter: Parameter, components: Components, refused: int = 400) -> None:
        self._refused = refused
        self._lenient = parameter.lenient
        self.name = parameter.name
        self.place = parameter.place
        self._required = parameter.required
        self._default = parameter.schema.get("default")
        self._validator = _validator(parameter.schema, components)
        kind = str(parameter.schema.get("type"))
        self._repeatable = kind == "array"
        self._no_value = NO_VALUE if kind == "boolean" else None
        self._convert = CONVERSIONS.get(kind, _as_is)
        if self.name == "content-type":
            self._no_value, self._convert = "", media_type

    def value(self, text: str | list[str] | None) -> Any:
        """Return the value for a text, or for all texts of a parameter of the query.

        It is None for an invalid text of a lenient parameter, and the default for a missing one.

        Raises:
            ApiError: A text is invalid or missing.
        """
        if isinstance(text, list) and not self._repeatable:
            text = text[-1]
        value: Any = self._convert(text) if isinstance(text, str) else text
        if value is None or value == self._no_value:
            if self._required:
                raise refusal(self.place, self.name, "is required", self._refused)
            return self._default
        for error in self._validator.iter_errors(value):
            if self._lenient:
                return None
            raise refusal(self.place, self.name, error.message, self._refused)
        return value


def _as_is(text: str) -> Any:
    return text


def _boolean(text: str) -> Any:
    return BOOLEANS.get(text.strip().lower(), text)


def _number(text: str) -> Any:
    try:
        return float(text) if any(letter in text for letter in ".eE") else int(text)
    except ValueError:
        return text


CONVERSIONS: Final[dict[str, Callable[[str], Any]]] = {"boolean": _boolean, "integer": _number, "number": _number}


@attrs.frozen
class BodyCheck:
    """Reads and validates the JSON body of one operation.

    Attributes:
        validator: The validator of its schema.
        required: Whether a body is required.
        unsupported: The status for a content type that is not JSON.
        statuses: Statuses for errors in certain top-level fields, 400 for the others.
    """

    validator: jsonschema_rs.Draft202012Validator
    required: bool
    unsupported: int
    statuses: Mapping[str, int]

    @classmethod
    def of(cls, operation: Operation, components: Components, statuses: Mapping[str, int]) -> BodyCheck | None:
        """Return the check for an operation, None if it has no JSON body."""
        schema = operation.json_schema
        if schema is None:
            return None
        unsupported = 415 if 415 in operation.statuses else 400
        return cls(_validator(schema, components), operation.body_required, unsupported, statuses)

    def value(self, content_type: str, raw: bytes) -> Any:
        """Return the value of a body; None if it is missing and optional.

        Raises:
            ApiError: The body is not JSON, nested too deep, or not as described.
        """
        if not raw.strip():
            if self.required:
                raise refusal("body", "", "is required")
            return None
        self._check_type(content_type)
        try:
            value = read_json(raw)
        except TooDeep as error:
            raise refusal("body", "", str(error)) from error
        except orjson.JSONDecodeError as error:
            raise refusal("body", "", f"is not JSON: {error}") from error
        mistakes = (mistake for error in self.validator.iter_errors(value) for mistake in most_telling(error))
        if refused := first_of(map(self._refusal, mistakes)):
            raise refused
        return value

    def _check_type(self, content_type: str) -> None:
        kind = media_type(content_type)
        if kind and kind not in JSON_TYPES:
            raise refusal("header", "content-type", f"{kind!r} is not application/json", self.unsupported)
        charset = content_charset(content_type)
        if charset not in UTF8_NAMES:
            raise refusal("header", "content-type", f"the charset {charset!r} is not utf-8", self.unsupported)

    def _refusal(self, error: jsonschema_rs.ValidationError) -> ApiError:
        path = [str(part) for part in error.instance_path]
        # A missing member is named itself, not the object that lacks it.
        path += [missing] if (missing := getattr(error.kind, "property", None)) else []
        status = self.statuses.get(path[0], 400) if path else 400
        return refusal("body", pointer(path), error.message, status)


def most_telling(error: jsonschema_rs.ValidationError) -> list[jsonschema_rs.ValidationError]:
    """Return, for alternatives of which none matches, the errors of the branch that comes nearest."""
    branches = getattr(error.kind, "context", None)
    told = [[inner for each in branch for inner in most_telling(each)] for branch in branches or () if branch]
    return max(told, key=lambda errors: len(errors[0].instance_path), default=[error])


def pointer(path: Iterable[str]) -> str:
    """Return a JSON pointer (RFC 6901)."""
    return "".join("/" + part.replace("~", "~0").replace("/", "~1") for part in path)


def content_charset(content_type: str) -> str:
    """Return the charset in a `Content-Type`, lower case; empty if missing."""
    for parameter in content_type.split(";")[1:]:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            return value.strip().strip('"').lower()
    return ""


def check_stream_type(operation: Operation, content_type: str, statuses: Mapping[str, int]) -> None:
    """Check the content type of a streamed body.

    Args:
        operation: The operation that takes the body.
        content_type: The media type.
        statuses: May have another status than 415 for `content-type`.

    Raises:
        ApiError: It is none of the described types.
    """
    # A wildcard says no more than a missing type; without a type, the handler decides what the stream is.
    if not content_type or "*" in content_type or not operation.bodies.keys().isdisjoint((content_type, ANYTHING)):
        return
    described = ", ".join(operation.bodies)
    status = statuses.get("content-type", 415)
    raise refusal("header", "content-type", f"{content_type!r} is none of {described}", status)


def check_parameters(
    checks: Iterable[ParameterCheck], sources: Mapping[str, Mapping[str, str | list[str]]]
) -> dict[str, Any]:
    """Return the values of all parameters, by name.

    Args:
        checks: The checks of the parameters.
        sources: The texts, by place and name; in the query, all of a name.

    Raises:
        ApiError: Some are invalid or missing; it names all of them.
    """
    values: dict[str, Any] = {}
    refusals: list[ApiError] = []
    for check in checks:
        try:
            values[check.name] = check.value(sources[check.place].get(check.name))
        except ApiError as error:
            refusals.append(error)
    if refused := first_of(refusals):
        raise refused
    return values


def check_coding(coding: str) -> None:
    """Check the `Content-Encoding` of a request: bodies are never decoded.

    Raises:
        ApiError: 415, it is another one than identity.
    """
    if coding.strip().lower() not in ("", "identity"):
        error = refusal("header", "content-encoding", f"{coding!r} is not supported; send the body as it is", 415)
        error.headers["accept-encoding"] = "identity"
        raise error


def _validator(schema: Mapping[str, Any], components: Components) -> jsonschema_rs.Draft202012Validator:
    document = {**schema, "components": components}
    return jsonschema_rs.Draft202012Validator(document, validate_formats=True)
