"""Coders: the Python expressions that decode a property from parsed JSON and encode it again.

For speed, the expressions are straight-line: no loop over fields, no import, no try.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from openapi_python_client.parser.properties.boolean import BooleanProperty
from openapi_python_client.parser.properties.date import DateProperty
from openapi_python_client.parser.properties.datetime import DateTimeProperty
from openapi_python_client.parser.properties.float import FloatProperty
from openapi_python_client.parser.properties.int import IntProperty
from openapi_python_client.parser.properties.list_property import ListProperty
from openapi_python_client.parser.properties.model_property import ModelProperty
from openapi_python_client.parser.properties.none import NoneProperty
from openapi_python_client.parser.properties.union import UnionProperty

from scripts.generate.parsing import GenerationError
from scripts.generate.shapes import annotation, is_map

if TYPE_CHECKING:
    from openapi_python_client.parser.properties.protocol import PropertyProtocol

Coder: TypeAlias = Callable[[str], str]
"""Maps the source of a value (a name or another cheap expression) to the source of its decoded or encoded form."""

JSON_TYPES: dict[type[object], str] = {
    BooleanProperty: "bool",
    FloatProperty: "float",
    IntProperty: "int",
    ListProperty: "list",
    ModelProperty: "dict",
    NoneProperty: "type(None)",
}
"""The type of a property in parsed JSON, if it is not str."""


class UnsupportedShapeError(GenerationError):
    """The description has a shape that no code can be generated for."""


def decoder(prop: PropertyProtocol) -> Coder | None:
    """Return the coder that decodes a property.

    Returns:
        The coder; None if the parsed JSON is already the value.

    Raises:
        UnsupportedShapeError: The shapes of a union cannot be told apart in JSON.
    """
    if isinstance(prop, DateTimeProperty):
        return "parse_datetime({})".format
    if isinstance(prop, DateProperty):
        return "parse_date({})".format
    if isinstance(prop, UnionProperty):
        return _union_decoder(prop)
    if isinstance(prop, ModelProperty) and not is_map(prop):
        return f"{prop.class_info.name}.from_dict({{}})".format
    return _container_coder(prop, decoder)


def encoder(prop: PropertyProtocol) -> Coder | None:
    """Return the coder that encodes a property; the inverse of `decoder`."""
    if isinstance(prop, DateTimeProperty):
        return "format_datetime({})".format
    if isinstance(prop, DateProperty):
        return "{}.isoformat()".format
    if isinstance(prop, UnionProperty):
        return _choice([(_python_type(inner), encoder(inner)) for inner in prop.inner_properties])
    if isinstance(prop, ModelProperty) and not is_map(prop):
        return "{}.to_dict()".format
    return _container_coder(prop, encoder)


def _container_coder(prop: PropertyProtocol, coder: Callable[[PropertyProtocol], Coder | None]) -> Coder | None:
    """Return the coder of a list or plain dict, which codes its values one by one."""
    if isinstance(prop, ListProperty):
        item = coder(prop.inner_property)
        return item and f"[{item('item')} for item in {{}}]".format
    if isinstance(prop, ModelProperty) and prop.additional_properties:
        value = coder(prop.additional_properties)
        return value and f"{{{{key: {value('value')} for key, value in {{}}.items()}}}}".format
    return None


def _union_decoder(prop: UnionProperty) -> Coder | None:
    """Return the decoder of a union: it checks the type of the JSON, then decodes accordingly."""
    kinds = Counter(_json_type(inner) for inner in prop.inner_properties)
    choices = []
    for inner in prop.inner_properties:
        kind, coder = _json_type(inner), decoder(inner)
        if coder is not None and kinds[kind] > 1:
            kind = _refined(prop, inner)
        choices.append((kind, coder))
    return _choice(choices)


def _refined(prop: UnionProperty, member: PropertyProtocol) -> str:
    """Return the test that tells a list from other lists of a union by its items."""
    lists = [inner for inner in prop.inner_properties if isinstance(inner, ListProperty)]
    kinds = Counter(_json_type(inner.inner_property) for inner in lists)
    if not isinstance(member, ListProperty) or kinds[_json_type(member.inner_property)] > 1:
        raise UnsupportedShapeError(f"{prop.name.get_untrusted_value()}: the members of {annotation(prop)} look alike")
    return f"list of {_json_type(member.inner_property)}"


def _choice(choices: list[tuple[str, Coder | None]]) -> Coder | None:
    """Return the coder that chooses by the value's type; a value that no coder fits stays unchanged."""
    coders = [(kind, coder) for kind, coder in choices if coder is not None]
    if not coders:
        return None

    def code(source: str) -> str:
        expression = source
        for kind, coder in coders:
            expression = f"{coder(source)} if {_test(source, kind)} else {expression}"
        return expression

    return code


def _test(source: str, kind: str) -> str:
    outer, _, inner = kind.partition(" of ")
    return f"is_list_of({source}, {inner})" if inner else f"isinstance({source}, {outer})"


def _json_type(prop: PropertyProtocol) -> str:
    """Return the Python type that a property has in parsed JSON."""
    return JSON_TYPES.get(type(prop), "str")


def _python_type(prop: PropertyProtocol) -> str:
    """Return the Python type that a property has in a model, as isinstance takes it."""
    if isinstance(prop, ListProperty):
        return "list"
    return "dict" if is_map(prop) else annotation(prop)
