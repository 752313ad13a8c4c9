"""Python types of the description's properties, and the classes that these types name.

An absent optional property is None in a model. Only where null is a valid value does `UNSET` stand for
absence, so that a model says exactly what the JSON said.
Objects with arbitrary keys are plain dicts, not models.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from openapi_python_client.parser.properties.any import AnyProperty
from openapi_python_client.parser.properties.boolean import BooleanProperty
from openapi_python_client.parser.properties.const import ConstProperty
from openapi_python_client.parser.properties.date import DateProperty
from openapi_python_client.parser.properties.datetime import DateTimeProperty
from openapi_python_client.parser.properties.file import FileProperty
from openapi_python_client.parser.properties.float import FloatProperty
from openapi_python_client.parser.properties.int import IntProperty
from openapi_python_client.parser.properties.list_property import ListProperty
from openapi_python_client.parser.properties.literal_enum_property import LiteralEnumProperty
from openapi_python_client.parser.properties.model_property import ModelProperty
from openapi_python_client.parser.properties.none import NoneProperty
from openapi_python_client.parser.properties.string import StringProperty
from openapi_python_client.parser.properties.union import UnionProperty
from openapi_python_client.parser.properties.uuid import UuidProperty

if TYPE_CHECKING:
    from collections.abc import Iterable

    from openapi_python_client.parser.properties.protocol import PropertyProtocol

SCALARS: dict[type[object], str] = {
    AnyProperty: "Any",
    BooleanProperty: "bool",
    DateProperty: "datetime.date",
    DateTimeProperty: "datetime.datetime",
    FileProperty: "bytes",
    FloatProperty: "float",
    IntProperty: "int",
    NoneProperty: "None",
    StringProperty: "str",
    # A UUID stays text: it is a name to pass back, not to compute with.
    UuidProperty: "str",
}


def is_map(prop: PropertyProtocol) -> bool:
    """Return whether a property is an object with arbitrary keys, a plain dict in Python."""
    return (
        isinstance(prop, ModelProperty)
        and not prop.required_properties
        and not prop.optional_properties
        and prop.additional_properties is not None
    )


def is_nullable(prop: PropertyProtocol) -> bool:
    """Return whether null is among a property's values."""
    return isinstance(prop, NoneProperty) or (
        isinstance(prop, UnionProperty) and any(isinstance(inner, NoneProperty) for inner in prop.inner_properties)
    )


def annotation(prop: PropertyProtocol) -> str:
    """Return the type of a property's values, whether or not it is required."""
    if type(prop) in SCALARS:
        return SCALARS[type(prop)]
    if isinstance(prop, ConstProperty):
        return f"Literal[{prop.value.python_code.as_unembedded_code()}]"
    if isinstance(prop, ListProperty):
        return f"list[{annotation(prop.inner_property)}]"
    if isinstance(prop, UnionProperty):
        return _union(annotation(inner) for inner in prop.inner_properties)
    if isinstance(prop, ModelProperty) and is_map(prop):
        return f"dict[str, {annotation(prop.additional_properties)}]" if prop.additional_properties else "Any"
    if isinstance(prop, ModelProperty | LiteralEnumProperty):
        return str(prop.class_info.name)
    raise TypeError(f"{prop.name.get_untrusted_value()}: no Python type is known for {type(prop).__name__}")


def _union(names: Iterable[str]) -> str:
    distinct = list(dict.fromkeys(names))
    if "Any" in distinct:
        return "Any"
    # None last, as is usual.
    return " | ".join(sorted(distinct, key=lambda name: name == "None"))


def optional_annotation(prop: PropertyProtocol) -> str:
    """Return the type of a model's attribute, which may be absent unless the property is required."""
    name = annotation(prop)
    if prop.required or name == "Any":
        return name
    return f"{name} | Unset" if is_nullable(prop) else f"{name} | None"


def default(prop: PropertyProtocol) -> str:
    """Return the value for an absent property."""
    return "UNSET" if is_nullable(prop) else "None"


def classes(prop: PropertyProtocol) -> set[tuple[str, str]]:
    """Return the generated classes and literals that a property's type names, as pairs of module and name."""
    if isinstance(prop, ListProperty):
        return classes(prop.inner_property)
    if isinstance(prop, UnionProperty):
        return set().union(*(classes(inner) for inner in prop.inner_properties))
    if isinstance(prop, ModelProperty) and is_map(prop):
        return classes(prop.additional_properties) if prop.additional_properties else set()
    if isinstance(prop, ModelProperty | LiteralEnumProperty):
        return {(str(prop.class_info.module_name), str(prop.class_info.name))}
    return set()
