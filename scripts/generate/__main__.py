"""`make generate`: bundle the description, derive other versions, generate the clients and the view of `/docs`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import yaml

from scripts.description.bundle import main as make_bundle
from scripts.description.derived.make import write_derived
from scripts.description.source import BUNDLE, ROOT
from scripts.generate.browsable.calls import calls
from scripts.generate.browsable.view import view
from scripts.generate.clients import generate, generate_commonjs
from scripts.generate.languages.table import write_readme
from scripts.generate.parsing import GenerationError

TARGET = ROOT / "generated/python/scramjet_client"
NODE_TARGET = ROOT / "generated/node/scramjet_client"
VIEW = ROOT / "generated/view.json"
TEMPLATES = Path(__file__).with_name("templates")


def main() -> int:
    """Run `python -m scripts.generate`."""
    status = make_bundle()
    if status:
        return status
    content = yaml.safe_load(BUNDLE.read_text(encoding="utf-8"))
    write_derived(content)
    write_readme()
    written = ROOT / "client"
    try:
        generate(content, TARGET, templates=TEMPLATES, classes=written / "classes", runtime=written / "runtime")
        generate_commonjs(content, NODE_TARGET, templates=TEMPLATES, written=written / "node")
        shown = view(content, calls(TARGET))
    except GenerationError as error:
        print(f"make generate: {error}", file=sys.stderr)
        return 1
    VIEW.write_text(json.dumps(shown, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
