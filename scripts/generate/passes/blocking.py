"""The translator of async modules into their blocking twins, token by token.

Comments, strings and layout stay the same, except for words that would be wrong in blocking code:
`async` and `await` go, `AsyncName` becomes `Name`, `__aenter__` becomes `__enter__`, and so on.
"""

from __future__ import annotations

import io
import re
import tokenize
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

RENAMED = {
    "StopAsyncIteration": "StopIteration",
    "__aenter__": "__enter__",
    "__aexit__": "__exit__",
    "__aiter__": "__iter__",
    "__anext__": "__next__",
    "aclose": "close",
    "aiter": "iter",
    "anext": "next",
    "asynccontextmanager": "contextmanager",
}
"""Names that do not simply lose the prefix `Async`."""

DROPPED = ("async", "await")
TEXT = {tokenize.STRING, tokenize.COMMENT, getattr(tokenize, "FSTRING_MIDDLE", tokenize.STRING)}
"""Kinds of token that hold prose; since Python 3.12 an f-string comes in pieces."""

PREFIXES = ("AbstractAsync", "Async")
WORDS = re.compile(r"\b(?:async|await) |\b(?:" + "|".join(RENAMED) + r")\b|\b(?:AbstractAsync|Async)(?=[A-Z])")


def to_blocking(source: str) -> str:
    """Return the blocking twin of a module.

    Args:
        source: The text of an async module. It must not use asyncio itself: what differs in kind between
            the two worlds (sleeping, locks, tasks) belongs in a module that has a twin written by hand.

    Returns:
        The text of the blocking module; its imports are still those of the async one.
    """
    lines = source.splitlines(keepends=True)
    pieces: list[str] = []
    row, column = 1, 0
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        pieces.append(_between(lines, (row, column), token.start))
        row, column = token.end
        if token.type == tokenize.NAME and token.string in DROPPED:
            # The space after the word goes too.
            column += 1
            continue
        pieces.append(_translated(token))
    return "".join(pieces)


def _between(lines: list[str], start: tuple[int, int], end: tuple[int, int]) -> str:
    """Return the whitespace between two tokens, which the tokenizer does not report."""
    if start[0] == end[0]:
        return lines[start[0] - 1][start[1] : end[1]] if start[0] <= len(lines) else ""
    first = lines[start[0] - 1][start[1] :]
    return first + "".join(lines[start[0] : end[0] - 1]) + (lines[end[0] - 1][: end[1]] if end[0] <= len(lines) else "")


def _translated(token: tokenize.TokenInfo) -> str:
    if token.type == tokenize.NAME:
        return blocking_name(token.string)
    if token.type in TEXT:
        return WORDS.sub(_translated_word, token.string)
    return token.string


def blocking_name(name: str) -> str:
    """Return the blocking twin of one identifier."""
    if name in RENAMED:
        return RENAMED[name]
    for prefix in PREFIXES:
        if name.startswith(prefix) and name[len(prefix) : len(prefix) + 1].isupper():
            return prefix.removesuffix("Async") + name.removeprefix(prefix)
    return name


def _translated_word(match: re.Match[str]) -> str:
    word = match.group()
    return "" if word.strip() in DROPPED else RENAMED.get(word, word.removesuffix("Async"))


IMPORT = re.compile(r"^(\s*from )(\.+)([\w.]*)( import )", re.MULTILINE)


def blocking_package(modules: Mapping[str, str]) -> dict[str, str]:
    """Return the blocking twins of client modules, for the package `sync`.

    Args:
        modules: The texts of the async modules, by their paths below the client's package.

    Returns:
        The texts of the twins, by their paths. They import each other, the blocking side of the runtime, and otherwise
        what the async modules import.
    """
    twins = {path.partition("/")[0].removesuffix(".py") for path in modules}
    return {f"sync/{path}": _imports(to_blocking(text), path.count("/"), twins) for path, text in modules.items()}


def _imports(text: str, depth: int, twins: set[str]) -> str:
    def moved(match: re.Match[str]) -> str:
        start, dots, module, end = match.groups()
        if len(dots) <= depth or module.partition(".")[0] in twins:
            return match.group()
        return f"{start}.{dots}{module.replace('_runtime.aio', '_runtime.sync')}{end}"

    return IMPORT.sub(moved, text)
