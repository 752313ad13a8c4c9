"""The settings of a run, from options, the environment and defaults. Rejects those that cannot be used."""

from __future__ import annotations

import math
import os
import random
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from scramjet_contract.errors import BadOption
from scramjet_contract.http_policy import DIRECT, HttpPolicy, Proxy
from scramjet_contract.options import parser
from scramjet_contract.wire import Address

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Mapping, Sequence

TAGS = ("hub", "sequences", "instances", "topics")
KINDS: dict[str, tuple[str, ...]] = {
    "hub": TAGS,
    "platform": ("hub", "platform", "space", "store"),
    "multi-manager": ("hub", "multi-manager", "space", "store"),
}
"""The kinds of servers, and the tags of their operations."""
HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
OURS = {"content-length", "transfer-encoding", "connection", "content-type", "expect"}
"""Headers that control how the message is sent, which is part of what is checked."""


@attrs.frozen(kw_only=True)
class Settings:
    """The settings of a run.

    Attributes:
        url: The Hub, or the Platform or MultiManager.
        kind: Which of them it is, of `KINDS`.
        space: The id of a Space that the run may empty; empty if there is none.
        token: A token with full access; empty if the Hub requires none.
        read_token: A read-only token; empty if there is none.
        full_hub: Another Hub of the same kind, at its limits and with a Sequence; empty if there is none.
        draining_hub: Another one, shutting down and with a Sequence; empty if there is none.
        language: The language of the Sequences, `python` or `node`; empty for the profile's.
        profile: Name or file of the profile; empty to choose it by the Hub's version.
        tags: Tags of the operations to check.
        only: Names of scenarios, or of property phases, to run; empty for all.
        operations: operationIds that generated requests go to; empty for all.
        seed: The seed of the generated requests.
        budget: Seconds after which no new request is generated; None for no limit.
        time_limit: Seconds after which the run ends in any case; None for no limit.
        wait: Seconds to wait for the Hub's first answer.
        effort: A factor on the number of generated requests.
        workers: How many scenarios run at the same time.
        pace: A factor on all waiting times of scenarios.
        first_only: Whether to stop at the first problem.
        reports: Folder for the reports; None for none.
        plain: Whether to print lines only, also on a terminal.
        listing: Whether only to list what can be chosen.
        policy: How requests reach the Hub.
        command: The command line that started the run, to which options such as `--only` can be added.
    """

    url: str
    kind: str = "hub"
    space: str = ""
    token: str = attrs.field(default="", repr=False)
    read_token: str = attrs.field(default="", repr=False)
    full_hub: str = ""
    draining_hub: str = ""
    language: str = ""
    profile: str = ""
    tags: tuple[str, ...] = TAGS
    only: tuple[str, ...] = ()
    operations: tuple[str, ...] = ()
    seed: int = 0
    budget: float | None = None
    time_limit: float | None = None
    wait: float = 0.0
    effort: float = 1.0
    workers: int = 4
    pace: float = 1.0
    first_only: bool = False
    reports: Path | None = None
    plain: bool = False
    listing: bool = False
    policy: HttpPolicy = DIRECT
    command: tuple[str, ...] = ()

    @property
    def all_tags(self) -> tuple[str, ...]:
        """The tags of the operations of this kind of server."""
        return KINDS[self.kind]

    @property
    def address(self) -> Address:
        """The address of the Hub, and how requests reach it."""
        return Address.parse(self.url, self.policy)


def parse(
    arguments: Sequence[str], environment: Mapping[str, str] = os.environ, command: tuple[str, ...] = ()
) -> Settings:
    """Parse the options; those not given, or empty, are taken from the environment.

    Args:
        arguments: The options.
        environment: Variables.
        command: The command line before the options.

    Raises:
        BadOption: One of them cannot be used.
        SystemExit: Only the help text was requested.
    """
    given = parser(environment, TAGS).parse_args(arguments)
    reports, kind = given.reports, _kind(given.kind)
    return Settings(
        kind=kind,
        space=given.space,
        url=_address("the address", given.url),
        full_hub=_address("--full-hub", given.full_hub),
        draining_hub=_address("--draining-hub", given.draining_hub),
        token=_token("the token", given.token),
        read_token=_token("the reading token", given.read_token),
        language=_language(given.language),
        profile=given.profile,
        tags=_listed(given.tags) or KINDS[kind],
        only=_listed(given.only),
        operations=_listed(given.operations),
        seed=_seed(given.seed),
        budget=_number("--budget", given.budget, float, above=0),
        time_limit=_number("--time-limit", given.time_limit, float, above=0),
        wait=_number("--wait", given.wait, float, least=0) or 0.0,
        effort=_number("--effort", given.effort, float, above=0) or 1.0,
        workers=_number("--workers", given.workers, int, least=1, most=64) or 4,
        pace=_number("--pace", given.pace, float, above=0) or 1.0,
        first_only=given.first_only,
        reports=Path(reports) if reports else None,
        plain=given.plain,
        listing=given.list,
        policy=_policy(given),
        command=command,
    )


def writable(folder: Path) -> None:
    """Ensure that reports can be written into a folder; creates it if necessary.

    Raises:
        BadOption: They cannot.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise BadOption(f"no reports can be written into {folder}: {error.strerror or error}") from None


def _listed(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, (word.strip() for word in text.split(",")))))


def _address(what: str, text: str) -> str:
    try:
        if text:
            Address.parse(text)
    except ValueError as error:
        raise BadOption(f"{what} cannot be used: {error}") from None
    return text


def _token(what: str, text: str) -> str:
    if not all("!" <= char <= "~" for char in text):
        raise BadOption(f"{what} has a blank, a line break or another character that no header can hold")
    return text


def _kind(text: str) -> str:
    if text not in ("", *KINDS):
        raise BadOption(f"--kind (or KIND) takes {', '.join(KINDS)}, not {text!r}")
    return text or "hub"


def _language(text: str) -> str:
    if text not in ("", "python", "node"):
        raise BadOption(f"--language (or SEQUENCES) takes python or node, not {text!r}")
    return text


def _seed(text: str) -> int:
    if not text:
        return random.SystemRandom().randrange(1 << 32)
    return _number("--seed", text, int, least=0, most=(1 << 64) - 1) or 0


def _number(
    option: str,
    text: str,
    kind: Callable[[str], Any],
    *,
    least: float = -math.inf,
    above: float = -math.inf,
    most: float = math.inf,
) -> Any:
    """Parse a number, None if none is given.

    Raises:
        BadOption: It is not a number, or out of bounds.
    """
    if not text:
        return None
    try:
        value = kind(text)
    except ValueError:
        value = math.nan
    if math.isfinite(value) and least <= value <= most and value > above:
        return value
    what = "a whole number" if kind is int else "a number"
    bounds = [f"above {above:g}"] if above > -math.inf else [f"from {least:g}"]
    bounds += [f"up to {most:g}"] if most < 1000 else []
    variable = option.removeprefix("--").replace("-", "_").upper()
    raise BadOption(f"{option} (or {variable}) takes {what} {' '.join(bounds)}, not {text!r}")


def _policy(given: Namespace) -> HttpPolicy:
    """Build the policy for how requests reach the Hub; reads the files that it names.

    Raises:
        BadOption: Something cannot be used.
    """
    if given.key and not given.cert:
        raise BadOption("--key needs --cert, the certificate that belongs to it")
    if given.insecure and given.ca_file:
        raise BadOption("--ca-file and --insecure exclude each other: either check the certificate or do not")
    policy = HttpPolicy(
        ca_file=given.ca_file,
        cert=given.cert,
        key=given.key,
        insecure=given.insecure,
        headers=dict(_header(text, with_token=bool(given.token)) for text in given.header),
        proxy=Proxy.parse(given.proxy) if given.proxy else None,
    )
    _ = policy.tls
    return policy


def _header(text: str, *, with_token: bool) -> tuple[str, str]:
    name, colon, value = (part.strip() for part in text.partition(":"))
    if not colon or not HEADER_NAME.fullmatch(name) or not all(char == "\t" or " " <= char <= "~" for char in value):
        raise BadOption(f"--header takes NAME: VALUE, not {name!r}")
    if name.lower() in OURS:
        raise BadOption(f"--header cannot set {name}, which belongs to the requests that are checked")
    if name.lower() == "authorization" and with_token:
        raise BadOption("--header sets Authorization, and so does the token; give one of them")
    return name, value
