"""The figures in the OpenMetrics form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scramjet_serving.machine.metrics import Family

if TYPE_CHECKING:
    import httpx

SAMPLE = re.compile(r'^([a-z_]+)(?:\{((?:[a-z_]+="(?:[^"\\\n]|\\["\\n])*",?)*)\})? (\S+)$')


def samples(api: httpx.Client) -> dict[tuple[str, str], float]:
    """All samples, after a check of the form: families in one piece, described before their samples, an end."""
    reply = api.get("/metrics")
    assert reply.headers["content-type"] == "application/openmetrics-text; version=1.0.0; charset=utf-8"
    lines = reply.text.split("\n")
    assert lines[-2:] == ["# EOF", ""]
    found: dict[tuple[str, str], float] = {}
    families: dict[str, str] = {}
    family = ""
    for line in lines[:-2]:
        if line.startswith("# TYPE "):
            family, kind = line.split()[2:]
            assert family not in families
            families[family] = kind
        elif line.startswith("# HELP "):
            assert line.split()[2] == family
        else:
            match = SAMPLE.match(line)
            assert match, line
            suffix = {"counter": "_total", "info": "_info", "gauge": ""}[families[family]]
            assert match[1] == family + suffix
            assert (match[1], match[2] or "") not in found
            found[match[1], match[2] or ""] = float(match[3])
    return found


def test_metrics(api: httpx.Client) -> None:
    before = samples(api)
    for _ in range(3):
        api.get("/sequence/nothing")
        api.get("/version")
    after = samples(api)

    missing = ("scramjet_http_requests_total", 'operation="getSequence",status="404"')
    version = ("scramjet_http_requests_total", 'operation="getVersion",status="200"')
    assert after[missing] - before.get(missing, 0) == 3
    assert after[version] - before.get(version, 0) == 3
    assert after["scramjet_sequences", ""] == 0
    assert after["process_resident_memory_bytes", ""] > 1e7
    assert after["process_open_fds", ""] > 3
    assert after["scramjet_hub_start_time_seconds", ""] > 1.7e9


def test_labels_are_escaped() -> None:
    lines = list(Family("x", "gauge", "An x.", [({"a": 'say "\\" \n'}, 1)]).lines())

    assert lines[-1] == r'x{a="say \"\\\" \n"} 1'
