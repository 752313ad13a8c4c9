"""Which files of a folder stay out of a package, in the syntax of .gitignore and just as git reads it.

Names are compared byte by byte, as git does: `?` is one byte of UTF-8.
No library is used: those that there are differ from git in about one random file of rules in twenty.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

BYTES = "latin-1"
"""Has a character for each byte, so that regular expressions on text are about bytes."""

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
    """A pattern is malformed; git takes it for one that matches nothing."""


@attrs.frozen
class Rule:
    """One line of the file.

    Attributes:
        pattern: Matches the paths, or the names, that it is about.
        keeps: Whether it brings back what an earlier line left out.
        folders_only: Whether it is about folders alone.
        names_only: Whether it is about the last part of a path, in whatever folder.
    """

    pattern: re.Pattern[str]
    keeps: bool
    folders_only: bool
    names_only: bool

    def matches(self, path: str, *, is_folder: bool) -> bool:
        """Tell whether the rule is about a path.

        Args:
            path: Its bytes, each as a character.
            is_folder: Whether it is a folder.
        """
        if self.folders_only and not is_folder:
            return False
        return self.pattern.fullmatch(path.rpartition("/")[2] if self.names_only else path) is not None


class IgnoreRules:
    """Rules, one after the other. The last one that matches a path decides.

    Args:
        lines: A rule each, as text or as the bytes that a file has.
    """

    def __init__(self, lines: Iterable[str | bytes] = ()) -> None:
        texts = [os.fsencode(line).decode(BYTES) for line in lines]
        self._rules = [rule for text in texts if (rule := _rule(text)) is not None][::-1]

    def leave_out(self, path: str, *, is_folder: bool) -> bool:
        """Tell whether a path stays out of the package; see `decide`."""
        return bool(self.decide(path, is_folder=is_folder))

    def decide(self, path: str, *, is_folder: bool) -> bool | None:
        """Tell whether a path stays out of the package.

        What is inside a folder that stays out is not asked about, so nothing in there can be brought back.

        Args:
            path: Relative to the folder, with slashes and without one at its end.
            is_folder: Whether it is a folder.

        Returns:
            Whether it stays out; None if no rule is about it.
        """
        name = os.fsencode(path).decode(BYTES)
        for rule in self._rules:
            if rule.matches(name, is_folder=is_folder):
                return not rule.keeps
        return None


def lines_of(content: bytes) -> list[bytes]:
    """Give the lines of a file of rules."""
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
    """Take off what ends a line: CR, what follows a NUL, and blanks that are not escaped."""
    line = line.removesuffix("\n").removesuffix("\r").partition("\0")[0]
    match = BLANKS_AT_THE_END.match(line)
    kept = match.group() if match else ""
    # A backslash at the very end keeps the blanks before it.
    return line if line[len(kept) :].strip(" ") else kept


def _regex(pattern: str, *, crosses: bool) -> str:
    """Translate a pattern.

    Args:
        pattern: What is left of the line.
        crosses: Whether any asterisk matches slashes, too.

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
    """Translate asterisks; two of them that stand alone between slashes match any folders.

    They also stand alone behind text without wildcards, as git skips that before it looks for them.
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
    """Translate what is between brackets; gives the place behind them, too."""
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
    """Find a class such as `[:alpha:]`; gives what it stands for and where its last bracket is.

    Raises:
        NeverMatchesError: There is no such class, or it does not end.
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
    """Give the character at a place.

    Raises:
        NeverMatchesError: The pattern has ended.
    """
    if at >= len(pattern):
        raise NeverMatchesError
    return pattern[at]
