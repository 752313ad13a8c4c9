"""Go: types and calls by oapi-codegen."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

from scripts.generate.languages.language import Language
from scripts.generate.languages.toolchain import run

if TYPE_CHECKING:
    from pathlib import Path

STATICCHECK = ("go", "tool", "-modfile=tools/go.mod", "staticcheck", "-tags=smoke", "./...")


def generator(folder: Path) -> str:
    """Return the generator and its version, as go.mod of the tools pins them."""
    modules = (folder / "tools/go.mod").read_text(encoding="utf-8")
    found = re.search(r"oapi-codegen/oapi-codegen/v2 v(\S+)", modules)
    return f"oapi-codegen {found[1]}" if found else "oapi-codegen"


def generate(bundles: Path, folder: Path) -> None:
    """Make the types and calls of the API.

    Raises:
        ToolError: go or the generator failed.
    """
    bundle = folder / "tools/openapi.yaml"
    shutil.copyfile(bundles / "openapi.yaml", bundle)
    run(("go", "tool", "oapi-codegen", "-config", "oapi-codegen.yaml", bundle.name), folder / "tools")
    bundle.unlink()


GO = Language(
    name="go",
    title="Go",
    programs=("go",),
    generator=generator,
    generate=generate,
    check=(("go", "vet", "-tags=smoke", "./..."), STATICCHECK, ("go", "test", "./...")),
    smoke=("go", "test", "-tags=smoke", "-run=TestSmoke", "-count=1", "-v", "."),
)
