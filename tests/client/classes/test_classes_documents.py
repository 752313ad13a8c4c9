"""The examples of the documents that people learned the older Python client from, in the form that ours gives them."""

from __future__ import annotations

import asyncio
import shutil
from typing import TYPE_CHECKING

from scramjet_client import HostClient, InstanceClient, SequenceClient

from tests.support.packages import pack_python

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

PROGRAM = """
import asyncio

async def run(context, input):
    while True:
        await asyncio.sleep(0.1)
        yield "tick\\n"
"""


def test_the_examples_run_as_written(url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    host = HostClient(url)

    # To check the Host version; each call of asyncio.run is an event loop of its own, with the same client.
    response = asyncio.run(host.get_version())
    print(f"Host version: {response}")

    # Sending a Sequence.
    file = str(tmp_path / "sequence.tar.gz")
    (tmp_path / "sequence.tar.gz").write_bytes(pack_python(PROGRAM))
    app_config: dict[str, object] = {}
    sequence = asyncio.run(host.send_sequence(file, app_config))

    # Running it: the id is an attribute, there is no JSON to parse.
    seq_id = sequence.id
    instance = asyncio.run(host.start_sequence(seq_id))

    # Lists are lists of objects.
    res = asyncio.run(host.list_sequences())
    assert [found.id for found in res] == [seq_id]
    assert res[0].config.entrypoint_path == "main.py"
    assert res[0].instances == [instance.id]
    sequence_client = SequenceClient(res[0].id, host)
    assert asyncio.run(sequence_client.list_instances()) == [instance.id]

    instances = asyncio.run(host.list_instances())
    assert instance.id in [found.id for found in instances]
    instance_client = InstanceClient(instance.id, host)
    assert asyncio.run(instance_client.get_health()).healthy

    # Killing an Instance results in its immediate stop.
    asyncio.run(instance_client.kill())
    ended = asyncio.run(instance_client.wait(timeout=20))
    assert ended.terminated is not None
    assert ended.terminated.exitcode == 137
    asyncio.run(host.delete_sequence(seq_id, force=True))

    assert capsys.readouterr().out.startswith("Host version: Version(service='@scramjet/host', api_version='v1'")
    shutil.rmtree(tmp_path)
