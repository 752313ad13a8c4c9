"""Who may do what at a Platform: user tokens and what they open, and 403 for everything else."""

from __future__ import annotations

import itertools
import stat
import time
from typing import TYPE_CHECKING

import jwt
import pytest

from scripts.servers.platform import COMMAND
from tests.support.hub_process import wait_until
from tests.support.platform_process import PlatformProcess

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FORBIDDEN = {"message": "Forbidden"}
PATHS = [
    "version",
    "spaces",
    "list",
    "health",
    "nothing/of/that/kind",
    "space/space-1/api/v1/version",
    "space/space-1/api/v1/nothing",
    "space/nowhere/api/v1/list",
    "cpm/space-1/api/v1/list",
    "space/space-1/api/v1/sth/hub/api/v1/version",
    "space/space-1/apikey",
    "log",
]


@pytest.mark.parametrize("header", ["", "Bearer x", "Bearer a.b.c", "Basic YTpi", "Digest cnonce=x"])
def test_without_a_valid_token_everything_is_forbidden(platform: PlatformProcess, header: str) -> None:
    headers = {"authorization": header} if header else {}
    with platform.client(token="") as client:
        for method, path in itertools.product(("GET", "POST", "DELETE", "OPTIONS", "PATCH"), PATHS):
            reply = client.request(method, path, headers=headers)
            assert (reply.status_code, reply.json()) == (403, FORBIDDEN), (method, path)


def test_a_forged_token_is_no_token(platform: PlatformProcess) -> None:
    claims = jwt.decode(platform.token, options={"verify_signature": False})
    forged = [
        jwt.encode(claims, "x" * 32, "HS256"),
        jwt.encode(claims, "", "none"),
        platform.token[:-6] + "AAAAAA",
        platform.token + "x" * 5000,
    ]
    for token in forged:
        with platform.client(token=token) as client:
            assert client.get("version").status_code == 403


def test_a_token_has_the_form_of_a_jwt(platform: PlatformProcess) -> None:
    claims = jwt.decode(platform.token, options={"verify_signature": False})
    assert claims["iss"] == "scramjet-platform"
    assert claims["exp"] > time.time()


def test_a_token_may_open_one_space_only(platform: PlatformProcess) -> None:
    token = platform.create_token("--space", "space-2")
    with platform.client(token=token) as client:
        assert client.get("spaces").json() == [{"id": "space-2"}]
        assert client.get("list").json() == [{"id": "space-2"}]
        assert client.get("space/space-2/api/v1/list").status_code == 200
        assert client.get("cpm/space-2/api/v1/list").status_code == 200
        for path in (
            "space/space-1/api/v1/list",
            "cpm/space-1/api/v1/list",
            "space/space-1/apikey",
            "space/space%2D1/api/v1/list",
            "log",
            "info",
        ):
            assert (client.get(path).status_code, client.get(path).json()) == (403, FORBIDDEN), path
        assert client.post("start", json={"manager": {"id": "mine"}}).status_code == 403


def test_a_token_may_only_read(platform: PlatformProcess) -> None:
    token = platform.create_token("--scope", "read")
    with platform.client(token=token) as client:
        assert client.get("space/space-1/apikey").status_code == 200
        assert client.post("space/space-1/apikey", json={}).status_code == 403
        assert client.post("space/space-1/api/v1/topic/t", content=b"x").status_code == 403
        assert client.request("DELETE", "space/space-1/api/v1/store").status_code == 403


def test_a_token_is_valid_as_soon_as_it_is_printed(platform: PlatformProcess) -> None:
    # More tokens than fall by chance on the moment at which the Platform looks for changes.
    for _ in range(3):
        with platform.client(token=platform.create_token()) as client:
            assert client.get("version").status_code == 200


def test_a_token_ends(start_platform: Callable[..., PlatformProcess]) -> None:
    process = start_platform()
    token = process.create_token("--lasts", "2s")
    with process.client(token=token) as client:
        # The token may have ended already, if the machine is slow; but never does it work again.
        assert client.get("version").status_code in (200, 403)
        assert wait_until(lambda: client.get("version").status_code == 403, 60)


def test_a_revoked_token_stops_working_while_the_platform_runs(platform: PlatformProcess) -> None:
    token = platform.create_token("--description", "to be revoked")
    (line,) = [line for line in platform.token_command("list").splitlines() if line.endswith("to be revoked")]
    with platform.client(token=token) as client:
        assert client.get("version").status_code == 200
        platform.token_command("revoke", line.split()[0])
        assert wait_until(lambda: client.get("version").status_code == 403, 60)


def test_tokens_survive_a_restart(start_platform: Callable[..., PlatformProcess]) -> None:
    process = start_platform()
    process.restart()
    with process.client() as client:
        assert client.get("version").status_code == 200


def test_without_a_token_made_the_platform_says_how(tmp_path: Path) -> None:
    process = PlatformProcess(tmp_path)
    process.token = "none"  # so that none is made
    with process, process.client(token="") as client:
        assert client.get("version").json() == FORBIDDEN
        assert f"scramjet-platform token create --data-dir {process.data_dir}" in process.stderr


def test_the_secret_is_for_its_owner_alone(platform: PlatformProcess) -> None:
    path = platform.data_dir / "secret.key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(platform.data_dir.stat().st_mode) == 0o700


def test_a_secret_that_others_may_read_is_refused(tmp_path: Path) -> None:
    process = PlatformProcess(tmp_path)
    process.create_token()
    (process.data_dir / "secret.key").chmod(0o644)
    with pytest.raises(Exception, match="chmod 600"):
        process.create_token()


def test_an_open_platform_listens_on_loopback_alone(tmp_path: Path) -> None:
    with PlatformProcess(tmp_path / "open", "--allow-open") as process, process.client(token="") as client:
        assert client.get("spaces").json() == [{"id": "space-1"}]
        foreign = {"origin": "http://evil.example", "host": "evil.example"}
        assert client.get("spaces", headers=foreign).status_code == 403
    with pytest.raises(Exception, match="--allow-open"):
        PlatformProcess(tmp_path / "wide", "--allow-open", "--host", "0.0.0.0").start()  # noqa: S104 - is refused


def test_a_fixed_token_opens_everything(tmp_path: Path) -> None:
    environment = {"SCRAMJET_PLATFORM_TOKEN": "secret-of-mine"}
    with (
        PlatformProcess(tmp_path, environment=environment) as process,
        process.client(token="secret-of-mine") as client,
    ):
        assert client.get("info").json()["managersCount"] == 1


def test_the_command_is_installed() -> None:
    assert COMMAND.is_file()
