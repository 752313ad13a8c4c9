"""Web pages of strangers, which a browser on this machine may show."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from scramjet_hub.config import HubConfig
from scramjet_serving.access.browser_guard import BrowserGuard
from scramjet_serving.errors import ApiError

from tests.support.archives import package
from tests.support.hub_process import HubProcess

if TYPE_CHECKING:
    from pathlib import Path

    import httpx

EVIL = "https://evil.example"
PANEL = "https://panel.example"
OWN_NAMES = [
    "localhost",
    "localhost:8000",
    "hub.localhost:8000",
    "LOCALHOST",
    "127.0.0.1:8000",
    "192.0.2.7",
    "[::1]:80",
]
OTHER_NAMES = ["evil.example", "evil.example:8000", "localhost.evil.example", "127.0.0.1.evil.example", "[::1", "hub"]


@pytest.mark.parametrize("origin", [EVIL, "null", "http://localhost:1"])
def test_they_cannot_upload(api: httpx.Client, origin: str) -> None:
    # A simple request, as a form makes it: browsers send it without asking first.
    reply = api.post("/sequence", files={"package": package()}, headers={"origin": origin})

    assert reply.status_code == 403
    assert origin in reply.json()["error"]
    assert "--token" in reply.json()["error"]
    assert api.get("/sequences").json() == []


@pytest.mark.parametrize("path", ["/sequences", "/config", "/topics"])
def test_they_cannot_look_by_a_name_that_leads_here(api: httpx.Client, path: str) -> None:
    reply = api.get(path, headers={"host": "evil.example"})

    assert reply.status_code == 403
    assert "evil.example" in reply.json()["error"]


def test_what_is_open_stays_open(api: httpx.Client) -> None:
    assert api.get("/version", headers={"host": "evil.example", "origin": EVIL}).status_code == 200


def test_pages_of_the_hub_itself_may_call(api: httpx.Client) -> None:
    reply = api.get("/sequences", headers={"origin": f"http://{api.base_url.netloc.decode()}"})

    assert reply.status_code == 200


def test_with_a_token_that_a_page_does_not_know_nothing_else_is_asked(tmp_path: Path) -> None:
    with HubProcess(tmp_path, "--token", "secret") as hub, hub.client() as client:
        headers = {"origin": EVIL, "host": "evil.example"}
        assert client.get("/sequences", headers=headers).status_code == 401
        assert client.get("/sequences", headers={**headers, "authorization": "Bearer secret"}).status_code == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site", "Cross-Site", "", "new-word"])
@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/topic/secrets"), ("HEAD", "/topic/secrets"), ("GET", "/topics")]
)
def test_they_cannot_look_without_saying_where_they_come_from(
    api: httpx.Client, method: str, path: str, site: str
) -> None:
    # What an image or a link sends: no Origin.
    headers = {"sec-fetch-site": site, "content-type": "text/plain"}
    assert api.post("/topic/secrets", content="kept\n", headers={"content-type": "text/plain"}).status_code == 202
    reply = api.request(method, path, headers=headers)
    assert reply.status_code == 403
    with api.stream("GET", "/topic/secrets", headers={"content-type": "text/plain"}) as kept:
        assert next(kept.iter_lines()) == "kept"
    assert api.delete("/topics/secrets").status_code == 200


@pytest.mark.parametrize("site", ["same-origin", "none"])
def test_users_and_own_pages_may_look(api: httpx.Client, site: str) -> None:
    assert api.get("/sequences", headers={"sec-fetch-site": site}).status_code == 200


def test_what_is_open_stays_open_to_them(api: httpx.Client) -> None:
    assert api.get("/version", headers={"sec-fetch-site": "cross-site"}).status_code == 200


def test_allowed_pages_may_look() -> None:
    asked = {"host": "localhost", "sec-fetch-site": "cross-site"}
    BrowserGuard(HubConfig(cors_origin=(PANEL,))).check({**asked, "origin": PANEL})
    BrowserGuard(HubConfig(cors_origin=("*",))).check(asked)
    with pytest.raises(ApiError):
        BrowserGuard(HubConfig(cors_origin=(PANEL,))).check(asked)


@pytest.mark.parametrize("host", OWN_NAMES)
def test_own_names(host: str) -> None:
    BrowserGuard(HubConfig()).check({"host": host})


@pytest.mark.parametrize("host", OTHER_NAMES)
def test_other_names(host: str) -> None:
    assert not BrowserGuard(HubConfig()).allow_host(host)
    assert BrowserGuard(HubConfig(allow_open=True)).allow_host(host)


def test_the_name_that_it_listens_on_is_its_own() -> None:
    assert BrowserGuard(HubConfig(host="hub")).allow_host("hub:8000")


@pytest.mark.parametrize("allowed", [PANEL, "*"])
def test_configured_origins_may_call(allowed: str) -> None:
    BrowserGuard(HubConfig(cors_origin=(allowed,))).check({"host": "localhost", "origin": PANEL})
