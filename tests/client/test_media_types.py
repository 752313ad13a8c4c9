from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from scramjet_client._runtime.uploads.sources import media_type_of

if TYPE_CHECKING:
    from scramjet_client._runtime.call import UploadSource


@pytest.mark.parametrize("source", ["", "text\n", ["line\n", "line\n"], ("line\n",)])
def test_text_is_text(source: UploadSource) -> None:
    assert media_type_of(source) == "text/plain"


@pytest.mark.parametrize("source", [b"", bytearray(b"1"), memoryview(b"1"), Path("file"), io.BytesIO(b"1")])
def test_bytes_and_files_are_bytes(source: UploadSource) -> None:
    assert media_type_of(source) == "application/octet-stream"


@pytest.mark.parametrize("source", [None, [], [{"a": 1}], iter(["unknown until it is taken"])])
def test_anything_else_is_records(source: UploadSource) -> None:
    assert media_type_of(source) == "application/x-ndjson"
