from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from scramjet_contract.packages import LANGUAGES, package

from tests.support.hub_process import HubProcess

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LABELS = (
    "bell consumer count echo failing hello patient producer settings stdio stubborn unwell".split()  # noqa: SIM905
)


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[HubProcess]:
    """A Hub that asks for no token."""
    with HubProcess(tmp_path / "hub") as process:
        yield process


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the Sequences of the contract tests, LANGUAGE-LABEL.tar.gz."""
    folder = tmp_path_factory.mktemp("packages")
    for language in LANGUAGES:
        for label in LABELS:
            name = f"{language}-{label}"
            packed = package(label, name, language, TOPIC=f"{language}-topic")
            (folder / f"{name}.tar.gz").write_bytes(packed)
    return folder
