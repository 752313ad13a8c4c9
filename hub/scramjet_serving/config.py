"""The options of every server: address, access, log and request limits."""

from __future__ import annotations

import ipaddress
import re
from pathlib import Path  # noqa: TC003 - attrs looks the types up
from typing import ClassVar, Final

import attrs

from scramjet_serving.options import option

KIB = 1024
MIB = 1024 * KIB
GIB = 1024 * MIB
API_BASE = "/api/v1"
MOST_PORT: Final = 65535
ORIGIN: Final = re.compile(r"null|[A-Za-z][A-Za-z0-9+.-]*://[!-.0->@-~]+")


def check_origin(text: str) -> str:
    """Return an origin of web pages.

    Raises:
        ValueError: It is not an origin.
    """
    if text != "*" and not ORIGIN.fullmatch(text):
        raise ValueError("but an origin looks like https://example.com, without a path, or is *")
    return text


@attrs.frozen(kw_only=True)
class ServerConfig:
    """The configuration of a server; see the help of each field.

    Attributes:
        kind: The kind of server, for texts that users read.
    """

    kind: ClassVar[str] = "server"

    host: str = option("127.0.0.1", "Address to listen on")
    port: int = option(8000, "Port to listen on; 0 picks a free one", most=MOST_PORT)
    token: str = option(
        "", "Token required for everything but version and health; better given by variable or file", secret=True
    )
    # RUF009 takes this for a mutable default, but paths are immutable.
    token_file: Path | None = option(  # noqa: RUF009
        None, "File of tokens, 'read TOKEN' or 'manage TOKEN' per line", path=True
    )
    allow_open: bool = option(False, "Without a token, still allow addresses beyond loopback and any Host name")
    cors_origin: tuple[str, ...] = option(
        (), "Origin whose web pages may call (CORS); repeatable, * is any", item=check_origin
    )
    log_level: str = option("info", "Minimum level to log: trace, debug, info, warn, error or fatal")
    access_log: bool = option(False, "Log every request")
    max_json_size: int = option(1 * MIB, "Maximum size of a JSON request body", unit="bytes")
    max_head_size: int = option(64 * KIB, "Maximum size of a request's line and headers", unit="bytes")
    head_timeout: float = option(20.0, "Time limit for a request's line and headers to arrive", unit="seconds")
    keep_alive: float = option(65.0, "How long an idle connection is kept open", unit="seconds")
    drain_timeout: float = option(
        10.0, "Time limit of running work, such as stop handlers, when the server stops", unit="seconds"
    )


def is_loopback(host: str) -> bool:
    """Return whether a host address is reachable from this machine only."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
