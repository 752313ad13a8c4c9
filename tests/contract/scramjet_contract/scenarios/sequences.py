"""Sequences: upload, show, replace, delete."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scramjet_contract.api import Call
from scramjet_contract.packages import HOSTILE, LANGUAGES, archive, files, hostile
from scramjet_contract.scenarios import scenario
from scramjet_contract.scene import OCTETS, NotHere
from scramjet_contract.wire import BrokenOff

if TYPE_CHECKING:
    from scramjet_contract.exchange import Exchange
    from scramjet_contract.scene import Scene

BOUNDARY = "a-boundary-that-no-package-has"


def upload(scene: Scene, body: bytes, expect: int = 200, content_type: str | None = OCTETS, **headers: str) -> Exchange:
    """Upload a package, recording the Sequence if one was created."""
    exchange = scene.call("uploadSequence", expect, body=body, content_type=content_type, headers=headers)
    if exchange.status == 200:
        scene.stock.ledger.add_sequence(exchange.json()["id"])
    return exchange


def form(**parts: tuple[str, bytes]) -> bytes:
    """Build a multipart body: name to content type and content."""
    lines = []
    for name, (content_type, content) in parts.items():
        filename = '; filename="package.tar.gz"' if content_type != "application/json" else ""
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{filename}\r\n'
        lines.append(f"{head}Content-Type: {content_type}\r\n\r\n".encode() + content + b"\r\n")
    return b"".join(lines) + f"--{BOUNDARY}--\r\n".encode()


FORM = f"multipart/form-data; boundary={BOUNDARY}"


@scenario("sequences")
def is_there_until_deleted(scene: Scene) -> None:
    """An uploaded Sequence is listed, and found by id and by name; once deleted, it is gone everywhere."""
    name = scene.names.name("kept")
    key = scene.upload("hello", name)
    scene.check(key in {item["id"] for item in scene.get("listSequences")}, "it is not in the list")
    by_id, by_name = scene.get("getSequence", id=key), scene.get("getSequence", id=name)
    scene.same(by_name, by_id, "the Sequence by name and by id")
    scene.same((by_id["id"], by_id.get("name"), by_id["instances"]), (key, name, []), "id, name and Instances")
    scene.same(scene.call("deleteSequence", path={"id": key}).json(), {"id": key}, "the reply to the deletion")
    scene.check(key not in {item["id"] for item in scene.get("listSequences")}, "it is still in the list")
    for operation in ("getSequence", "listSequenceInstances", "deleteSequence"):
        scene.call(operation, 404, path={"id": key})
    scene.call("startSequence", 404, path={"id": key}, json={})
    scene.call("getSequence", 404, path={"id": name})


@scenario("sequences")
def tells_what_the_package_says(scene: Scene) -> None:
    """Its configuration has name, version, main, engines and description of package.json."""
    key = scene.upload("hello")
    config = scene.get("getSequence", id=key)["config"]
    scene.same(config["name"], scene.names.name("hello"), "name")
    scene.same(config["version"], "1.0.0", "version")
    scene.same(config["description"], "hello", "description")
    scene.check(config["entrypointPath"].startswith("main."), f"entrypointPath: {config['entrypointPath']}")
    scene.same(config["id"], key, "id")
    scene.check(len(config["engines"]) == 1, f"engines: {config['engines']}")


@scenario("sequences")
def takes_a_package_in_any_wrapping(scene: Scene) -> None:
    """Without a content type, chunked, and as a form under both names; with a leading folder in the archive."""
    package = scene.stock.package("hello")
    upload(scene, package, content_type=None)
    chunked = scene.call("uploadSequence", body=package, content_type=OCTETS, chunked=True)
    scene.stock.ledger.add_sequence(chunked.json()["id"])
    for part in ("package", "file"):
        body = form(**{part: ("application/gzip", package)})
        upload(scene, body, content_type=FORM)
    unpacked = files("hello", _manifest(scene), scene.stock.language)
    upload(scene, archive({f"folder/{path}": content for path, content in unpacked.items()}))


def _manifest(scene: Scene, **fields: Any) -> dict[str, Any]:
    return {"name": scene.names.name(scene.name), "version": "1.0.0", **fields}


@scenario("sequences", "instances")
def form_sets_the_configuration(scene: Scene) -> None:
    """The `appConfig` of a form is the default for Instances that are started without one."""
    body = form(
        package=("application/gzip", scene.stock.package("settings")),
        appConfig=("application/json", b'{"colour": "red"}'),
    )
    key = upload(scene, body, content_type=FORM).json()["id"]
    with scene.running("settings", sequence=key) as instance:
        scene.check('"red"' in instance.text(), "the configuration of the form did not reach the Instance")
    with scene.running("settings", sequence=key, appConfig={"colour": "blue"}) as instance:
        scene.check('"blue"' in instance.text(), "the configuration given at start does not come first")


@scenario("sequences")
def name_is_taken_once(scene: Scene) -> None:
    """A second Sequence cannot have the same name: 405 at upload, 409 at replacement; a deletion frees the name."""
    name = scene.names.name("unique")
    first = scene.upload("hello", name)
    package = scene.stock.package("hello")
    upload(scene, package, 405, **{"x-name": name})
    second = scene.upload()
    scene.call("replaceSequence", 409, path={"id": second}, body=package, content_type=OCTETS, headers={"x-name": name})
    scene.call("deleteSequence", path={"id": first})
    scene.upload("hello", name)


@scenario("sequences", "instances")
def replacement_runs_from_then_on(scene: Scene) -> None:
    """A replaced package keeps its id and runs at the next start; with Instances, it cannot be replaced."""
    key = scene.upload("hello")
    package = scene.stock.package("settings")
    replaced = scene.call("replaceSequence", path={"id": key}, body=package, content_type=OCTETS)
    scene.same(replaced.json(), {"id": key}, "the reply")
    with scene.running("settings", "new", sequence=key) as instance:
        scene.check('"new"' in instance.text(), "the new package does not run")
        instance.ended()
    bell = scene.stock.package("bell")
    scene.call("replaceSequence", path={"id": key}, body=bell, content_type=OCTETS)
    with scene.running("bell", sequence=key):
        scene.call("replaceSequence", 409, path={"id": key}, body=package, content_type=OCTETS)
    scene.eventually(lambda: not scene.get("listSequenceInstances", id=key), "the end of the Instance")
    body = form(package=("application/gzip", scene.stock.package("hello")))
    scene.call("replaceSequence", path={"id": key}, body=body, content_type=FORM)
    scene.same(scene.get("getSequence", id=key)["config"]["description"], "hello", "description after a form")


@scenario("sequences")
def replacement_needs_something_to_replace(scene: Scene) -> None:
    """404 for a missing Sequence, 415 for another type, 422 for what is no package; the old package stays."""
    package = scene.stock.package("settings")
    key = scene.upload("hello")
    absent = scene.names.name("absent")
    scene.call("replaceSequence", 404, path={"id": absent}, body=package, content_type=OCTETS)
    scene.call("replaceSequence", 415, path={"id": key}, body=package, content_type="text/html")
    scene.call("replaceSequence", 422, path={"id": key}, body=b"not a package", content_type=OCTETS)
    illegal = {"x-name": "no blanks please"}
    scene.call("replaceSequence", 400, path={"id": key}, body=package, content_type=OCTETS, headers=illegal)
    scene.same(scene.get("getSequence", id=key)["config"]["description"], "hello", "description after failures")


@scenario("sequences")
def refuses_what_is_no_package(scene: Scene) -> None:
    """Not gzip, not tar, no package.json, one that is not JSON or not an object: 422, and nothing is kept."""
    before = _nameless(scene)
    bad = {
        "text": b"not a package",
        "nothing": b"",
        "half": scene.stock.package("hello")[:100],
        "no manifest": archive({"main.py": "x = 1\n"}),
        "manifest is text": archive({"package.json": "{", "main.py": "x = 1\n"}),
        "manifest is a list": archive({"package.json": [], "main.py": "x = 1\n"}),
    }
    for what, body in bad.items():
        exchange = upload(scene, body, 422)
        scene.check(_error(exchange), f"{what}: the error says nothing")
    scene.same(_nameless(scene) - before, set(), "Sequences that came of it")


def _nameless(scene: Scene) -> set[str]:
    return {item["id"] for item in scene.get("listSequences") if not item["config"].get("name")}


def _error(exchange: Exchange) -> Any:
    return exchange.json().get("error")


@scenario("sequences")
def refuses_dangerous_packages(scene: Scene) -> None:
    """Paths and links that leave the folder, absolute paths and devices in an archive: 422."""
    for kind in HOSTILE:
        exchange = upload(scene, hostile(kind), 422)
        scene.check(_error(exchange), f"{kind}: the error says nothing")


@scenario("sequences")
def refuses_other_types_and_names(scene: Scene) -> None:
    """415 for an undescribed content type; 400 for an illegal name."""
    package = scene.stock.package("hello")
    for content_type in ("text/plain", "application/json"):
        upload(scene, package, 415, content_type=content_type)
    upload(scene, package, 400, **{"x-name": "no blanks please"})


@scenario("sequences")
def refuses_too_much_before_it_comes(scene: Scene) -> None:
    """A package that declares a terabyte is rejected with 413 before it is sent."""
    key = scene.upload()
    declare(scene, "uploadSequence")
    declare(scene, "replaceSequence", path={"id": key})


def declare(scene: Scene, operation: str, size: int = 1 << 40, **request: Any) -> None:
    """Declare a large body, send nothing of it and expect 413."""
    headers = {"Content-Length": str(size), **request.pop("headers", {})}
    headers.setdefault("Content-Type", OCTETS)
    with scene.api.begin(Call(operation=operation, headers=headers, bare=True, **request)) as stream:
        scene.same(stream.head(), 413, f"status of {operation} with {size} bytes announced")
        stream.read_all()


@scenario("sequences")
def truncated_upload_is_none(scene: Scene) -> None:
    """An upload that breaks off in the middle creates nothing."""
    name = scene.names.name("truncated")
    package = scene.stock.package("hello")
    for abort in (False, True):
        stream = scene.begin("uploadSequence", content_type=OCTETS, headers={"x-name": name})
        stream.send(package[:-20])
        if abort:
            stream.abort()
        else:
            stream.connection.half_close()
            _ignoring_the_end(stream.head)
            stream.close()
    scene.call("getSequence", 404, path={"id": name})
    scene.stock.ledger.add_sequence(scene.upload("hello", name))


def _ignoring_the_end(act: Any) -> None:
    try:
        act(2)
    except BrokenOff:
        return


@scenario("sequences", "instances")
def delete_spares_what_is_in_use(scene: Scene) -> None:
    """409 while an Instance exists, unless `x-seq-kill-inst` says to kill it; a value other than a boolean is 400."""
    key = scene.upload("bell")
    with scene.running("bell", sequence=key) as instance:
        scene.call("deleteSequence", 409, path={"id": key}, json={})
        scene.call("deleteSequence", 400, path={"id": key}, headers={"x-seq-kill-inst": "maybe"})
        scene.same(instance.info()["id"], instance.id, "the Instance after a refused deletion")
        scene.call("deleteSequence", path={"id": key}, json={}, headers={"x-seq-kill-inst": "true"})
        scene.call("getSequence", 404, path={"id": key})
        scene.eventually(lambda: _is_over(scene, instance.id), "the killed Instance's end")


def _is_over(scene: Scene, key: str) -> bool:
    exchange = scene.call("getInstance", (200, 404), path={"id": key})
    return exchange.status == 404 or exchange.json().get("status") in ("completed", "errored", "gone")


@scenario("sequences")
def delete_needs_no_content_type(scene: Scene) -> None:
    """A deletion without a body, with an empty body, or with an empty object succeeds."""
    scene.call("deleteSequence", path={"id": scene.upload()})
    scene.call("deleteSequence", path={"id": scene.upload()}, body=b"", content_type="application/json")
    scene.call("deleteSequence", path={"id": scene.upload()}, json={})


@scenario("sequences", seconds=60)
def large_package_arrives_whole(scene: Scene) -> None:
    """A package of several megabytes with many files is unpacked completely: its main can read the last file."""
    filler = {f"data/{number}.bin": bytes(range(256)) * 40 for number in range(400)}
    engines = LANGUAGES[scene.stock.language][1]
    package = archive(filler | files("large", _manifest(scene, engines=engines), scene.stock.language))
    uploaded = scene.call("uploadSequence", body=package, content_type=OCTETS, timeout=45)
    key = scene.stock.ledger.add_sequence(uploaded.json()["id"])
    with scene.running("large", sequence=key) as instance:
        scene.same(instance.text().strip(), "10240", "size of the last file as the Sequence sees it")


@scenario("sequences")
def a_sequence_sees_its_own_folder(scene: Scene) -> None:
    """Packages in `__pypackages__` beside main can be imported, and the folder is the working directory."""
    if scene.stock.language != "python":
        raise NotHere("__pypackages__ is for Python Sequences")
    package = archive(
        files("folder", _manifest(scene, engines={"python3": ">=3"}))
        | {"__pypackages__/extra.py": "WORD = 'found'\n", "word.txt": "a word\n"}
    )
    key = upload(scene, package).json()["id"]
    with scene.running("folder", sequence=key) as instance:
        text = instance.text()
        scene.check(text.startswith("found") and "word.txt" in text, f"the Sequence sees {text!r}")
