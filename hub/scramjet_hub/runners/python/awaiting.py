"""Detects whether the calling code awaits the result of a call."""

from __future__ import annotations

import ast
import asyncio
import functools
import inspect
import itertools
import linecache
import opcode
import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from types import CodeType, FrameType

AWAITED: Final = "awaited"
RETURNED: Final = "returned"
USED: Final = "used"
# Methods that await the awaitables passed to them, on any object.
WAITERS: Final = frozenset(
    {"as_completed", "create_task", "ensure_future", "gather", "run_coroutine_threadsafe", "shield", "wait", "wait_for"}
)
COROUTINE: Final = inspect.CO_COROUTINE | inspect.CO_ASYNC_GENERATOR
# Parent expressions that keep an expression awaited.
PARTS: Final = (ast.List, ast.Tuple, ast.Set, ast.Starred, ast.keyword, ast.IfExp, ast.ListComp, ast.GeneratorExp)


def is_awaited() -> bool:
    """Return whether the code that called our caller awaits the result, directly or in a function it passes it to."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    frame: FrameType | None = sys._getframe(2)
    while frame is not None:
        fate = _fate(frame.f_code, frame.f_lasti)
        if fate != RETURNED or frame.f_code.co_flags & COROUTINE:
            return fate == AWAITED
        frame = frame.f_back
    return False


@functools.lru_cache(maxsize=1024)
def _fate(code: CodeType, offset: int) -> str:
    """Return how the result of the call at an offset of some code is used."""
    following = _following(code, offset)
    if following == "GET_AWAITABLE":
        return AWAITED
    if following == "RETURN_VALUE":
        return RETURNED
    call = _calls(code.co_filename).get(_position(code, offset))
    return AWAITED if call is not None and _is_waited_for(call) else USED


def _following(code: CodeType, offset: int) -> str:
    """Return the name of the instruction after the one at an offset."""
    bytecode = code.co_code
    following = (bytecode[index] for index in range(offset + 2, len(bytecode), 2))
    return opcode.opname[next((number for number in following if opcode.opname[number] != "CACHE"), 0)]


type_of_position = tuple[int | None, int | None, int | None, int | None]


def _position(code: CodeType, offset: int) -> type_of_position:
    return next(itertools.islice(code.co_positions(), offset // 2, None))


class _Linked(ast.NodeVisitor):
    """The calls of a file by position, each node linked to its parent."""

    def __init__(self, tree: ast.AST) -> None:
        self.calls: dict[type_of_position, ast.Call] = {}
        self.visit(tree)

    def generic_visit(self, node: ast.AST) -> None:
        for child in ast.iter_child_nodes(node):
            child.parent = node  # type: ignore[attr-defined]  # that is what this class adds
        super().generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        self.calls[node.lineno, node.end_lineno, node.col_offset, node.end_col_offset] = node
        self.generic_visit(node)


@functools.lru_cache(maxsize=64)
def _calls(filename: str) -> dict[type_of_position, ast.Call]:
    """Return the calls of a file; none if its source is not available."""
    try:
        return _Linked(ast.parse("".join(linecache.getlines(filename)))).calls
    except (SyntaxError, ValueError):
        return {}


def _is_waited_for(node: ast.AST) -> bool:
    parent = getattr(node, "parent", None)
    while isinstance(parent, PARTS):
        node, parent = parent, getattr(parent, "parent", None)
    if isinstance(parent, ast.Call):
        return _name(parent.func) in WAITERS
    if isinstance(parent, ast.Assign | ast.NamedExpr):
        targets = parent.targets if isinstance(parent, ast.Assign) else [parent.target]
        return any(isinstance(target, ast.Name) and _is_awaited_later(target) for target in targets)
    return isinstance(parent, ast.Await)


def _is_awaited_later(target: ast.Name) -> bool:
    """Return whether the function that assigns to a name awaits it somewhere."""
    scope: ast.AST = target
    while not isinstance(scope, ast.Module | ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
        scope = scope.parent  # type: ignore[attr-defined]  # see _Linked
    names = (node for node in ast.walk(scope) if isinstance(node, ast.Name) and node.id == target.id)
    return any(isinstance(name.ctx, ast.Load) and _is_waited_for(name) for name in names)


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""
