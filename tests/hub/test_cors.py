"""Browsers from other origins, where that is allowed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.hub_process import HubProcess

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

ORIGIN = "https://panel.example"


@pytest.fixture(scope="module")
def panel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    options = ("--cors-origin", ORIGIN, "--token", "secret")
    with HubProcess(tmp_path_factory.mktemp("hub"), *options) as hub, hub.client() as client:
        yield client


@pytest.mark.parametrize("path", ["/version", "/sequences", "/nope"])
def test_allowed_origin(panel: httpx.Client, path: str) -> None:
    reply = panel.get(path, headers={"origin": ORIGIN})

    # Also where there is an error: the page is to be able to show it.
    assert reply.headers["access-control-allow-origin"] == ORIGIN
    assert reply.headers["vary"] == "origin"


def test_other_origin(panel: httpx.Client) -> None:
    reply = panel.get("/version", headers={"origin": "https://evil.example"})

    assert reply.status_code == 200
    assert "access-control-allow-origin" not in reply.headers
    assert reply.headers["vary"] == "origin"


def test_preflight_needs_no_token(panel: httpx.Client) -> None:
    wanted = "authorization, content-type, x-name"
    headers = {
        "origin": ORIGIN,
        "access-control-request-method": "POST",
        "access-control-request-headers": wanted,
    }
    reply = panel.options("/sequence", headers=headers)

    assert reply.status_code == 204
    assert reply.headers["access-control-allow-origin"] == ORIGIN
    assert "POST" in reply.headers["access-control-allow-methods"]
    assert reply.headers["access-control-allow-headers"] == wanted
    evil = panel.options("/sequence", headers={**headers, "origin": "https://evil.example"})
    assert "access-control-allow-methods" not in evil.headers
