"""Models for the model template: a class for each object that an operation sends or receives."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
from openapi_python_client.parser.properties.date import DateProperty
from openapi_python_client.parser.properties.datetime import DateTimeProperty
from openapi_python_client.parser.properties.literal_enum_property import LiteralEnumProperty
from openapi_python_client.parser.properties.model_property import ModelProperty

from scripts.generate import shapes
from scripts.generate.coding import decoder, encoder
from scripts.generate.naming import python_name, text
from scripts.generate.parsing import GenerationError, inner_properties

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from openapi_python_client import schema as oai
    from openapi_python_client.parser.properties.protocol import PropertyProtocol

    from scripts.generate.document import Document

ODD_DATE = "None if the server sends no date there; `additional_properties` has it then."


@attrs.frozen
class Field:
    """An attribute of a model.

    Attributes:
        name: Its name in Python.
        wire_name: Its name in JSON.
        annotation: Its type.
        required: Whether the JSON always has it.
        absent: Its value when the JSON lacks it.
        description: What it means.
        decoded: The expression that decodes it from a variable of its name; None if it needs no decoding.
        encoded: The expression that encodes it.
        secret: Whether it must not be shown.
        is_date: Whether it is a date. It may then be None even if the JSON always has it: an invalid one is left out.
    """

    name: str
    wire_name: str
    annotation: str
    required: bool
    absent: str
    description: str
    decoded: str | None
    encoded: str
    secret: bool
    is_date: bool

    @property
    def source(self) -> str:
        """Return the expression for its JSON."""
        return f'data["{self.wire_name}"]' if self.required else f'get("{self.wire_name}"{self._fallback})'

    @property
    def _fallback(self) -> str:
        return ", UNSET" if self.absent == "UNSET" else ""

    @property
    def value(self) -> str:
        """Return the expression for its value."""
        if self.decoded is None:
            return self.source
        return self.decoded if self.required else f"{self.absent} if {self.name} is {self.absent} else {self.decoded}"


@attrs.frozen
class Model:
    """A class of the package `models`.

    Attributes:
        name: The class.
        module: The module it is in.
        description: Its meaning.
        fields: Its attributes, the required ones first.
        imports: Modules and classes of other models that its attributes hold.
    """

    name: str
    module: str
    description: str
    fields: Sequence[Field]
    imports: Sequence[tuple[str, str]]

    @property
    def dates(self) -> list[str]:
        """Return the fields of the JSON object that are dates."""
        return [field.wire_name for field in self.fields if field.is_date]

    @property
    def secrets(self) -> list[str]:
        """Return the attributes to hide from representations."""
        return [field.name for field in self.fields if field.secret]

    @property
    def code(self) -> str:
        """Return all of its expressions, to find the names they need."""
        return "\n".join(f"{field.annotation} {field.decoded} {field.encoded} {field.absent}" for field in self.fields)


@attrs.frozen
class Enumeration:
    """A `Literal` of the package `models`, with its values in the description's order."""

    name: str
    module: str
    description: str
    values: Sequence[str]


def model(prop: ModelProperty) -> Model:
    """Return the template's view of a model.

    Raises:
        UnsupportedShapeError: No code can be generated for one of its attributes.
    """
    properties = [*(prop.required_properties or ()), *(prop.optional_properties or ())]
    used = set().union(*(shapes.classes(inner) for inner in properties))
    return Model(
        name=str(prop.class_info.name),
        module=str(prop.class_info.module_name),
        description=text(prop.data.description),
        fields=sorted((_field(inner, prop.data) for inner in properties), key=lambda field: not field.required),
        imports=sorted(pair for pair in used if pair[1] != str(prop.class_info.name)),
    )


def _field(prop: PropertyProtocol, owner: oai.Schema) -> Field:
    name, wire_name = python_name(prop.name.get_untrusted_value()), prop.name.get_untrusted_value()
    decode, encode = decoder(prop), encoder(prop)
    is_date = isinstance(prop, DateTimeProperty | DateProperty)
    return Field(
        name=name,
        wire_name=wire_name,
        annotation=f"{shapes.annotation(prop)} | None" if is_date else shapes.optional_annotation(prop),
        required=prop.required and not is_date,
        absent=shapes.default(prop),
        description=f"{text(prop.description)} {ODD_DATE}" if is_date else text(prop.description),
        decoded=decode and decode(name),
        encoded=encode(f"self.{name}") if encode else f"self.{name}",
        secret=getattr((owner.properties or {}).get(prop.name), "schema_format", None) == "password",
        is_date=is_date,
    )


def enumeration(prop: LiteralEnumProperty, document: Document) -> Enumeration:
    """Return the template's view of an enumeration, in the description's order, which the parser loses."""
    order = [str(value) for value in document.enumerations.get(frozenset(map(str, prop.values)), ())]
    return Enumeration(
        name=str(prop.class_info.name),
        module=str(prop.class_info.module_name),
        description=text(prop.description),
        values=order or sorted(map(str, prop.values)),
    )


def reachable(roots: Iterable[PropertyProtocol]) -> dict[str, PropertyProtocol]:
    """Return all models and enumerations that properties refer to, even indirectly, by class name.

    Error bodies are not among them: the client's errors hold the parsed body unchanged.
    """
    found: dict[str, PropertyProtocol] = {}
    waiting = list(roots)
    while waiting:
        prop = waiting.pop()
        if isinstance(prop, ModelProperty | LiteralEnumProperty) and not shapes.is_map(prop):
            if str(prop.class_info.name) in found:
                continue
            found[str(prop.class_info.name)] = prop
        waiting.extend(inner_properties(prop))
    return dict(sorted(found.items()))


def check_acyclic(models: Sequence[Model]) -> None:
    """Check that no models import each other in a circle.

    Raises:
        GenerationError: Some do. Models import each other at the top, which keeps decoding fast.
    """
    imports = {model.module: [module for module, _ in model.imports] for model in models}
    done: set[str] = set()

    def visit(module: str, path: tuple[str, ...]) -> None:
        if module in path:
            raise GenerationError(f"models refer to each other in a circle: {' -> '.join((*path, module))}")
        if module not in done:
            for inner in imports.get(module, ()):
                visit(inner, (*path, module))
            done.add(module)

    for module in imports:
        visit(module, ())
