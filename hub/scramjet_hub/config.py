"""The configuration of a Hub: every option once, with its default, its unit and its meaning."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, ClassVar, Final

import attrs
from scramjet_serving.access import cnonce
from scramjet_serving.config import API_BASE, GIB, MIB, ServerConfig
from scramjet_serving.options import OptionError, option

SPACE_ID: Final = re.compile(r"[A-Za-z0-9._-]{1,255}", re.ASCII)
HUB_ID: Final = re.compile(r"[!-~]([ -~]{0,126}[!-~])?")


def absolute(text: str) -> str:
    """Return a path, if it is absolute.

    Raises:
        ValueError: It is not.
    """
    if not text.startswith("/"):
        raise ValueError("but should be an absolute path")
    return text


@attrs.frozen(kw_only=True)
class HubConfig(ServerConfig):
    """The configuration of a Hub; see the help of each field."""

    kind: ClassVar[str] = "Hub"

    # RUF009 takes this for a mutable default, but paths are immutable.
    data_dir: Path = option(  # noqa: RUF009
        Path(".scramjet-hub"), "Data folder of the Hub: new, empty or its own", path=True
    )
    id: str = option("", "Id of this Hub; by default generated and kept in the data folder", empty=True)
    description: str = option("", "Purpose of this Hub, shown by GET /config", empty=True)
    space: str = option("", "URL of a Platform whose Space this Hub joins, such as http://HOST:PORT")
    space_id: str = option("", "Id of the Space to join")
    space_key: str = option("", "Access key for the Space; better given by variable", secret=True)
    # RUF009 takes this for a mutable default, but paths are immutable.
    space_ca: Path | None = option(  # noqa: RUF009
        None, "File of certificates to trust when joining by https", path=True
    )
    tag: tuple[str, ...] = option((), "Tag of this Hub, shown by its Space; repeatable")
    max_instances: int = option(1000, "Maximum number of running Instances")
    min_free_memory: int = option(64 * MIB, "Free memory required to start an Instance", unit="bytes")
    min_free_space: int = option(64 * MIB, "Free disk space required to accept a package", unit="bytes")
    instance_memory: int = option(0, "Default memory limit of an Instance; 0 is unlimited", unit="bytes")
    instance_lifetime: float = option(180.0, "How long a finished Instance can be read", unit="seconds")
    finished_memory: int = option(
        256 * MIB, "Memory for finished Instances together; beyond it, the oldest are removed", unit="bytes"
    )
    stream_buffer: int = option(1 * MIB, "Buffer of a stream without readers", unit="bytes")
    topic_buffer: int = option(1 * MIB, "Buffer of a topic without readers", unit="bytes")
    max_topics: int = option(1000, "Maximum number of topics")
    topic_memory: int = option(
        256 * MIB, "Buffer of all topics together; when full, topics only pass on what is read", unit="bytes"
    )
    event_memory: int = option(
        4 * MIB,
        "Memory for the last event of each name, per Instance; beyond it, the oldest are removed",
        unit="bytes",
    )
    reader_timeout: float = option(
        0.0, "How long a reader may stall while others wait, before it is cut off; 0 is unlimited", unit="seconds"
    )
    exec: bool = option(False, "Allow commands beside running Instances, with their isolation")
    isolation: str = option("auto", "How Sequences are confined: none, landlock, bubblewrap or auto")
    isolation_network: bool = option(True, "Whether isolated Sequences may use the network")
    isolation_read: tuple[str, ...] = option(
        (), "Further file or folder that isolated Sequences may read; repeatable", item=absolute
    )
    isolation_write: tuple[str, ...] = option(
        (), "Further file or folder that they may also write; repeatable", item=absolute
    )
    instance_scope: str = option(
        "instance", "What the token of an Instance permits: instance (topics, itself, starting Sequences) or manage"
    )
    instance_processes: int = option(
        0, "Maximum number of processes and threads of an isolated Instance; 0 is unlimited"
    )
    instance_files: int = option(
        0, "Maximum number of open files of a process of an isolated Instance; 0 is the Hub's own"
    )
    instance_file_size: int = option(0, "Maximum size of a file of an isolated Instance; 0 is unlimited", unit="bytes")
    instance_cpu_time: int = option(
        0, "Maximum CPU time of a process of an isolated Instance; 0 is unlimited", unit="seconds"
    )
    log_buffer: int = option(10_000, "Log entries kept for replay", unit="entries")
    history_age: float = option(7 * 86_400.0, "How long the history of Instances goes back", unit="seconds")
    history_size: int = option(
        64 * MIB, "Maximum size of the history of Instances on the disk; 0 keeps none", unit="bytes"
    )
    max_package_size: int = option(256 * MIB, "Maximum size of an uploaded package", unit="bytes")
    max_unpacked_size: int = option(1 * GIB, "Maximum size of an unpacked package", unit="bytes")
    max_package_files: int = option(20_000, "Maximum number of files and folders in a package")

    def public(self) -> dict[str, Any]:
        """Return the reply to `GET /config`: STH's fields where they exist, and the limits; no secrets, no paths."""
        host = {"hostname": self.host, "port": self.port, "apiBase": API_BASE, "id": self.id}
        return {
            "logLevel": self.log_level,
            "description": self.description,
            "runtimeAdapter": "process",
            "host": host,
            "instanceRequirements": {"freeMem": self.min_free_memory / MIB, "freeSpace": self.min_free_space / MIB},
            "limits": {
                field.name: getattr(self, field.name)
                for field in attrs.fields(HubConfig)
                if field.metadata["unit"] or field.name.startswith("max_")
            },
        }


def check_id(text: str, place: str = "--id") -> None:
    """Reject an invalid id of a Hub.

    Args:
        text: The id.
        place: Its source, for the error.

    Raises:
        OptionError: It is invalid.
    """
    if not HUB_ID.fullmatch(text):
        raise OptionError(f"{place} is {text[:100]!r}, but the id of a Hub is 1 to 128 visible letters of ASCII")


def check_space(config: HubConfig) -> None:
    """Reject options about a Space that cannot work.

    Raises:
        OptionError: One of them is missing or invalid.
    """
    if not config.space and not config.space_id:
        return
    if not config.space or not config.space_id:
        raise OptionError("--space and --space-id belong together: the address of a Platform, and the Space there")
    if not SPACE_ID.fullmatch(config.space_id):
        raise OptionError(f"--space-id is {config.space_id[:100]!r}, but has 1 to 255 letters, digits and ._-")
    if config.space_key and not cnonce.KEY.fullmatch(config.space_key):
        raise OptionError(
            f"--space-key is not shown here, but has at least {cnonce.LEAST_KEY} visible letters of ASCII"
        )
