"""Figures about a Hub, in the OpenMetrics text form."""

from __future__ import annotations

import time
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import psutil

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scramjet_hub.hub import Hub

CONTENT_TYPE = "application/openmetrics-text; version=1.0.0; charset=utf-8"


class Family(NamedTuple):
    """A metric with its samples.

    Attributes:
        name: Its name, without the suffix of counters.
        kind: gauge, counter or info.
        help: What it counts.
        samples: Labels and value of each sample.
    """

    name: str
    kind: str
    help: str
    samples: Iterable[tuple[Mapping[str, str], float]]

    def lines(self) -> Iterable[str]:
        """Its lines."""
        suffix = {"counter": "_total", "info": "_info"}.get(self.kind, "")
        yield f"# TYPE {self.name} {self.kind}"
        yield f"# HELP {self.name} {self.help}"
        for labels, value in self.samples:
            pairs = ",".join(f'{key}="{_escape(text)}"' for key, text in labels.items())
            yield f"{self.name}{suffix}{{{pairs}}} {value}" if pairs else f"{self.name}{suffix} {value}"


class Metrics:
    """Counts what happens and tells it with what is.

    Args:
        version: The version of the Hub.
    """

    def __init__(self, version: str) -> None:
        self._version = version
        self._started = time.time()
        self._process = psutil.Process()
        self._requests: Counter[tuple[str, int]] = Counter()

    def count(self, operation: str, status: int) -> None:
        """Count a request; status 0 is for a client that went away before there was one."""
        self._requests[operation, status] += 1

    def render(self, hub: Hub) -> str:
        """All figures as text."""
        lines = [line for family in self._families(hub) for line in family.lines()]
        return "\n".join([*lines, "# EOF", ""])

    def _families(self, hub: Hub) -> list[Family]:
        load = hub.load.memory()
        statuses = Counter(instance.status for instance in hub.instances.all())
        return [
            Family("scramjet_hub", "info", "The Hub.", [({"version": self._version, "id": hub.config.id}, 1)]),
            Family(
                "scramjet_hub_start_time_seconds", "gauge", "When the Hub started, since 1970.", _one(self._started)
            ),
            Family("scramjet_sequences", "gauge", "Sequences that are kept.", _one(len(hub.sequences))),
            Family(
                "scramjet_instances",
                "gauge",
                "Instances by status.",
                [({"status": status}, count) for status, count in sorted(statuses.items())],
            ),
            Family("scramjet_topics", "gauge", "Topics.", _one(len(hub.topics.all()))),
            *_bounded(hub),
            Family(
                "scramjet_http_requests",
                "counter",
                "Requests by operation and status; status 0 had no reply.",
                [({"operation": name, "status": str(code)}, n) for (name, code), n in sorted(self._requests.items())],
            ),
            Family("scramjet_memory_free_bytes", "gauge", "Memory that Instances can still take.", _one(load.free)),
            Family("scramjet_cpu_load_percent", "gauge", "Processor time in use.", _one(hub.load.cpu_load())),
            Family("process_resident_memory_bytes", "gauge", "Memory of the Hub's process.", _one(self._resident())),
            Family(
                "process_open_fds", "gauge", "Open descriptors of the Hub's process.", _one(self._process.num_fds())
            ),
        ]

    def _resident(self) -> int:
        return int(self._process.memory_info().rss)


def _bounded(hub: Hub) -> list[Family]:
    """What is held in memory within a limit, and the limits."""
    instances = hub.instances.all()
    finished = sum(instance.held for instance in instances if not instance.alive)
    events = sum(instance.events.size for instance in instances)
    limits = hub.config.public()["limits"]
    return [
        Family("scramjet_topic_held_bytes", "gauge", "What topics hold for readers.", _one(hub.topics.held)),
        Family("scramjet_event_held_bytes", "gauge", "What the last events of Instances hold.", _one(events)),
        Family("scramjet_finished_held_bytes", "gauge", "What finished Instances hold.", _one(finished)),
        Family("scramjet_log_held_bytes", "gauge", "What the Hub's log holds.", _one(hub.log.size)),
        Family("scramjet_audit_records", "gauge", "Records of the audit trail that are kept.", _one(len(hub.audit))),
        Family(
            "scramjet_limit",
            "gauge",
            "What the Hub's options limit, by option.",
            [({"option": name}, limit) for name, limit in sorted(limits.items())],
        ),
    ]


def _one(value: float) -> list[tuple[Mapping[str, str], float]]:
    return [({}, value)]


def _escape(text: str) -> str:
    return text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
