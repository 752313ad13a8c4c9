"""Metrics of a service, in the OpenMetrics text format."""

from __future__ import annotations

import time
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import psutil

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

CONTENT_TYPE = "application/openmetrics-text; version=1.0.0; charset=utf-8"


class Family(NamedTuple):
    """A metric with its samples.

    Attributes:
        name: Its name, without the suffix of counters.
        kind: `gauge`, `counter` or `info`.
        help: What it measures.
        samples: Labels and value of each sample.
    """

    name: str
    kind: str
    help: str
    samples: Iterable[tuple[Mapping[str, str], float]]

    def lines(self) -> Iterable[str]:
        """Return its lines."""
        suffix = {"counter": "_total", "info": "_info"}.get(self.kind, "")
        yield f"# TYPE {self.name} {self.kind}"
        yield f"# HELP {self.name} {self.help}"
        for labels, value in self.samples:
            pairs = ",".join(f'{key}="{_escape(text)}"' for key, text in labels.items())
            yield f"{self.name}{suffix}{{{pairs}}} {value}" if pairs else f"{self.name}{suffix} {value}"


class Metrics:
    """Counts requests, and measures the process.

    Attributes:
        started: When it began to count, in seconds since 1970 (Unix time).
    """

    def __init__(self) -> None:
        self.started = time.time()
        self._process = psutil.Process()
        self._requests: Counter[tuple[str, int]] = Counter()

    def count(self, operation: str, status: int) -> None:
        """Count a request; status 0 means that the client disconnected before there was one."""
        self._requests[operation, status] += 1

    def requests(self) -> Family:
        """Return the request counters."""
        return Family(
            "scramjet_http_requests",
            "counter",
            "Requests by operation and status; status 0 had no reply.",
            [({"operation": name, "status": str(code)}, n) for (name, code), n in sorted(self._requests.items())],
        )

    def process(self, whose: str) -> list[Family]:
        """Return the resource usage of the process.

        Args:
            whose: The name of the service, such as `the server`.
        """
        resident, descriptors = self._process.memory_info().rss, self._process.num_fds()
        return [
            Family("process_resident_memory_bytes", "gauge", f"Memory of {whose}'s process.", one(resident)),
            Family("process_open_fds", "gauge", f"Open descriptors of {whose}'s process.", one(descriptors)),
        ]


def render(families: Iterable[Family]) -> str:
    """Render metrics as text."""
    lines = [line for family in families for line in family.lines()]
    return "\n".join([*lines, "# EOF", ""])


def one(value: float) -> list[tuple[Mapping[str, str], float]]:
    """Return the only sample of a family."""
    return [({}, value)]


def _escape(text: str) -> str:
    return text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
