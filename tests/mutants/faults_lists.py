"""Faults in lists: things that are twice in them, that have gone, or that belong elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.mutants import mutant
from tests.mutants.patching import change_json, change_reply, with_json

if TYPE_CHECKING:
    from collections.abc import Callable

    from scramjet_serving.messages import Reply, Request


@mutant("listSequences")
def a_sequence_is_listed_twice() -> None:
    """The list of Sequences has the first of them twice."""
    change_json("listSequences", lambda data: data[:1] + data)


@mutant("listInstances")
def an_instance_is_listed_twice() -> None:
    """The list of Instances has the last of them twice."""
    change_json("listInstances", lambda data: data + data[-1:])


@mutant("listTopics")
def a_topic_is_listed_twice() -> None:
    """The list of topics has the first of them twice."""
    change_json("listTopics", lambda data: data + data[:1])


@mutant("listEntities")
def an_entity_is_listed_twice() -> None:
    """The entities have an Instance twice."""
    change_json("listEntities", lambda data: {**data, "instances": data["instances"] + data["instances"][:1]})


@mutant("listSequenceInstances")
def an_own_instance_is_listed_twice() -> None:
    """The Instances of a Sequence have one of them twice."""
    change_json("listSequenceInstances", lambda data: data + data[:1])


@mutant("getSequence")
def a_sequence_counts_an_instance_twice() -> None:
    """A Sequence lists one of its Instances twice."""
    change_json("getSequence", lambda data: {**data, "instances": data["instances"] + data["instances"][:1]})


@mutant("listSequenceInstances")
def instances_of_all_are_listed() -> None:
    """The Instances of a Sequence are those of every Sequence that was listed before, too."""
    change_json("listSequenceInstances", _gathering())


@mutant("listSequences")
def deleted_sequences_stay_listed() -> None:
    """Deleted Sequences stay in the list."""
    change_json("listSequences", _remembering("id"))


@mutant("listInstances")
def removed_instances_stay_listed() -> None:
    """Removed Instances stay in the list."""
    change_json("listInstances", _remembering("id"))


@mutant("listTopics")
def deleted_topics_stay_listed() -> None:
    """Deleted topics stay in the list."""
    change_json("listTopics", _remembering("topic"))


@mutant("listEntities")
def entities_have_too_many() -> None:
    """Among the entities is a Sequence that is not there."""

    def add(data: dict[str, Any]) -> dict[str, Any]:
        strangers = [{**item, "id": "00000000-0000-4000-8000-000000000000"} for item in data["sequences"][:1]]
        return {**data, "sequences": data["sequences"] + strangers}

    change_json("listEntities", add)


@mutant("listInstances")
def listed_instances_are_always_starting() -> None:
    """The list says of each Instance that it is starting."""
    change_json("listInstances", lambda data: [{**item, "status": "starting"} for item in data])


@mutant("listSequences")
def refused_uploads_are_listed() -> None:
    """An upload that is refused as its name is taken leaves a second Sequence of that name in the list."""
    refused: list[str] = []

    def note(reply: Reply, request: Request) -> None:
        if reply.status == 405:
            refused.append(str(request.headers.get("x-name")))

    def add(reply: Reply, _request: Request) -> Reply | None:
        import json

        data = json.loads(reply.body)  # type: ignore[union-attr]  # a list is sent whole
        ghosts = [{**item, "id": f"ghost-{item['id']}"} for item in data if item.get("name") in refused]
        return with_json(data + ghosts) if ghosts else None

    change_reply("uploadSequence", note)
    change_reply("listSequences", add)


def _remembering(field: str) -> Callable[[list[Any]], list[Any]]:
    known: dict[str, Any] = {}

    def remember(data: list[Any]) -> list[Any]:
        known.update({item[field]: item for item in data})
        return list(known.values())

    return remember


def _gathering() -> Callable[[list[str]], list[str]]:
    known: dict[str, None] = {}

    def gather(data: list[str]) -> list[str]:
        known.update(dict.fromkeys(data))
        return list(known)

    return gather
