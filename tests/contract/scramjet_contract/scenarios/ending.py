"""Stop and kill: handlers, keep-alive, time-outs, and that no process is left running."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Any

from scramjet_contract.scenarios import scenario
from scramjet_contract.scene import NotHere

if TYPE_CHECKING:
    from scramjet_contract.exchange import Exchange
    from scramjet_contract.scene import Running, Scene


def stop(instance: Running, expect: int = 202, **body: Any) -> Exchange:
    """Ask an Instance to stop."""
    return instance.scene.call("stopInstance", expect, path=instance.path, json=body, timeout=15)


def kill(instance: Running, expect: int = 202, **body: Any) -> Exchange:
    """Kill an Instance."""
    return instance.scene.call("killInstance", expect, path=instance.path, json=body)


@scenario("instances")
def stop_runs_the_handler(scene: Scene) -> None:
    """The stop handler receives the time-out and whether it may ask for more; its output still arrives."""
    with scene.running("patient") as instance, instance.read() as output:
        scene.same(output.read_line(), "waiting", "first output")
        reply = stop(instance, timeout=5000)
        scene.same(reply.json()["id"], instance.id, "the Instance in the reply")
        _told(scene, output.read_line(), 5000, "false")
        scene.same(output.read_line(), "stopped", "what the handler said")
        scene.same(output.read_all(), b"", "after the end")
        instance.ended()


def _told(scene: Scene, line: str, timeout: int, keep_alive: str) -> None:
    """Return whether the handler got the time: in milliseconds from a Node runner, in seconds from a Python one."""
    scene.check(len(line.split()) == 3, f"what the stop handler was told did not come out, but {line!r}")
    word, time_given, flag = line.split()
    scene.same((word, flag), ("stop", keep_alive), "what the handler was told")
    scene.check(float(time_given) in (timeout, timeout / 1000), f"the handler was told {time_given}, not {timeout} ms")


@scenario("instances")
def keep_alive_gives_more_time(scene: Scene) -> None:
    """With `canCallKeepalive`, an Instance that asks for more time gets it: it outlives the time-out and completes."""
    with scene.running("patient", 600, 4) as instance, instance.read() as output:
        scene.same(output.read_line(), "waiting", "first output")
        begun = time.monotonic()
        with scene.open("stopInstance", 202, path=instance.path, json={"timeout": 300, "canCallKeepalive": True}):
            _told(scene, output.read_line(), 300, "true")
            scene.same(output.read_line(), "stopped", "what the handler said")
        scene.check(time.monotonic() - begun > 0.6, "it was over too soon to have asked for more time")
        instance.ended()


@scenario("instances")
def stop_kills_at_the_timeout(scene: Scene) -> None:
    """An Instance that does not stop within the time-out is killed, and not earlier."""
    with scene.running("stubborn") as instance, instance.read() as output:
        output.read_line()
        begun = time.monotonic()
        with scene.open("stopInstance", 202, path=instance.path, json={"timeout": 700}):
            instance.ended(timeout=8)
        took = time.monotonic() - begun
        scene.check(took >= 0.65, f"killed after {took:.2f} s, the time-out was 0.7 s")
        output.read_all()


@scenario("instances")
def stopping_shows(scene: Scene) -> None:
    """While the stop handler runs, the status is stopping."""
    with scene.running("stubborn") as instance, instance.read() as output:
        output.read_line()
        with scene.open("stopInstance", 202, path=instance.path, json={"timeout": 1500}):
            instance.wait("stopping")


@scenario("instances")
def stop_body_is_checked(scene: Scene) -> None:
    """A time-out or a keep-alive flag of the wrong type is 400, the error names it, and the Instance keeps running."""
    with scene.running("bell") as instance:
        instance.wait("running")
        for field, value in (("timeout", "soon"), ("timeout", -1), ("canCallKeepalive", "yes")):
            error = stop(instance, 400, **{field: value}).json()["error"]
            scene.check(field in str(error), f"the error does not name {field}: {error}")
        scene.call("stopInstance", 400, path=instance.path, body=b"{", content_type="application/json")
        scene.same(instance.info()["status"], "running", "status after refused stops")


@scenario("instances")
def stop_needs_no_body(scene: Scene) -> None:
    """Without a body, with null and with unknown fields, the defaults hold."""
    for request in ({}, {"json": None}, {"json": {"other": 1}}):
        with scene.running("bell") as instance:
            instance.wait("running")
            scene.call("stopInstance", 202, path=instance.path, timeout=15, **request)
            instance.ended()


@scenario("instances")
def stop_may_come_as_a_message(scene: Scene) -> None:
    """`[4001, {...}]`, which older clients send, means the same as the object alone; another code is 400."""
    with scene.running("patient") as instance, instance.read() as output:
        scene.same(output.read_line(), "waiting", "first output")
        scene.call("stopInstance", 400, path=instance.path, json=[4002, {"timeout": 1}])
        scene.call("stopInstance", 400, path=instance.path, json=[4001, {"timeout": "soon"}])
        scene.call("stopInstance", 202, path=instance.path, json=[4001, {"timeout": 5000, "canCallKeepalive": True}])
        _told(scene, output.read_line(), 5000, "true")
        output.read_all()
        instance.ended()
    with scene.running("bell") as instance:
        instance.wait("running")
        scene.call("stopInstance", 202, path=instance.path, json=[4001, {}], timeout=15)
        instance.ended()


@scenario("instances")
def kill_may_come_as_a_message(scene: Scene) -> None:
    """`[4002, {...}]`, which older clients send, means the same as the object alone; another code is 400."""
    for body in ({}, {"removeImmediately": False}):
        with scene.running("bell") as instance:
            instance.wait("running")
            scene.call("killInstance", 400, path=instance.path, json=[4001, {}])
            scene.call("killInstance", 400, path=instance.path, json=[4002, {"removeImmediately": "x"}])
            scene.call("killInstance", 202, path=instance.path, json=[4002, body])
            instance.ended()
    with scene.running("bell") as instance:
        instance.wait("running")
        scene.call("killInstance", 202, path=instance.path, json=[4002, {"removeImmediately": True}])
        scene.eventually(
            lambda: instance.id not in {item["id"] for item in scene.get("listInstances")}, "the Instance to be gone"
        )


@scenario("instances")
def kill_ends_at_once(scene: Scene) -> None:
    """An Instance that ignores everything else is killed; its streams end, and it is errored with exit code 137."""
    with scene.running("stubborn") as instance, instance.read() as output:
        output.read_line()
        reply = kill(instance)
        scene.same(reply.json()["id"], instance.id, "the Instance in the reply")
        output.read_all()
        info = instance.ended()
        scene.same(info["terminated"]["exitcode"], 137, "exit code")
        instance.text("readStdout")


@scenario("instances")
def killed_means_not_running(scene: Scene) -> None:
    """After a kill, neither the process of the Instance nor its child process exists."""
    with scene.running("stubborn") as instance:
        with instance.read("readStdout") as stdout:
            processes = [int(word) for word in stdout.read_line().split()]
        scene.check(len(processes) == 2, f"the Sequence told of {processes}")
        if not all(map(_is_there, processes)):
            raise NotHere("the Hub's processes are not to be seen from here")
        kill(instance)
        instance.ended()
        scene.eventually(lambda: not any(map(_is_there, processes)), "the end of the processes", timeout=5)


def _is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return not _is_zombie(process)


def _is_zombie(process: int) -> bool:
    try:
        with open(f"/proc/{process}/stat") as stat:  # noqa: PTH123 - paths do not help with /proc
            return stat.read().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return False


@scenario("instances")
def kill_body_is_checked(scene: Scene) -> None:
    """A `removeImmediately` that is not a boolean is 400, the error names it, and the Instance keeps running."""
    with scene.running("bell") as instance:
        instance.wait("running")
        error = kill(instance, 400, removeImmediately="now").json()["error"]
        scene.check("removeImmediately" in str(error), f"the error does not name the field: {error}")
        scene.same(instance.info()["status"], "running", "status after a refused kill")
        scene.call("killInstance", 202, path=instance.path)


@scenario("instances")
def kill_works_once(scene: Scene) -> None:
    """Killing an ended Instance is 400 and changes nothing."""
    with scene.running("bell") as instance:
        instance.wait("running")
        kill(instance)
        before = instance.ended()
        kill(instance, 400)
        scene.same(instance.info(), before, "the Instance after a second kill")


@scenario("instances")
def stop_after_the_end_changes_nothing(scene: Scene) -> None:
    """Stopping an ended Instance does not change its status."""
    with scene.running("hello") as instance:
        before = instance.ended()
        scene.call("stopInstance", (202, 400), path=instance.path, json={"timeout": 100})
        scene.same(instance.info()["status"], before["status"], "status after a late stop")


@scenario("instances")
def instances_end_apart(scene: Scene) -> None:
    """The end of one Instance does not affect another of the same Sequence."""
    with scene.running("bell") as first, scene.running("bell") as second:
        first.wait("running")
        second.wait("running")
        kill(first)
        first.ended()
        second.send_event("ping", "still there?")
        scene.same(scene.get("getLastEvent", id=second.id, name="pong"), "still there?", "answer of the other")


LIES = ("[3001,[]]", "[3001,null]", '[3006,{"error":[]}]', '[3010,{"keepAlive":{}}]', "[5001,{}]", "nonsense", "[1,2]")


@scenario("instances", "sequences", seconds=60.0)
def who_lies_to_the_hub_ends(scene: Scene) -> None:
    """An Instance whose process sends invalid messages ends, stays readable, and is deleted with its Sequence."""
    if scene.profile.only != "embedded":
        raise NotHere("what a runner says is between it and its Hub; only the embedded one's is known")
    sequence = scene.upload("liar")
    for lie in LIES:
        with scene.running("liar", lie, sequence=sequence) as instance:
            scene.same(instance.ended()["status"], "errored", f"status after {lie}")
            health = scene.get("getInstanceHealth", id=instance.id)
            scene.same(health.get("healthy"), False, f"health after {lie}")
            scene.check(instance.id in {item["id"] for item in scene.get("listInstances")}, "it is not in the list")
    scene.call("deleteSequence", path={"id": sequence}, headers={"x-seq-kill-inst": "true"})
