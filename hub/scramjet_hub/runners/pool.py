"""A pool of runners started in advance: one ready for each recently used program."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Final

import attrs

from scramjet_hub.runners.channels import Wiring

if TYPE_CHECKING:
    from scramjet_hub.runners.process import ProcessAdapter, RunnerProcess

# How long after a runner was taken, in seconds, the next one is started: not while the first is still starting up.
REFILL: Final = 0.02
# How long, in seconds, an unused runner is kept.
IDLE: Final = 300.0


@attrs.frozen(eq=False)
class Runner:
    """A runner that waits to be told what to run.

    Attributes:
        wiring: The Hub's ends of its channels.
        process: Its process.
    """

    wiring: Wiring
    process: RunnerProcess

    def discard(self) -> None:
        """End it; nothing will use it, or needs to know how it ends."""
        self.process.ended.add_done_callback(lambda ended: ended.exception())
        self.process.kill()
        self.wiring.close()


class RunnerPool:
    """Hands out runners, started in advance if possible.

    Args:
        adapter: Starts the processes.
    """

    def __init__(self, adapter: ProcessAdapter) -> None:
        self._adapter = adapter
        self._ready: dict[tuple[str, ...], Runner] = {}
        self._timers: dict[tuple[str, ...], asyncio.TimerHandle] = {}
        self._closed = False

    def open(self) -> None:
        """Start the process that starts runners."""
        self._adapter.open()

    async def answers(self) -> bool:
        """Return whether the process that starts runners answers."""
        return await self._adapter.answers()

    def take(self, program: tuple[str, ...], *, stock: bool = True) -> Runner:
        """Return a runner for exclusive use, which may still be starting.

        Args:
            program: The program to start; empty for the Python runner.
            stock: Whether to prepare the next one of its kind, because it may be needed soon.

        Raises:
            OSError: There are not enough descriptors for it.
        """
        with contextlib.ExitStack() as undo:
            ready = self._ready.get(program)
            if ready is not None and ready.process.ended.done():
                self._discard(program)
                ready = None
            runner = ready or self._start(program)
            undo.callback(runner.discard)
            # Not before it is certain to be discarded if anything fails.
            self._ready.pop(program, None)
            if stock:
                self._later(REFILL, program, self._refill)
            undo.pop_all()
        return runner

    async def close(self) -> None:
        """End unused runners; the others belong to their users."""
        self._closed = True
        for timer in self._timers.values():
            timer.cancel()
        for program in list(self._ready):
            self._discard(program)
        await self._adapter.close()

    def _start(self, program: tuple[str, ...]) -> Runner:
        wiring = Wiring()
        with contextlib.ExitStack() as undo:
            undo.callback(wiring.close)
            runner = Runner(wiring, self._adapter.start(program, wiring.hand_over))
            undo.pop_all()
        return runner

    def _later(self, seconds: float, program: tuple[str, ...], action: _Action) -> None:
        if program in self._timers:
            self._timers[program].cancel()
        if not self._closed:
            self._timers[program] = asyncio.get_running_loop().call_later(seconds, action, program)

    def _refill(self, program: tuple[str, ...]) -> None:
        if program not in self._ready:
            try:
                self._ready[program] = runner = self._start(program)
            except OSError:
                return  # the machine is full, and nothing waits for this runner
            runner.process.ended.add_done_callback(lambda ended: self._on_ended(program, runner, ended))
        self._later(IDLE, program, self._discard)

    def _on_ended(self, program: tuple[str, ...], runner: Runner, ended: asyncio.Future[int]) -> None:
        ended.exception()  # the user of the runner gets this error, too; without a user, it does not matter
        if self._ready.get(program) is runner:
            self._discard(program)

    def _discard(self, program: tuple[str, ...]) -> None:
        if runner := self._ready.pop(program, None):
            runner.discard()


if TYPE_CHECKING:
    from collections.abc import Callable

    _Action = Callable[[tuple[str, ...]], None]
