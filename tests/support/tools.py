"""Programs that some tests need besides Python: which are missing, and that a run says so."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from typing import TYPE_CHECKING, TypeVar

import pytest

from scripts.published.install import UnavailableError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

T = TypeVar("T")

LEFT_OUT = "left out: needs "
"""How the reason of a skip begins that is owed to a missing program."""


def needs(*programs: str, because: str = "") -> pytest.MarkDecorator:
    """Return a mark that skips a test unless all `programs` are on the PATH.

    In CI (the variable `CI` is set) such a skip fails the run: `tests/conftest.py` sees to that.
    """
    missing = [program for program in programs if shutil.which(program) is None]
    return pytest.mark.skipif(bool(missing), reason=left_out(*missing, because=because))


def left_out(*missing: str, because: str = "") -> str:
    """Return the reason of a skip for programs that are missing; for tests that find it out as they run."""
    return LEFT_OUT + ", ".join(missing) + (f" ({because})" if because else "")


def installed(install: Callable[[], T]) -> T:
    """Install what a test needs from npm or PyPI; where they cannot be reached, skip the test."""
    try:
        return install()
    except UnavailableError as error:
        pytest.skip(left_out("the registries of npm and PyPI", because=str(error).partition("\n")[0].rstrip(":")))


def report(skipped: Iterable[pytest.TestReport]) -> list[str]:
    """Return one line a missing program, with how many tests it left out."""
    reasons = Counter(_reason(item) for item in skipped)
    return [f"{count} tests {reason}" for reason, count in sorted(reasons.items()) if reason.startswith(LEFT_OUT)]


def must_be_complete() -> bool:
    """Tell whether this is CI, where nothing may be left out."""
    return os.environ.get("CI", "") not in ("", "false", "0")


def _reason(item: pytest.TestReport) -> str:
    reason = item.longrepr[2] if isinstance(item.longrepr, tuple) else str(item.longrepr)
    return reason.removeprefix("Skipped: ")
