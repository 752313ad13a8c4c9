"""The sandboxes of Instances: each has a folder to write, and says how its process is confined."""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import attrs

from scramjet_hub.runners.isolation import places
from scramjet_hub.runners.isolation.choice import BUBBLEWRAP, LANDLOCK, NONE, Choice, Limits, choose
from scramjet_hub.runners.isolation.groups import Group, Groups

if TYPE_CHECKING:
    from collections.abc import Callable

    from scramjet_hub.config import HubConfig

# Variables that name the folder to write.
FOLDER_VARIABLES: Final = ("HOME", "TMPDIR", "TMP", "TEMP", "SCRAMJET_INSTANCE_DIR")
NAMESPACES: Final = ("user", "mount", "pid", "ipc", "uts", "cgroup")
# The processes of a sandbox itself, which count, too: the one that waits outside, and three of bubblewrap.
OWN_PROCESSES: Final = 4


@attrs.frozen
class Sandbox:
    """The sandbox of one Instance.

    Attributes:
        message: What the spawner needs to know of it.
        folder: The folder that the Instance may write; None if it is not isolated.
        group: Its control group, if any.
    """

    message: dict[str, Any]
    folder: Path | None = None
    group: Group | None = None

    @property
    def environ(self) -> dict[str, str]:
        """Variables for its processes."""
        return dict.fromkeys(FOLDER_VARIABLES, str(self.folder)) if self.folder else {}

    def limit_memory(self, memory: int | None) -> None:
        """Limit the memory of all its processes together, in bytes; None is no limit."""
        if self.group is not None:
            self.group.limit("memory", memory or 0)

    def remove(self) -> None:
        """Remove its folder and its group, once all its processes have ended; blocks."""
        if self.folder is not None:
            shutil.rmtree(self.folder, ignore_errors=True)
        if self.group is not None:
            self.group.remove()


NO_SANDBOX: Final = Sandbox({})


class Sandboxes:
    """Makes sandboxes of the isolation that is in force.

    Args:
        config: The options of the Hub.
        data: The data folder.
        new_folder: Creates an empty folder.
        port: Returns the port of the Hub's API.

    Raises:
        OptionError: The options ask for an isolation that this machine cannot give.

    Attributes:
        choice: The isolation in force.
        limits: The limits in force.
    """

    def __init__(self, config: HubConfig, data: Path, new_folder: Callable[[], Path], port: Callable[[], int]) -> None:
        self._config = config
        self._new_folder = new_folder
        self._port = port
        self.choice: Choice = choose(config, data)
        groups = Groups(config.id)
        if self.isolates:
            groups.open()
        self.limits = Limits(config, self.choice.kind, groups)
        self._data = data
        self._programs = places.programs()
        self._settings = [path for path in places.settings() if path not in self._programs]

    @property
    def isolates(self) -> bool:
        """Whether any isolation is in force."""
        return self.choice.kind != NONE

    def public(self) -> dict[str, Any]:
        """Return what is in force, for `GET /config`."""
        network = self._config.isolation_network
        return {
            "kind": self.choice.kind,
            "enforces": self.choice.enforces(network=network),
            "limits": self.limits.public(),
        }

    def create(self, package: str) -> Sandbox:
        """Create a sandbox.

        Args:
            package: The folder of the package that will run in it.

        Raises:
            OSError: There is no room for it.
        """
        if not self.isolates:
            return NO_SANDBOX
        folder = self._new_folder()
        with contextlib.ExitStack() as undo:
            undo.callback(shutil.rmtree, folder, ignore_errors=True)
            group = self._group(folder.name, undo)
            message: dict[str, Any] = {"limits": self.limits.single, "landlock": self.choice.abi}
            if group is not None:
                message["groups"] = group.members
            confined = self._landlock if self.choice.kind == LANDLOCK else self._bubblewrap
            sandbox = Sandbox({**message, **confined(package, str(folder))}, folder, group)
            undo.pop_all()
        return sandbox

    def _group(self, name: str, undo: contextlib.ExitStack) -> Group | None:
        if not self.limits.groups.controllers:
            return None
        group = self.limits.groups.create(name)
        undo.callback(group.remove)
        extra = 0 if self.choice.kind == LANDLOCK else OWN_PROCESSES
        group.limit("pids", self.limits.processes + extra if self.limits.processes else 0)
        return group

    def _landlock(self, package: str, folder: str) -> dict[str, Any]:
        paths = {
            "run": [*self._programs, package],
            "read": [*self._settings, *places.MACHINE, *map(str, self._config.isolation_read)],
            "write": [folder, *map(str, self._config.isolation_write)],
            "device": list(places.DEVICES),
        }
        message: dict[str, Any] = {"kind": LANDLOCK, "paths": paths}
        if not self._config.isolation_network:
            message["ports"] = [self._port()]
        return message

    def _bubblewrap(self, package: str, folder: str) -> dict[str, Any]:
        kinds = NAMESPACES if self._config.isolation_network else (*NAMESPACES, "net")
        argv = [*self.choice.bwrap, "--die-with-parent", "--new-session", "--chdir", "/"]
        argv += [f"--unshare-{kind}" for kind in kinds if kind not in ("user", "mount")]
        argv += ["--proc", "/proc", "--dev", "/dev", "--bind", folder, "/tmp"]  # noqa: S108 - the Instance's own
        for path in [*self._programs, *self._settings]:
            argv += self._shown(path)
        if places.holder(self._data, self._programs):
            argv += ["--tmpfs", str(self._data)]
        for path in map(str, self._config.isolation_read):
            argv += ["--ro-bind-try", path, path]
        for path in map(str, self._config.isolation_write):
            argv += ["--bind-try", path, path]
        argv += ["--ro-bind", package, package, "--bind", folder, folder, "--remount-ro", "/"]
        return {"kind": BUBBLEWRAP, "argv": argv, "namespaces": kinds}

    def _shown(self, path: str) -> list[str]:
        """Return the options that show a part of the system; a link to another shown part stays one."""
        place = Path(path)
        if place.is_symlink() and places.holder(place.resolve(), self._programs):
            return ["--symlink", str(place.readlink()), path]
        return ["--ro-bind", path, path]
