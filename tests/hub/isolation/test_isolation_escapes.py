"""What an isolated Sequence tries, and does not get: each attempt under each isolation, from both runners.

Without isolation, each of them succeeds; so an attempt that is refused is refused by the isolation.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.hub.isolation.available import ISOLATIONS
from tests.hub.isolation.scene import Scene
from tests.support.tools import needs

if TYPE_CHECKING:
    from pathlib import Path

LANGUAGES = ["python", pytest.param("node", marks=needs("node"))]
METADATA = "Landlock does not control the metadata of files"
EXCEPTIONS: dict[str, dict[str, str]] = {
    "landlock": {
        "look_whether_a_file_exists": METADATA,
        "change_the_mode_of_a_file_outside": METADATA,
        "change_the_times_of_a_file_outside": METADATA,
        "enter_a_folder_outside": "Landlock does not control the working folder, only what is opened from it",
        "listen_to_files_outside": "Landlock does not control inotify: it tells names and times, no content",
        "talk_to_a_socket_in_the_file_system": "Landlock does not control connections to sockets in the file system",
    },
    "bubblewrap": {},
}
"""What an isolation leaves, with the reason."""
ONLY_ROOT = {
    "make_a_device", "plant_code_for_all", "read_the_passwords", "mount_over_the_system", "mount_a_folder_from_outside",
    "make_the_package_writable", "change_its_root", "enter_the_hub_s_namespaces", "become_another_user",
    "rename_the_machine", "raise_its_limits",
}  # fmt: skip
"""What succeeds without isolation if the Hub is root's."""
LEAST = 40


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("isolation", ISOLATIONS)
def test_nothing_gets_out(tmp_path: Path, isolation: str, language: str) -> None:
    with Scene(tmp_path, isolation) as scene:
        results = scene.attack(language)
    got = {name: what for name, (outcome, what) in results.items() if outcome == "got"}
    assert len(results) >= LEAST
    assert got.keys() == EXCEPTIONS[isolation].keys(), got


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_isolation_everything_succeeds(tmp_path: Path, language: str) -> None:
    with Scene(tmp_path, "none") as scene:
        results = scene.attack(language)
    refused = {name: why for name, (outcome, why) in results.items() if outcome == "refused"}
    refused.pop("list_the_folders_of_instances", None)  # there are none
    if os.getuid():
        refused = {name: why for name, why in refused.items() if name not in ONLY_ROOT}
    assert not refused
