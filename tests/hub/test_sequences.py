"""Sequences: what is taken, what is refused without a trace, and what survives."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import signal
import tarfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.archives import entry, files, manifest, package, tar, targz

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import httpx

    from tests.support.hub_process import HubProcess


OCTETS = "application/octet-stream"


def listing(folder: Path) -> set[str]:
    """All there is below a folder."""
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def upload(api: httpx.Client, body: bytes | None = None, name: str | None = None) -> str:
    headers = {"x-name": name} if name else {}
    reply = api.post("/sequence", content=package() if body is None else body, headers=headers)
    assert reply.status_code == 200, reply.text
    return str(reply.json()["id"])


@pytest.fixture
def sequence(api: httpx.Client) -> Iterator[str]:
    sequence_id = upload(api)
    yield sequence_id
    api.delete(f"/sequence/{sequence_id}")


def test_upload_and_look(api: httpx.Client, hub: HubProcess) -> None:
    fields = {"description": "says it again", "keywords": ["a"], "args": [1], "author": {"name": "me"}}
    body = package(extra={"lib/data.txt": "x"}, **fields)
    sequence_id = upload(api, body)

    found = api.get(f"/sequence/{sequence_id}").json()
    config = found["config"]
    assert found == {"id": sequence_id, "config": config, "location": found["location"], "instances": []}
    assert (hub.data_dir / "id").read_text().strip() == found["location"]
    assert config.pop("sequenceDir").startswith(str(hub.data_dir))
    assert config == {
        "type": "process",
        "id": sequence_id,
        "name": "echo",
        "version": "1.0.0",
        "engines": {"python3": "3"},
        "entrypointPath": "main.py",
        "language": "py",
        "packageSize": len(body),
        **fields,
    }
    assert api.get("/sequences").json() == [api.get(f"/sequence/{sequence_id}").json()]
    assert api.get(f"/sequence/{sequence_id}/instances").json() == []
    assert api.delete(f"/sequence/{sequence_id}").json() == {"id": sequence_id}
    assert api.get(f"/sequence/{sequence_id}").status_code == 404
    assert api.delete(f"/sequence/{sequence_id}").status_code == 404


@pytest.mark.parametrize(
    ("name", "fields", "language"),
    [
        ("main.py", {"engines": None}, "py"),
        ("main.js", {"main": "main.js", "engines": None}, "js"),
        ("main.js", {"main": "main.js", "engines": {"node": ">=16", "npm": ">=8"}}, "js"),
        ("main.js", {"main": "main.js", "engines": {"python3": "3"}}, "py"),
        ("main.py", {"engines": {"node": ">=16"}}, "js"),
    ],
)
def test_language(api: httpx.Client, name: str, fields: dict[str, Any], language: str) -> None:
    sequence_id = upload(api, package(extra={name: ""}, **fields))

    assert api.get(f"/sequence/{sequence_id}").json()["config"]["language"] == language
    api.delete(f"/sequence/{sequence_id}")


def test_single_leading_folder(api: httpx.Client) -> None:
    contents = {"package/package.json": manifest(), "package/main.py": "", "._package": "what a Mac adds"}
    sequence_id = upload(api, targz(files(contents)))

    folder = api.get(f"/sequence/{sequence_id}").json()["config"]["sequenceDir"]
    assert sorted(listing(Path(folder))) == ["main.py", "package.json"]
    api.delete(f"/sequence/{sequence_id}")


ADDITIONS = [
    "._package",
    ".DS_Store",
    "__MACOSX/._package.json",
    "__MACOSX/package/._package.json",
    "PaxHeader/package",
    "PaxHeaders.4711/package.json",
    "PaxHeaders/package.json",
    "pax_global_header",
    ".Spotlight-V100/x",
    ".Trashes/x",
    ".fseventsd/x",
    "Icon\r",
    "Thumbs.db",
    "desktop.ini",
]


@pytest.mark.parametrize("addition", [*ADDITIONS, "all of them"])
def test_what_other_programs_add_to_an_archive_does_not_count(api: httpx.Client, addition: str) -> None:
    names = ADDITIONS if addition == "all of them" else [addition]
    for prefix in ("package/", "./package/", "my-sequence-1.0.0/"):
        contents = {f"{prefix}package.json": manifest(), f"{prefix}main.py": ""}
        sequence_id = upload(api, targz(files({**dict.fromkeys(names, "added"), **contents})))
        folder = api.get(f"/sequence/{sequence_id}").json()["config"]["sequenceDir"]
        assert sorted(listing(Path(folder))) == ["main.py", "package.json"]
        api.delete(f"/sequence/{sequence_id}")


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({"keywords": "a, b,c d"}, {"keywords": ["a", "b", "c d"]}),
        ({"keywords": ["a", 1, None, "b"]}, {"keywords": ["a", "b"]}),
        ({"keywords": {"a": 1}}, {"keywords": None}),
        ({"repository": "github:me/it"}, {"repository": "github:me/it"}),
        ({"repository": {"type": "git"}}, {"repository": None}),
        ({"repository": {"url": "u", "type": 1, "x": 1}}, {"repository": {"url": "u", "x": 1}}),
        ({"repository": []}, {"repository": None}),
        ({"author": {"name": "me", "email": 1, "url": None, "x": 1}}, {"author": {"name": "me", "x": 1}}),
        ({"engines": ["python3 >=3.9", "npm"]}, {"engines": {"python3": ">=3.9", "npm": "*"}, "language": "py"}),
        ({"engines": []}, {"engines": {}, "language": "py"}),
        ({"engines": "node >= 16"}, {"engines": {"node": ">= 16"}, "language": "js"}),
        ({"engines": {"node": 16}}, {"engines": {"node": "16"}, "language": "js"}),
        ({"engines": {"node": True, "npm": []}}, {"engines": {"node": "*"}, "language": "js"}),
        ({"engines": 3}, {"engines": {}}),
        ({"author": "me <me@example.com>"}, {"author": "me <me@example.com>"}),
        ({"author": ["me"]}, {"author": None}),
        ({"description": 3}, {"description": None}),
        ({"args": {"a": 1}}, {"args": None}),
        ({"scramjet": "x"}, {"config": None}),
        ({"scramjet": ["x"]}, {"config": None}),
        ({"scramjet": {"config": ["x"]}}, {"config": None}),
        ({"scramjet": {"config": {"a": 1}, "image": 3}}, {"config": {"a": 1}}),
        (
            {"bugs": 3, "people": "x", "contributors": {"a": 1}, "maintainers": "x", "license": {"type": "MIT"}},
            {"bugs": None, "people": None, "license": None},
        ),
        ({"bin": 1, "files": "x", "scripts": [], "dependencies": [1], "private": "no", "type": 1}, {"bin": None}),
    ],
)
def test_what_npm_takes_is_taken(api: httpx.Client, fields: dict[str, Any], shown: dict[str, Any]) -> None:
    sequence_id = upload(api, package(**fields))
    config = api.get(f"/sequence/{sequence_id}").json()["config"]

    assert {name: config.get(name) for name in shown} == shown
    assert api.delete(f"/sequence/{sequence_id}").status_code == 200


def test_a_name_that_only_the_longest_suffix_makes_too_long_is_a_file_that_is_not_there(api: httpx.Client) -> None:
    for main in ("x" * 255, "x" * 253, "main.py/x", "a/" * 1000 + "b"):
        sequence_id = upload(api, package(main=main))
        reply = api.post(f"/sequence/{sequence_id}/start")
        assert (reply.status_code, "is invalid" in reply.text) == (400, True), reply.text
        api.delete(f"/sequence/{sequence_id}")


@pytest.mark.parametrize("content_type", [None, OCTETS, f"{OCTETS}; charset=utf-8", "*/*", "application/*"])
def test_types_of_the_body(api: httpx.Client, content_type: str | None) -> None:
    reply = api.post("/sequence", content=package(), headers={"content-type": content_type} if content_type else {})

    assert reply.status_code == 200
    api.delete(f"/sequence/{reply.json()['id']}")


@pytest.mark.parametrize("content_type", ["text/plain", "application/json", "application/gzip"])
def test_other_types_are_415(api: httpx.Client, content_type: str) -> None:
    reply = api.post("/sequence", content=package(), headers={"content-type": content_type})

    assert reply.status_code == 415
    assert reply.json()["error"]["field"] == "content-type"


@pytest.mark.parametrize("part", ["file", "package"])
def test_form(api: httpx.Client, part: str) -> None:
    form = {"ignored": "x", "appConfig": json.dumps({"a": 1})}
    reply = api.post("/sequence", files={part: ("x.tar.gz", package())}, data=form)

    assert reply.status_code == 200
    found = api.get(f"/sequence/{reply.json()['id']}").json()
    assert found["config"]["packageSize"] == len(package())
    api.delete(f"/sequence/{found['id']}")


def form(*parts: tuple[str, bytes], end: str = "--x--\r\n") -> bytes:
    head = '--x\r\nContent-Disposition: form-data; name="{}"; filename="p"\r\n\r\n'
    return b"".join(head.format(name).encode() + body + b"\r\n" for name, body in parts) + end.encode()


BAD_FORMS = {
    "no package": (form(("other", b"x")), 422, "no part"),
    "cut off": (form(("file", package()), end=""), 422, "cut off"),
    "no form": (b"x" * 100, 422, "cannot be read"),
    "two packages": (form(("file", b"x"), ("package", b"x")), 422, "two parts"),
    "two configs": (form(("appConfig", b"{}"), ("appConfig", b"{}")), 422, "two parts"),
    "too many parts": (form(*[("a", b"")] * 101), 422, "100 parts"),
    "config is no JSON": (form(("file", package()), ("appConfig", b"{")), 400, "not JSON"),
    "config is nested 101 levels": (
        form(("file", package()), ("appConfig", b'{"a":' * 101 + b"1" + b"}" * 101)),
        400,
        "100",
    ),
    "config is nested 5000 levels": (form(("file", package()), ("appConfig", b'{"a":' * 5000)), 400, "100 levels"),
    "config is no object": (form(("file", package()), ("appConfig", b"[]")), 400, "not an object"),
    "config is too large": (form(("file", b"x"), ("appConfig", b"x" * 1_100_000)), 413, "1048576"),
    "package is none": (form(("file", b"not a tar")), 422, "tar.gz"),
}


@pytest.mark.parametrize("case", BAD_FORMS)
def test_bad_form_leaves_nothing(api: httpx.Client, hub: HubProcess, case: str) -> None:
    body, status, reason = BAD_FORMS[case]
    before = listing(hub.data_dir)
    reply = api.post("/sequence", content=body, headers={"content-type": "multipart/form-data; boundary=x"})

    assert reply.status_code == status
    assert reason in json.dumps(reply.json()["error"])
    assert listing(hub.data_dir) == before


def test_form_without_a_boundary(api: httpx.Client) -> None:
    reply = api.post("/sequence", content=b"x", headers={"content-type": "multipart/form-data"})

    assert reply.status_code == 400
    assert "boundary" in reply.json()["error"]["reason"]


def nested(depth: int) -> Any:
    """Arrays in one another."""
    value: Any = []
    for _ in range(depth - 1):
        value = [value]
    return value


GOOD = files({"package.json": manifest(), "main.py": ""})
BAD_PACKAGES = {
    "empty": (b"", "tar.gz"),
    "not gzip": (b"not a tar\n", "tar.gz"),
    "tar without gzip": (tar(files({"package.json": manifest()})), "tar.gz"),
    "gzip without tar": (gzip.compress(b"hello" * 1000), "tar.gz"),
    "cut off": (package(extra={"big": "x" * 10_000})[:-60], "whole tar.gz"),
    "rubbish behind": (package() + b"rubbish", "tar.gz"),
    "damaged": (package()[:-8] + b"\0\0\0\0" + package()[-4:], "tar.gz"),
    "no package.json": (targz(files({"main.py": ""})), "no package.json"),
    "package.json too deep": (targz(files({"a/b/package.json": manifest()})), "no package.json"),
    "two folders": (targz(files({"a/package.json": manifest(), "b/x": ""})), "no package.json"),
    "package.json is a folder": (targz([(entry("package.json", tarfile.DIRTYPE), b"")]), "no package.json"),
    "package.json is no JSON": (targz(files({"package.json": "{"})), "not JSON"),
    "package.json is no UTF-8": (targz(files({"package.json": b'{"main": "\xff"}'})), "not JSON"),
    "package.json is a list": (targz(files({"package.json": "[]"})), "not a JSON object"),
    "package.json is large": (targz(files({"package.json": " " * 1_048_577})), "1048576"),
    "no main": (targz(files({"package.json": "{}"})), "no 'main'"),
    "main is a number": (targz(files({"package.json": '{"main": 3}'})), "'main'"),
    "main is empty": (targz(files({"package.json": '{"main": " "}'})), "'main'"),
    "version is a number": (targz(files({"package.json": '{"main": "a.py", "version": 3}'})), "'version'"),
    "main of 300 letters": (targz(files({"package.json": manifest(main="x" * 300)})), "300 bytes"),
    "main of 300 bytes": (targz(files({"package.json": manifest(main="\u00e9" * 150)})), "300 bytes"),
    "main in a folder of 300 letters": (targz(files({"package.json": manifest(main="x" * 300 + "/a.py")})), "too long"),
    "main of 5000 letters": (targz(files({"package.json": manifest(main="x/" * 2500)})), "5000 bytes"),
    "main with a NUL": (targz(files({"package.json": manifest(main="a\0b")})), "NUL"),
    "package.json nested 101 levels": (targz(files({"package.json": manifest(args=nested(100))})), "100 levels"),
    "package.json nested 251 levels": (targz(files({"package.json": manifest(scramjet=nested(250))})), "100 levels"),
    "package.json nested 5000 levels": (
        targz(files({"package.json": '{"main": "a", "args": ' + "[" * 5000 + "]" * 5000 + "}"})),
        "100 levels",
    ),
    "nothing but additions": (targz(files({"__MACOSX/package.json": manifest(), ".DS_Store": ""})), "no package.json"),
    "name is a number": (targz(files({"package.json": '{"main": "a.py", "name": 3}'})), "'name'"),
    "absolute path": (targz([*GOOD, *files({"/etc/evil": ""})]), "'/etc/evil' leads out"),
    "parent path": (targz([*GOOD, *files({"a/../../evil": ""})]), "leads out"),
    "link to absolute path": (
        targz([*GOOD, (entry("l", tarfile.SYMTYPE, link="/etc/passwd"), b"")]),
        "'l' is a link out",
    ),
    "link to parent": (targz([*GOOD, (entry("a/l", tarfile.SYMTYPE, link="../../x"), b"")]), "'a/l' is a link out"),
    "through a link": (
        targz([*GOOD, (entry("l", tarfile.SYMTYPE, link="."), b""), *files({"l/evil": ""})]),
        "goes through a link",
    ),
    "link in a circle": (
        targz([*GOOD, (entry("a", tarfile.SYMTYPE, link="b"), b""), (entry("b", tarfile.SYMTYPE, link="a"), b"")]),
        "circle",
    ),
    "hard link out": (targz([*GOOD, (entry("h", tarfile.LNKTYPE, link="/etc/passwd"), b"")]), "leads out"),
    "hard link to nothing": (targz([*GOOD, (entry("h", tarfile.LNKTYPE, link="nope"), b"")]), "not a file"),
    "device": (targz([*GOOD, (entry("null", tarfile.CHRTYPE), b"")]), "'null' is no file"),
    "pipe": (targz([*GOOD, (entry("pipe", tarfile.FIFOTYPE), b"")]), "'pipe' is no file"),
    "file in a file": (targz([*GOOD, *files({"main.py/x": ""})]), "cannot be unpacked"),
    "name too long": (targz([*GOOD, *files({"n" * 300: ""})]), "cannot be unpacked"),
}


@pytest.mark.parametrize("case", BAD_PACKAGES)
def test_bad_package_is_422_and_leaves_nothing(api: httpx.Client, hub: HubProcess, case: str) -> None:
    body, reason = BAD_PACKAGES[case]
    before = listing(hub.data_dir), api.get("/sequences").json()
    reply = api.post("/sequence", content=body)

    assert reply.status_code == 422
    assert reason in reply.json()["error"]
    assert (listing(hub.data_dir), api.get("/sequences").json()) == before


def test_bad_package_does_not_replace(api: httpx.Client, hub: HubProcess, sequence: str) -> None:
    before = listing(hub.data_dir), api.get("/sequences").json()
    for body, _ in BAD_PACKAGES.values():
        assert api.put(f"/sequence/{sequence}", content=body).status_code == 422
    assert (listing(hub.data_dir), api.get("/sequences").json()) == before


def test_too_large_packages(start_hub: Callable[..., HubProcess]) -> None:
    hub = start_hub("--max-package-size", "20000", "--max-unpacked-size", "100000", "--max-package-files", "10")
    with hub.client() as api:
        before = listing(hub.data_dir)
        noise = bytes(range(256)) * 400
        for body, limit in (
            (package(extra={"x": "y" * 100_000}), "100000"),
            (package(extra={f"f{n}": "" for n in range(9)}), "10 files"),
            (targz([*GOOD, (entry("huge", size=1 << 40), b"")])[:2000], "100000"),
            (package(extra={str(n): noise[n : n + 25_000] for n in range(5)}) + b"\0" * 20_000, "20000"),
        ):
            reply = api.post("/sequence", content=body)
            assert (reply.status_code, limit in reply.json()["error"]) == (413, True), reply.text
            chunked = api.post("/sequence", content=iter([body]))
            assert chunked.status_code == 413
        assert listing(hub.data_dir) == before


def test_no_room_on_the_disk(start_hub: Callable[..., HubProcess]) -> None:
    hub = start_hub("--min-free-space", str(1 << 60))
    with hub.client() as api:
        reply = api.post("/sequence", content=package())

        assert reply.status_code == 507
        assert str(1 << 60) in reply.json()["error"]


def test_name_is_an_alias(api: httpx.Client) -> None:
    sequence_id = upload(api, name="my-alias")
    other = upload(api)

    assert api.get("/sequence/my-alias").json()["id"] == sequence_id
    assert api.get("/sequence/my-alias").json()["name"] == "my-alias"
    taken = api.post("/sequence", content=package(), headers={"x-name": "my-alias"})
    error = "Sequence with name my-alias already exist"
    assert (taken.status_code, taken.json()["error"]) == (405, error)
    assert taken.json()["fields"] == [{"field": "x-name", "description": error}]
    conflict = api.put(f"/sequence/{other}", content=package(), headers={"x-name": "my-alias"})
    assert (conflict.status_code, "my-alias" in conflict.json()["error"]) == (409, True)
    assert api.put("/sequence/my-alias", content=package()).json() == {"id": sequence_id}
    assert api.put(f"/sequence/{sequence_id}", content=package(), headers={"x-name": "renamed"}).status_code == 200
    assert api.get("/sequence/my-alias").status_code == 404
    for name in ("renamed", other):
        assert api.delete(f"/sequence/{name}").status_code == 200


def test_package_name_counts_if_it_is_the_only_one(api: httpx.Client) -> None:
    first = upload(api, package(name="@me/counter"))
    assert api.get("/sequence/%40me%2Fcounter").json()["id"] == first
    second = upload(api, package(name="@me/counter"))
    ambiguous = api.get("/sequence/%40me%2Fcounter")

    assert ambiguous.status_code == 404
    assert "2 packages" in ambiguous.json()["error"]
    for sequence_id in (first, second):
        api.delete(f"/sequence/{sequence_id}")


def test_replace(api: httpx.Client, hub: HubProcess, sequence: str) -> None:
    reply = api.put(f"/sequence/{sequence}", content=package(version="2.0.0"))

    assert reply.json() == {"id": sequence}
    assert api.get(f"/sequence/{sequence}").json()["config"]["version"] == "2.0.0"
    assert len(list((hub.data_dir / "sequences").iterdir())) == 1
    assert api.put("/sequence/none", content=package()).status_code == 404


def test_wrong_main_is_400_at_start(api: httpx.Client) -> None:
    for main in ("nope.py", "../../../main.py", "/etc/passwd"):
        sequence_id = upload(api, targz(files({"package.json": manifest(main=main)})))
        reply = api.post(f"/sequence/{sequence_id}/start", json={})
        assert reply.status_code == 400
        assert f"entrypoint path {main} is invalid" in reply.json()["error"]
        api.delete(f"/sequence/{sequence_id}")


def test_last_of_two_entries_counts_and_modes_are_kept(api: httpx.Client) -> None:
    script = entry("run.sh", mode=0o7755)
    body = targz([*GOOD, *files({"main.py": "first"}), *files({"main.py": "second"}), (script, b"")])
    sequence_id = upload(api, body)
    folder = Path(api.get(f"/sequence/{sequence_id}").json()["config"]["sequenceDir"])

    assert (folder / "main.py").read_text() == "second"
    assert (folder / "run.sh").stat().st_mode & 0o7777 == 0o755
    assert (folder / "main.py").stat().st_mode & 0o7777 == 0o644
    api.delete(f"/sequence/{sequence_id}")


def test_links_within_the_package_are_kept(api: httpx.Client) -> None:
    soft, hard = entry("lib/soft", tarfile.SYMTYPE, link="../main.py"), entry("hard", tarfile.LNKTYPE, link="main.py")
    sequence_id = upload(api, targz([*files({"package.json": manifest(), "main.py": "m"}), (soft, b""), (hard, b"")]))
    folder = Path(api.get(f"/sequence/{sequence_id}").json()["config"]["sequenceDir"])

    assert (folder / "lib/soft").read_text() == (folder / "hard").read_text() == "m"
    api.delete(f"/sequence/{sequence_id}")


def test_many_uploads_at_once(api: httpx.Client, hub: HubProcess) -> None:
    before = listing(hub.data_dir)
    with ThreadPoolExecutor(16) as pool:
        ids = list(pool.map(lambda n: upload(api, package(version=str(n)), name=f"at-once-{n}"), range(24)))
        race = {"x-name": "race"}
        replies = list(pool.map(lambda _: api.post("/sequence", content=package(), headers=race), range(8)))
        deleted = list(pool.map(lambda name: api.delete(f"/sequence/{name}").status_code, [*ids, "race"]))

    assert len(set(ids)) == 24
    assert sorted(reply.status_code for reply in replies) == [200] + [405] * 7
    assert deleted == [200] * 25
    assert listing(hub.data_dir) == before


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_sequences_survive_a_restart(start_hub: Callable[..., HubProcess], number: signal.Signals) -> None:
    hub = start_hub()
    with hub.client() as api:
        kept = upload(api, name="kept")
        api.put("/sequence/kept", content=package(version="2"))
        api.delete(f"/sequence/{upload(api)}")
        before = api.get("/sequences").json()
    unfinished = hub.data_dir / "work" / ("0" * 32)
    unfinished.mkdir()
    (unfinished / "upload").write_text("half a package")
    hub.stop(number)
    hub = start_hub()
    with hub.client() as api:
        assert api.get("/sequences").json() == before
        assert api.get("/sequence/kept").json()["id"] == kept
        assert not list((hub.data_dir / "work").iterdir())


def test_interrupted_replacement_ends_with_the_new_package(start_hub: Callable[..., HubProcess]) -> None:
    hub = start_hub()
    with hub.client() as api:
        sequence_id = upload(api, package(version="1"))
        (old,) = (hub.data_dir / "sequences").iterdir()
        copy = hub.data_dir / "copy"
        shutil.copytree(old, copy)
        api.put(f"/sequence/{sequence_id}", content=package(version="2"))
    hub.stop()
    # As if the Hub had been killed between the two renames.
    copy.rename(old)
    record = old / "sequence.json"
    os.utime(record, (1, 1))
    hub = start_hub()
    with hub.client() as api:
        assert [found["config"]["version"] for found in api.get("/sequences").json()] == ["2"]
    assert len(list((hub.data_dir / "sequences").iterdir())) == 1


def test_unreadable_record_does_not_keep_the_hub_from_starting(start_hub: Callable[..., HubProcess]) -> None:
    hub = start_hub()
    with hub.client() as api:
        upload(api)
    hub.stop()
    (folder,) = (hub.data_dir / "sequences").iterdir()
    (folder / "sequence.json").write_text("{")
    hub = start_hub()
    with hub.client() as api:
        assert api.get("/sequences").json() == []
        assert folder.name in hub.stderr
