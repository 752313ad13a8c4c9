"""generated/README.md: which language's client can do what, as the last recorded smokes showed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import attrs

from scripts.description.source import BUNDLE, ROOT
from scripts.generate.languages.registry import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FOLDER = ROOT / "client" / "smoke"
STEPS = FOLDER / "steps.json"
SEQUENCE = FOLDER / "sequence"
RESULTS = FOLDER / "results.json"
README = BUNDLE.parent / "README.md"

HEAD = """\
<!-- Made by `make generate` from client/smoke/results.json. Do not edit. -->

# What is generated

Everything here is made from [`openapi/`](../openapi) and [`client/`](../client), and never edited by hand.

| file or folder | contents |
|---|---|
| [`openapi.yaml`](openapi.yaml) | the description in one file, OpenAPI 3.1 |
| [`openapi-3.2.yaml`](openapi-3.2.yaml) | the same as OpenAPI 3.2: streams of records have an `itemSchema` |
| [`openapi-3.0.yaml`](openapi-3.0.yaml) | for tools that know no later version than OpenAPI 3.0 |
| [`python/`](python/api.md), `node/` | the clients for Python and for Node Sequences, by `make generate` |
| folders of other languages | a client each, by `make clients`; see below |

## Clients in other languages

Each folder is a project of its language, with its own tests:
what a generator made, and a thin layer by hand for streams, live bodies, `inout` and errors by status.
The table shows what `make smoke` did with each against a real Hub, and in how many seconds.
[`client/README.md`](../client/README.md) tells how a language is added.

"""


@attrs.frozen
class Result:
    """What was recorded of a language's smoke.

    Attributes:
        generator: The generator and its version.
        generated: Seconds that generating took, the installation of its tools among them.
        steps: Seconds by step.
    """

    generator: str
    generated: int
    steps: Mapping[str, float]


def steps() -> list[dict[str, str]]:
    """Return the steps that every smoke takes, in order: `name`, and in words `what`."""
    found: list[dict[str, str]] = json.loads(STEPS.read_text(encoding="utf-8"))
    return found


def step_names() -> list[str]:
    """Return the names of the steps, in order."""
    return [step["name"] for step in steps()]


def read_results(path: Path = RESULTS) -> dict[str, Result]:
    """Read the recorded results, by language."""
    recorded: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return {name: Result(**result) for name, result in recorded.items()}


def write_results(results: Mapping[str, Result], path: Path = RESULTS) -> None:
    """Record results, in the order of the languages."""
    ordered = {name: attrs.asdict(results[name]) for name in LANGUAGES if name in results}
    path.write_text(json.dumps(ordered, indent=2) + "\n", encoding="utf-8")


def text(results: Mapping[str, Result]) -> str:
    """Return generated/README.md."""
    known = {name: language for name, language in LANGUAGES.items() if name in results}
    rows = [
        ["", *(f"[{language.title}]({name}/)" for name, language in known.items())],
        ["---"] * (len(known) + 1),
        ["generator", *(results[name].generator for name in known)],
        ["generated in", *(f"{results[name].generated} s" for name in known)],
        *([step["what"], *(_cell(results[name], step["name"]) for name in known)] for step in steps()),
    ]
    return HEAD + "".join(f"| {' | '.join(row)} |\n" for row in rows)


def write_readme() -> None:
    """Write generated/README.md from the recorded results."""
    README.write_text(text(read_results()), encoding="utf-8")


def _cell(result: Result, step: str) -> str:
    return f"✓ {result.steps[step]:.2f} s" if step in result.steps else "not taken"
