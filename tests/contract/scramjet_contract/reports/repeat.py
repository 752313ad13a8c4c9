"""The command that repeats a failure: it plays the same part of the run again, including the setup of that part.

The last request alone often shows nothing, because the Instance that it went to is gone.
"""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from scramjet_contract.exchange import masked
from scramjet_contract.phases import PHASES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scramjet_contract.results import Problem
    from scramjet_contract.settings import Settings

ALONE = "The last request, if what it needs is still there:"
"""The label of the command that repeats one request only."""


STARTERS = ("make", "scripts.contract")
"""Command words that start the Hub, too, and so know its address, its tokens and its profile."""


def as_command(problem: Problem, settings: Settings) -> str:
    """Return a shell command; it reads tokens and given headers from variables."""
    words = dict(_selection(problem, settings))
    if settings.command[:1] == ("make",):
        return " ".join([*settings.command, *(f"{name}={shlex.quote(value)}" for name, value in words.items())])
    parts = [shlex.quote(word) for word in settings.command or ("scramjet-contract",)]
    if not _starts_the_hub(settings):
        parts += [shlex.quote(settings.url), *_access(settings)]
    parts += [f"--{name.lower().replace('_', '-')} {shlex.quote(value)}" for name, value in words.items()]
    return " ".join([*parts, *_policy(settings)])


def _starts_the_hub(settings: Settings) -> bool:
    is_given = any(word.startswith("HUB=") and word != "HUB=sth" for word in settings.command)
    return not is_given and any(word in STARTERS for word in settings.command)


def _selection(problem: Problem, settings: Settings) -> Iterator[tuple[str, str]]:
    """Return, as variables, the selection that plays the part again in which a problem was found."""
    yield "SEED", str(settings.seed)
    kind, _, name = problem.source.partition(" ")
    if kind == "scenario":
        yield "ONLY", name
    elif kind == "property":
        # Requests also meet what other operations and earlier phases have created.
        before = PHASES[: PHASES.index(name) + 1] if name in PHASES else PHASES
        yield "ONLY", ",".join(phase for phase in before if not _has_phases(settings) or phase in settings.only)
        if settings.operations:
            yield "OPERATIONS", ",".join(settings.operations)
    elif settings.only:
        yield "ONLY", ",".join(settings.only)
    if settings.tags != settings.all_tags and kind != "scenario":
        yield "TAGS", ",".join(settings.tags)
    if settings.profile and not _starts_the_hub(settings):
        yield "PROFILE", settings.profile
    for name, value in (("EFFORT", settings.effort), ("PACE", settings.pace)):
        if value != 1:
            yield name, f"{value:g}"


def _has_phases(settings: Settings) -> bool:
    return any(word in PHASES for word in settings.only)


def _access(settings: Settings) -> Iterator[str]:
    for option, value in (("token", settings.token), ("read-token", settings.read_token)):
        if value:
            yield f'--{option} "${option.replace("-", "_").upper()}"'
    for option, value in (("full-hub", settings.full_hub), ("draining-hub", settings.draining_hub)):
        if value:
            yield f"--{option} {shlex.quote(value)}"


def _policy(settings: Settings) -> Iterator[str]:
    policy = settings.policy
    for option, value in (("ca-file", policy.ca_file), ("cert", policy.cert), ("key", policy.key)):
        if value:
            yield f"--{option} {shlex.quote(value)}"
    if policy.proxy:
        yield f"--proxy http://{policy.proxy.host}:{policy.proxy.port}"
    if policy.insecure:
        yield "--insecure"
    for name in policy.headers:
        yield f'--header "{name}: {masked(name, "", {name.lower()})}"'
