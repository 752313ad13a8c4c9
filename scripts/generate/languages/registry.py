"""All languages with a committed client."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scripts.generate.languages.go import GO
from scripts.generate.languages.typescript import TYPESCRIPT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scripts.generate.languages.language import Language

LANGUAGES: Mapping[str, Language] = {language.name: language for language in (TYPESCRIPT, GO)}
"""The languages by name, in the order of the table in generated/README.md."""
