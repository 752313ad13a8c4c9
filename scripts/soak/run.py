"""One soak: a long life of the Hub, short ones that end under load, and a crowd of Instances at last."""

from __future__ import annotations

import asyncio
import random
import time
from typing import TYPE_CHECKING

from scramjet_hub.runners.pool import MOST_READY

from scripts.soak.crowd import gather_crowd
from scripts.soak.hub import SoakedHub
from scripts.soak.ledger import Ledger, WrongError
from scripts.soak.life import OPTIONS, Life
from scripts.soak.shelf import Shelf

if TYPE_CHECKING:
    from pathlib import Path

    from scripts.soak.hub import Census

SHORTEST_LIFE = 5.0
SHORT_LIVES = 30
WARM_UP = 0.25
# How much more memory there may be at the end of the long life than after its warm-up.
GROWTH = 0.10
# A shorter life says nothing about that.
MEMORY_TELLS = 60.0
LEFT_TIMEOUT = 10.0
# How long, in seconds, to look at a Hub at rest: it gives memory back every half minute.
GLANCE, LOOK = 3.0, 35.0


class Soak:
    """One soak.

    Args:
        folder: Where the Hub works.
        seconds: How long the load lasts.
        seed: The random seed.
        crowd: How many Instances there are at once at the end.
    """

    def __init__(self, folder: Path, seconds: float, seed: int, crowd: int) -> None:
        self.ledger = Ledger()
        self._hub = SoakedHub(folder, *OPTIONS)
        self._seconds = seconds
        self._seed = seed
        self._crowd = crowd
        self._choice = random.Random(seed)  # noqa: S311 - to be repeated
        self._shelf = Shelf()
        self._lives = 0

    def run(self) -> bool:
        """Soak; whether all was as it has to be."""
        try:
            self._long_life(self._seconds / 2)
            self._short_lives(self._seconds / 2)
            self._last_life()
        except WrongError as error:
            self.ledger.violation(str(error))
        finally:
            self._hub.kill()
        self._check_left("the last Hub")
        self._check_log()
        return not self.ledger.violations

    def _new_life(self) -> Life:
        self._hub.start()
        self._lives += 1
        self.ledger.counts["lives of the Hub"] += 1
        life = Life(self._hub, self._lives, self._seed, self.ledger, self._shelf)
        asyncio.run(life.prepare())
        return life

    def _short_lives(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        longest = max(SHORTEST_LIFE, 2 * seconds / SHORT_LIVES)
        while (left := until - time.monotonic()) > SHORTEST_LIFE / 2:
            life = self._new_life()
            polite = self._choice.random() < 0.2
            length = min(left, self._choice.uniform(SHORTEST_LIFE / 2, longest))
            end = self._stop if polite else self._hub.kill
            asyncio.run(life.load_until_ended(length, end, polite=polite))
            self.ledger.counts["Hubs stopped under load" if polite else "Hubs killed under load"] += 1
            self._check_left(f"life {self._lives} of the Hub")

    def _stop(self) -> None:
        try:
            if code := self._hub.stop():
                self.ledger.violation(f"the Hub exited with {code} on SIGTERM")
        except WrongError as error:
            self.ledger.violation(str(error))

    def _check_left(self, whose: str) -> None:
        """Check that nothing goes on without the Hub; unfinished packages may wait for its next start."""
        deadline = time.monotonic() + LEFT_TIMEOUT
        while (left := [text for text in self._hub.left() if text.startswith("process")]) and (
            time.monotonic() < deadline
        ):
            time.sleep(0.1)
        for text in left:
            self.ledger.violation(f"{whose} left behind {text}")

    def _long_life(self, seconds: float) -> None:
        life = self._new_life()
        look = LOOK if seconds >= MEMORY_TELLS else GLANCE
        asyncio.run(life.load(seconds * WARM_UP))
        before = asyncio.run(life.calm(look))
        self.ledger.figure(f"at rest after {seconds * WARM_UP:.0f} s of load: {before}")
        # To be at rest takes its time, too.
        parts = 3 if seconds >= MEMORY_TELLS else 1
        for part in range(1, parts + 1):
            asyncio.run(life.load(seconds * (1 - WARM_UP) / parts))
            after = asyncio.run(life.calm(look))
            self.ledger.figure(f"at rest after {seconds * (WARM_UP + (1 - WARM_UP) * part / parts):.0f} s: {after}")
        self._compare(before, after, tells=seconds >= MEMORY_TELLS)
        self._end_well()

    def _compare(self, before: Census, after: Census, *, tells: bool) -> None:
        growth = after.resident / before.resident - 1
        self.ledger.figure(f"resident memory changed by {growth:+.1%}")
        if tells and growth > GROWTH:
            self.ledger.violation(f"resident memory grew by {growth:.1%}, from {before} to {after}")
        grew = any(now > then for now, then in zip(after.own, before.own, strict=True))
        if grew or after.runners > MOST_READY:
            self.ledger.violation(f"descriptors or processes leak: {before}, then {after}")

    def _last_life(self) -> None:
        """Check what survived the last restart, and that a crowd finds room."""
        life = self._new_life()
        if self._crowd:
            asyncio.run(gather_crowd(self._hub, self._crowd, self.ledger))
            self.ledger.figure(f"at rest after the crowd: {asyncio.run(life.calm(GLANCE))}")
        self._end_well()

    def _end_well(self) -> None:
        self._stop()
        for text in self._hub.left():
            self.ledger.violation(f"a Hub that stopped left behind {text}")

    def _check_log(self) -> None:
        log = self._hub.stderr
        if (place := log.find("Traceback")) >= 0:
            self.ledger.violation(f"the Hub's log has {log.count('Traceback')} tracebacks: {log[place : place + 1500]}")
