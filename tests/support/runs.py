"""Sequences uploaded and Instances started over HTTP, for tests that look at what they do."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import httpx

WAIT = 15.0


class Run:
    """One Instance, seen through the API.

    Args:
        api: A client of the Hub.
        instance_id: The Instance.
    """

    def __init__(self, api: httpx.Client, instance_id: str) -> None:
        self.api = api
        self.id = instance_id
        self.path = f"/instance/{instance_id}"

    def info(self) -> dict[str, Any]:
        """What the API shows of it."""
        reply = self.api.get(self.path)
        assert reply.status_code == 200, reply.text
        info: dict[str, Any] = reply.json()
        return info

    def wait_for(self, *statuses: str) -> dict[str, Any]:
        """Wait until its status is one of these; what the API shows then."""
        deadline = time.monotonic() + WAIT
        while (info := self.info())["status"] not in statuses:
            assert time.monotonic() < deadline, f"still {info['status']}, not {statuses}:\n{self.log_text()}"
            time.sleep(0.005)
        return info

    def wait_for_end(self) -> dict[str, Any]:
        """Wait until it has ended; what the API shows then."""
        return self.wait_for("completed", "errored")

    def read(self, stream: str = "output") -> bytes:
        """One of its streams to its end."""
        reply = self.api.get(f"{self.path}/{stream}")
        assert reply.status_code == 200, reply.text
        return reply.content

    def write(
        self, data: Any, content_type: str | None = "text/plain", *, to: str = "input", **headers: str
    ) -> httpx.Response:
        """Write to its input, or another of its streams; `x_end_stream="false"` keeps it open."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if content_type:
            sent["content-type"] = content_type
        return self.api.post(f"{self.path}/{to}", content=data, headers=sent)

    def post(self, command: str, body: object = None) -> httpx.Response:
        """Send it a command: _stop, _kill, _event, _monitoring_rate."""
        return self.api.post(f"{self.path}/{command}", json={} if body is None else body)

    def log(self) -> list[dict[str, Any]]:
        """Its log; it must have ended."""
        return [json.loads(line) for line in self.read("log").splitlines()]

    def log_text(self) -> str:
        """What is in its log now, whether it has ended or not."""
        with self.api.stream("GET", f"{self.path}/log") as reply:
            for chunk in reply.iter_text():
                return chunk
        return ""


def upload(api: httpx.Client, package: bytes) -> str:
    """Upload a package; the id of the Sequence."""
    reply = api.post("/sequence", content=package, headers={"content-type": "application/octet-stream"})
    assert reply.status_code == 200, reply.text
    sequence_id: str = reply.json()["id"]
    return sequence_id


def start(api: httpx.Client, package: bytes | str, **body: Any) -> Run:
    """Start an Instance of a package, or of a Sequence by its id."""
    sequence_id = package if isinstance(package, str) else upload(api, package)
    reply = api.post(f"/sequence/{sequence_id}/start", json=body)
    assert reply.status_code == 200, reply.text
    return Run(api, reply.json()["id"])
