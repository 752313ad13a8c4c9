"""The configuration of a Platform: every option once, with its default, its unit and its meaning."""

from __future__ import annotations

import ipaddress
import re
from pathlib import Path
from typing import ClassVar, Final
from urllib.parse import unquote, urlsplit

import attrs
from scramjet_serving.command_line import check_log_and_token
from scramjet_serving.config import GIB, MIB, ServerConfig, is_loopback
from scramjet_serving.options import OptionError, option

SPACE_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,50}", re.ASCII)
HUB_BY_URL: Final = re.compile(r"([A-Za-z0-9_-]{1,50})/([A-Za-z0-9_-]{1,50})=(https?://[!-~]+)", re.ASCII)
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def space_id(text: str) -> str:
    """Return the id of a Space.

    Raises:
        ValueError: It is none that clients accept.
    """
    if not SPACE_ID.fullmatch(text):
        raise ValueError("but the id of a Space is 1 to 50 letters of ASCII, digits, _ and -")
    return text


def hub_by_url(text: str) -> str:
    """Return the place of a Hub, `SPACE/HUB=URL`.

    Raises:
        ValueError: It has another form.
    """
    if not HUB_BY_URL.fullmatch(text):
        raise ValueError("but a Hub by URL looks like SPACE/HUB=http://127.0.0.1:8000/api/v1")
    return text


def network(text: str) -> str:
    """Return a network in the form ADDRESS/BITS.

    Raises:
        ValueError: It is no network.
    """
    try:
        return str(ipaddress.ip_network(text))
    except ValueError:
        raise ValueError("but a network looks like 10.1.0.0/16 or 127.0.0.1") from None


@attrs.frozen(kw_only=True)
class PlatformConfig(ServerConfig):
    """The configuration of a Platform; see the help of each field."""

    kind: ClassVar[str] = "Platform"

    port: int = option(11000, "Port to listen on; 0 picks a free one", most=65535)
    token: str = option("", "A token that opens everything; better given by variable or file", secret=True)
    allow_open: bool = option(False, "Ask for no token at all; only on a loopback address")
    # RUF009 takes these for mutable defaults, but paths are immutable.
    data_dir: Path = option(  # noqa: RUF009
        Path(".scramjet-platform"), "Data folder of the Platform: new, empty or its own", path=True
    )
    id: str = option("platform", "Id of this Platform, shown by GET /info")
    space: tuple[str, ...] = option(("space-1",), "Id of a Space to serve; repeatable", item=space_id)
    hub: tuple[str, ...] = option(
        (),
        "Hub to reach by URL, SPACE/HUB=URL, with its token as the password in the URL; repeatable",
        item=hub_by_url,
        secret=True,
    )
    native_from: tuple[str, ...] = option(
        (), "Network whose Hubs may join without a key and use topics without a token; repeatable", item=network
    )
    max_access_keys: int = option(5, "Maximum number of access keys of a Space")
    max_spaces: int = option(100, "Maximum number of Spaces")
    max_hubs: int = option(10_000, "Maximum number of Hubs of a Space, connected or not")
    max_hub_items: int = option(10_000, "Maximum number of Sequences, Instances or topics that a Hub may report")
    max_topics: int = option(1000, "Maximum number of topics of a Space")
    topic_buffer: int = option(64 * 1024, "Buffer of a topic for each of its readers", unit="bytes")
    unhealthy_timeout: float = option(61.0, "How long a Hub may say nothing and count as healthy", unit="seconds")
    log_buffer: int = option(100_000, "Log entries of a Space kept for replay", unit="entries")
    max_package_size: int = option(256 * MIB, "Maximum size of a package in the store", unit="bytes")
    store_limit: int = option(5 * GIB, "Maximum size of all packages of a Space", unit="bytes")

    @property
    def native(self) -> tuple[Network, ...]:
        """The networks whose Hubs need no key."""
        return tuple(ipaddress.ip_network(text) for text in self.native_from)

    def hubs_by_url(self, space: str) -> list[tuple[str, str, str]]:
        """Return the id, the URL and the token of each Hub of a Space that is reached by URL."""
        found = [match for text in self.hub if (match := HUB_BY_URL.fullmatch(text))]
        return [(match[2], *_without_token(match[3])) for match in found if match[1] == space]


def _without_token(url: str) -> tuple[str, str]:
    """Return a URL without the password in it, and that."""
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl(), unquote(parts.password or "")


def check(config: PlatformConfig) -> None:
    """Reject invalid options and dangerous combinations.

    Raises:
        OptionError: They are invalid or dangerous.
        TokenError: No client could send the token.
    """
    check_log_and_token(config)
    if config.allow_open and not is_loopback(config.host):
        raise OptionError(f"--allow-open would let anyone who reaches {config.host} use every Hub; listen on 127.0.0.1")
    _check_spaces(config)


def _check_spaces(config: PlatformConfig) -> None:
    if len(set(config.space)) < len(config.space):
        raise OptionError("--space names a Space twice")
    places = [text.partition("=")[0] for text in config.hub]
    if len(set(places)) < len(places):
        raise OptionError("--hub names a Hub twice")
    for place in places:
        if (space := place.partition("/")[0]) not in config.space:
            raise OptionError(f"--hub {place} is in a Space that is not served; add --space {space}")
