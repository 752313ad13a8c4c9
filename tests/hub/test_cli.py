"""The command: its options and where they come from."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import attrs
import pytest
from scramjet_hub.cli import OptionError, read_config
from scramjet_hub.config import HubConfig

from tests.support.hub_process import COMMAND

OPTIONS = [field.name for field in attrs.fields(HubConfig)]


def sample(name: str) -> tuple[str, Any]:
    """Another value of an option than its default, as text and as it is."""
    default = attrs.fields_dict(HubConfig)[name].default
    special: dict[str, tuple[str, Any]] = {
        "log_level": ("debug", "debug"),
        "cors_origin": ("http://a,http://b", ("http://a", "http://b")),
        "token_file": ("/etc/tokens", Path("/etc/tokens")),
        "data_dir": ("/srv/hub", Path("/srv/hub")),
    }
    if name in special:
        return special[name]
    if isinstance(default, bool):
        return str(not default).lower(), not default
    return ("7", type(default)(7)) if isinstance(default, int | float) else ("text", "text")


def test_defaults() -> None:
    assert read_config([], {}) == HubConfig()


@pytest.mark.parametrize("name", OPTIONS)
def test_every_option_is_also_in_the_environment_and_in_a_file(tmp_path: Path, name: str) -> None:
    text, value = sample(name)
    base = {"SCRAMJET_HUB_ALLOW_OPEN": "true"} if name == "host" else {}
    path = tmp_path / "hub.yaml"
    path.write_text(f"{name.replace('_', '-')}: {text}\n")

    from_environment = read_config([], {**base, f"SCRAMJET_HUB_{name.upper()}": text})
    from_file = read_config(["--config", str(path)], base)
    assert getattr(from_environment, name) == value
    assert from_file == from_environment


def test_command_line_counts_before_environment_before_file(tmp_path: Path) -> None:
    path = tmp_path / "hub.yaml"
    path.write_text("port: 1\nmax_instances: 1\ndescription: file\n")
    environment = {"SCRAMJET_HUB_CONFIG": str(path), "SCRAMJET_HUB_PORT": "2", "SCRAMJET_HUB_MAX_INSTANCES": "2"}
    config = read_config(["--port", "3"], environment)

    assert (config.port, config.max_instances, config.description) == (3, 2, "file")


def test_switches_and_lists_on_the_command_line(tmp_path: Path) -> None:
    path = tmp_path / "hub.yaml"
    path.write_text("access_log: yes\ncors-origin: [http://a, http://b]\n")
    from_file = read_config(["--config", str(path)], {})
    overruled = read_config(["--config", str(path), "--no-access-log", "--cors-origin", "x", "--cors-origin", "y"], {})

    assert (from_file.access_log, from_file.cors_origin) == (True, ("http://a", "http://b"))
    assert (overruled.access_log, overruled.cors_origin) == (False, ("x", "y"))


@pytest.mark.parametrize(
    ("arguments", "environment", "message"),
    [
        (["--port", "many"], {}, "port in the command line is 'many'"),
        (["--port", "-1"], {}, "port in the command line is '-1'"),
        ([], {"SCRAMJET_HUB_MAX_INSTANCES": "1.5"}, "max_instances in the environment is '1.5'"),
        ([], {"SCRAMJET_HUB_DRAIN_TIMEOUT": "inf"}, "drain_timeout"),
        ([], {"SCRAMJET_HUB_ALLOW_OPEN": "maybe"}, "true or false"),
        (["--log-level", "loud"], {}, "trace, debug"),
        (["--config", "/nowhere"], {}, "/nowhere cannot be read"),
    ],
)
def test_bad_options_are_named(arguments: list[str], environment: dict[str, str], message: str) -> None:
    with pytest.raises(OptionError, match=message):
        read_config(arguments, environment)


@pytest.mark.parametrize(("text", "message"), [("[1]", "no options"), ("prot: 1", "prot"), ("a: [", "cannot be read")])
def test_bad_files_are_named(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "hub.yaml"
    path.write_text(text)
    with pytest.raises(OptionError, match=message) as caught:
        read_config(["--config", str(path)], {})
    assert str(path) in str(caught.value)


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([COMMAND, *arguments], capture_output=True, text=True, check=False, timeout=20)


def test_help_documents_every_option_with_default_and_unit() -> None:
    text = " ".join(run("--help").stdout.split())

    for field in attrs.fields(HubConfig):
        assert f"--{field.name.replace('_', '-')}" in text
        assert " ".join(field.metadata["help"].split()) in text
    assert "--max-package-size BYTES" in text
    assert "[268435456]" in text
    assert "--drain-timeout SECONDS" in text
    assert "SCRAMJET_HUB_" in text


def test_version() -> None:
    assert run("--version").stdout.startswith("scramjet-hub ")


def test_mistakes_are_told_in_one_line() -> None:
    done = run("--port", "none")

    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
