"""The configuration of a Hub: every option once, with its default, its unit and what it does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import attrs
from scramjet_serving.config import API_BASE, GIB, MIB, ServerConfig, option


@attrs.frozen(kw_only=True)
class HubConfig(ServerConfig):
    """How a Hub is set up; see the help of each field."""

    # RUF009 takes this for a mutable default; a path is none.
    data_dir: Path = option(Path(".scramjet-hub"), "Folder for all the Hub writes: its own, or empty")  # noqa: RUF009
    id: str = option("", "Id of this Hub; made up and kept in the data folder if not given")
    description: str = option("", "What this Hub is for, shown by GET /config")
    log_level: str = option("info", "Least level to log: trace, debug, info, warn, error or fatal")
    max_instances: int = option(1000, "Instances at once")
    min_free_memory: int = option(64 * MIB, "Free memory below which no Instance is started", unit="bytes")
    min_free_space: int = option(64 * MIB, "Free space below which no package is taken", unit="bytes")
    instance_memory: int = option(0, "Memory of an Instance that asks for no limit; 0 is unlimited", unit="bytes")
    instance_lifetime: float = option(180.0, "How long a finished Instance stays readable", unit="seconds")
    finished_memory: int = option(
        256 * MIB, "What finished Instances may hold for readers; more, and the oldest are forgotten", unit="bytes"
    )
    stream_buffer: int = option(1 * MIB, "What one stream keeps while nobody reads it", unit="bytes")
    topic_buffer: int = option(1 * MIB, "What one topic keeps while nobody reads it", unit="bytes")
    max_topics: int = option(1000, "Topics at once")
    topic_memory: int = option(
        256 * MIB, "What all topics keep together; more, and each passes on only what is read", unit="bytes"
    )
    event_memory: int = option(
        4 * MIB,
        "What the last events of an Instance may hold, one of each name; more, and the oldest are forgotten",
        unit="bytes",
    )
    reader_timeout: float = option(
        0.0, "How long a reader of a stream may take nothing while others wait for it; 0 is for ever", unit="seconds"
    )
    log_buffer: int = option(10_000, "Entries that a log replays", unit="entries")
    max_package_size: int = option(256 * MIB, "Size of an uploaded package", unit="bytes")
    max_unpacked_size: int = option(1 * GIB, "Size of a package once unpacked", unit="bytes")
    max_package_files: int = option(20_000, "Files and folders in a package")

    def public(self) -> dict[str, Any]:
        """What `GET /config` shows: STH's fields where there are such, and the limits, but no secrets and no paths."""
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
