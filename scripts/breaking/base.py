"""The description to compare with: the bundle of a commit, or one in a file."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import yaml

from scripts.description.source import BUNDLE, ROOT


class BaseError(Exception):
    """There is nothing to compare with, and the message says why."""


def load_base(base: str, root: Path = ROOT) -> dict[str, Any]:
    """The bundle to compare with.

    Args:
        base: A git ref, or else the path of a bundle.
        root: The checkout.

    Raises:
        BaseError: There is no such commit or file, or no bundle in it.
    """
    text = Path(base).read_text(encoding="utf-8") if Path(base).is_file() else _committed(base, root)
    try:
        content = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  # both are safe
    except yaml.YAMLError as error:
        raise BaseError(f"{base} is not YAML: {error}") from error
    if not isinstance(content, dict) or "paths" not in content:
        raise BaseError(f"{base} holds no description")
    return content


def _committed(ref: str, root: Path) -> str:
    name = f"{ref}:{BUNDLE.relative_to(ROOT).as_posix()}"
    command = ["git", "-C", str(root), "show", "--end-of-options", name]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)  # noqa: S603
    if done.returncode:
        raise BaseError(f"There is no {name}: {done.stderr.strip()}")
    return done.stdout
