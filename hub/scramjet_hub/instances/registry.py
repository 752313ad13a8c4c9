"""The registry of the Instances of a Hub: starts, finds and removes them."""

from __future__ import annotations

import asyncio
import contextlib
import uuid
from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from scramjet_serving.errors import Full, NotFound, NotRunning, Taken

from scramjet_hub.history.entries import CREATED
from scramjet_hub.instances.index import InstanceIndex, Numbers
from scramjet_hub.instances.instance import Instance, StartOptions
from scramjet_hub.runners.launching import PYTHON, memory_limit, program_for
from scramjet_hub.runners.orphans import MARK, mark
from scramjet_hub.runners.pool import RunnerPool
from scramjet_hub.runners.process import ProcessAdapter

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from scramjet_serving.machine.load import LoadMonitor

    from scramjet_hub.instances.index import Filter, Matches
    from scramjet_hub.instances.surroundings import Surroundings
    from scramjet_hub.runners.isolation.sandbox import Sandboxes
    from scramjet_hub.sequences.store import Sequence

# The maximum number of finished Instances to keep, within their configured lifetime; the oldest are removed first.
MOST_FINISHED: Final = 1000
# How long, in seconds, after its end an Instance's remaining data is measured; by then all of it has been read in.
SETTLED: Final = 1.0
# How often, in seconds, to check whether the streams of a finished Instance can be dropped while they are being read.
LINGER: Final = 5.0


class InstanceRegistry:
    """The Instances of a Hub, including recently finished ones.

    Args:
        around: The parts of the Hub that they share.
        folder: The data folder, by which orphaned processes of a Hub are recognised.
        load: Measures the free memory.
        sandboxes: Says how runners are confined.

    Attributes:
        runners: The pool of runners.
    """

    def __init__(self, around: Surroundings, folder: Path, load: LoadMonitor, sandboxes: Sandboxes) -> None:
        self._around = around
        self._config = around.config
        self._load = load
        self.runners = RunnerPool(ProcessAdapter({MARK: str(folder)}, mark=partial(mark, folder)), sandboxes)
        self._instances: dict[str, Instance] = {}
        self._numbers = Numbers()
        self._by_number: dict[int, Instance] = {}
        self._index = InstanceIndex()
        self._names: dict[str, str] = {}
        # The ids of the running Instances, by Sequence.
        self._running: defaultdict[str, set[str]] = defaultdict(set)
        self._finished: dict[str, asyncio.TimerHandle] = {}
        self._lingering: dict[Instance, asyncio.TimerHandle] = {}
        self._weighing: asyncio.TimerHandle | None = None

    def open(self) -> None:
        """Start the spawner of runners, so that the first Instance need not wait for it."""
        self.runners.open()

    def all(self) -> list[Instance]:
        """All Instances, the oldest first."""
        return list(self._instances.values())

    def find(self, wanted: Filter, cut: Callable[[Matches], list[int]]) -> tuple[list[Instance], int]:
        """Return a part of the Instances that match a filter, and how many match.

        Args:
            wanted: The filter.
            cut: Takes the part from all matches, which are in the order of their creation.
        """
        matches = self._index.find(wanted, [] if wanted.since is None else self._ended_before(wanted.since))
        return [self._by_number[number] for number in cut(matches)], len(matches)

    def _ended_before(self, since: int) -> list[int]:
        found: list[int] = []
        # In the order of their end.
        for key in self._finished:
            instance = self._instances[key]
            if instance.ended_at is not None and instance.ended_at >= since:
                break
            found.append(instance.number)
        return found

    def get(self, id_or_name: str) -> Instance:
        """Return the Instance with this id or name.

        Raises:
            NotFound: It does not exist.
        """
        instance = self._instances.get(self._names.get(id_or_name, id_or_name))
        if instance is None:
            raise NotFound(f"Instance {id_or_name} not found")
        return instance

    def running(self, sequence_id: str) -> list[str]:
        """Return the ids of the running Instances of a Sequence, sorted."""
        return sorted(self._running.get(sequence_id, ()))

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
        """Start an Instance; it exists when this returns, but does not run yet.

        Args:
            sequence: The Sequence to run.
            app_config: Its configuration.
            args: The arguments of its function.
            input_topic: The topic that feeds its input; overrides the Sequence's own.
            output_topic: The topic that gets its output; overrides the Sequence's own.
            limits: Its limits: `memory` in megabytes.
            instance_id: Its id.
            instance_name: A name, under which it can also be found.

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
        """Start an Instance; `undo` collects the callbacks that revert each completed step."""
        memory = memory_limit(options.limits, self._config)
        program = program_for(sequence, memory)
        package = str(sequence.directory)
        runner = self.runners.take(program, package, stock=memory is None or program == PYTHON)
        undo.callback(runner.discard)
        runner.sandbox.limit_memory(memory)
        number = self._numbers.next()
        instance = Instance(self._around, sequence, instance_id, options, runner, number, self._moved)
        undo.callback(instance.abandon)
        undo.callback(self._forget, instance)
        self._instances[instance_id] = self._by_number[number] = instance
        self._index.add(number, sequence.id, instance.status)
        self._running[sequence.id].add(instance_id)
        if options.instance_name:
            self._names[options.instance_name] = instance_id
        instance.finished.add_done_callback(partial(self._on_finished, instance))
        named = {"instanceName": options.instance_name} if options.instance_name else {}
        self._around.history.record(
            CREATED, instance_id, f"An Instance of the Sequence {sequence.id}", sequence=sequence.id, **named
        )
        instance.start(entrypoint)
        return instance

    def _forget(self, instance: Instance) -> None:
        """Remove an Instance whose start failed."""
        self._drop_from_lists(instance)
        self._names.pop(instance.options.instance_name or "", None)
        self._runs_no_more(instance)

    async def kill_all(self, sequence: Sequence) -> None:
        """Kill all Instances of a Sequence, wait for their end, and remove them and those that had ended before."""
        self.runners.forget(str(sequence.directory))
        # More may be started while the first ones end.
        while running := self.running(sequence.id):
            await self._end([self._instances[instance_id] for instance_id in running], timeout=0)
        for instance in [instance for instance in self.all() if instance.sequence.id == sequence.id]:
            self._remove(instance)

    def remove_when_finished(self, instance: Instance) -> None:
        """Remove an Instance as soon as it has ended."""
        instance.finished.add_done_callback(lambda _: self._remove(instance))

    async def close(self, timeout: float) -> None:
        """Stop all Instances, kill those that take too long, and end the spawner.

        Args:
            timeout: The time limit of stop handlers in seconds; 0 kills at once.
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
        """Stop Instances within a time limit in seconds, and wait for their end."""
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
        self._runs_no_more(instance)
        loop = asyncio.get_running_loop()
        self._finished[instance.id] = loop.call_later(self._config.instance_lifetime, partial(self._remove, instance))
        while len(self._finished) > MOST_FINISHED:
            self._remove(self._instances[next(iter(self._finished))])
        if self._weighing is None:
            self._weighing = loop.call_later(SETTLED, self._make_room)

    def _runs_no_more(self, instance: Instance) -> None:
        running = self._running[instance.sequence.id]
        running.discard(instance.id)
        if not running:
            del self._running[instance.sequence.id]

    def _make_room(self) -> None:
        """Remove the oldest finished Instances until the rest holds no more than the limit."""
        self._weighing = None
        held = {key: self._instances[key].held for key in self._finished}
        excess = sum(held.values()) - self._config.finished_memory
        for key, size in held.items():
            if excess <= 0:
                return
            excess -= size
            self._remove(self._instances[key])

    def _remove(self, instance: Instance) -> None:
        """Remove an Instance that has ended."""
        if not self._drop_from_lists(instance):
            return
        self._names.pop(instance.options.instance_name or "", None)
        if timer := self._finished.pop(instance.id, None):
            timer.cancel()
        self._drop_unless_wanted(instance)

    def _drop_from_lists(self, instance: Instance) -> bool:
        """Drop an Instance from the lists; return whether it was in them."""
        if self._instances.pop(instance.id, None) is None:
            return False
        self._by_number.pop(instance.number, None)
        self._index.remove(instance.number, instance.sequence.id, instance.status)
        return True

    def _moved(self, instance: Instance, old: str) -> None:
        if instance.number in self._by_number and instance.status != old:
            self._index.move(instance.number, instance.sequence.id, old, instance.status)

    def _drop_unless_wanted(self, instance: Instance) -> None:
        self._lingering.pop(instance, None)
        if instance.streams.wanted:
            # Current readers get the rest, although no new ones can join any more.
            loop = asyncio.get_running_loop()
            self._lingering[instance] = loop.call_later(LINGER, self._drop_unless_wanted, instance)
        else:
            instance.streams.drop()
