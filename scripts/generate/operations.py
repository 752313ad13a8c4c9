"""Operations for the templates: the function that builds the call, and the results of the call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
from openapi_python_client.parser.properties.any import AnyProperty
from openapi_python_client.parser.properties.datetime import DateTimeProperty
from openapi_python_client.parser.properties.model_property import ModelProperty
from openapi_python_client.parser.properties.union import UnionProperty

from scripts.generate import shapes
from scripts.generate.arguments import Argument, signature
from scripts.generate.coding import decoder, encoder
from scripts.generate.naming import python_name, text
from scripts.generate.parsing import GenerationError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from openapi_python_client.parser.openapi import Endpoint
    from openapi_python_client.parser.properties.protocol import PropertyProtocol
    from openapi_python_client.parser.responses import Response

    from scripts.generate.document import Document, Operation

JSON_BODY = "application/json"
GUESSED = (
    "The media type of the data. If left out, text is `text/plain`, bytes and files are `application/octet-stream`, "
    "and anything else is `application/x-ndjson`."
)
WAITING = frozenset({"getLastEvent", "getNextEvent", "getNextNamedEvent"})
"""Operations that reply only once an event occurs (long poll)."""

PACKAGES = frozenset({"uploadSequence", "replaceSequence", "putStoreItem", "addStoreItem"})
"""Operations that take a package, where text is a path and not data."""

HELD_BACK = {"stopInstance": "timeout"}
"""Operations whose reply servers delay on purpose, with the argument that limits the delay."""


@attrs.frozen
class Outcome:
    """The result of a successful status.

    Attributes:
        status: The HTTP status.
        decoded: The expression that decodes the parsed JSON, from `data`; None if it needs no decoding.
    """

    status: int
    decoded: str | None


@attrs.frozen
class Call:
    """An operation, ready for the templates.

    Attributes:
        operation: The operation of the description.
        name: The name of the function and its module.
        tag: The package that the module is in.
        arguments: The function's arguments, in order: path, body, other required ones, optional ones.
        result: The type of the result.
        outcomes: The results of the successful statuses.
        down: What the reply is.
        content_type: The expression for the media type of an upload; None if there is no upload.
        envelope: The code that is sent with a JSON body, in an array of two.
        classes: Modules and names that the result's type needs.
        roots: The properties that refer to the models of this call.
        names: The Python names for names in the description's prose.
    """

    operation: Operation
    name: str
    tag: str
    arguments: Sequence[Argument]
    result: str
    outcomes: Sequence[Outcome]
    down: str
    content_type: str | None
    envelope: int | None
    has_json: bool
    classes: frozenset[tuple[str, str]]
    roots: Sequence[PropertyProtocol]
    names: Mapping[str, str]

    @property
    def waits(self) -> bool:
        """Return whether the server may take any time to reply (long poll)."""
        return self.operation.id in WAITING

    @property
    def converts(self) -> bool:
        """Return whether the function converts its arguments."""
        return bool(self.extra_wait) or any(
            argument.encoded != argument.name for argument in self.arguments if argument.place in {"json", "query"}
        )

    @property
    def body(self) -> str:
        """Return the expression for the uploaded data."""
        return "package_source(data)" if self.operation.id in PACKAGES else "data"

    @property
    def extra_wait(self) -> str | None:
        """Return the expression for the seconds by which a server may delay its reply; None if it may not."""
        if self.operation.id not in HELD_BACK:
            return None
        name = HELD_BACK[self.operation.id]
        default = next(argument.default for argument in self.arguments if argument.name == name)
        return f"{default} if {name} is None else seconds({name})"

    @property
    def streams(self) -> bool:
        """Return whether the reply is a stream."""
        return self.down == "stream"

    @property
    def exchanges(self) -> bool:
        """Return whether request and reply are streamed at the same time."""
        return self.streams and self.operation.uploads

    @property
    def path(self) -> str:
        """Return the expression for the filled-in path."""
        path = self.operation.path
        for argument in self.at("path"):
            path = path.replace(f"{{{argument.wire_name}}}", f"{{segment({argument.text}, '{argument.name}')}}")
        return f'f"{path}"' if self.at("path") else f'"{path}"'

    @property
    def decoders(self) -> list[tuple[int, str]]:
        """Return the successful statuses, each with the expression for its decoder."""
        found = [(outcome.status, outcome.decoded) for outcome in self.outcomes if outcome.decoded is not None]
        return [(status, _function(code)) for status, code in found] if self.result != "Any" else []

    @property
    def signature(self) -> str:
        """Return the function's parameters."""
        return signature(self.arguments, ())

    @property
    def decoded(self) -> list[tuple[str, str]]:
        """Return the modules and names of models that decoders use."""
        code = " ".join(code for _, code in self.decoders)
        return sorted(pair for pair in self.classes if f"{pair[1]}.from_dict" in code)

    @property
    def annotated(self) -> list[tuple[str, str]]:
        """Return the modules and names of models that only types name."""
        used = self.classes.union(*(argument.classes for argument in self.arguments))
        return sorted(used - set(self.decoded))

    def at(self, place: str) -> list[Argument]:
        """Return the arguments in one part of the request."""
        return [argument for argument in self.arguments if argument.place == place]


class CallBuilder:
    """Builds the templates' view of operations.

    Args:
        document: The bundled description.
        enumerations: The classes of all enumerations, by their values.
    """

    def __init__(self, document: Document, enumerations: Mapping[frozenset[str], tuple[str, str]]) -> None:
        self._document = document
        self._enumerations = enumerations
        self._methods = {
            operation.id: f"{operation.bindings[0].class_name}.{operation.bindings[0].method}"
            for operation in document.operations.values()
            if operation.bindings
        }

    def build(self, operation: Operation, endpoint: Endpoint) -> Call:
        """Build the view of one operation.

        Args:
            operation: The operation of the description.
            endpoint: The operation as parsed by openapi-python-client.

        Raises:
            GenerationError: Two of its arguments have the same name in Python.
        """
        arguments = self._arguments(operation, endpoint)
        bodies = [body.prop for body in endpoint.bodies if body.body_type == "json"]
        successes = [response for response in endpoint.responses if response.status_code.pattern in operation.successes]
        return Call(
            operation=operation,
            name=str(endpoint.name),
            tag=str(endpoint.tags[0]),
            arguments=arguments,
            result=_result(operation, successes),
            outcomes=[_outcome(response) for response in successes],
            down=_down(operation, successes),
            content_type=_content_type(operation),
            envelope=self._envelope(operation),
            names=self._methods | {argument.wire_name: argument.name for argument in arguments if argument.wire_name},
            has_json=bool(bodies) and not operation.uploads,
            classes=_named(response.prop for response in successes),
            roots=[
                *(response.prop for response in successes if not _is_void(response)),
                *(prop for _, prop in endpoint.iter_all_parameters()),
                *([] if operation.uploads else _body_fields(operation, endpoint)),
            ],
        )

    def _arguments(self, operation: Operation, endpoint: Endpoint) -> list[Argument]:
        parameters = {parameter["name"]: parameter for parameter in self._parameters(operation)}
        arguments = [
            _argument(prop, location.value, parameters[prop.name.get_untrusted_value()])
            for location, prop in endpoint.iter_all_parameters()
        ]
        if operation.uploads:
            arguments.extend([_upload(operation), *self._media_type(operation), _progress()])
        else:
            arguments.extend(self._fields(operation, endpoint))
        _check_names(operation, arguments)
        order = {"path": 0, "stream": 1, "progress": 3}
        return sorted(arguments, key=lambda argument: (not argument.required, order.get(argument.place, 2)))

    def _parameters(self, operation: Operation) -> list[Mapping[str, Any]]:
        return [self._document.resolve(parameter) for parameter in operation.raw.get("parameters", ())]

    def _fields(self, operation: Operation, endpoint: Endpoint) -> list[Argument]:
        """Turn every field of a JSON body into an argument."""
        return [
            _argument(prop, "json", {"description": text(prop.description), "schema": self._schema(operation, prop)})
            for prop in _body_fields(operation, endpoint)
        ]

    def _schema(self, operation: Operation, prop: PropertyProtocol) -> Mapping[str, Any]:
        """Find the schema of a field of a JSON body; the parser drops defaults that are false."""
        schema = self._body_schema(operation)
        for member in schema.get("oneOf", [schema]):
            fields = self._document.resolve(member).get("properties", {})
            if prop.name.get_untrusted_value() in fields:
                return self._document.resolve(fields[prop.name.get_untrusted_value()])
        return {}

    def _body_schema(self, operation: Operation) -> Mapping[str, Any]:
        """Find the schema of a JSON body, which may be a component."""
        content = (operation.body or {}).get("content", {})
        return self._document.resolve(content.get(JSON_BODY, {}).get("schema", {}))

    def _media_type(self, operation: Operation) -> list[Argument]:
        """Turn the upload's media type into an argument, if there is a choice."""
        types = operation.upload_types
        if len(types) < 2:
            return []
        known = self._enumerations.get(frozenset(types))
        return [
            Argument(
                name="content_type",
                wire_name="content-type",
                place="type",
                annotation=known[1] if known else f"Literal[{', '.join(repr(name) for name in types)}]",
                required=False,
                description=GUESSED if operation.type_required else "The media type of the data.",
                default=None if operation.type_required else types[0],
                encoded="content_type",
                classes=frozenset({known} if known else ()),
            )
        ]

    def _envelope(self, operation: Operation) -> int | None:
        """Find the array of code and body, which all Hubs accept; older ones accept no other form."""
        if not (operation.body or {}).get("required"):
            return None  # Hubs that accept such a body without the array, or ignore it, do not read the array.
        for member in self._body_schema(operation).get("oneOf", ()):
            items = self._document.resolve(member).get("prefixItems", ())
            if items and "const" in items[0]:
                return int(items[0]["const"])
        return None


def _body_fields(operation: Operation, endpoint: Endpoint) -> list[PropertyProtocol]:
    """Return the fields of a JSON body.

    Raises:
        GenerationError: It is not an object.
    """
    fields: list[PropertyProtocol] = []
    for body in endpoint.bodies:
        model = _object(body.prop)
        if model is None:
            raise GenerationError(f"{operation.id}: its JSON body is no object, so it cannot become arguments")
        fields.extend([*(model.required_properties or ()), *(model.optional_properties or ())])
    return fields


def _object(prop: PropertyProtocol) -> ModelProperty | None:
    """Find the object schema of a JSON body, also among alternatives."""
    members = prop.inner_properties if isinstance(prop, UnionProperty) else [prop]
    objects = [member for member in members if isinstance(member, ModelProperty)]
    return objects[0] if len(objects) == 1 else None


def _argument(prop: PropertyProtocol, place: Any, raw: Mapping[str, Any]) -> Argument:
    wire_name = prop.name.get_untrusted_value()
    name, coder = python_name(wire_name), encoder(prop)
    schema = raw.get("schema", raw)
    counted = shapes.annotation(prop) == "int" and str(raw.get("description", "")).startswith("Milliseconds")
    if place == "json" and counted:
        return _duration(name, wire_name, prop.required, raw)
    if place == "query" and isinstance(prop, DateTimeProperty):
        coder = "moment({})".format
    return Argument(
        name=name,
        wire_name=wire_name,
        place=place,
        annotation=shapes.annotation(prop),
        required=prop.required,
        description=" ".join(str(raw.get("description", "")).split()),
        default=schema.get("default"),
        encoded=coder(name) if coder else name,
        classes=_named([prop]),
    )


def _duration(name: str, wire_name: str, required: bool, raw: Mapping[str, Any]) -> Argument:
    """Return the argument for a number of milliseconds: in seconds, like all durations in Python."""
    text = " ".join(str(raw["description"]).split())
    default = raw.get("schema", raw).get("default")
    return Argument(
        name=name,
        wire_name=wire_name,
        place="json",
        annotation="float | datetime.timedelta",
        required=required,
        description=text.replace("Milliseconds", "Seconds, or a `timedelta`,", 1),
        default=None if default is None else float(f"{default / 1000:g}") if default % 1000 else default // 1000,
        encoded=f"milliseconds({name})",
    )


def _content_type(operation: Operation) -> str | None:
    types = operation.upload_types if operation.uploads else []
    if operation.type_required:
        return "content_type or media_type_of(data)"
    return "content_type" if len(types) > 1 else "".join(f'"{name}"' for name in types) or None


def _upload(operation: Operation) -> Argument:
    body = operation.body or {}
    return Argument(
        name="data",
        wire_name="",
        place="stream",
        annotation="UploadSource",
        # An exchange's data may also be written later.
        required=not operation.downloads,
        description=" ".join(str(body.get("description", "What to send.")).split()),
        default=None,
        encoded="data",
    )


def _progress() -> Argument:
    return Argument(
        name="progress",
        wire_name="",
        place="progress",
        annotation="Progress",
        required=False,
        description="Told the bytes sent so far, and their final number where it is known.",
        default=None,
        encoded="progress",
    )


def _named(properties: Iterable[PropertyProtocol]) -> frozenset[tuple[str, str]]:
    return frozenset().union(*(shapes.classes(prop) for prop in properties))


def _check_names(operation: Operation, arguments: Sequence[Argument]) -> None:
    names = [argument.name for argument in arguments]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise GenerationError(f"{operation.id}: several arguments would be called {', '.join(twice)}")


def _is_void(response: Response) -> bool:
    """Return whether a success has no result: no body, or an object without properties."""
    prop = response.prop
    if isinstance(prop, ModelProperty):
        return not (prop.required_properties or prop.optional_properties or prop.additional_properties)
    return isinstance(prop, AnyProperty) and response.source["attribute"] == "None"


def _down(operation: Operation, successes: Sequence[Response]) -> str:
    if operation.downloads:
        return "stream"
    empty = {_is_void(response) for response in successes}
    if len(empty) > 1:
        raise GenerationError(f"{operation.id}: one success has a body and another has none")
    if empty == {True}:
        return "none"
    sources = {str(response.source["return_type"]) for response in successes}
    return {"str": "text", "bytes": "bytes"}.get(" ".join(sources), "json")


def _result(operation: Operation, successes: Sequence[Response]) -> str:
    if not operation.downloads and all(_is_void(response) for response in successes):
        return "None"
    if operation.record_unit == "bytes":
        # The meaning of the bytes depends on the writer.
        return "Any"
    names = list(dict.fromkeys(shapes.annotation(response.prop) for response in successes))
    return "Any" if "Any" in names else " | ".join(names)


def _outcome(response: Response) -> Outcome:
    coder = None if _is_void(response) else decoder(response.prop)
    return Outcome(int(response.status_code.pattern), coder and coder("data"))


def _function(code: str) -> str:
    """Turn an expression of `data` into a function."""
    name = code.removesuffix("(data)")
    return name if name.replace(".", "").isidentifier() else f"lambda data: {code}"
