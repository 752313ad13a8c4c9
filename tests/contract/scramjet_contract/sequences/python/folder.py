"""Writes what it imports from `__pypackages__`, and what its folder contains."""

from pathlib import Path

import extra
from runners import given


def run(context, input):
    return given(_said(sorted(path.name for path in Path().iterdir())))


async def _said(names):
    yield f"{extra.WORD} {names}"
