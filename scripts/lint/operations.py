"""Rules about operations."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from scripts.description.source import parse_pointer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scripts.lint.subject import Finding, Operation, Subject

TEMPLATE = re.compile(r"{([^{}]+)}")
OPERATION_ID = re.compile(r"[a-z][A-Za-z0-9]*")
TEXTS = ("summary", "description")


def has_unique_id(subject: Subject) -> Iterator[Finding]:
    """Every operation has an operationId in camel case, of its own."""
    seen: dict[str, Operation] = {}
    for operation in subject.operations():
        name = operation.data.get("operationId")
        if name is None:
            yield subject.finding(operation.pointer, f"{operation.name} has no operationId")
        elif not OPERATION_ID.fullmatch(name):
            yield subject.finding((*operation.pointer, "operationId"), f"operationId {name} is not in camelCase")
        elif seen.setdefault(name, operation) is not operation:
            reason = f"operationId {name} is also that of {seen[name].path}"
            yield subject.finding((*operation.pointer, "operationId"), reason)


def has_texts(subject: Subject) -> Iterator[Finding]:
    """Every operation has a summary, which is one line without a full stop, and a description."""
    for operation in subject.operations():
        for key in TEXTS:
            if not operation.data.get(key, "").strip():
                yield subject.finding(operation.pointer, f"{operation.name} has no {key}")
        summary = operation.data.get("summary", "")
        if "\n" in summary.strip() or summary.strip().endswith("."):
            reason = f"the summary of {operation.name} is not one line without a full stop"
            yield subject.finding((*operation.pointer, "summary"), reason)


def has_one_tag(subject: Subject) -> Iterator[Finding]:
    """Every operation has one tag, which the root declares."""
    declared = {tag["name"] for tag in subject.document.get("tags", ())}
    for operation in subject.operations():
        tags = operation.data.get("tags", [])
        if len(tags) != 1:
            place = (*operation.pointer, "tags") if tags else operation.pointer
            yield subject.finding(place, f"{operation.name} has {len(tags)} tags instead of one")
        for tag in set(tags) - declared:
            yield subject.finding((*operation.pointer, "tags"), f"the tag {tag} of {operation.name} is not declared")


def has_its_file(subject: Subject) -> Iterator[Finding]:
    """Every operation has a file of its own, in the folder of its tag and with its operationId as its name."""
    for operation in subject.operations():
        tag, name = next(iter(operation.data.get("tags", ())), None), operation.data.get("operationId")
        wanted = f"paths/{tag}/{name}.yaml"
        if tag and name and subject.bundle.origin(operation.pointer).file != wanted:
            yield subject.finding(operation.pointer, f"{operation.name} belongs in {wanted}")


def has_client_error(subject: Subject) -> Iterator[Finding]:
    """There is a 4xx, other than for missing rights, if there is a parameter or a body."""
    for operation in subject.operations():
        statuses = {status for status in operation.data["responses"] if status.startswith("4")} - {"401", "403"}
        taken = [key for key in ("parameters", "requestBody") if operation.data.get(key)]
        if taken and not statuses:
            reason = f"{operation.name} has {' and '.join(taken)} but no 4xx besides 401 and 403"
            yield subject.finding((*operation.pointer, "responses"), reason)


def tells_authorization(subject: Subject) -> Iterator[Finding]:
    """Every operation has 403, and 401 unless it says otherwise about security."""
    for operation in subject.operations():
        wanted = {"403"} if "security" in operation.data else {"401", "403"}
        for status in sorted(wanted - set(operation.data["responses"])):
            yield subject.finding((*operation.pointer, "responses"), f"{operation.name} has no {status}")


def has_success(subject: Subject) -> Iterator[Finding]:
    """Every operation can succeed: by a reply, or by becoming a WebSocket."""
    for operation in subject.operations():
        if not any(status.startswith("2") or status == "101" for status in operation.data["responses"]):
            yield subject.finding((*operation.pointer, "responses"), f"{operation.name} has no 2xx")


def fits_path(subject: Subject) -> Iterator[Finding]:
    """The parameters in the path are those of its template, and there are no two parameters of one name."""
    for operation in subject.operations():
        parameters = [(parameter["in"], parameter["name"]) for parameter in subject.parameters(operation)]
        place = (*operation.pointer, "parameters") if parameters else operation.pointer
        templated, given = (
            set(TEMPLATE.findall(operation.path)),
            {name for where, name in parameters if where == "path"},
        )
        for name in sorted(templated - given):
            yield subject.finding(place, f"{operation.name} does not describe {{{name}}} of its path")
        for name in sorted(given - templated):
            yield subject.finding(place, f"{operation.name} has a path parameter {name} that its path has not")
        for where, name in sorted({pair for pair in parameters if parameters.count(pair) > 1}):
            yield subject.finding(place, f"{operation.name} has the {where} parameter {name} twice")


def links_lead_somewhere(subject: Subject) -> Iterator[Finding]:
    """A link names an operation that there is, and parameters which that has, with all that its path needs."""
    targets = {operation.data.get("operationId"): operation for operation in subject.operations()}
    for pointer, response in subject.parts("responses"):
        for name, link in response.get("links", {}).items():
            place = (*pointer, "links", name)
            target = targets.get(link.get("operationId"))
            if target is None:
                yield subject.finding(place, f"the link {name} leads to no operation: {link.get('operationId')}")
            else:
                yield from _link_parameters(subject, place, link.get("parameters", {}), target)


def links_give_something(subject: Subject) -> Iterator[Finding]:
    """A link's values from a response are in an example of it; those from a request are parameters there."""
    for operation in subject.operations():
        taken = {f"$request.{parameter['in']}.{parameter['name']}" for parameter in subject.parameters(operation)}
        for status, response in operation.data["responses"].items():
            examples = _json_examples(subject, subject.resolve(response))
            for name, link in response.get("links", {}).items():
                for value in link.get("parameters", {}).values():
                    if value not in taken and not any(_has(example, value) for example in examples):
                        place = (*operation.pointer, "responses", status, "links", name)
                        yield subject.finding(place, f"the link {name} takes {value}, which no example has")


def _json_examples(subject: Subject, response: dict[str, Any]) -> list[Any]:
    examples = response.get("content", {}).get("application/json", {}).get("examples", {})
    return [subject.resolve(example).get("value") for example in examples.values()]


def _has(example: Any, expression: str) -> bool:
    mark, _, pointer = expression.partition("#")
    for part in parse_pointer(pointer):
        if isinstance(example, list) and part.isdigit() and int(part) < len(example):
            example = example[int(part)]
        elif isinstance(example, dict) and part in example:
            example = example[part]
        else:
            return False
    return mark == "$response.body" and example is not None


def _link_parameters(
    subject: Subject, place: tuple[str, ...], given: dict[str, str], target: Operation
) -> Iterator[Finding]:
    parameters = subject.parameters(target)
    for name in sorted(set(given) - {parameter["name"] for parameter in parameters}):
        yield subject.finding(place, f"the link to {target.name} gives it {name}, which it does not take")
    for name in sorted({parameter["name"] for parameter in parameters if parameter["in"] == "path"} - set(given)):
        yield subject.finding(place, f"the link to {target.name} does not give it {name}")


RULES = (
    has_unique_id,
    has_texts,
    has_one_tag,
    has_its_file,
    has_client_error,
    tells_authorization,
    has_success,
    fits_path,
    links_lead_somewhere,
    links_give_something,
)
"""All of them."""
