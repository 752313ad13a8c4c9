"""The options of every server: address, access and request limits."""

from __future__ import annotations

import ipaddress
from pathlib import Path  # noqa: TC003 - attrs looks the types up
from typing import Any

import attrs

KIB = 1024
MIB = 1024 * KIB
GIB = 1024 * MIB
API_BASE = "/api/v1"


def option(default: Any, help: str, *, unit: str = "") -> Any:  # noqa: A002 - argparse's own word
    """Define a configuration field that is an option of the command line, the environment and the configuration file.

    Args:
        default: Its default.
        help: The text in `--help`.
        unit: The unit of a number, for `--help`.
    """
    return attrs.field(default=default, metadata={"help": help, "unit": unit})


@attrs.frozen(kw_only=True)
class ServerConfig:
    """The configuration of a server; see the help of each field."""

    host: str = option("127.0.0.1", "Address to listen on")
    port: int = option(8000, "Port to listen on; 0 picks a free one")
    token: str = option("", "Token required for everything but version and health; better given by variable or file")
    # RUF009 takes this for a mutable default, but paths are immutable.
    token_file: Path | None = option(None, "File of tokens, 'read TOKEN' or 'manage TOKEN' per line")  # noqa: RUF009
    allow_open: bool = option(False, "Without a token, still allow addresses beyond loopback and any Host name")
    cors_origin: tuple[str, ...] = option((), "Origin whose web pages may call (CORS); repeatable, * is any")
    access_log: bool = option(False, "Log every request")
    max_json_size: int = option(1 * MIB, "Maximum size of a JSON request body", unit="bytes")
    max_head_size: int = option(64 * KIB, "Maximum size of a request's line and headers", unit="bytes")
    head_timeout: float = option(20.0, "Time limit for a request's line and headers to arrive", unit="seconds")
    keep_alive: float = option(65.0, "How long an idle connection is kept open", unit="seconds")
    drain_timeout: float = option(10.0, "Time limit of stop handlers when the Hub stops", unit="seconds")


def is_loopback(host: str) -> bool:
    """Return whether a host address is reachable from this machine only."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
