"""A language that the project has a client in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@attrs.frozen
class Language:
    """A language with a committed client.

    Attributes:
        name: As in `make client LANG=...`, and of its folders in client/ and generated/.
        title: As people write it.
        programs: What has to be on the PATH to generate, build and test the client.
        generator: What generates it, as a reader of client/LANGUAGE finds it pinned there: name and version.
        generate: Generates the client's other half: from a folder with the bundles, into a copy of client/LANGUAGE.
        check: The commands that build the client under strict settings and run its own tests, in its folder.
        smoke: The command that runs its smoke, in its folder.
    """

    name: str
    title: str
    programs: tuple[str, ...]
    generator: Callable[[Path], str]
    generate: Callable[[Path, Path], None]
    check: tuple[tuple[str, ...], ...]
    smoke: tuple[str, ...]
