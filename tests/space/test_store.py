"""The store of a Space: packages are put, listed, fetched and deleted."""

from __future__ import annotations

import gzip
import hashlib
import uuid
from typing import TYPE_CHECKING

import pytest

from tests.support.archives import entry, files, manifest, package, targz

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import httpx

    from tests.support.platform_process import PlatformProcess


@pytest.fixture(autouse=True)
def empty(space: httpx.Client) -> Iterator[None]:
    yield
    assert (space.delete("store").status_code, space.get("s3").json()) == (202, [])


def put(space: httpx.Client, path: str = "s3", content: bytes | None = None) -> httpx.Response:
    return space.put(path, content=package() if content is None else content)


def test_a_package_without_a_name_is_called_as_its_id(space: httpx.Client) -> None:
    content = package(description="Says it again", scramjet={"config": {"a": 1}})
    reply = put(space, content=content)
    assert reply.status_code == 202
    item = reply.json()
    assert str(uuid.UUID(item["id"])) == item["id"] == item["_fileId"]
    assert item["_filename"] == f"{item['id']}.tar.gz"
    assert (item["name"], item["version"], item["entrypointPath"]) == ("echo", "1.0.0", "main.py")
    assert (item["description"], item["language"], item["packageSize"]) == ("Says it again", "py", len(content))
    assert item["etag"] == hashlib.md5(content).hexdigest()  # noqa: S324 - an etag is no secret
    listed = {name: value for name, value in item.items() if name not in ("etag", "versionId")}
    assert space.get("s3").json() == [listed]
    for path in (f"s3/{item['_filename']}", f"s3/any/{item['_filename']}", f"s3/{item['id']}"):
        fetched = space.get(path)
        assert (fetched.headers["content-type"], fetched.content) == ("application/octet-stream", content)


def test_the_same_name_replaces(space: httpx.Client) -> None:
    first, second = package(version="1.0.0"), package(version="2.0.0")
    put(space, "s3/echo.tar.gz", first)
    put(space, "s3/echo.tar.gz", second)
    assert [item["version"] for item in space.get("s3").json()] == ["2.0.0"]
    assert space.get("s3/echo.tar.gz").content == second


def test_the_store_comes_first_in_the_lists(space: httpx.Client) -> None:
    item = put(space).json()
    (sequence,) = space.get("all_sequences").json()
    assert (sequence["id"], sequence["location"], sequence["instances"]) == (item["id"], "store", [])
    assert space.get("entities").json()["sequences"] == [item["id"]]
    assert space.get("sequences").json() == []


@pytest.mark.parametrize("name", ["_filename", "id"])
def test_a_package_is_deleted_by_name_or_id(space: httpx.Client, name: str) -> None:
    item, other = put(space, "s3/one.tar.gz").json(), put(space).json()
    reply = space.delete(f"s3/{item[name]}", headers={"content-type": "application/json"})
    assert (reply.status_code, reply.json()) == (202, {"id": item[name]})
    assert [left["id"] for left in space.get("s3").json()] == [other["id"]]
    assert space.delete(f"s3/{item[name]}").status_code == 404
    assert space.get(f"s3/{item[name]}").status_code == 404


BAD = {
    "no archive": b"not a package",
    "nothing": b"",
    "cut off": package()[:100],
    "no manifest": targz(files({"main.py": "x"})),
    "deep manifest": targz(files({"a/b/package.json": manifest()})),
    "no name": package(name=""),
    "no main": package(main=""),
    "bad manifest": targz(files({"package.json": "{"})),
    "a link for a manifest": targz([(entry("package.json", b"2", link="/etc/passwd"), b"")]),
    "garbage in gzip": gzip.compress(b"x" * 10_000),
    "huge manifest": targz(files({"package.json": " " * 2_000_000 + manifest()})),
}


@pytest.mark.parametrize("fault", BAD)
def test_what_is_no_package_is_refused(space: httpx.Client, fault: str) -> None:
    reply = put(space, content=BAD[fault])
    assert reply.status_code == 422, reply.text
    assert reply.json()["error"]
    assert space.get("s3").json() == []


def test_other_types_and_names_are_refused(space: httpx.Client) -> None:
    assert space.put("s3", content=package(), headers={"content-type": "text/plain"}).status_code == 415
    for name in ("..%2F..%2Fx", "a%00b", ".hidden", "x" * 300):
        assert put(space, f"s3/{name}").status_code in (400, 404), name
    assert space.get("s3/..%2F..%2Fsecret.key").status_code in (400, 404)


def test_packages_survive_a_restart_and_are_bounded(start_platform: Callable[..., PlatformProcess]) -> None:
    content = package()
    process = start_platform("--max-package-size", str(2 * len(content)), "--store-limit", str(2 * len(content) + 50))
    with process.client("space-1") as space:
        item = put(space, "s3/kept.tar.gz", content).json()
        assert put(space, content=content + b"x" * 2 * len(content)).status_code == 507
        assert put(space, content=content).status_code == 202
        assert put(space, content=content).status_code == 507
    stray = process.data_dir / "packages" / "space-1" / "stray"
    stray.write_bytes(b"left by an interrupted change")
    process.restart()
    with process.client("space-1") as space:
        assert space.get("s3").json()[0]["id"] == item["id"]
        assert space.get("s3/kept.tar.gz").content == content
    assert not stray.exists()


def test_spaces_have_stores_of_their_own(api: httpx.Client, space: httpx.Client) -> None:
    put(space, "s3/mine.tar.gz")
    assert api.get("space/space-2/api/v1/s3").json() == []
    assert api.get("space/space-2/api/v1/s3/mine.tar.gz").status_code == 404
