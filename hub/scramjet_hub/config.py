"""The configuration of a Hub: every option once, with its default, its unit and what it does."""

from __future__ import annotations

import ipaddress
from pathlib import Path
from typing import Any

import attrs

KIB = 1024
MIB = 1024 * KIB
GIB = 1024 * MIB
API_BASE = "/api/v1"


def option(default: Any, help: str, *, unit: str = "") -> Any:  # noqa: A002 - argparse's own word
    """A field of `HubConfig` that is an option of the command line, the environment and the configuration file.

    Args:
        default: Its default.
        help: What `--help` says.
        unit: What a number counts, for `--help`.
    """
    return attrs.field(default=default, metadata={"help": help, "unit": unit})


@attrs.frozen(kw_only=True)
class HubConfig:
    """How a Hub is set up; see the help of each field."""

    host: str = option("127.0.0.1", "Address to listen on")
    port: int = option(8000, "Port to listen on; 0 picks a free one")
    # RUF009 takes these two for mutable defaults; paths are not.
    data_dir: Path = option(Path(".scramjet-hub"), "Folder for all the Hub writes: its own, or empty")  # noqa: RUF009
    id: str = option("", "Id of this Hub; made up and kept in the data folder if not given")
    description: str = option("", "What this Hub is for, shown by GET /config")
    token: str = option("", "Token that guards all but version and health; better in a variable or a file")
    token_file: Path | None = option(None, "File of tokens, 'read TOKEN' or 'manage TOKEN' a line")  # noqa: RUF009
    allow_open: bool = option(False, "Without a token, allow listening beyond loopback and being called by any name")
    cors_origin: tuple[str, ...] = option((), "Origin whose web pages may call; repeat it, or * for any")
    log_level: str = option("info", "Least level to log: trace, debug, info, warn, error or fatal")
    access_log: bool = option(False, "Log every request")
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
    max_json_size: int = option(1 * MIB, "Size of a JSON request body", unit="bytes")
    max_head_size: int = option(64 * KIB, "Size of a request's line and headers", unit="bytes")
    head_timeout: float = option(20.0, "Time for a request's line and headers to arrive", unit="seconds")
    keep_alive: float = option(65.0, "How long an unused connection is kept", unit="seconds")
    drain_timeout: float = option(10.0, "How long stop handlers may take when the Hub stops", unit="seconds")

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


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches what listens on a host."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
