"""`make clients` or `make client LANG=...`: generate clients in other languages.

`python -m scripts.generate.languages` generates all that are committed, but for those whose tools are missing, which it
says; in CI (the variable `CI` is set) that is an error.
A language by name is one of these, or any of OpenAPI Generator, whose client is not committed.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from scripts.description.source import ROOT
from scripts.generate import other_languages
from scripts.generate.languages.assembly import make
from scripts.generate.languages.registry import LANGUAGES
from scripts.generate.languages.toolchain import ToolError, missing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scripts.generate.languages.language import Language

UNTRIED = (
    "Nothing here compiles or tests it, and it cannot follow streams as they come unless its language's generator can."
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Generate the clients that the command line names, or all.

    Returns:
        The exit code: 0; 1 if a client could not be generated; 2 if a language is asked for without a name.
    """
    names = list(sys.argv[1:] if arguments is None else arguments)
    if not names:
        return max([_make_if_possible(language) for language in LANGUAGES.values()], default=0)
    if names[0] in LANGUAGES:
        return _make(LANGUAGES[names[0]])
    status = other_languages.main(names)
    if not status:
        print(UNTRIED)
    return status


def _make_if_possible(language: Language) -> int:
    lacking = missing(language)
    if not lacking:
        return _make(language)
    print(f"LEFT OUT: the {language.title} client needs {', '.join(lacking)} on the PATH.", file=sys.stderr)
    return 1 if os.environ.get("CI", "") not in ("", "false", "0") else 0


def _make(language: Language) -> int:
    try:
        folder = make(language)
    except ToolError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"The {language.title} client is in {folder.relative_to(ROOT)}/")
    return 0


if __name__ == "__main__":
    sys.exit(main())
