"""The generator of the client that Node Sequences find as `this.hub`: CommonJS without dependencies.

Its methods are those of npm's `@scramjet/api-client`, named after `x-client` and called with the same arguments:
ids and names first, then the data, then options such as headers (`init`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs
from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateNotFound

from scripts.generate.naming import sentence
from scripts.generate.parsing import GenerationError
from scripts.generate.passes.copies import marked

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from scripts.generate.document import Document, Operation

CLASSES = {
    "HostClient": "HostOperations",
    "SequenceClient": "SequenceOperations",
    "InstanceClient": "InstanceOperations",
}
"""The client classes in this language, and the names of their generated halves."""

METHOD = re.compile(r"^    (?:static )?(?:async )?(\w+)\(", re.MULTILINE)
MOST_POSITIONAL = 3
"""A JSON body with more fields than this is passed as an object."""


@attrs.frozen
class Method:
    """One method of a client class.

    Attributes:
        name: Its name.
        aliases: Further names of it.
        summary: What it does, in a sentence.
        requests: The requests that it may send, for its documentation.
        arguments: Its arguments.
        body: Its statements.
    """

    name: str
    aliases: tuple[str, ...]
    summary: str
    requests: tuple[str, ...]
    arguments: tuple[str, ...]
    body: tuple[str, ...]


def commonjs_files(document: Document, written: Path, templates: Path) -> dict[str, str]:
    """Return the texts of the client's files by their names.

    Args:
        document: The description.
        written: The folder of the hand-written half, whose files are copied.
        templates: The folder of templates.

    Raises:
        GenerationError: A method that the description names, or the template, is missing.
    """
    groups = {generated: _methods(document, name) for name, generated in CLASSES.items()}
    env = Environment(  # noqa: S701 # this makes no HTML
        loader=FileSystemLoader(templates), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    texts = {path: path.read_text(encoding="utf-8") for path in sorted(written.glob("*.cjs"))}
    files = {path.name: marked(text, path, written, comment="//") for path, text in texts.items()}
    try:
        files["operations.cjs"] = env.get_template("operations.cjs.jinja").render(groups=groups) + "\n"
    except TemplateNotFound as error:
        raise GenerationError(f"the template {error.name} is missing in scripts/generate/templates") from error
    _check(document, files)
    return files


def camel_case(name: str) -> str:
    """Write a name as JavaScript does: `get_log_stream` is `getLogStream`."""
    first, *others = name.split("_")
    return first + "".join(other.capitalize() for other in others)


def _methods(document: Document, class_name: str) -> list[Method]:
    found: dict[str, tuple[list[Operation], tuple[str, ...]]] = {}
    for operation in document.operations.values():
        for binding in operation.bindings:
            if binding.class_name == class_name:
                operations, _ = found.setdefault(binding.method, ([], binding.aliases))
                operations.append(operation)
    by_itself = class_name == "HostClient"
    return [_method(document, name, *entry, by_itself=by_itself) for name, entry in found.items()]


def _method(
    document: Document, name: str, operations: list[Operation], aliases: tuple[str, ...], *, by_itself: bool
) -> Method:
    # The one with fewer arguments comes first: it is meant if the further names are omitted.
    ordered = sorted(operations, key=lambda operation: operation.path.count("{"))
    calls = [_Call(document, operation, by_itself=by_itself) for operation in ordered]
    *optional, full = calls
    body = [f"if ({_extra(call, full)} === undefined) return {call.expression};" for call in optional]
    return Method(
        camel_case(name),
        tuple(camel_case(alias) for alias in aliases),
        sentence(full.operation.summary),
        tuple(call.operation.request for call in calls),
        full.arguments,
        (*body, f"return {full.expression};"),
    )


def _extra(less: _Call, more: _Call) -> str:
    (name,) = set(more.names) - set(less.names)
    return name


@attrs.define
class _Call:
    """A call of one operation."""

    document: Document
    operation: Operation
    by_itself: bool
    """Whether the first name in the path is an argument, and not the client's own id."""

    @property
    def names(self) -> list[str]:
        found = [camel_case(name) for name in re.findall(r"{(\w+)}", self.operation.path)]
        return found if self.by_itself else found[1:]

    @property
    def path(self) -> str:
        names = iter(self.names if self.by_itself else ["this.id", *self.names])
        return "path`" + re.sub(r"{\w+}", lambda _: f"${{{next(names)}}}", self.operation.path.lstrip("/")) + "`"

    @property
    def fields(self) -> list[str]:
        """The fields of a JSON body; those of its object variant, if it has several."""
        if self.operation.uploads or not self.operation.body:
            return []
        schema = self.document.resolve(self.operation.body["content"]["application/json"]["schema"])
        members = [self.document.resolve(member) for member in schema.get("oneOf", [schema])]
        return [name for member in members for name in member.get("properties", {})]

    @property
    def has_type(self) -> bool:
        """Whether a reader may choose the content type."""
        parameters = [self.document.resolve(parameter) for parameter in self.operation.raw.get("parameters", ())]
        return any(parameter["name"] == "content-type" for parameter in parameters)

    @property
    def arguments(self) -> tuple[str, ...]:
        if self.operation.uploads:
            return (*self.names, "stream", "init", "options", "end")
        if self.fields:
            return (*self.names, *self._given, "init")
        return (*self.names, "init", *(["contentType"] if self.has_type else []))

    @property
    def expression(self) -> str:
        if self.operation.uploads:
            return f"this.client.sendStream({self.path}, stream, init, {self._sending})"
        if self.fields:
            return f'this.client.post({self.path}, {self._payload}, init, {{ json: true, parse: "json" }})'
        if self.operation.method == "delete":
            return f"this.client.delete({self.path}, init)"
        init = 'withHeaders(init, { "content-type": contentType })' if self.has_type else "init"
        return f"this.client.{self._reader}({self.path}, {init})"

    @property
    def _given(self) -> list[str]:
        return [camel_case(name.replace("-", "_")) for name in self.fields] if self._is_positional else ["payload"]

    @property
    def _is_positional(self) -> bool:
        return len(self.fields) <= MOST_POSITIONAL

    @property
    def _payload(self) -> str:
        names = ", ".join(f'"{name}"' for name in self.fields)
        return f"payload([{names}], [{', '.join(self._given)}])" if self._is_positional else "payload"

    @property
    def _sending(self) -> str:
        extra = ['parseResponse: "stream"'] if self.operation.downloads else []
        extra += ["put: true"] if self.operation.method == "put" else []
        sending = "sending(options, end)"
        return f"{{ {', '.join([*extra, f'...{sending}'])} }}" if extra else sending

    @property
    def _reader(self) -> str:
        if self.operation.downloads:
            return "getStream"
        types = {name for response in self.operation.successes.values() for name in response.get("content", {})}
        return "get" if "application/json" in types else "getText"


def _check(document: Document, files: Mapping[str, str]) -> None:
    """Check that every method that the description names exists and calls existing methods."""
    written = _by_class(files["classes.cjs"], CLASSES)
    generated = _by_class(files["operations.cjs"], CLASSES.values())
    missing = [
        f"{operation.id} has no {binding.class_name}.{camel_case(name)}"
        for operation in document.operations.values()
        for binding in operation.bindings
        if binding.class_name in CLASSES
        for name in (binding.method, *binding.aliases)
        if camel_case(name) not in written[binding.class_name] | generated[CLASSES[binding.class_name]]
    ]
    dangling = [
        f"{name}.{called} is called, which no operation is"
        for name, generated_name in CLASSES.items()
        for called in re.findall(r"super\.(\w+)\(", _text_of(files["classes.cjs"], name))
        if called not in generated[generated_name]
    ]
    if missing or dangling:
        raise GenerationError("the client for Node would not be complete:\n  " + "\n  ".join([*missing, *dangling]))


def _by_class(text: str, names: Iterable[str]) -> dict[str, set[str]]:
    return {name: set(METHOD.findall(_text_of(text, name))) for name in names}


def _text_of(text: str, name: str) -> str:
    found = re.search(rf"^class {name}\b.*?^}}", text, re.MULTILINE | re.DOTALL)
    return found[0] if found else ""
