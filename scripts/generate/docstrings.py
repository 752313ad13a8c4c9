"""Docstrings in Google's style, from the texts of the description."""

from __future__ import annotations

import itertools
import re
import textwrap
from typing import TYPE_CHECKING

from client.runtime.errors import ApiStatusError
from scripts.generate.naming import sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from scripts.generate.arguments import Argument
    from scripts.generate.models import Model
    from scripts.generate.operations import Call

WIDTH = 100
COMMON_ARGUMENTS = {
    "timeout": "Seconds to wait for the next part of the reply, instead of the client's; `math.inf` for no limit.",
    "headers": "Additional headers of this request.",
}
STREAM_ARGUMENTS = {
    "timeout": "Seconds until the stream must begin; no limit unless given.",
    "headers": "Additional headers of this request.",
    "idle_timeout": "Seconds that may pass without a byte after that; no limit unless given.",
}
BAD_PATH = ("InvalidArgumentError", "An id or a name is empty, or would change the meaning of the request.")


QUOTED = re.compile(r"`([^`\s]+)`")


def in_python(text: str, names: Mapping[str, str]) -> str:
    """Translate names of the description in a text to Python names: `canCallKeepalive` to `can_call_keepalive`.

    Args:
        text: Prose with quoted names.
        names: The Python names, by name in the description.
    """
    known = {"true": "True", "false": "False", "null": "None", **names}
    return QUOTED.sub(lambda match: f"`{known.get(match[1], match[1])}`", text)


def docstring(*parts: str) -> str:
    """Write a docstring of several parts, quotes included; empty ones are left out."""
    text = "\n\n".join(part.strip() for part in parts if part.strip()).replace("\\", "\\\\").replace('"""', "'''")
    # A quote at the very end would close the docstring.
    end = "\n" if "\n" in text or text.endswith('"') else ""
    return f'"""{text}{end}"""'


def section(title: str, entries: Iterable[tuple[str, str]]) -> str:
    """Write a section such as `Args:`; empty if it has no entries."""
    lines = [_entry(name, text) for name, text in entries]
    return "\n".join([f"{title}:", *lines]) if lines else ""


def _entry(name: str, text: str) -> str:
    words = sentence(text or f"The {name.replace('_', ' ')}")
    return textwrap.fill(
        f"{name}: {words}",
        WIDTH,
        initial_indent=" " * 4,
        subsequent_indent=" " * 8,
        break_on_hyphens=False,
        break_long_words=False,
    )


def paragraphs(text: str) -> str:
    """Wrap prose, paragraph by paragraph; lists and code stay as they are."""
    return "\n\n".join(_paragraph(part) for part in text.split("\n\n"))


def _paragraph(text: str) -> str:
    lines = text.splitlines()
    if any(line.startswith((" " * 4, "|", "`" * 3)) for line in lines):
        return text
    items = [index for index, line in enumerate(lines) if line.startswith(("- ", "* "))]
    starts = sorted({0, *items, len(lines)})
    blocks = [" ".join(" ".join(lines[start:end]).split()) for start, end in itertools.pairwise(starts)]
    return "\n".join(_wrapped(block) for block in blocks)


def _wrapped(text: str) -> str:
    indent = "  " if text.startswith(("- ", "* ")) else ""
    return textwrap.fill(text, WIDTH, subsequent_indent=indent, break_on_hyphens=False, break_long_words=False)


def module_docstring(title: str, text: str) -> str:
    """Write the docstring of a module from a title and prose."""
    return docstring(sentence(title), paragraphs(text))


def model_docstring(model: Model) -> str:
    """Write the docstring of a model."""
    names = {field.wire_name: field.name for field in model.fields}
    first, _, rest = _split(in_python(model.description, names) or f"{model.name}.")
    entries = ((field.name, in_python(field.description, names)) for field in model.fields)
    return docstring(first, rest, section("Attributes", ((name, " ".join(text.split())) for name, text in entries)))


def _split(text: str) -> tuple[str, str, str]:
    """Split prose into its first sentence, which must fit on a line, and what follows."""
    flat = text.strip()
    head, mark, tail = flat.partition(". ") if ". " in flat.split("\n\n")[0] else flat.partition("\n\n")
    if "\n" in head:
        head, mark, tail = flat.partition("\n")
    return sentence(head), mark, paragraphs(tail)


def call_docstring(call: Call) -> str:
    """Write the docstring of the function that makes a call."""
    return docstring(
        sentence(call.operation.summary),
        paragraphs(in_python(call.operation.description, call.names)),
        section("Args", argument_entries(call, call.arguments)),
    )


def method_docstring(call: Call, arguments: Sequence[Argument]) -> str:
    """Write the docstring of a method that carries out a call.

    Args:
        call: The call.
        arguments: The arguments that the method takes itself.
    """
    common = STREAM_ARGUMENTS if call.streams else COMMON_ARGUMENTS
    if call.exchanges:
        common = {name: text for name, text in common.items() if name != "idle_timeout"}
    taken = {argument.name for argument in arguments}
    options = [(f"request_{name}" if name in taken else name, text) for name, text in common.items()]
    return docstring(
        sentence(call.operation.summary),
        paragraphs(in_python(call.operation.description, call.names)),
        f"Request: `{call.operation.request}`",
        section("Args", [*argument_entries(call, arguments), *options]),
        _returns(in_python(_success_text(call), call.names)),
        section("Raises", raised(call)),
    )


def raw_docstring(call: Call, name: str) -> str:
    """Write the docstring of a method that returns the complete reply; the method of the same name has the details."""
    return docstring(sentence(call.operation.summary), f"Request: `{call.operation.request}`; else as `{name}`.")


def _success_text(call: Call) -> str:
    if call.result == "None":
        return ""
    texts = [str(response.get("description", "")) for response in call.operation.successes.values()]
    return " ".join(texts[0].split()) if texts else ""


def _returns(text: str) -> str:
    return f"Returns:\n{textwrap.indent(paragraphs(sentence(text)), ' ' * 4)}" if text else ""


def argument_entries(call: Call, arguments: Iterable[Argument]) -> list[tuple[str, str]]:
    """Return the entries of an `Args:` section."""
    return [(argument.name, in_python(argument_text(argument), call.names)) for argument in arguments]


def argument_text(argument: Argument) -> str:
    """Return the meaning of an argument, and its default."""
    text = argument.description
    if argument.default is not None and argument.place != "type":
        text = f"{sentence(text) if text else ''} The server takes {argument.default!r} if it is omitted.".strip()
    return text


def raised(call: Call) -> list[tuple[str, str]]:
    """Return the errors that an operation is known to raise, with their reasons."""
    entries = [BAD_PATH] if call.at("path") else []
    for failure in call.operation.failures:
        if failure.status.isdigit():
            name = ApiStatusError.for_status(int(failure.status)).__name__
            entries.append((name, in_python(failure.description, call.names)))
    return [*entries, ("ScramjetError", "Any other failure; see `scramjet_client.errors`.")]
