# Copied by `make generate` from client/runtime/uploads/ignoring.py: edit it there.
"""Ignore rules of a package, in the syntax of .gitignore and with git's exact meaning.

Like git, it compares names byte by byte: `?` is one byte of UTF-8.
No library is used: the existing ones differ from git in about one of twenty random rule files.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

import attrs

from ..._runtime.hints import lazy_hints

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

BYTES = "latin-1"
"""An encoding with one character per byte, so that regular expressions on text match bytes."""

BLANKS_AT_THE_END = re.compile(r"(?:[^ \\]|\\.| +(?! |\Z))*", re.DOTALL)
SPECIAL = re.compile(r"[*?\[\\]")
CLASSES = {
    "alnum": "0-9A-Za-z",
    "alpha": "A-Za-z",
    "blank": r" \t",
    "cntrl": r"\x00-\x1f\x7f",
    "digit": "0-9",
    "graph": "!-~",
    "lower": "a-z",
    "print": " -~",
    "punct": r"!-/:-@\[-`{-~",
    "space": r" \t\n\r",
    "upper": "A-Z",
    "xdigit": "0-9A-Fa-f",
}


class NeverMatchesError(ValueError):
    """A pattern is malformed; in git it matches nothing."""


@attrs.frozen
class Rule:
    """One rule, a line of the file.

    Attributes:
        pattern: The regular expression for the paths or names that it applies to.
        keeps: Whether it re-includes what an earlier rule excluded.
        folders_only: Whether it applies to folders only.
        names_only: Whether it matches the last part of a path, in any folder.
    """

    pattern: re.Pattern[str]
    keeps: bool
    folders_only: bool
    names_only: bool

    def matches(self, path: str, *, is_folder: bool) -> bool:
        """Return whether the rule matches a path.

        Args:
            path: Its bytes, each as one character.
            is_folder: Whether it is a folder.
        """
        if self.folders_only and not is_folder:
            return False
        return self.pattern.fullmatch(path.rpartition("/")[2] if self.names_only else path) is not None


class IgnoreRules:
    """Ignore rules in order. The last one that matches a path decides.

    Args:
        lines: One rule each, as text or as bytes from a file.
    """

    def __init__(self, lines: Iterable[str | bytes] = ()) -> None:
        texts = [os.fsencode(line).decode(BYTES) for line in lines]
        self._rules = [rule for text in texts if (rule := _rule(text)) is not None][::-1]

    def leave_out(self, path: str, *, is_folder: bool) -> bool:
        """Return whether a path is excluded from the package; see `decide`."""
        return bool(self.decide(path, is_folder=is_folder))

    def decide(self, path: str, *, is_folder: bool) -> bool | None:
        """Return whether a path is excluded from the package.

        Paths inside an excluded folder are never checked, so none of them can be re-included.

        Args:
            path: Relative to the folder, with slashes but no trailing one.
            is_folder: Whether it is a folder.

        Returns:
            Whether it is excluded; None if no rule matches it.
        """
        name = os.fsencode(path).decode(BYTES)
        for rule in self._rules:
            if rule.matches(name, is_folder=is_folder):
                return not rule.keeps
        return None


def lines_of(content: bytes) -> list[bytes]:
    """Return the lines of a rule file."""
    return content.removeprefix(b"\xef\xbb\xbf").split(b"\n")


def _rule(line: str) -> Rule | None:
    line = _stripped(line)
    if not line or line.startswith("#"):
        return None
    keeps = line.startswith("!")
    pattern = line[1:] if keeps else line
    folders_only = pattern.endswith("/")
    pattern = pattern.removesuffix("/")
    names_only = "/" not in pattern
    try:
        regex = _regex(pattern.removeprefix("/"), crosses=names_only)
    except NeverMatchesError:
        return None
    return Rule(re.compile(regex, re.DOTALL), keeps, folders_only, names_only)


def _stripped(line: str) -> str:
    """Strip the end of a line: CR, everything after a NUL, and unescaped spaces."""
    line = line.removesuffix("\n").removesuffix("\r").partition("\0")[0]
    match = BLANKS_AT_THE_END.match(line)
    kept = match.group() if match else ""
    # A backslash at the very end keeps the spaces before it.
    return line if line[len(kept) :].strip(" ") else kept


def _regex(pattern: str, *, crosses: bool) -> str:
    """Translate a pattern into a regular expression.

    Args:
        pattern: The rest of the line.
        crosses: Whether every asterisk also matches slashes.

    Raises:
        NeverMatchesError: It is malformed.
    """
    first = SPECIAL.search(pattern)
    start = len(pattern) if first is None else first.start()
    return re.escape(pattern[:start]) + "".join(_parts(pattern, start, crosses=crosses))


def _parts(pattern: str, start: int, *, crosses: bool) -> Iterator[str]:
    at = start
    while at < len(pattern):
        here = pattern[at]
        if here == "*":
            part, at = _stars(pattern, at, start, crosses=crosses)
            yield part
        elif here == "[":
            part, at = _choice(pattern, at + 1)
            yield part
        elif here == "?":
            yield "[^/]"
            at += 1
        else:
            at += here == "\\"
            yield re.escape(_character(pattern, at))
            at += 1


def _stars(pattern: str, at: int, start: int, *, crosses: bool) -> tuple[str, int]:
    """Translate asterisks; `**` alone between slashes matches any folders.

    It also counts as alone after text without wildcards, since git skips that text first.
    """
    end = at
    while pattern[end : end + 1] == "*":
        end += 1
    rest = pattern[end : end + 2]
    if end - at > 1 and (at == start or pattern[at - 1] == "/"):
        if rest.startswith("/"):
            return "(?:.*/)?", end + 1
        crosses = crosses or not rest or rest == "\\/"
    return ".*" if crosses else "[^/]*", end


def _choice(pattern: str, at: int) -> tuple[str, int]:
    """Translate a bracket expression; also returns the position after it."""
    negated = pattern[at : at + 1] in {"!", "^"}
    at += negated
    members: list[str] = []
    before = ""
    while True:
        here = _character(pattern, at)
        named = _class(pattern, at)
        if named is not None:
            member, at = named
            members.append(member)
            before = ""
        elif here == "-" and before and _character(pattern, at + 1) != "]":
            at += 2 if pattern[at + 1] == "\\" else 1
            members.append(_range(before, _character(pattern, at)))
            before = ""
        else:
            at += here == "\\"
            before = _character(pattern, at)
            members.append(re.escape(before))
        at += 1
        if _character(pattern, at) == "]":
            inner = "".join(members)
            return _set(inner, negated=negated), at + 1


def _set(inner: str, *, negated: bool) -> str:
    if negated:
        return f"[^/{inner}]"
    return f"(?!/)[{inner}]" if inner else "(?!)"


def _range(first: str, last: str) -> str:
    return f"{re.escape(first)}-{re.escape(last)}" if first <= last else ""


def _class(pattern: str, at: int) -> tuple[str, int] | None:
    """Find a class such as `[:alpha:]`; returns its meaning and the position of its last bracket.

    Raises:
        NeverMatchesError: The class is unknown or unterminated.
    """
    if not pattern.startswith("[:", at):
        return None
    end = pattern.find("]", at + 2)
    if end < 0:
        raise NeverMatchesError
    if end == at + 2 or pattern[end - 1] != ":":
        return None
    name = pattern[at + 2 : end - 1]
    if name not in CLASSES:
        raise NeverMatchesError
    return CLASSES[name], end


def _character(pattern: str, at: int) -> str:
    """Return the character at a position.

    Raises:
        NeverMatchesError: The pattern has ended.
    """
    if at >= len(pattern):
        raise NeverMatchesError
    return pattern[at]


# Names that only annotations use are imported when these are read, as by `typing.get_type_hints`.
lazy_hints(globals(), {"Iterable": "collections.abc", "Iterator": "collections.abc"})
