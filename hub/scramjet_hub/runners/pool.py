"""A pool of runners started in advance: one ready for each recently used program."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Final

import attrs

from scramjet_hub.runners.channels import Wiring

if TYPE_CHECKING:
    from collections.abc import Callable

    from scramjet_hub.runners.isolation.sandbox import Sandbox, Sandboxes
    from scramjet_hub.runners.process import ProcessAdapter, RunnerProcess

# How long after a runner was taken, in seconds, the next one is started: not while the first is still starting up.
REFILL: Final = 0.02
# How long, in seconds, an unused runner is kept.
IDLE: Final = 300.0
# The maximum number of runners to keep ready; isolated ones are ready for one package only.
MOST_READY: Final = 8


@attrs.frozen
class Launch:
    """What a runner is started for.

    Attributes:
        program: The program to start; empty for the Python runner.
        package: The folder of the package that it may read, if it is isolated.
    """

    program: tuple[str, ...]
    package: str = ""


@attrs.frozen(eq=False)
class Runner:
    """A runner that waits to be told what to run.

    Attributes:
        wiring: The Hub's ends of its channels.
        process: Its process.
        sandbox: How it is confined.
    """

    wiring: Wiring
    process: RunnerProcess
    sandbox: Sandbox

    def discard(self) -> None:
        """End it; nothing will use it, or needs to know how it ends."""
        self.process.ended.add_done_callback(lambda ended: ended.exception())
        self.process.kill()
        self.wiring.close()


class RunnerPool:
    """Hands out runners, started in advance if possible.

    Args:
        adapter: Starts the processes.
        sandboxes: Says how they are confined.
    """

    def __init__(self, adapter: ProcessAdapter, sandboxes: Sandboxes) -> None:
        self._adapter = adapter
        self._sandboxes = sandboxes
        self._ready: dict[Launch, Runner] = {}
        self._timers: dict[Launch, asyncio.TimerHandle] = {}
        self._removing: set[asyncio.Future[None]] = set()
        self._closed = False

    def open(self) -> None:
        """Start the process that starts runners."""
        self._adapter.open()

    async def answers(self) -> bool:
        """Return whether the process that starts runners answers."""
        return await self._adapter.answers()

    def take(self, program: tuple[str, ...], package: str, *, stock: bool = True) -> Runner:
        """Return a runner for exclusive use, which may still be starting.

        Args:
            program: The program to start; empty for the Python runner.
            package: The folder of the package that it will run.
            stock: Whether to prepare the next one of its kind, because it may be needed soon.

        Raises:
            OSError: There are not enough descriptors for it.
        """
        launch = Launch(program, package if self._sandboxes.isolates else "")
        with contextlib.ExitStack() as undo:
            ready = self._ready.get(launch)
            if ready is not None and ready.process.ended.done():
                self._discard(launch)
                ready = None
            runner = ready or self._start(launch)
            undo.callback(runner.discard)
            # Not before it is certain to be discarded if anything fails.
            self._ready.pop(launch, None)
            if stock:
                self._later(REFILL, launch, self._refill)
            undo.pop_all()
        return runner

    def forget(self, package: str) -> None:
        """End the runners that are ready for a package, which is about to be removed."""
        for launch in [launch for launch in {*self._ready, *self._timers} if launch.package == package]:
            self._discard(launch)

    async def close(self) -> None:
        """End unused runners; the others belong to their users."""
        self._closed = True
        for timer in self._timers.values():
            timer.cancel()
        for launch in list(self._ready):
            self._discard(launch)
        await self._adapter.close()
        if self._removing:
            await asyncio.wait(self._removing)

    def _start(self, launch: Launch) -> Runner:
        wiring = Wiring()
        with contextlib.ExitStack() as undo:
            undo.callback(wiring.close)
            sandbox = self._sandboxes.create(launch.package)
            undo.callback(sandbox.remove)
            process = self._adapter.start(launch.program, wiring.hand_over, sandbox)
            undo.callback(process.kill)
            runner = Runner(wiring, process, sandbox)
            if sandbox.folder is not None:
                process.ended.add_done_callback(lambda _: self._remove(sandbox))
            undo.pop_all()
        return runner

    def _remove(self, sandbox: Sandbox) -> None:
        removing = asyncio.get_running_loop().run_in_executor(None, sandbox.remove)
        self._removing.add(removing)
        removing.add_done_callback(self._removing.discard)

    def _later(self, seconds: float, launch: Launch, action: Callable[[Launch], None]) -> None:
        if launch in self._timers:
            self._timers[launch].cancel()
        if not self._closed:
            self._timers[launch] = asyncio.get_running_loop().call_later(seconds, action, launch)

    def _refill(self, launch: Launch) -> None:
        if launch not in self._ready:
            try:
                self._ready[launch] = runner = self._start(launch)
            except OSError:
                return  # the machine is full, and nothing waits for this runner
            runner.process.ended.add_done_callback(lambda ended: self._on_ended(launch, runner, ended))
            while len(self._ready) > MOST_READY:
                self._discard(next(iter(self._ready)))
        self._later(IDLE, launch, self._discard)

    def _on_ended(self, launch: Launch, runner: Runner, ended: asyncio.Future[int]) -> None:
        ended.exception()  # the user of the runner gets this error, too; without a user, it does not matter
        if self._ready.get(launch) is runner:
            self._discard(launch)

    def _discard(self, launch: Launch) -> None:
        if runner := self._ready.pop(launch, None):
            runner.discard()
        if timer := self._timers.pop(launch, None):
            timer.cancel()
