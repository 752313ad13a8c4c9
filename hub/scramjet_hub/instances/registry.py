"""The Instances of a Hub: started here, found here, forgotten here."""

from __future__ import annotations

import asyncio
import contextlib
import uuid
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from scramjet_serving.errors import Full, NotFound, NotRunning, Taken

from scramjet_hub.instances.instance import Instance, StartOptions
from scramjet_hub.runners.launching import PYTHON, memory_limit, program_for
from scramjet_hub.runners.orphans import MARK, mark
from scramjet_hub.runners.pool import RunnerPool
from scramjet_hub.runners.process import ProcessAdapter

if TYPE_CHECKING:
    from pathlib import Path

    from scramjet_hub.instances.surroundings import Surroundings
    from scramjet_hub.machine.load import LoadMonitor
    from scramjet_hub.sequences.store import Sequence

# How many finished Instances are kept at most, whatever the configured time says; the oldest go first.
MOST_FINISHED: Final = 1000
# How long, in seconds, after the end of an Instance what it left is weighed; all of that has been read in by then.
SETTLED: Final = 1.0
# How often, in seconds, it is looked whether what an Instance has left may be dropped, while somebody reads it.
LINGER: Final = 5.0


class InstanceRegistry:
    """The Instances of a Hub, those that have lately finished among them.

    Args:
        around: What they have in common.
        folder: The data folder, by which what is left over of a Hub is recognized.
        load: Tells what memory is free.

    Attributes:
        runners: What runs them.
    """

    def __init__(self, around: Surroundings, folder: Path, load: LoadMonitor) -> None:
        self._around = around
        self._config = around.config
        self._load = load
        self.runners = RunnerPool(ProcessAdapter({MARK: str(folder)}, mark=partial(mark, folder)))
        self._instances: dict[str, Instance] = {}
        self._names: dict[str, str] = {}
        self._finished: dict[str, asyncio.TimerHandle] = {}
        self._lingering: dict[Instance, asyncio.TimerHandle] = {}
        self._weighing: asyncio.TimerHandle | None = None

    def open(self) -> None:
        """Start what starts runners, so that the first Instance need not wait for it."""
        self.runners.open()

    def all(self) -> list[Instance]:
        """All Instances, the oldest first."""
        return list(self._instances.values())

    def get(self, id_or_name: str) -> Instance:
        """The Instance of this id or name.

        Raises:
            NotFound: There is none.
        """
        instance = self._instances.get(self._names.get(id_or_name, id_or_name))
        if instance is None:
            raise NotFound(f"Instance {id_or_name} not found")
        return instance

    async def start(
        self,
        sequence: Sequence,
        *,
        app_config: dict[str, Any],
        args: list[Any],
        input_topic: str | None = None,
        output_topic: str | None = None,
        limits: dict[str, Any],
        instance_id: str | None = None,
        instance_name: str | None = None,
    ) -> Instance:
        """Start an Instance; it is there when this returns, but does not run yet.

        Args:
            sequence: What to run.
            app_config: Its configuration.
            args: The arguments of its function.
            input_topic: The topic that is its input, whatever it says itself.
            output_topic: The topic that gets its output, likewise.
            limits: What it may use at most: `memory` in megabytes.
            instance_id: The id it is to have.
            instance_name: A name to find it by.

        Raises:
            Invalid: The Sequence has no file to run.
            Taken: Another Instance has the id or the name.
            Unusable: This Hub cannot run its language.
            Full: There is no room for it.
        """
        entrypoint = sequence.entrypoint_file()
        instance_id = instance_id or str(uuid.uuid4())
        self._check_free(instance_id, instance_name)
        self._check_room()
        options = StartOptions(
            app_config=app_config,
            args=args,
            input_topic=input_topic,
            output_topic=output_topic,
            limits=limits,
            instance_name=instance_name,
        )
        try:
            with contextlib.ExitStack() as undo:
                instance = self._start(sequence, entrypoint, instance_id, options, undo)
                undo.pop_all()
        except OSError as error:
            raise Full(f"No room for another Instance: {error.strerror or error}") from error
        return instance

    def _start(
        self,
        sequence: Sequence,
        entrypoint: Path,
        instance_id: str,
        options: StartOptions,
        undo: contextlib.ExitStack,
    ) -> Instance:
        """Start an Instance; `undo` gets what takes back each step that was done."""
        memory = memory_limit(options.limits, self._config)
        program = program_for(sequence, memory)
        runner = self.runners.take(program, stock=memory is None or program == PYTHON)
        undo.callback(runner.discard)
        instance = Instance(self._around, sequence, instance_id, options, runner)
        undo.callback(instance.abandon)
        undo.callback(self._forget, instance)
        self._instances[instance_id] = instance
        sequence.instances.add(instance_id)
        if options.instance_name:
            self._names[options.instance_name] = instance_id
        instance.finished.add_done_callback(partial(self._on_finished, instance))
        instance.start(entrypoint)
        return instance

    def _forget(self, instance: Instance) -> None:
        """Take back that an Instance is there."""
        self._instances.pop(instance.id, None)
        self._names.pop(instance.options.instance_name or "", None)
        instance.sequence.instances.discard(instance.id)

    async def kill_all(self, sequence: Sequence) -> None:
        """Kill all Instances of a Sequence, wait until they have ended, and forget them and those that had before."""
        # More may be started while the first ones end.
        while sequence.instances:
            await self._end([self._instances[instance_id] for instance_id in sequence.instances], timeout=0)
        for instance in [instance for instance in self.all() if instance.sequence.id == sequence.id]:
            self._remove(instance)

    def remove_when_finished(self, instance: Instance) -> None:
        """Forget an Instance as soon as it has ended."""
        instance.finished.add_done_callback(lambda _: self._remove(instance))

    async def close(self, timeout: float) -> None:
        """Stop all Instances, kill those that take too long, and end everything that ran them.

        Args:
            timeout: How long stop handlers may take in seconds; 0 kills at once.
        """
        alive = [instance for instance in self._instances.values() if instance.alive]
        if not timeout:
            for instance in alive:
                instance.kill_at_once()
        await self._end(alive, timeout)
        await self.runners.close()
        if self._weighing is not None:
            self._weighing.cancel()
        for instance in self.all():
            self._remove(instance)
        for instance, timer in self._lingering.items():
            timer.cancel()
            instance.streams.drop()
        self._lingering.clear()

    async def _end(self, instances: list[Instance], timeout: float) -> None:
        """End Instances within a time, in seconds, and wait until they have."""
        for instance in instances:
            with contextlib.suppress(NotRunning):
                instance.stop(round(timeout * 1000), can_keep_alive=False) if timeout else instance.kill()
        if instances:
            await asyncio.wait([instance.finished for instance in instances])

    def _check_free(self, instance_id: str, instance_name: str | None) -> None:
        if instance_id in self._instances or instance_id in self._names:
            raise Taken("Instance with a given ID already exists")
        if instance_name and (instance_name in self._names or instance_name in self._instances):
            raise Taken("Instance with a given name already exists")

    def _check_room(self) -> None:
        running = len(self._instances) - len(self._finished)
        if running >= (most := self._config.max_instances):
            raise Full(f"{running} Instances run, and this Hub runs at most {most} at once")
        free = self._load.memory().free
        if free < (least := self._config.min_free_memory):
            raise Full(f"{free} bytes of memory are free, and this Hub keeps {least} free")

    def _on_finished(self, instance: Instance, _done: object) -> None:
        instance.sequence.instances.discard(instance.id)
        loop = asyncio.get_running_loop()
        self._finished[instance.id] = loop.call_later(self._config.instance_lifetime, partial(self._remove, instance))
        while len(self._finished) > MOST_FINISHED:
            self._remove(self._instances[next(iter(self._finished))])
        if self._weighing is None:
            self._weighing = loop.call_later(SETTLED, self._make_room)

    def _make_room(self) -> None:
        """Forget the oldest finished Instances until the rest hold no more than they may."""
        self._weighing = None
        held = {key: self._instances[key].held for key in self._finished}
        excess = sum(held.values()) - self._config.finished_memory
        for key, size in held.items():
            if excess <= 0:
                return
            excess -= size
            self._remove(self._instances[key])

    def _remove(self, instance: Instance) -> None:
        """Forget an Instance that has ended."""
        if self._instances.pop(instance.id, None) is None:
            return
        self._names.pop(instance.options.instance_name or "", None)
        if timer := self._finished.pop(instance.id, None):
            timer.cancel()
        self._drop_unless_wanted(instance)

    def _drop_unless_wanted(self, instance: Instance) -> None:
        self._lingering.pop(instance, None)
        if instance.streams.wanted:
            # Its readers get what they came for, although nobody can join them any more.
            loop = asyncio.get_running_loop()
            self._lingering[instance] = loop.call_later(LINGER, self._drop_unless_wanted, instance)
        else:
            instance.streams.drop()
