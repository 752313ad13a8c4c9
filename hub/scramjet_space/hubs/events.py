"""What a Hub tells its Space about itself, the same for all versions of Hubs and all kinds of connection."""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

import attrs

Json: TypeAlias = dict[str, Any]


@attrs.frozen
class LoadReported:
    """The Hub's load; a sign of life, each 5 s (10 s in later versions).

    Attributes:
        load: `avgLoad, currentLoad, memFree, memUsed, fsSize`.
    """

    load: Json


@attrs.frozen
class NetworkReported:
    """The Hub's network interfaces."""

    interfaces: list[Json]


@attrs.frozen
class SequencesReported:
    """All Sequences of the Hub; replaces those known before.

    Attributes:
        sequences: Each `{id, config, instances, location}`, with an id at least.
    """

    sequences: list[Json]


@attrs.frozen
class SequenceChanged:
    """A Sequence was added, replaced or deleted.

    Attributes:
        id: Its id.
        deleted: Whether it is gone.
        config: Its configuration; empty from Hubs that do not tell it (0.18.7), and after it is deleted.
    """

    id: str
    deleted: bool
    config: Json


@attrs.frozen
class InstancesReported:
    """All Instances of the Hub; replaces those known before.

    Attributes:
        instances: Each with an id at least, most with `sequence`, the whole Sequence or its id.
    """

    instances: list[Json]


@attrs.frozen
class InstanceChanged:
    """An Instance was started, or has ended.

    Attributes:
        instance: `{id, sequence, ...}` as the Hub sent it, without the message's own fields.
        ended: Whether it is gone.
    """

    instance: Json
    ended: bool


@attrs.frozen
class TopicChanged:
    """Something on the Hub reads or writes a topic, or the topic exists, or is gone.

    Attributes:
        name: The topic.
        removed: Whether it is gone from the Hub.
        content_type: Its content type; may be empty.
        role: What the Hub is for it: `provider` of data, or `consumer`.
    """

    name: str
    removed: bool
    content_type: str
    role: Literal["provider", "consumer"]


HubEvent: TypeAlias = (
    LoadReported
    | NetworkReported
    | SequencesReported
    | SequenceChanged
    | InstancesReported
    | InstanceChanged
    | TopicChanged
)
