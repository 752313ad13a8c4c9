"""Return the Hub's metrics."""

from __future__ import annotations

from ..._runtime.call import Call


def call() -> Call[str]:
    """Return the Hub's metrics.

    Counters and gauges in the OpenMetrics text format, for Prometheus and compatible tools: requests,
    Instances, streams, bytes, memory. The names are those of the embedded Hub and may grow in number;
    the text ends with `# EOF`.
    """
    return Call(operation_id="getMetrics", method="GET", path="/metrics", down="text", retry_safe=True)
