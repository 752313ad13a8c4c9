"""What a run is told: by options, by the environment, by default."""

from __future__ import annotations

import argparse
import os
import random
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from scramjet_contract.properties.engine import PHASES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TAGS = ("hub", "sequences", "instances", "topics")


@attrs.frozen(kw_only=True)
class Settings:
    """How to run.

    Attributes:
        url: The Hub.
        token: A token that may do everything; empty if the Hub asks for none.
        read_token: A token that may only look; empty if there is none.
        full_hub: Another Hub of the same kind, without room and with a Sequence; empty if there is none.
        draining_hub: Another one, about to end and with a Sequence; empty if there is none.
        profile: Name or file of the profile; empty to choose by the Hub's version.
        tags: Tags of the operations to check.
        only: Names of scenarios, or of property phases, to run; empty for all.
        operations: operationIds that generated requests go to; empty for all.
        seed: What the choice of generated requests depends on.
        budget: Seconds after which no new request is generated; None for no limit.
        effort: A factor on the number of generated requests.
        workers: Scenarios at a time.
        pace: A factor on the time that scenarios wait for anything.
        first_only: Whether to stop at the first problem.
        reports: Folder for the reports; None for none.
        plain: Whether to print lines only, also on a terminal.
    """

    url: str
    token: str = attrs.field(default="", repr=False)
    read_token: str = attrs.field(default="", repr=False)
    full_hub: str = ""
    draining_hub: str = ""
    profile: str = ""
    tags: tuple[str, ...] = TAGS
    only: tuple[str, ...] = ()
    operations: tuple[str, ...] = ()
    seed: int = 0
    budget: int | None = None
    effort: float = 1.0
    workers: int = 4
    pace: float = 1.0
    first_only: bool = False
    reports: Path | None = None
    plain: bool = False


def parse(arguments: Sequence[str], environment: Mapping[str, str] = os.environ) -> Settings:
    """Read options; what is not given is taken from the environment.

    Raises:
        SystemExit: They cannot be read, or only help was asked for.
    """
    options = _parser(environment).parse_args(arguments)
    values = vars(options)
    values["tags"] = _listed(values["tags"]) or TAGS
    values["only"] = _listed(values["only"])
    values["operations"] = _listed(values["operations"])
    if values["seed"] is None:
        values["seed"] = random.SystemRandom().randrange(1 << 32)
    return Settings(**values)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(filter(None, (word.strip() for word in text.split(","))))


def _parser(environment: Mapping[str, str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="scramjet-contract",
        description="Check a running Scramjet Hub against the description of its API. "
        "Everything that is created on the Hub is deleted again; nothing else is touched.",
        epilog="Exit code: 0 the Hub keeps the contract, 1 it does not, 2 nothing could be checked.",
    )
    get = environment.get
    add = parser.add_argument
    add("url", nargs="?", default=get("HUB") or "http://127.0.0.1:8000/api/v1", help="address of the Hub [HUB]")
    add("--token", default=get("TOKEN", ""), help="token that may do everything [TOKEN]")
    add("--read-token", default=get("READ_TOKEN", ""), help="token that may only look [READ_TOKEN]")
    add("--profile", default=get("PROFILE", ""), help="name or file of the profile; chosen by version [PROFILE]")
    add("--tags", default=get("TAGS", ""), help=f"tags to check, of {','.join(TAGS)}; all by default [TAGS]")
    add("--only", default=get("ONLY", ""), help=f"scenarios or phases ({','.join(PHASES)}) to run [ONLY]")
    add("--operations", default="", help="operationIds that generated requests go to; all by default")
    add("--seed", type=int, default=_number(get("SEED")), help="repeat the run with this seed [SEED]")
    add("--budget", type=int, default=_number(get("BUDGET")), help="seconds for generated requests [BUDGET]")
    add("--effort", type=float, default=1.0, help="factor on the number of generated requests; default 1")
    add("--workers", type=int, default=4, help="scenarios at a time; default 4")
    add("--pace", type=float, default=1.0, help="factor on the time that scenarios wait for anything; default 1")
    add("--first-only", action="store_true", help="stop at the first problem")
    add("--reports", type=Path, default=_path(get("REPORTS")), help="folder for the reports [REPORTS]")
    add("--full-hub", default="", help="another such Hub that has no room")
    add("--draining-hub", default="", help="another such Hub that is about to end")
    add("--plain", action="store_true", help="print lines only, also on a terminal")
    return parser


def _number(text: str | None) -> int | None:
    return int(text) if text else None


def _path(text: str | None) -> Path | None:
    return Path(text) if text else None
