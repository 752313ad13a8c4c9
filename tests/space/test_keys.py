"""Access keys of Hubs: created, shown once, listed, revoked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    from tests.support.platform_process import PlatformProcess

PATH = "space/space-1/apikey"


@pytest.fixture(autouse=True)
def no_keys(api: httpx.Client) -> None:
    assert api.delete(PATH, headers={"x-revoke-all": "true"}).status_code == 200


def test_a_key_is_shown_once(api: httpx.Client) -> None:
    made = api.post(PATH, json={"description": "  laptop "}).json()
    # What `si` sends to revoke one has at most 50 of these letters.
    assert re.fullmatch(r"[A-Za-z0-9_-]{32,50}", made["accessKey"])
    assert made["id"] == made["accessKey"][:16]
    listed = api.get(PATH)
    assert listed.json() == {"accessKeys": [{"created": made["created"], "description": "laptop"}]}
    assert made["accessKey"][16:] not in listed.text


def test_a_key_needs_no_description(api: httpx.Client) -> None:
    assert api.post(PATH).json()["description"] == ""
    assert api.post(PATH, json={"quantity": 3}).status_code == 200


def test_there_are_at_most_five(api: httpx.Client) -> None:
    created = [api.post(PATH, json={}).json()["created"] for _ in range(5)]
    assert len(set(created)) == 5
    reply = api.post(PATH, json={})
    assert reply.status_code == 409
    assert "revoke" in reply.json()["error"]


@pytest.mark.parametrize("name", ["created", "id", "accessKey"])
def test_a_key_is_revoked_by_any_of_its_names(api: httpx.Client, name: str) -> None:
    other, made = (api.post(PATH, json={}).json() for _ in range(2))
    reply = api.delete(PATH, headers={"x-revoke": str(made[name]), "content-type": "application/json"})
    assert reply.json() == {"message": "Keys successfully revoked", "keysRevoked": 1}
    assert [key["created"] for key in api.get(PATH).json()["accessKeys"]] == [other["created"]]
    assert api.delete(PATH, headers={"x-revoke": str(made[name])}).status_code == 404


def test_all_keys_are_revoked_at_once(api: httpx.Client) -> None:
    for _ in range(3):
        api.post(PATH, json={})
    assert api.delete(PATH, headers={"x-revoke-all": "true"}).json()["keysRevoked"] == 3
    assert api.delete(PATH, headers={"x-revoke-all": "true"}).json()["keysRevoked"] == 0


def test_what_revokes_nothing_is_refused(api: httpx.Client) -> None:
    made = api.post(PATH, json={}).json()
    assert api.delete(PATH).status_code == 400
    for name in ("0", "x", made["id"] + "x" * 20, made["accessKey"][:20], "x" * 60):
        assert api.delete(PATH, headers={"x-revoke": name}).status_code in (400, 404), name
    assert api.delete(PATH, headers={"x-revoke-all": "false"}).status_code == 400
    assert len(api.get(PATH).json()["accessKeys"]) == 1


def test_keys_belong_to_their_space(api: httpx.Client) -> None:
    made = api.post(PATH, json={}).json()
    assert api.get("space/space-2/apikey").json() == {"accessKeys": []}
    assert api.delete("space/space-2/apikey", headers={"x-revoke": made["id"]}).status_code == 404
    assert api.get("space/nowhere/apikey").status_code == 404


def test_keys_are_encrypted_and_survive_a_restart(start_platform: Callable[..., PlatformProcess]) -> None:
    process = start_platform()
    with process.client() as api:
        made = api.post(PATH, json={"description": "kept"}).json()
    process.restart()
    stored = b"".join(path.read_bytes() for path in process.data_dir.iterdir() if path.is_file())
    assert b"kept" in stored
    assert made["accessKey"][16:].encode() not in stored
    with process.client() as api:
        assert api.delete(PATH, headers={"x-revoke": made["accessKey"]}).json()["keysRevoked"] == 1
