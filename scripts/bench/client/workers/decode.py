"""Milliseconds to decode a list of Instances, by each client: `decode.py ROUNDS COUNT short|full`."""

from __future__ import annotations

import json
import sys
import time
from datetime import datetime  # noqa: TC003 -- pydantic reads the annotations
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, Field, TypeAdapter

if TYPE_CHECKING:
    from collections.abc import Callable

ID = "21111111-3222-4333-8444-655555555555"
CONFIG = {
    "type": "process",
    "id": ID,
    "name": "@scramjet/hello",
    "version": "1.0.0",
    "engines": {"python3": "3.9"},
    "entrypointPath": "main.py",
    "sequenceDir": "/sequences/hello",
    "language": "py",
}


class PydanticConfig(BaseModel):
    """The configuration of a package."""

    type: str
    id: str
    name: str
    version: str
    engines: dict[str, str]
    entrypoint_path: str = Field(alias="entrypointPath")
    sequence_dir: str = Field(alias="sequenceDir")
    language: str | None = None
    description: str | None = None
    author: str | dict[str, Any] | None = None
    keywords: list[str] | None = None
    args: list[Any] | None = None
    repository: str | dict[str, Any] | None = None
    package_size: int | None = Field(None, alias="packageSize")
    container: dict[str, Any] | None = None
    config: dict[str, Any] | None = None


class PydanticSequence(BaseModel):
    """A Sequence as an Instance shows it."""

    id: str
    config: PydanticConfig
    name: str | None = None
    location: str | None = None


class PydanticTerminated(BaseModel):
    """The end of an Instance."""

    exitcode: int
    reason: str


class PydanticLimits(BaseModel):
    """The limits of an Instance."""

    memory: int | None = None
    gpu: float | None = None


class PydanticInstance(BaseModel):
    """An Instance, with the fields and types of our own class."""

    id: str
    sequence: str | PydanticSequence
    instance_name: str | None = Field(None, alias="instanceName")
    app_config: dict[str, Any] | None = Field(None, alias="appConfig")
    args: list[Any] | None = None
    provides: str | None = None
    requires: str | None = None
    ports: dict[str, Any] | None = None
    created: datetime | None = None
    started: datetime | None = None
    ended: datetime | None = None
    status: str | None = None
    terminated: PydanticTerminated | None = None
    limits: PydanticLimits | None = None
    sequence_args: list[Any] | None = Field(None, alias="sequenceArgs")
    sequence_info: PydanticSequence | None = Field(None, alias="sequenceInfo")


def instances(count: int, kind: str) -> bytes:
    """Return the body of a reply: `short` is as in the API reference, `full` as Hubs send it."""
    item: dict[str, Any] = {"id": ID, "appConfig": {}, "sequence": ID, "created": "2022-07-14T08:09:34.221Z"}
    item["status"] = "running"
    if kind == "full":
        item["sequence"] = {"id": ID, "name": "hello", "config": CONFIG, "location": "hub"}
        item |= {"args": ["a", 1], "started": "2022-07-14T08:09:34.321Z"}
    return json.dumps([item] * count).encode()


def contenders() -> dict[str, Callable[[bytes], Any]]:
    """Return each client's way from the bytes to the objects."""
    from generator_client.models.instance import Instance as GeneratorInstance
    from scramjet_client.api.instances.list_instances import DECODERS
    from stock_client.models.instance import Instance as StockInstance

    adapter = TypeAdapter(list[PydanticInstance])
    ours = DECODERS[200]
    return {
        "ours": lambda body: ours(json.loads(body)),
        "openapi-python-client": lambda body: [StockInstance.from_dict(item) for item in json.loads(body)],
        "openapi-generator": lambda body: [GeneratorInstance.from_dict(item) for item in json.loads(body)],
        "pydantic validate_json": adapter.validate_json,
        "json.loads alone": json.loads,
    }


def main(rounds: int, count: int, kind: str) -> dict[str, list[float]]:
    """Time each in turn."""
    body = instances(count, kind)
    decoders = contenders()
    times: dict[str, list[float]] = {name: [] for name in decoders}
    for decode in decoders.values():
        # The cost of the first use counts as importing.
        decode(body)
    for _ in range(rounds):
        for name, decode in decoders.items():
            start = time.perf_counter()
            assert len(decode(body)) == count  # noqa: S101 -- the work must have been done
            times[name].append((time.perf_counter() - start) * 1000)
    return times


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])))
