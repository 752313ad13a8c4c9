"""Instances that start, run, report or end otherwise than they should."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
from scramjet_hub.handlers import instances as handlers
from scramjet_hub.instances.instance import ERRORED, RUNNING, STOPPING, Instance
from scramjet_hub.instances.registry import InstanceRegistry
from scramjet_hub.runners import codes, control_channel, process
from scramjet_serving.errors import ApiError

from tests.mutants import mutant
from tests.mutants.patching import change_handler, replace

if TYPE_CHECKING:
    from scramjet_serving.messages import Reply, Request


def change_start(**changes: Any) -> None:
    """Start Instances with other options than were asked for."""

    def make(old: Any) -> Any:
        async def start(self: Any, sequence: Any, **options: Any) -> Any:
            return await old(self, sequence, **{**options, **changes})

        return start

    replace(InstanceRegistry, "start", make)


def change_info(change: Any) -> None:
    """Show other things of an Instance than are so; `change` gets the Instance and what is shown."""

    def make(old: Any) -> Any:
        def info(self: Instance) -> Any:
            shown = old(self)
            return change(self, shown) or shown

        return info

    replace(Instance, "info", make)


@mutant("startSequence")
def arguments_are_lost() -> None:
    """The Sequence gets no arguments."""
    change_start(args=[])


@mutant("startSequence")
def configuration_is_lost() -> None:
    """The Sequence gets no configuration."""
    change_start(app_config={})


@mutant("startSequence")
def ids_are_not_heeded() -> None:
    """The Instance has another id than was asked for."""
    change_start(instance_id=None)


@mutant("startSequence")
def names_are_not_heeded() -> None:
    """The Instance does not get its name."""
    change_start(instance_name=None)


@mutant("startSequence")
def topics_are_not_tied() -> None:
    """`inputTopic` and `outputTopic` at start are ignored."""
    change_start(input_topic=None, output_topic=None)


@mutant("startSequence")
def ids_are_not_unique() -> None:
    """A second Instance with an id takes the first one's place."""
    replace(InstanceRegistry, "_check_free", lambda _old: lambda *_: None)


@mutant("startSequence", whole=True)
def there_is_always_room() -> None:
    """A Hub that is full starts Instances all the same."""
    replace(InstanceRegistry, "_check_room", lambda _old: lambda *_: None)


@mutant("getInstance")
def status_stays_at_starting() -> None:
    """An Instance that runs is shown as starting."""
    change_info(lambda _self, shown: {**shown, "status": "starting"} if shown["status"] == RUNNING else None)


@mutant("getInstance")
def status_goes_back() -> None:
    """An Instance that is stopping is shown as running again every other time."""
    state = {"turn": 0}

    def change(_self: Instance, shown: dict[str, Any]) -> dict[str, Any] | None:
        state["turn"] += 1
        back = shown["status"] in (STOPPING, "completed", "errored") and state["turn"] % 3 == 0
        return {**shown, "status": "starting"} if back else None

    change_info(change)


@mutant("getInstance")
def status_is_invented() -> None:
    """A running Instance has a status that is not described."""
    change_info(lambda _self, shown: {**shown, "status": "active"} if shown["status"] == RUNNING else None)


@mutant("getInstance")
def times_are_numbers() -> None:
    """The time of creation is a number."""
    change_info(lambda _self, shown: {**shown, "created": 1661330645068})


@mutant("getInstance")
def times_are_out_of_order() -> None:
    """An Instance began before it was created."""
    change_info(lambda _self, shown: {**shown, "started": "2001-01-01T00:00:00.000Z"})


@mutant("getInstance")
def sequence_is_missing() -> None:
    """An Instance does not say of which Sequence it is."""
    change_info(lambda _self, shown: {key: value for key, value in shown.items() if key != "sequence"})


@mutant("getInstance")
def arguments_are_not_shown() -> None:
    """The arguments of an Instance are not shown."""
    change_info(lambda _self, shown: {**shown, "args": [], "appConfig": {}})


@mutant("getInstance")
def failures_are_completed() -> None:
    """An Instance that failed is completed."""
    change_info(lambda _self, shown: {**shown, "status": "completed"} if shown["status"] == ERRORED else None)


@mutant("getInstance")
def exit_codes_are_zero() -> None:
    """Every Instance has ended with 0."""

    def change(_self: Instance, shown: dict[str, Any]) -> None:
        if "terminated" in shown:
            shown["terminated"] = {**shown["terminated"], "exitcode": 0}

    change_info(change)


@mutant("getInstance")
def finished_instances_are_forgotten() -> None:
    """An Instance is gone as soon as it has ended."""

    def make(old: Any) -> Any:
        def finished(self: Any, instance: Instance, done: object) -> None:
            old(self, instance, done)
            self._remove(instance)

        return finished

    replace(InstanceRegistry, "_on_finished", make)


@mutant("getInstanceHealth")
def everybody_is_well() -> None:
    """Every Instance is healthy, whatever it says."""

    def make(old: Any) -> Any:
        async def health(self: Instance) -> Any:
            return {**await old(self), "healthy": True}

        return health

    replace(Instance, "health", make)


@mutant("stopInstance")
def stop_skips_the_handler() -> None:
    """A stop kills at once."""

    def make(_old: Any) -> Any:
        def stop(self: Instance, timeout: int, can_keep_alive: bool) -> None:
            del timeout, can_keep_alive
            self.kill()

        return stop

    replace(Instance, "stop", make)


@mutant("stopInstance", "killInstance")
def messages_say_nothing() -> None:
    """Of a body that is a message with its code, the content is not looked at."""

    def make(old: Any) -> Any:
        def payload(request: Request) -> Any:
            commands = ("stopInstance", "killInstance")
            return {} if request.operation in commands and isinstance(request.json, list) else old(request)

        return payload

    replace(handlers, "payload", make)


@mutant("stopInstance")
def stop_never_kills() -> None:
    """Instances that do not stop by themselves go on after the time-out."""
    replace(Instance, "_kill_at", lambda _old: lambda _self, _when: None)


@mutant("stopInstance")
def stop_kills_too_soon() -> None:
    """The time-out of a stop is taken for a tenth of what it is."""

    def make(old: Any) -> Any:
        return lambda self, timeout, can_keep_alive: old(self, timeout // 10, can_keep_alive)

    replace(Instance, "stop", make)


@mutant("stopInstance")
def stop_tells_a_wrong_time() -> None:
    """The stop handler is told another time-out than was asked for."""

    def make(old: Any) -> Any:
        def tell(self: Instance, code: int, data: dict[str, Any]) -> None:
            old(self, code, {**data, "timeout": 7000} if code == codes.STOP else data)

        return tell

    replace(Instance, "_tell", make)


@mutant("stopInstance")
def keep_alive_is_not_offered() -> None:
    """`canCallKeepalive` is ignored."""

    def make(old: Any) -> Any:
        return lambda self, timeout, _can: old(self, timeout, False)

    replace(Instance, "stop", make)


@mutant("stopInstance")
def keep_alive_is_not_heeded() -> None:
    """An Instance that asks for more time does not get it."""
    handlers = {**Instance._HANDLERS, codes.ALIVE: lambda _self, _data: None}
    replace(Instance, "_HANDLERS", lambda _old: handlers)


@mutant("stopInstance")
def stop_revives_the_dead() -> None:
    """Stopping an Instance that has ended makes it stopping."""

    def make(old: Any) -> Any:
        def stop(self: Instance, timeout: int, can_keep_alive: bool) -> None:
            if self.alive:
                old(self, timeout, can_keep_alive)
            self.status = STOPPING

        return stop

    replace(Instance, "stop", make)


@mutant("killInstance")
def kill_only_says_so() -> None:
    """An Instance survives its kill; the Hub only shows it as killed."""

    killed = set()

    def kill(self: Instance, reason: str = "") -> None:
        self.check_running()
        killed.add((self.id, reason))

    def change(self: Instance, shown: dict[str, Any]) -> None:
        if self.id in {key for key, _ in killed}:
            shown |= {"status": "errored", "terminated": {"exitcode": codes.KILLED, "reason": "Instance killed"}}

    replace(Instance, "kill", lambda _old: kill)
    change_info(change)


@mutant("killInstance")
def kill_spares_the_children() -> None:
    """Processes that an Instance has started survive its kill."""
    replace(process, "_program", spare_children)


SPARING = """
import os, signal
end_all = spawner.kill_strays
spawner.kill_strays = lambda keep: None
spawner.kill_group = lambda pid: os.kill(pid, signal.SIGKILL)
spawner.main()
end_all(set())
"""


def spare_children(old: Any) -> Any:
    """Let the spawner, a program of its own, kill runners alone, and whatever is left only at its own end."""
    before, main, after = old().partition("spawner.main()")
    if not main:
        raise LookupError("the spawner is started otherwise")
    return lambda: before + SPARING + after


@mutant("killInstance")
def kill_works_twice() -> None:
    """Killing what has ended is accepted."""

    def make(old: Any) -> Any:
        def kill(self: Instance, reason: str = "") -> None:
            if self.alive:
                old(self, reason)

        return kill

    replace(Instance, "kill", make)


@mutant("killInstance")
def nothing_is_removed_at_once() -> None:
    """`removeImmediately` is ignored."""
    replace(InstanceRegistry, "remove_when_finished", lambda _old: lambda _self, _instance: None)


@mutant("killInstance")
def kill_takes_everything() -> None:
    """Killing one Instance kills all of its Sequence."""

    def make(old: Any) -> Any:
        async def handle(hub: Any, request: Request) -> Reply:
            sequence = hub.instances.get(request.path["id"]).sequence
            reply: Reply = await old(hub, request)
            for instance in hub.instances.all():
                if instance.sequence is sequence and instance.alive:
                    instance.kill()
            return reply

        return handle

    change_handler("killInstance", make)


@mutant("setMonitoringRate")
def rates_of_the_dead_fail() -> None:
    """Setting the rate of an Instance fails with 500."""

    def make(_old: Any) -> Any:
        async def handle(hub: Any, request: Request) -> Reply:
            raise ApiError(500, f"{hub} has no rate for {request.path}")

        return handle

    change_handler("setMonitoringRate", make)


@mutant("startSequence")
def odd_arguments_fail() -> None:
    """Arguments that are not plain ASCII make a start fail with 500."""

    def make(old: Any) -> Any:
        async def handle(hub: Any, request: Request) -> Reply:
            if not repr(request.json).isascii():
                raise ApiError(500, "ascii codec can't encode character")
            reply: Reply = await old(hub, request)
            return reply

        return handle

    change_handler("startSequence", make)


@mutant("startSequence")
def null_is_no_body() -> None:
    """A start whose body is null fails with 500, as that of the published client does."""

    def make(old: Any) -> Any:
        async def handle(hub: Any, request: Request) -> Reply:
            if request.json is None and int(request.headers.get("content-length", 0)):
                raise ApiError(500, "'NoneType' object has no attribute 'get'")
            reply: Reply = await old(hub, request)
            return reply

        return handle

    change_handler("startSequence", make)


@mutant("killInstance")
def finished_output_is_dropped() -> None:
    """Unread output is lost when the Instance ends."""

    def make(old: Any) -> Any:
        def end(self: Instance, code: int, reason: str) -> None:
            old(self, code, reason)
            self.streams.drop()
            self.streams.output._kept.chunks.clear()

        return end

    replace(Instance, "_end", make)


@mutant("startSequence")
def runners_are_believed() -> None:
    """Messages of a runner are not checked."""

    def believe(line: bytes) -> Any:
        code, data = orjson.loads(line)
        return code, data

    replace(control_channel, "read_message", lambda _old: believe)


@mutant("startSequence")
def ends_fail_half_way() -> None:
    """An error as an Instance ends keeps the rest of its end from happening."""

    def make(old: Any) -> Any:
        def end(self: Instance, code: int, reason: str) -> None:
            if code == codes.BAD_ENVIRONMENT:
                raise ValueError("half-way")
            old(self, code, reason)

        return end

    replace(Instance, "_end", make)
