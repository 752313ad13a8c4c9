"""The metrics of a Hub for `GET /metrics`."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from scramjet_serving.machine.metrics import Family, one
from scramjet_serving.service import VERSION

if TYPE_CHECKING:
    from scramjet_hub.hub import Hub


def families(hub: Hub) -> list[Family]:
    """Return all metrics of a Hub."""
    free = hub.load.memory().free
    statuses = Counter(instance.status for instance in hub.instances.all())
    return [
        Family("scramjet_hub", "info", "The Hub.", [({"version": VERSION, "id": hub.config.id}, 1)]),
        Family(
            "scramjet_hub_start_time_seconds", "gauge", "When the Hub started, since 1970.", one(hub.metrics.started)
        ),
        Family("scramjet_sequences", "gauge", "Sequences that are kept.", one(len(hub.sequences))),
        Family(
            "scramjet_instances",
            "gauge",
            "Instances by status.",
            [({"status": status}, count) for status, count in sorted(statuses.items())],
        ),
        Family("scramjet_topics", "gauge", "Topics.", one(len(hub.topics.all()))),
        _isolation(hub),
        *_bounded(hub),
        hub.metrics.requests(),
        Family("scramjet_memory_free_bytes", "gauge", "Memory that Instances can still take.", one(free)),
        Family("scramjet_cpu_load_percent", "gauge", "Processor time in use.", one(hub.load.cpu_load())),
        *hub.metrics.process("the Hub"),
    ]


def _isolation(hub: Hub) -> Family:
    """Return the isolation in force."""
    told = hub.sandboxes.public()
    labels = {"kind": told["kind"], "enforces": ",".join(told["enforces"]), "limits": ",".join(sorted(told["limits"]))}
    return Family("scramjet_isolation", "info", "How Sequences are isolated.", [(labels, 1)])


def _bounded(hub: Hub) -> list[Family]:
    """Return memory use within limits, and the limits."""
    instances = hub.instances.all()
    finished = sum(instance.held for instance in instances if not instance.alive)
    events = sum(instance.events.size for instance in instances)
    limits = hub.config.public()["limits"]
    return [
        Family("scramjet_topic_held_bytes", "gauge", "What topics hold for readers.", one(hub.topics.held)),
        Family("scramjet_event_held_bytes", "gauge", "What the last events of Instances hold.", one(events)),
        Family("scramjet_finished_held_bytes", "gauge", "What finished Instances hold.", one(finished)),
        Family("scramjet_log_held_bytes", "gauge", "What the Hub's log holds.", one(hub.log.size)),
        Family("scramjet_audit_records", "gauge", "Records of the audit trail that are kept.", one(len(hub.audit))),
        Family(
            "scramjet_limit",
            "gauge",
            "What the Hub's options limit, by option.",
            [({"option": name}, limit) for name, limit in sorted(limits.items())],
        ),
    ]
