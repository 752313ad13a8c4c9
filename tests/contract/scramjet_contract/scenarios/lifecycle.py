"""The lifecycle of Instances: how they start, their states, how they end and what remains of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scramjet_contract.scenarios import scenario
from scramjet_contract.scenarios.events import bell
from scramjet_contract.scene import TEXT

if TYPE_CHECKING:
    from scramjet_contract.scene import Running, Scene

ORDER = ("initializing", "starting", "running", "stopping", "killing", "completed", "errored", "gone")


@scenario("instances")
def runs_to_its_end(scene: Scene) -> None:
    """An Instance that ends by itself is completed with exit code 0, and its times are in order."""
    with scene.running("hello") as instance:
        info = instance.ended()
        scene.same(info["status"], "completed", "status")
        scene.same(info["terminated"]["exitcode"], 0, "exit code")
        # The check of the reply already reports one that is null.
        times = [time for field in ("created", "started", "ended") if (time := info.get(field)) is not None]
        scene.check(times == sorted(times), f"times out of order: {info}")


@scenario("instances")
def status_never_goes_back(scene: Scene) -> None:
    """The observed states, from start over stop to end, are in their order."""
    with scene.running("patient") as instance:
        seen = [_status(instance)]
        instance.wait("running")
        seen.append("running")
        with scene.open("stopInstance", 202, path=instance.path, json={"timeout": 3000}):
            scene.eventually(lambda: _note(instance, seen) in ("completed", "errored"), "the end")
        seen += [_status(instance) for _ in range(5)]
        places = [ORDER.index(status) for status in seen]
        scene.check(places == sorted(places), f"the status went back: {seen}")


def _status(instance: Running) -> str:
    return str(instance.info()["status"])


def _note(instance: Running, seen: list[str]) -> str:
    seen.append(_status(instance))
    return seen[-1]


@scenario("instances")
def failures_show(scene: Scene) -> None:
    """An Instance that fails is errored with an exit code other than 0, and its log or stderr contains the reason."""
    for how, output, words in (("start", "", "refuses to start"), ("half", "first line\n", "fails half-way")):
        with scene.running("failing", how) as instance:
            text = instance.text()
            scene.same(text, output, f"output of an Instance that fails ({how})")
            info = instance.ended()
            scene.same(info["status"], "errored", f"status ({how})")
            scene.check(info["terminated"]["exitcode"] not in (0, None), f"exit code: {info['terminated']}")
            told = instance.text("readStderr") + instance.text("readInstanceLog") + str(info["terminated"])
            scene.check(words in told, f"neither stderr nor log says {words!r}")


@scenario("instances")
def exit_codes_tell_failures_apart(scene: Scene) -> None:
    """22 for a failure at start, 23 for a failure while running, the Sequence's own code if it exits by itself."""
    for how, code in (("start", 22), ("half", 23), ("exit", 7)):
        with scene.running("failing", how) as instance:
            scene.same(instance.ended()["terminated"]["exitcode"], code, f"exit code of {how}")


@scenario("instances")
def a_crash_is_an_end(scene: Scene) -> None:
    """An Instance whose process dies of a signal is errored, and its streams end."""
    with scene.running("failing", "crash") as instance:
        info = instance.ended()
        scene.same(info["status"], "errored", "status")
        scene.check(info["terminated"]["exitcode"] != 0, f"exit code: {info['terminated']}")
        for stream in ("readOutput", "readStdout", "readStderr", "readInstanceLog"):
            instance.text(stream)


@scenario("instances")
def what_is_left_stays_readable(scene: Scene) -> None:
    """After its end, an Instance, its log and its unread output can still be read."""
    with scene.running("hello") as instance:
        instance.ended()
        scene.same(instance.text(), "hello\n", "output read after the end")
        instance.text("readInstanceLog")
        scene.same(instance.text("readStdout"), "", "stdout read after the end")
        scene.check(instance.id in {item["id"] for item in scene.get("listInstances")}, "not in the list any more")


@scenario("instances")
def removed_means_gone(scene: Scene) -> None:
    """Killed with `removeImmediately`, an Instance is gone: 404 on every operation, and in no list."""
    with scene.running("bell") as instance:
        instance.wait("running")
        scene.call("killInstance", 202, path=instance.path, json={"removeImmediately": True})
        scene.eventually(
            lambda: scene.call("getInstance", (200, 404), path=instance.path).status == 404,
            "the Instance is gone",
        )
        for operation in READS:
            path = instance.path | ({"name": "any"} if "{name}" in scene.api.operations[operation].path else {})
            scene.call(operation, 404, path=path)
        for operation, request in WRITES.items():
            scene.call(operation, 404, path=instance.path, **request)
        scene.check(instance.id not in {item["id"] for item in scene.get("listInstances")}, "still in the list")
        sequence = scene.sequence("bell")
        scene.check(instance.id not in scene.get("listSequenceInstances", id=sequence), "still the Sequence's")


READS = (
    "getInstanceHealth",
    "readStdout",
    "readStderr",
    "readOutput",
    "readInstanceLog",
    "streamEvents",
    "streamNamedEvents",
    "getLastEvent",
    "getNextEvent",
    "getNextNamedEvent",
)
WRITES: dict[str, dict[str, Any]] = {
    "writeStdin": {"body": b"x"},
    "writeInput": {"body": b"x", "content_type": TEXT},
    "exchangeInout": {"body": b"x", "content_type": TEXT},
    "sendEvent": {"json": {"eventName": "x"}},
    "stopInstance": {"json": {}},
    "killInstance": {"json": {}},
    "setMonitoringRate": {"json": {"monitoringRate": 1000}},
}


@scenario("instances")
def health_is_what_it_says(scene: Scene) -> None:
    """A healthy Instance is reported so; one with its own health check reports its result, and keeps running."""
    with scene.running("bell") as instance:
        scene.same(scene.get("getInstanceHealth", id=instance.id)["healthy"], True, "health")
    with scene.running("unwell") as instance:
        with instance.read() as output:
            scene.same(output.read_line(), "up", "first output")
        scene.eventually(
            lambda: scene.get("getInstanceHealth", id=instance.id)["healthy"] is False, "an unhealthy report"
        )
        scene.same(_status(instance), "running", "status of an unhealthy Instance")


@scenario("instances")
def reports_as_often_as_told(scene: Scene) -> None:
    """The rate of reports can be set, in both forms; a rate that is not a number, too small or missing is 400."""
    with scene.running("bell") as instance:
        instance.wait("running")
        for body in ({"monitoringRate": 200}, [4003, {"monitoringRate": 500}]):
            reply = scene.call("setMonitoringRate", 202, path=instance.path, json=body)
            scene.same(reply.json(), {"accepted": True}, "the reply")
        for wrong in ({}, {"monitoringRate": "often"}, {"monitoringRate": -1}, [4001, {"monitoringRate": 500}], None):
            scene.call("setMonitoringRate", 400, path=instance.path, json=wrong)
        scene.same(scene.get("getInstanceHealth", id=instance.id)["healthy"], True, "health afterwards")


@scenario("instances")
def log_has_what_the_sequence_logs(scene: Scene) -> None:
    """Log entries of a Sequence arrive as records, live for a current reader and again for a later one."""
    with bell(scene) as instance, instance.read("readInstanceLog") as log:
        instance.send_event("log", "first entry")
        _find(instance, log, "first entry")
        instance.send_event("log", "second entry")
        _find(instance, log, "second entry")
        with instance.read("readInstanceLog") as again:
            _find(instance, again, "first entry")
            _find(instance, again, "second entry")


def _find(instance: Running, log: Any, words: str) -> None:
    while words not in str(instance.next_record(log).get("msg")):
        pass
