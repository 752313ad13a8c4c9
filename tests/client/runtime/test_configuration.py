"""The sources of the client's address and settings."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from scramjet_client._runtime.settings.config import ApiConfig, Settings, resolve
from scramjet_client.errors import ConfigurationError

if TYPE_CHECKING:
    from pathlib import Path

URL = "http://hub.example:8000/api/v1"
PROFILE = {
    "apiUrl": "http://si.example/api/v1",
    "middlewareApiUrl": "https://cloud.example/api/v1",
    "token": "si-token",
}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with two profiles of the si command, of which `work` is active."""
    profiles = tmp_path / ".si/profiles"
    profiles.mkdir(parents=True)
    (tmp_path / ".si/si-config.json").write_text('{"profile": "work"}')
    (profiles / "work.json").write_text(json.dumps(PROFILE))
    (profiles / "other.json").write_text(json.dumps({"apiUrl": "http://other.example/api/v1"}))
    return tmp_path


def found(
    home: Path, arguments: ApiConfig | None = None, config: ApiConfig | None = None, /, **environ: str
) -> Settings:
    return resolve(arguments, config, environ={"HOME": str(home), **environ})


def test_each_place_goes_before_the_next(home: Path) -> None:
    argument, config = ApiConfig(url="http://argument/api/v1"), ApiConfig(url="http://config/api/v1")
    environ = {"SCRAMJET_URL": "http://environ/api/v1", "SCRAMJET_HUB_URL": "http://instance/api/v1"}
    assert found(home, argument, config, **environ).url == "http://argument/api/v1"
    assert found(home, None, config, **environ).url == "http://config/api/v1"
    assert found(home, **environ).url == "http://environ/api/v1"
    assert found(home, SCRAMJET_HUB_URL="http://instance/api/v1").url == "http://si.example/api/v1"
    assert found(home / "none", SCRAMJET_HUB_URL="http://instance/api/v1").url == "http://instance/api/v1"


def test_fields_are_looked_for_one_by_one(home: Path) -> None:
    settings = found(home, ApiConfig(timeout=3), ApiConfig(timeout=4, max_retries=5), SCRAMJET_TOKEN="t")
    assert (settings.timeout, settings.max_retries, settings.token) == (3.0, 5, "t")
    assert settings.url == PROFILE["apiUrl"]
    assert settings.sources["timeout"] == "arguments"
    assert settings.sources["token"] == "SCRAMJET_TOKEN"
    assert "si profile" in settings.sources["url"]


def test_every_field_has_its_variable(home: Path) -> None:
    environ = {
        "SCRAMJET_URL": URL,
        "SCRAMJET_TOKEN": "t",
        "SCRAMJET_VERIFY_SSL": "false",
        "SCRAMJET_CA_FILE": "ca.pem",
        "SCRAMJET_TIMEOUT": "inf",
        "SCRAMJET_CONNECT_TIMEOUT": "1.5",
        "SCRAMJET_MAX_RETRIES": "0",
    }
    settings = found(home, **environ)
    assert (settings.url, settings.token, settings.verify_ssl, settings.ca_file) == (URL, "t", False, "ca.pem")
    assert (settings.timeout, settings.connect_timeout, settings.max_retries) == (math.inf, 1.5, 0)


def test_a_platform_has_addresses_of_its_own(home: Path) -> None:
    environ = {"HOME": str(home)}
    assert resolve(kind="platform", environ=environ).url == PROFILE["middlewareApiUrl"]
    environ["SCRAMJET_URL"] = URL
    assert resolve(kind="platform", environ=environ).url == PROFILE["middlewareApiUrl"]
    environ["SCRAMJET_PLATFORM_URL"] = "https://platform.example/api/v1"
    assert resolve(kind="platform", environ=environ).url == "https://platform.example/api/v1"


def test_the_environment_chooses_the_profile(home: Path) -> None:
    assert found(home, SI_CONFIG="other").url == "http://other.example/api/v1"
    path = home / "elsewhere.json"
    path.write_text('{"apiUrl": "http://elsewhere.example/api/v1"}')
    assert found(home, SI_CONFIG_PATH=str(path), SI_CONFIG="other").url == "http://elsewhere.example/api/v1"


def test_without_a_choice_the_profile_is_default(home: Path) -> None:
    (home / ".si/si-config.json").write_text('{"profile": ""}')
    (home / ".si/profiles/default.json").write_text('{"apiUrl": "http://default.example/api/v1"}')
    assert found(home).url == "http://default.example/api/v1"


@pytest.mark.parametrize("variable", ["SI_CONFIG", "SI_CONFIG_PATH"])
def test_a_chosen_profile_must_be_there(home: Path, variable: str) -> None:
    with pytest.raises(ConfigurationError, match=variable):
        found(home, **{variable: "missing"})


@pytest.mark.parametrize("text", ["{", "[]", '{"apiUrl": 3}'])
def test_a_profile_that_makes_no_sense_is_never_used(home: Path, text: str) -> None:
    (home / ".si/profiles/work.json").write_text(text)
    with pytest.raises(ConfigurationError):
        found(home)


def test_tokens_of_a_profile_go_to_its_servers_alone(home: Path) -> None:
    assert found(home).token == "si-token"
    assert found(home, ApiConfig(url="https://cloud.example/api/v1/space/s/api/v1")).token == "si-token"
    assert found(home, ApiConfig(url=URL)).token is None
    assert found(home, ApiConfig(url="https://si.example/api/v1")).token is None


def test_tokens_of_an_instance_go_to_its_hub_alone(home: Path) -> None:
    environ = {"SCRAMJET_HUB_URL": URL, "SCRAMJET_HUB_TOKEN": "hub-token"}
    assert found(home / "none", **environ).token == "hub-token"
    assert found(home / "none", ApiConfig(url="http://hub.example:8000/other"), **environ).token == "hub-token"
    assert found(home / "none", ApiConfig(url="http://hub.example:8001/api/v1"), **environ).token is None


def test_nothing_found_names_what_was_looked_at(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as caught:
        found(tmp_path)
    for place in ("arguments", "api_config", "SCRAMJET_URL", "si profile", str(tmp_path), "SCRAMJET_HUB_URL"):
        assert place in str(caught.value)


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ("http://h", "http://h/api/v1"),
        ("http://h:8000/", "http://h:8000/api/v1"),
        ("https://h/api/v1/", "https://h/api/v1"),
        ("http://[::1]:8000/x", "http://[::1]:8000/x"),
    ],
)
def test_addresses_are_completed(home: Path, given: str, url: str) -> None:
    assert found(home, ApiConfig(url=given)).url == url


@pytest.mark.parametrize(
    "given",
    [
        {"url": "hub.example:8000"},
        {"url": "ftp://hub.example"},
        {"url": "http://"},
        {"url": "http://hub.example:99999"},
        {"url": "http://name:secret@hub.example"},
        {"url": "http://hub.example/api/v1?secret=1"},
        {"url": URL, "token": "secret\n"},
        {"url": URL, "token": "secret token"},
        {"url": URL, "token": "secretż"},
        {"url": URL, "timeout": 0},
        {"url": URL, "timeout": math.nan},
        {"url": URL, "connect_timeout": -1},
        {"url": URL, "max_retries": -1},
    ],
)
def test_what_makes_no_sense_is_refused_without_being_shown(home: Path, given: dict[str, Any]) -> None:
    with pytest.raises(ConfigurationError, match="from arguments cannot be used") as caught:
        found(home, ApiConfig(**given))
    assert "secret" not in str(caught.value)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize(("variable", "value"), [("VERIFY_SSL", "maybe"), ("TIMEOUT", "soon"), ("MAX_RETRIES", "x")])
def test_variables_that_make_no_sense_are_named(home: Path, variable: str, value: str) -> None:
    with pytest.raises(ConfigurationError, match=f"SCRAMJET_{variable}"):
        found(home, SCRAMJET_URL=URL, **{f"SCRAMJET_{variable}": value})


def test_secrets_do_not_show(home: Path) -> None:
    config = ApiConfig(url=URL, token="secret", headers={"X-Key": "secret"}, max_retries=1)
    assert "secret" not in repr(config)
    assert "secret" not in repr(found(home, config))
    assert "max_retries=1" in repr(config)


def test_nothing_is_read_before_it_is_asked_for() -> None:
    # An address that makes no sense does not keep the package from being imported, nor does it take httpx.
    code = "import sys, scramjet_client; scramjet_client.HostClient; assert 'httpx' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], env={"SCRAMJET_URL": "nonsense"}, check=True)


def swap(mount: Path, token: str, version: int) -> Path:
    """Replace a token as Kubernetes does with a mounted Secret: by another folder behind a link."""
    folder = mount / f"..{version}"
    folder.mkdir(parents=True)
    (folder / "token").write_text(token)
    draft = mount / "..draft"
    draft.symlink_to(folder.name)
    draft.rename(mount / "..data")
    if not (mount / "token").is_symlink():
        (mount / "token").symlink_to("..data/token")
    return mount / "token"


def test_a_token_file_is_read_again_when_it_changes(home: Path, tmp_path: Path) -> None:
    path = swap(tmp_path / "mount", "one\n", 1)
    settings = found(home, ApiConfig(url=URL, token_file=path))
    assert (settings.token, settings.current_token(), settings.sources["token_file"]) == (None, "one", "arguments")
    for version, token in enumerate(("two", "three", "three", "four"), start=2):
        swap(tmp_path / "mount", token, version)
        assert settings.current_token() == token
    path.write_text("five")
    assert settings.current_token() == "five"
    assert "five" not in repr(settings)
    (tmp_path / "mount/token").unlink()
    with pytest.raises(ConfigurationError, match="cannot be read"):
        settings.current_token()


def test_of_a_token_and_a_token_file_the_earlier_source_wins(home: Path, tmp_path: Path) -> None:
    path = swap(tmp_path / "mount", "filed", 1)

    def token(*configs: ApiConfig | None, **environ: str) -> str | None:
        return found(home, *configs, SCRAMJET_URL=URL, **environ).current_token()

    assert token(ApiConfig(token="given"), ApiConfig(token_file=path)) == "given"
    assert token(ApiConfig(token_file=path), ApiConfig(token="given")) == "filed"
    assert token(ApiConfig(token_file=path, token="given")) == "given"
    assert token(SCRAMJET_TOKEN_FILE=str(path)) == "filed"
    assert token(SCRAMJET_TOKEN_FILE=str(path), SCRAMJET_TOKEN="given") == "given"
    assert token(ApiConfig(token_file=path), SCRAMJET_TOKEN="given") == "filed"


@pytest.mark.parametrize("content", ["", "two words", "two\nlines", "\u00e9"])
def test_a_file_without_a_token_is_refused_and_not_shown(home: Path, tmp_path: Path, content: str) -> None:
    path = swap(tmp_path / "mount", content, 1)
    with pytest.raises(ConfigurationError, match="token_file from arguments") as caught:
        found(home, ApiConfig(url=URL, token_file=path))
    assert not content or content not in str(caught.value)
    with pytest.raises(ConfigurationError, match="SCRAMJET_TOKEN_FILE"):
        found(home, ApiConfig(url=URL), SCRAMJET_TOKEN_FILE=str(tmp_path / "none"))


def test_in_a_pod_the_service_and_the_mounted_token_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = swap(tmp_path / "mount", "pod-token", 1)
    monkeypatch.setattr("scramjet_client._runtime.settings.config.MOUNTED_TOKEN", str(path))
    pod = {"SCRAMJET_HUB_SERVICE_HOST": "10.0.0.7", "SCRAMJET_HUB_SERVICE_PORT": "8000"}
    settings = found(tmp_path, **pod)
    assert (settings.url, settings.current_token()) == ("http://10.0.0.7:8000/api/v1", "pod-token")
    assert found(tmp_path, **{**pod, "SCRAMJET_HUB_SERVICE_HOST": "fd00::7"}).url == "http://[fd00::7]:8000/api/v1"
    # The token is for the Service alone, and everything else goes before it.
    assert found(tmp_path, ApiConfig(url=URL), **pod).current_token() is None
    assert found(tmp_path, ApiConfig(token="mine"), **pod).current_token() == "mine"
    assert found(tmp_path, SCRAMJET_HUB_URL="http://instance/api/v1", **pod).url == "http://instance/api/v1"
    with pytest.raises(ConfigurationError):
        resolve(kind="platform", environ={"HOME": str(tmp_path), **pod})
    monkeypatch.setattr("scramjet_client._runtime.settings.config.MOUNTED_TOKEN", str(tmp_path / "none"))
    assert found(tmp_path, **pod).current_token() is None
