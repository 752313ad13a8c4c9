"""Hubs join a Space with access keys: they are listed, passed on to, dropped, and kept out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from scramjet_serving.access import cnonce

from tests.space.bridges import Bridge, Refused
from tests.support.hub_process import HubProcess, wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

    from tests.support.platform_process import PlatformProcess

PATIENCE = 60


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HubProcess]:
    """A Hub that may be called by any name, as the bridge hands on the names that the Space uses."""
    with HubProcess(tmp_path_factory.mktemp("hub"), "--allow-open") as process:
        yield process


@pytest.fixture
def key(api: httpx.Client) -> Iterator[str]:
    """An access key of the first Space."""
    yield api.post("space/space-1/apikey", json={}).json()["accessKey"]
    api.delete("space/space-1/apikey", headers={"x-revoke-all": "true"})


def info(space: httpx.Client, hub_id: str) -> dict[str, object]:
    found: dict[str, object] = space.get(f"sth/{hub_id}/info").json()
    return found


def is_connected(space: httpx.Client, hub_id: str = "bridged") -> bool:
    return info(space, hub_id).get("isConnectionActive") is True


def test_a_hub_with_a_key_is_listed_and_passed_on_to(
    platform: PlatformProcess, space: httpx.Client, hub: HubProcess, key: str
) -> None:
    with Bridge(platform, hub, "with-key", key):
        shown = info(space, "with-key")
        assert (shown["selfHosted"], shown["isConnectionActive"], shown["tags"]) == (True, True, ["a"])
        assert wait_until(lambda: info(space, "with-key")["healthy"], PATIENCE)
        version = space.get("sth/with-key/api/v1/version")
        assert (version.status_code, version.json()["service"]) == (200, "@scramjet/host")
        assert len(version.headers.get_list("x-request-id")) == 1
        missing = space.get("sth/with-key/api/v1/nothing?a=b")
        with hub.client() as direct:
            assert (missing.status_code, missing.content) == (404, direct.get("nothing?a=b").content)
        assert space.delete("sth/with-key").status_code == 409
    assert wait_until(lambda: not is_connected(space, "with-key"), PATIENCE)
    assert space.get("sth/with-key/api/v1/version").status_code == 503
    assert space.delete("sth/with-key").status_code == 202


def test_the_token_of_the_platform_goes_no_further(
    platform: PlatformProcess, space: httpx.Client, hub: HubProcess, key: str
) -> None:
    with Bridge(platform, hub, "curious", key), platform.client("space-1", token="") as stranger:
        for path in ("sth/curious/api/v1/version", "sth/curious/api/v1/sequences", "sth/curious/version"):
            assert stranger.get(path).json() == {"message": "Forbidden"}
    with platform.client("space-2") as other:
        assert other.get("sth/curious/api/v1/version").status_code == 404
    assert space.delete("sth/curious", headers={"x-force": "true"}).status_code == 202


def test_without_a_good_key_nobody_joins(platform: PlatformProcess, api: httpx.Client, key: str) -> None:
    other = api.post("space/space-2/apikey", json={}).json()["accessKey"]
    wrong = key[:16] + "x" * 32
    for presented in ("", wrong, other, "x" * 48):
        with pytest.raises(Refused, match="403"), Bridge(platform, key=presented):
            pass
    with pytest.raises(Refused, match="404"), Bridge(platform, key=key, space="nowhere"):
        pass
    with pytest.raises(Refused, match=r"40[03]"), Bridge(platform, proof="short"):
        pass
    api.delete("space/space-2/apikey", headers={"x-revoke-all": "true"})


@pytest.mark.parametrize("header", ["x-revoke", "x-revoke-all"])
def test_a_revoked_key_ends_everything_at_once(
    platform: PlatformProcess, api: httpx.Client, space: httpx.Client, hub: HubProcess, key: str, header: str
) -> None:
    proof = cnonce.make(key)
    with Bridge(platform, hub, key=key) as bridge:
        assert wait_until(lambda: is_connected(space), PATIENCE)
        with space.stream("GET", "sth/bridged/api/v1/log") as stream:
            assert stream.status_code == 200
            value = key[:16] if header == "x-revoke" else "true"
            assert api.delete("space/space-1/apikey", headers={header: value}).status_code == 200
            with pytest.raises(Exception, match=r"peer closed|incomplete"):
                list(stream.iter_raw())
        assert info(space, "bridged")["disconnectReason"] == "key_revoked"
        assert space.get("sth/bridged/api/v1/version").status_code == 503
        assert bridge.lost.wait(PATIENCE)
        assert [9001] in bridge.heard
    # A proof that was seen on the wire is worth nothing after that.
    with pytest.raises(Refused, match="403"), Bridge(platform, hub, proof=proof):
        pass
    assert space.delete("sth/bridged").status_code == 202


def test_one_id_is_one_hub(platform: PlatformProcess, space: httpx.Client, api: httpx.Client, key: str) -> None:
    with Bridge(platform, hub_id="single", key=key):
        with pytest.raises(Refused, match="409"), Bridge(platform, hub_id="single", key=key):
            pass
        assert is_connected(space, "single")
    assert wait_until(lambda: not is_connected(space, "single"), PATIENCE)
    # The id stays that of the key it joined with, as long as there is that key.
    second = api.post("space/space-1/apikey", json={}).json()["accessKey"]
    with pytest.raises(Refused, match="403"), Bridge(platform, hub_id="single", key=second):
        pass
    api.delete("space/space-1/apikey", headers={"x-revoke": key})
    with Bridge(platform, hub_id="single", key=second):
        assert is_connected(space, "single")
    assert space.delete("sth/single", headers={"x-force": "true"}).status_code == 202


@pytest.mark.parametrize(
    ("body", "code", "reason"),
    [
        ({"id": "dropped"}, 9003, "id_drop"),
        ({"limit": 0}, 9002, "limit_exceeded"),
        ({"accessKey": ""}, 9001, "key_revoked"),
    ],
)
def test_hubs_are_dropped_and_told_why(
    platform: PlatformProcess, space: httpx.Client, key: str, body: dict[str, object], code: int, reason: str
) -> None:
    if "accessKey" in body:
        body = {"accessKey": key[:16]}
    with Bridge(platform, hub_id="dropped", key=key) as bridge:
        reply = space.post("disconnect", json=body)
        assert reply.json() == {"managerId": "space-1", "disconnected": [{"sthId": "dropped", "reason": reason}]}
        assert info(space, "dropped")["disconnectReason"] == reason
        assert space.post("disconnect", json={"id": "dropped"}).status_code == 409
        assert bridge.lost.wait(PATIENCE)
        assert [code] in bridge.heard
    assert space.delete("sth/dropped").status_code == 202


def test_a_limit_keeps_those_that_joined_first(platform: PlatformProcess, space: httpx.Client, key: str) -> None:
    with Bridge(platform, hub_id="b-first", key=key), Bridge(platform, hub_id="a-second", key=key):
        dropped = space.post("disconnect", json={"limit": 1}).json()["disconnected"]
        assert [hub["sthId"] for hub in dropped] == ["a-second"]
        assert is_connected(space, "b-first")
    for hub_id in ("b-first", "a-second"):
        assert space.delete(f"sth/{hub_id}", headers={"x-force": "true"}).status_code == 202


def test_a_hub_without_an_id_gets_one(platform: PlatformProcess, space: httpx.Client, key: str) -> None:
    before = {hub["id"] for hub in space.get("list").json()}
    with Bridge(platform, hub_id="", key=key) as bridge:
        assert wait_until(lambda: bridge.heard, PATIENCE)
        code, payload = bridge.heard[0]
        (given,) = {hub["id"] for hub in space.get("list").json()} - before
        assert (code, payload["id"]) == (7000, given)
    assert space.delete(f"sth/{given}", headers={"x-force": "true"}).status_code == 202


def test_a_hub_that_tells_too_much_is_sent_away_alone(start_platform: object) -> None:
    process: PlatformProcess = start_platform("--max-hub-items", "100")  # type: ignore[operator]
    with process.client() as api, process.client("space-1") as space:
        key = api.post("space/space-1/apikey", json={}).json()["accessKey"]
        with Bridge(process, hub_id="good", key=key), Bridge(process, hub_id="bad", key=key) as bad:
            for number in range(200):
                bad.say(7007, {"topicName": f"t{number}", "status": "add", "contentType": "", "provides": "x"})
            assert bad.lost.wait(PATIENCE)
            assert wait_until(lambda: not is_connected(space, "bad"), PATIENCE)
            assert is_connected(space, "good")
            assert space.get("topics").json() == []


def test_nonsense_is_not_believed(platform: PlatformProcess, space: httpx.Client, key: str) -> None:
    with Bridge(platform, hub_id="odd", key=key) as odd:
        for code, payload in ((7004, {}), (7003, "x"), (7005, []), (7006, 1), (9999, {}), (7001, None)):
            odd.say(code, payload)
        odd.say(
            7004, {"sequences": [{"id": "seq-1", "config": {"container": {"image": "x"}, "config": 1, "name": "n"}}]}
        )
        assert wait_until(lambda: space.get("sequences").json() == ["seq-1"], PATIENCE)
        (shown,) = space.get("all_sequences").json()
        assert (shown["config"], shown["location"], shown["instances"]) == ({"name": "n"}, "odd", [])
        odd.say(7005, {"instance": {"id": "inst-1", "sequence": "seq-1", "status": 0}})
        assert wait_until(lambda: [one["id"] for one in space.get("instances").json()] == ["inst-1"], PATIENCE)
        assert space.get("all_sequences").json()[0]["instances"] == ["inst-1"]
        odd.say(7005, {"instance": {"id": "inst-1", "sequence": "seq-1", "status": 1}})
        odd.say(7006, {"id": "seq-1", "status": 1})
        assert wait_until(lambda: space.get("sequences").json() == space.get("instances").json() == [], PATIENCE)
    assert space.delete("sth/odd", headers={"x-force": "true"}).status_code == 202
