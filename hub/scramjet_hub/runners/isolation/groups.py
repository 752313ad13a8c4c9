"""Control groups of Instances: limits of memory and processes for all processes of an Instance together."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

import attrs

if TYPE_CHECKING:
    from collections.abc import Mapping

CONTROLLERS: Final = ("memory", "pids")
MEMBERS: Final = "cgroup.procs"
# The file of each limit in version 2 and in version 1.
FILES: Final = {
    "memory": ("memory.max", "memory.limit_in_bytes"),
    "pids": ("pids.max", "pids.max"),
}
NAME: Final = "scramjet-{}-{}"


@attrs.frozen
class Group:
    """The control group of one Instance: a folder for each controller, which may be the same.

    Attributes:
        folders: The folders by controller.
        unified: Whether they are of version 2.
    """

    folders: Mapping[str, Path]
    unified: bool

    @property
    def members(self) -> list[str]:
        """The files that list its members, to be written by those who join."""
        return [str(folder / MEMBERS) for folder in dict.fromkeys(self.folders.values())]

    def limit(self, controller: str, value: int) -> None:
        """Set a limit for all its processes together.

        Args:
            controller: `memory`, in bytes, or `pids`, in processes and threads.
            value: The limit; 0 is none.

        Raises:
            OSError: The kernel refuses it.
        """
        if controller in self.folders:
            name = FILES[controller][0 if self.unified else 1]
            none = "-1" if name == "memory.limit_in_bytes" else "max"
            (self.folders[controller] / name).write_text(str(value) if value else none)
            if controller == "memory" and self.unified:
                with contextlib.suppress(OSError):
                    (self.folders[controller] / "memory.swap.max").write_text("0")
                    (self.folders[controller] / "memory.oom.group").write_text("1")

    def remove(self) -> None:
        """Remove it, once all its processes have ended."""
        for folder in dict.fromkeys(self.folders.values()):
            with contextlib.suppress(OSError):
                folder.rmdir()


class Groups:
    """Creates control groups below that of the Hub, where the system lets it.

    Args:
        owner: Distinguishes this Hub's groups from those of others.
        root: The folder with `proc` and `sys`.
    """

    def __init__(self, owner: str, root: Path = Path("/")) -> None:
        self._owner = owner
        self._base = root / "sys/fs/cgroup"
        self._own = own_groups(root / "proc/self/cgroup")
        self.unified = "" in self._own and (self._base / "cgroup.controllers").exists()
        self._parents: dict[str, Path] = {}

    @property
    def controllers(self) -> list[str]:
        """The controllers in force, once it is open."""
        return sorted(self._parents)

    def open(self) -> None:
        """Find out where groups can be created, and remove those that an earlier Hub has left."""
        found = self._unified() if self.unified else self._separate()
        for controller, parent in found.items():
            for left in parent.glob(NAME.format(self._owner, "*")):
                with contextlib.suppress(OSError):
                    left.rmdir()
            if self._can_create(controller, parent):
                self._parents[controller] = parent

    def create(self, name: str) -> Group:
        """Create a group.

        Args:
            name: Distinguishes it from the others of this Hub.

        Raises:
            OSError: The system refuses it.
        """
        folders = {key: parent / NAME.format(self._owner, name) for key, parent in self._parents.items()}
        for folder in folders.values():
            folder.mkdir(exist_ok=True)
        return Group(folders, self.unified)

    def _separate(self) -> dict[str, Path]:
        """Return the Hub's group of each controller in version 1."""
        own = {name: self._own[name].lstrip("/") for name in CONTROLLERS if name in self._own}
        return {name: self._base / name / path for name, path in own.items()}

    def _unified(self) -> dict[str, Path]:
        """Return the Hub's group in version 2, after moving the Hub into one of its own below it.

        A group there has either members or groups with limits.
        """
        own = self._base / self._own[""].lstrip("/")
        with contextlib.suppress(OSError):
            offered = set((own / "cgroup.controllers").read_text().split()) & set(CONTROLLERS)
            members = {int(pid) for pid in (own / MEMBERS).read_text().split()}
            if not members <= {os.getpid()}:
                return {}  # others live here, too, and moving them is not the Hub's business
            place = own / NAME.format(self._owner, "hub")
            place.mkdir(exist_ok=True)
            (place / MEMBERS).write_text(str(os.getpid()))
            (own / "cgroup.subtree_control").write_text(" ".join(f"+{name}" for name in sorted(offered)))
            return dict.fromkeys(offered, own)
        return {}

    def _can_create(self, controller: str, parent: Path) -> bool:
        trial = Group({controller: parent / NAME.format(self._owner, "trial")}, self.unified)
        try:
            trial.folders[controller].mkdir(exist_ok=True)
            trial.limit(controller, 0)
        except OSError:
            return False
        finally:
            trial.remove()
        return True


def own_groups(path: Path) -> dict[str, str]:
    """Return the group of this process by controller; that of version 2 has an empty name."""
    groups: dict[str, str] = {}
    with contextlib.suppress(OSError):
        for line in path.read_text().splitlines():
            _, controllers, group = line.split(":", 2)
            groups.update(dict.fromkeys(controllers.split(","), group))
    return groups
