"""The catalogue of measures, in the order of the report."""

from __future__ import annotations

from scripts.bench.hub.figures import Figure, Measure
from scripts.bench.hub.instances import first_byte, idle_memory, memory_with_instances, uploads
from scripts.bench.hub.packages import ECHO, READY
from scripts.bench.hub.requests import measure as requests
from scripts.bench.hub.streams import instance_records, topic_bytes, topic_records

MEASURES = (
    Measure(
        "memory-idle",
        (
            Figure("memory, idle, shared pages counted once", "MB", more_is_better=False, goal=1.0),
            Figure("memory, idle, resident", "MB", more_is_better=False, goal=1.0),
        ),
        idle_memory,
        rounds=3,
        fresh=True,
    ),
    *(
        Measure(
            f"{path[1:]}-{connections}",
            (Figure(f"GET {path}, {connections} connections", "requests/s", goal=1.5),),
            requests(path, connections),
        )
        for path in ("/version", "/sequences")
        for connections in (8, 64)
    ),
    *(
        Measure(
            f"topic-{readers}",
            (Figure(f"topic, 1 writer to {readers} reader{'s' * (readers > 1)}", "MB/s", goal=1.0),),
            topic_bytes(readers),
        )
        for readers in (1, 4)
    ),
    Measure("topic-records", (Figure("topic, records of 64 bytes", "records/s"),), topic_records),
    *(
        Measure(
            f"instance-records-{language.lower()}",
            (Figure(f"in and out of a {language} Instance, lines of 64 bytes", "lines/s"),),
            instance_records(ECHO[language]),
            language=language,
        )
        for language in ECHO
    ),
    *(
        Measure(
            f"start-{language.lower()}",
            (
                Figure(f"start to first byte, {language}, p50", "ms", more_is_better=False, goal=goal, share=0.50),
                Figure(f"start to first byte, {language}, p99", "ms", more_is_better=False, share=0.99),
            ),
            first_byte(READY[language]),
            language=language,
        )
        for language, goal in (("Python", 0.5), ("Node", 1.0))
    ),
    Measure("uploads", (Figure("uploads of a small package", "uploads/s"),), uploads),
    *(
        Measure(
            f"memory-instances-{language.lower()}",
            (Figure(f"memory with many {language} Instances, shared pages counted once", "MB", more_is_better=False),),
            memory_with_instances(READY[language]),
            rounds=1,
            fresh=True,
            language=language,
        )
        for language in READY
    ),
)
