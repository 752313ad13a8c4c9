"""Packages and settings at the limits: nested too deep, impossible to run, or unusual."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from scramjet_contract.packages import LANGUAGES, archive, files
from scramjet_contract.scenarios import scenario
from scramjet_contract.scenarios.sequences import FORM, form, upload
from scramjet_contract.scenarios.starting import start

if TYPE_CHECKING:
    from scramjet_contract.scene import Scene

DEEPEST = 100
"""How many levels of arrays and objects JSON may have."""
LISTS = ("listSequences", "listInstances", "listEntities")


def nested(levels: int) -> Any:
    """Return nested objects of a given depth."""
    value: Any = 1
    for _ in range(levels):
        value = {"a": value}
    return value


def _manifest(scene: Scene, **fields: Any) -> dict[str, Any]:
    engines = LANGUAGES[scene.stock.language][1]
    return {"name": scene.names.name(scene.name), "version": "1.0.0", "engines": engines, **fields}


def _package(scene: Scene, **fields: Any) -> dict[str, Any]:
    return files("hello", _manifest(scene, **fields), scene.stock.language)


def _lists_answer(scene: Scene) -> None:
    for operation in LISTS:
        scene.call(operation, 200)


@scenario("sequences")
def deep_packages_are_refused(scene: Scene) -> None:
    """A package.json of 100 levels is shown; a deeper one is 422, a deeper `appConfig` 400; neither is kept."""
    kept = _package(scene, scramjet={"config": nested(DEEPEST - 2)})
    upload(scene, archive(kept))
    _lists_answer(scene)
    before = {item["id"] for item in scene.get("listSequences")}
    for levels in (DEEPEST + 1, 251, 2000):
        text = (
            json.dumps(_manifest(scene, main="main.py"))[:-1] + ', "args": ' + "[" * (levels - 1) + "]" * (levels - 1)
        )
        upload(scene, archive({"package.json": text + "}", "main.py": "x = 1\n"}), 422)
        config = b'{"a":' * levels + b"1" + b"}" * levels
        parts = {
            "package": ("application/gzip", scene.stock.package("hello")),
            "appConfig": ("application/json", config),
        }
        upload(scene, form(**parts), 400, content_type=FORM)
    left = {item["id"] for item in scene.get("listSequences")} - before
    scene.same({key for key in left if _is_ours(scene, key)}, set(), "Sequences that came of it")
    _lists_answer(scene)


def _is_ours(scene: Scene, key: str) -> bool:
    return bool(scene.get("getSequence", id=key)["config"]["name"] == scene.names.name(scene.name))


@scenario("sequences", "instances")
def deep_starts_are_refused(scene: Scene) -> None:
    """A start of 100 levels is accepted and shown; a deeper one is 400, and starts no Instance."""
    key = scene.upload("settings")
    with scene.running("settings", sequence=key, appConfig=nested(DEEPEST - 1)) as instance:
        scene.same(json.loads(instance.text())["config"], nested(DEEPEST - 1), "the configuration it was given")
        _lists_answer(scene)
        instance.ended()
    for body in ({"appConfig": nested(DEEPEST)}, {"args": [nested(259)]}, {"unknown": nested(2000)}):
        start(scene, key, 400, body=_text(body), content_type="application/json")
    scene.same(scene.get("listSequenceInstances", id=key), [], "Instances that came of it")
    _lists_answer(scene)


def _text(body: dict[str, Any]) -> bytes:
    """Encode JSON of any depth; `json.dumps` has a limit of its own."""
    ((name, value),) = body.items()
    wrapped = isinstance(value, list)
    levels = 0
    inner = value[0] if wrapped else value
    while isinstance(inner, dict):
        levels, inner = levels + 1, inner["a"]
    text = '{"a":' * levels + "1" + "}" * levels
    return f'{{"{name}": {f"[{text}]" if wrapped else text}}}'.encode()


@scenario("sequences", "instances")
def deep_events_are_refused(scene: Scene) -> None:
    """An event with a message that is nested too deep is 400, and the Instance keeps running."""
    with scene.running("bell") as instance:
        text = b'{"eventName": "deep", "message": ' + b"[" * 300 + b"]" * 300 + b"}"
        scene.call("sendEvent", 400, path={"id": instance.id}, body=text, content_type="application/json")
        scene.check("terminated" not in instance.info(), "it has ended")


@scenario("sequences")
def a_main_that_no_file_can_have_is_refused(scene: Scene) -> None:
    """A `main` of 300 letters, with NUL, empty or not a text: 422 at upload, and the error names it."""
    for main in ("x" * 300, "lib/" + "y" * 300 + "/main.py", "a\0b", " ", 7, ["main.py"]):
        body = archive({"package.json": _manifest(scene, main=main), "main.py": "x = 1\n"})
        error = upload(scene, body, 422).json()["error"]
        scene.check("main" in json.dumps(error), f"the error does not name it: {error}")


ADDED = (".DS_Store", "._package", "__MACOSX/._package.json", "PaxHeader/package", "pax_global_header")


@scenario("sequences")
def takes_what_npm_and_macs_make(scene: Scene) -> None:
    """Accepts a leading folder beside entries of macOS and tar, and descriptive fields in any form npm accepts."""
    contents = {f"package/{path}": content for path, content in _package(scene).items()}
    upload(scene, archive({**dict.fromkeys(ADDED, "added"), **contents}))
    odd = {
        "keywords": "a, b",
        "repository": {"type": "git"},
        "author": ["me"],
        "description": 3,
        "bugs": 1,
        "scramjet": [],
    }
    key = upload(scene, archive(_package(scene, **odd))).json()["id"]
    config = scene.get("getSequence", id=key)["config"]
    scene.same(config.get("keywords"), ["a", "b"], "keywords")
    scene.check(isinstance(config.get("description", ""), str), "a description that is no text")
    name, version = next(iter(LANGUAGES[scene.stock.language][1].items()))
    key = upload(scene, archive(_package(scene, engines=[f"{name} {version}"]))).json()["id"]
    scene.same(scene.get("getSequence", id=key)["config"]["engines"], {name: version}, "engines")
