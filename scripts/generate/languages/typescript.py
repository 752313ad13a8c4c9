"""TypeScript: types by openapi-typescript, calls by openapi-fetch."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from scripts.generate.languages.language import Language
from scripts.generate.languages.toolchain import NPM, run

if TYPE_CHECKING:
    from pathlib import Path

INSTALL = (*NPM, "ci")


def generator(folder: Path) -> str:
    """Return the generator and its version, as package.json pins them."""
    package = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    version = package["devDependencies"]["openapi-typescript"]
    return f"openapi-typescript {version}, openapi-fetch {package['dependencies']['openapi-fetch']}"


def generate(bundles: Path, folder: Path) -> None:
    """Make the types of the API.

    Raises:
        ToolError: npm or the generator failed.
    """
    run(INSTALL, folder)
    run(("node", "generate.mjs", str(bundles / "openapi.yaml"), "src/schema.ts"), folder)


# The Node for all of it comes with the Python packages: no program is missing anywhere.
TYPESCRIPT = Language(
    name="typescript",
    title="TypeScript",
    programs=(),
    generator=generator,
    generate=generate,
    check=(INSTALL, (*NPM, "test")),
    smoke=(*NPM, "run", "smoke"),
)
