"""Which files of a folder stay out of a package: `.siignore`, in the syntax of .gitignore."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from .._runtime.hints import lazy_hints

if TYPE_CHECKING:
    from collections.abc import Iterable

PARTS = re.compile(r"(\*\*/)|(/\*\*$)|(\*+)|(\?)|(\[[!^]?\]?[^]]*\])|\\(.)|(.)", re.DOTALL)


@attrs.frozen
class Rule:
    """One line of the file.

    Attributes:
        pattern: Matches the paths it is about, relative to the folder and with slashes.
        keeps: Whether it brings back what an earlier line left out.
        folders_only: Whether it is about folders alone.
    """

    pattern: re.Pattern[str]
    keeps: bool
    folders_only: bool

    def matches(self, path: str, *, is_folder: bool) -> bool:
        """Tell whether the rule is about a path."""
        return (is_folder or not self.folders_only) and self.pattern.fullmatch(path) is not None


class IgnoreRules:
    """The rules of one file. The last rule that matches a path decides.

    Args:
        lines: The lines of the file.
    """

    def __init__(self, lines: Iterable[str] = ()) -> None:
        self._rules = [rule for line in lines if (rule := _rule(line)) is not None]

    def leave_out(self, path: str, *, is_folder: bool) -> bool:
        """Tell whether a path stays out of the package.

        What is inside a folder that stays out is not asked about, so nothing in there can be brought back.

        Args:
            path: Relative to the folder, with slashes and without one at its end.
            is_folder: Whether it is a folder.
        """
        for rule in reversed(self._rules):
            if rule.matches(path, is_folder=is_folder):
                return not rule.keeps
        return False


def _rule(line: str) -> Rule | None:
    line = line.rstrip("\r\n")
    # A blank at the end counts only if it is escaped.
    line = re.sub(r"(?<!\\) +$", "", line)
    if not line or line.startswith("#"):
        return None
    keeps = line.startswith("!")
    pattern = line[1:] if keeps else line
    folders_only = pattern.endswith("/")
    pattern = pattern.rstrip("/")
    anchored = "/" in pattern
    return Rule(re.compile(_regex(pattern.lstrip("/"), anchored=anchored)), keeps, folders_only) if pattern else None


def _regex(pattern: str, *, anchored: bool) -> str:
    start = "" if anchored else "(?:.*/)?"
    return start + "".join(_translated(match) for match in PARTS.finditer(pattern))


def _translated(match: re.Match[str]) -> str:
    any_folders, all_inside, stars, one, choice, escaped, plain = match.groups()
    if any_folders:
        return "(?:.*/)?"
    if all_inside:
        return "/.*"
    if stars:
        return "[^/]*"
    if one:
        return "[^/]"
    if choice:
        negated = choice[1] in "!^"
        inner = choice[2:-1] if negated else choice[1:-1]
        inner = inner.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
        return f"(?!/)[{'^' if negated else ''}{inner}]"
    return re.escape(escaped or plain)


# What annotations alone name comes when somebody looks at them, as `typing.get_type_hints` does.
lazy_hints(globals(), {"Iterable": "collections.abc"})
