"""The pages of a server: what they show, how they are delivered, and that nothing comes from elsewhere."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from scramjet_serving import description
from scramjet_serving.pages import pages

from tests.support.hub_process import HubProcess

if TYPE_CHECKING:
    from collections.abc import Iterator

BROWSER = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    with (
        HubProcess(tmp_path_factory.mktemp("hub"), "--token", "secret") as hub,
        httpx.Client(base_url=hub.url.removesuffix("/api/v1"), trust_env=False) as client,
    ):
        yield client


@pytest.mark.parametrize("path", ["/", "/api/v1", "/api/v1/"])
def test_a_browser_is_sent_from_the_front_door_to_the_description(site: httpx.Client, path: str) -> None:
    reply = site.get(path, headers=BROWSER)
    assert (reply.status_code, reply.headers["location"]) == (302, "/docs")
    told = site.get(path)
    assert told.status_code == 404
    assert "/docs" in told.json()["error"]


@pytest.mark.parametrize("path", ["/docs", "/docs/"])
def test_the_page_needs_no_token_and_may_load_only_from_its_server(site: httpx.Client, path: str) -> None:
    reply = site.get(path)
    assert reply.status_code == 200
    assert reply.headers["content-type"].startswith("text/html")
    policy = dict(part.strip().split(" ", 1) for part in reply.headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    scripts = re.findall(r'<script src="([^"]+)"></script>', reply.text)
    assert len(scripts) == 2
    assert "<script>" not in reply.text
    for script in scripts:
        assert site.get(script).headers["content-type"].startswith("text/javascript")


def test_other_methods_and_other_files_are_not_there(site: httpx.Client) -> None:
    assert site.post("/docs").status_code == 404
    assert site.get("/docs/pages.py").status_code == 404
    assert site.get("/docs/vendored/scalar.js").status_code == 404
    assert site.get("/docs/%2e%2e/description.py").status_code == 404
    assert site.head("/docs").content == b""


def test_a_file_is_compressed_for_those_who_take_that_and_sent_once(site: httpx.Client) -> None:
    plain = site.get("/docs/view.json", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    with site.stream("GET", "/docs/view.json", headers={"accept-encoding": "br, gzip;q=0.5"}) as packed:
        assert gzip.decompress(b"".join(packed.iter_raw())) == plain.content
    again = site.get("/docs/view.json", headers={"if-none-match": plain.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "content-length" not in again.headers


@given(st.floats(0, 1).map(lambda weight: round(weight, 3)), st.sampled_from(["gzip", "*", "br", "deflate"]))
def test_an_encoding_of_weight_zero_is_refused(weight: float, coding: str) -> None:
    allowed = pages.accepts_gzip(f"identity, {coding} ; q={weight:.3f}")
    assert allowed == (coding in ("gzip", "*") and weight > 0)


@pytest.mark.parametrize("kind", ["hub", "space", "platform"])
def test_the_page_shows_the_operations_of_its_kind_and_no_other(kind: str) -> None:
    shown = json.loads(pages.view(frozenset({kind})))
    found = {node["operationId"] for item in shown["paths"].values() for node in item.values() if "operationId" in node}
    assert found == {operation.id for operation in description.load(kind).operations}
    assert shown["servers"][0]["url"] == "/api/v1"
    used = {tag for item in shown["paths"].values() for node in item.values() for tag in node.get("tags", ())}
    assert used == {tag["name"] for tag in shown["tags"]}


def test_every_extension_is_shown_in_the_page() -> None:
    bundle, shown = yaml.safe_load(description.place().read_bytes()), json.loads(pages.VIEWS[1].read_bytes())
    for path, item in bundle["paths"].items():
        for method, node in item.items():
            if "operationId" in node:
                is_shown(node, shown["paths"][path][method])


def is_shown(node: dict[str, Any], shown: dict[str, Any]) -> None:
    bindings = node["x-client"] if isinstance(node["x-client"], list) else [node["x-client"]]
    sources = [sample["source"] for sample in shown["x-codeSamples"]]
    assert len(sources) == 2 * len(bindings)
    for binding in bindings:
        assert any(f".{binding['method']}(" in source for source in sources)
    for source in sources:
        compile(f"async def program():\n{''.join(f'    {line}' for line in source.splitlines(True))}", "sample", "exec")
    listed = shown["description"].partition("**Real servers differ**")[2]
    assert len(re.findall(r"^- \w+ `[^`]+`: ", listed, re.MULTILINE)) == len(node.get("x-deviations", ()))
    narrow = [kind for kind, conditions in node["x-served-by"].items() if conditions]
    badges = [badge["name"] for badge in shown["x-badges"]]
    assert all(any(badge.startswith(kind) for badge in badges) for kind in narrow)
    assert ("no token needed" in badges) == ({} in node.get("security", ()))
    assert any(badge.startswith("stream") for badge in badges) == ("x-stream" in json.dumps(node))


def test_vendored_files_are_what_they_were() -> None:
    folder = Path(pages.__file__).parent / "vendored"
    rows = re.findall(r"^\| `([^`]+)` .*`([0-9a-f]{64})` \|$", (folder / "README.md").read_text(), re.MULTILINE)
    assert {name for name, _ in rows} == {path.name for path in folder.glob("*.js")}
    for name, checksum in rows:
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == checksum
        assert (folder / f"{name.removesuffix('.js')}.LICENSE").is_file()
