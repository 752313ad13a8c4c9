"""Hunts mutants: runs the contract tests against a Hub with each fault, and tells which are caught and by what."""

from __future__ import annotations

import argparse
import contextlib
import io
import secrets
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
from rich.console import Console
from scramjet_contract.errors import NoHub
from scramjet_contract.reports.terminal import Terminal
from scramjet_contract.run import Run
from scramjet_contract.scenarios import about
from scramjet_contract.settings import Settings

from scripts.servers import embedded
from scripts.servers.hub import COMMAND
from tests.mutants import Mutant, load_all
from tests.mutants.serve import serving

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scramjet_contract.results import Problem

WANTED = 0.95
"""The share of mutants that has to be caught."""
PACE = 0.4
"""Faults are seen sooner if nothing is waited for as long as usual."""
SOUND = "nothing"


@attrs.frozen
class Catch:
    """How a hunt went.

    Attributes:
        name: The mutant.
        caught: Whether the contract tests found it.
        by: The scenario or phase, and the check.
        message: What they said.
        seconds: How long it took.
    """

    name: str
    caught: bool
    by: str
    message: str
    seconds: float


def hunt(name: str) -> Catch:
    """Run the contract tests against a Hub with a fault; the name `nothing` stands for one without."""
    begun = time.monotonic()
    mutant = load_all().get(name)
    command = serving(name) if mutant else (str(COMMAND),)
    try:
        with _hubs(command, whole=mutant is None or mutant.whole) as settings:
            problem = _first_problem(settings, mutant)
    except NoHub as error:
        return Catch(name, True, "connection", str(error), time.monotonic() - begun)
    took = time.monotonic() - begun
    if problem is None:
        return Catch(name, False, "", mutant.what if mutant else "", took)
    by = f"{problem.source}: {problem.check}"
    return Catch(name, True, by, problem.message.partition("\n")[0], took)


@contextlib.contextmanager
def _hubs(command: Sequence[str], *, whole: bool) -> Iterator[Settings]:
    """A Hub to hunt in, with the Hubs in special states if need be."""
    if whole:
        with embedded.trio(command) as hubs:
            yield Settings(
                url=hubs.url,
                token=hubs.token,
                read_token=hubs.read_token,
                full_hub=hubs.full,
                draining_hub=hubs.draining,
            )
        return
    token, read_token = secrets.token_hex(16), secrets.token_hex(16)
    with tempfile.TemporaryDirectory(prefix="scramjet-mutant-") as name:
        tokens = Path(name) / "tokens"
        tokens.touch(mode=0o600)
        tokens.write_text(f"manage {token}\nread {read_token}\n")
        with embedded.running(Path(name), "--token-file", str(tokens), command=command) as (url, _):
            yield Settings(url=url, token=token, read_token=read_token)


def _first_problem(settings: Settings, mutant: Mutant | None) -> Problem | None:
    quiet = Terminal(console=Console(file=io.StringIO()))
    phases = ("examples", "coverage") if mutant else ()
    run = Run(
        attrs.evolve(
            settings,
            profile="embedded",
            only=(*about("hub"), *phases),
            operations=mutant.operations if mutant else (),
            seed=1,
            pace=PACE,
            first_only=True,
        ),
        quiet,
    )
    problems = run.go().results.problems
    return next(iter(problems.values()), None)


def main(arguments: Sequence[str] | None = None) -> int:
    """Hunt all mutants, or those that are named.

    Returns:
        0 if enough of them are caught and a sound Hub is not, 1 otherwise.
    """
    options = _parser().parse_args(arguments)
    registry = load_all()
    names = options.names or list(registry)
    unknown = sorted(set(names) - set(registry))
    if unknown:
        print(f"there is no mutant called {', '.join(unknown)}", file=sys.stderr)
        return 2
    console = Console(highlight=False, soft_wrap=True)
    sound = hunt(SOUND)
    if sound.caught:
        console.print(f"the sound Hub fails already, so hunting means nothing: {sound.by}: {sound.message}")
        return 1
    catches = list(_hunt_all(names, options.jobs, console))
    return 0 if _summary(catches, console) >= WANTED else 1


def _hunt_all(names: Sequence[str], jobs: int, console: Console) -> Iterator[Catch]:
    with ProcessPoolExecutor(jobs) as pool:
        for future in as_completed([pool.submit(hunt, name) for name in names]):
            catch = future.result()
            mark = "[green]caught[/green]" if catch.caught else "[red]MISSED[/red]"
            console.print(f"{mark} {catch.name} ({catch.seconds:.1f} s) ", end="")
            console.print(f"{catch.by}: {catch.message}" if catch.caught else catch.message, markup=False)
            yield catch


def _summary(catches: Sequence[Catch], console: Console) -> float:
    caught = [catch for catch in catches if catch.caught]
    share = len(caught) / len(catches)
    console.print(f"\n{len(caught)} of {len(catches)} mutants caught, {share:.1%}, by:")
    for check, count in Counter(catch.by.partition(": ")[2] or catch.by for catch in caught).most_common():
        console.print(f"  {count:3} {check}", markup=False)
    for catch in catches:
        if not catch.caught:
            console.print(f"not caught: {catch.name}: {catch.message}", markup=False)
    return share


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Hunt mutants of the embedded Hub with the contract tests.")
    parser.add_argument("names", nargs="*", help="mutants to hunt; all by default")
    parser.add_argument("--jobs", type=int, default=2, help="hunts at a time; default 2")
    return parser


if __name__ == "__main__":
    sys.exit(main())
