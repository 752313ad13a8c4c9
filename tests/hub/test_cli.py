"""The command: its options and where they come from."""

from __future__ import annotations

import contextlib
import os
import subprocess
from pathlib import Path
from typing import Any

import attrs
import pytest
from scramjet_hub.cli import read_config
from scramjet_hub.config import HubConfig
from scramjet_serving.access.authorization import TokenError
from scramjet_serving.options import OptionError

from scripts.servers.hub import COMMAND
from tests.support.hub_process import HubProcess

# What an option is not accepted without.
NEEDED = {
    "host": {"SCRAMJET_HUB_ALLOW_OPEN": "true"},
    "space": {"SCRAMJET_HUB_SPACE_ID": "one"},
    "space_id": {"SCRAMJET_HUB_SPACE": "http://127.0.0.1:11000"},
}
OPTIONS = [field.name for field in attrs.fields(HubConfig)]


def sample(name: str) -> tuple[str, Any]:
    """Another value of an option than its default, as text and as it is."""
    default = attrs.fields_dict(HubConfig)[name].default
    special: dict[str, tuple[str, Any]] = {
        "log_level": ("debug", "debug"),
        "cors_origin": ("http://a,http://b", ("http://a", "http://b")),
        "token_file": ("/etc/tokens", Path("/etc/tokens")),
        "data_dir": ("/srv/hub", Path("/srv/hub")),
        "isolation": ("landlock", "landlock"),
        "instance_scope": ("manage", "manage"),
        "isolation_read": ("/srv/a,/srv/b", ("/srv/a", "/srv/b")),
        "isolation_write": ("/srv/a", ("/srv/a",)),
        "space": ("http://127.0.0.1:11000", "http://127.0.0.1:11000"),
        "space_ca": ("/etc/ca.pem", Path("/etc/ca.pem")),
        "tag": ("a,b", ("a", "b")),
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
    base = NEEDED.get(name, {})
    path = tmp_path / "hub.yaml"
    path.write_text(f"{name.replace('_', '-')}: {text}\n")

    from_environment = read_config([], {**base, f"SCRAMJET_HUB_{name.upper()}": text})
    from_file = read_config(["--config", str(path)], base)
    assert getattr(from_environment, name) == value
    assert from_file == from_environment


@pytest.mark.parametrize(
    ("options", "wrong"),
    [
        (["--space", "http://127.0.0.1:1"], "--space-id"),
        (["--space-id", "one"], "--space and"),
        (["--space", "ftp://127.0.0.1", "--space-id", "one"], "http://HOST:PORT"),
        (["--space", "127.0.0.1:1", "--space-id", "one"], "http://HOST:PORT"),
        (["--space", "http://me@127.0.0.1", "--space-id", "one"], "without a user"),
        (["--space", "http://127.0.0.1:1", "--space-id", "a/b"], "--space-id"),
        (["--space", "http://127.0.0.1:1", "--space-id", "one", "--space-key", "short"], "not shown here"),
    ],
)
def test_what_cannot_be_joined_is_refused_at_the_start(options: list[str], wrong: str) -> None:
    with pytest.raises(OptionError, match=wrong) as refused:
        read_config(options, {})
    assert "short" not in str(refused.value)


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
    overruled = read_config(
        ["--config", str(path), "--no-access-log", "--cors-origin", "http://x", "--cors-origin", "http://y"], {}
    )

    assert (from_file.access_log, from_file.cors_origin) == (True, ("http://a", "http://b"))
    assert (overruled.access_log, overruled.cors_origin) == (False, ("http://x", "http://y"))


@pytest.mark.parametrize(
    ("arguments", "environment", "message"),
    [
        (["--port", "many"], {}, "--port is 'many'"),
        (["--port", "-1"], {}, "--port is '-1'"),
        (["--port", "65536"], {}, "a whole number from 0 to 65535"),
        (["--prot", "1"], {}, "--prot"),
        (["--data-dir", ""], {}, "--data-dir is '', but should not be empty"),
        (["--token", " "], {}, "--token is ' ', but should not be empty"),
        (["--config", ""], {}, "--config is empty"),
        (["--cors-origin", "http://a/"], {}, "--cors-origin is"),
        ([], {"SCRAMJET_HUB_PORT": "tcp://10.0.0.1:80"}, "SCRAMJET_HUB_PORT .* Kubernetes sets this variable"),
        ([], {"SCRAMJET_HUB_MAX_INSTANCES": "1.5"}, "SCRAMJET_HUB_MAX_INSTANCES is '1.5'"),
        ([], {"SCRAMJET_HUB_DRAIN_TIMEOUT": "inf"}, "SCRAMJET_HUB_DRAIN_TIMEOUT"),
        ([], {"SCRAMJET_HUB_KEEP_ALIVE": "nan"}, "SCRAMJET_HUB_KEEP_ALIVE"),
        ([], {"SCRAMJET_HUB_INSTANCE_LIFETIME": "1e300"}, "from 0 to 1000000000"),
        ([], {"SCRAMJET_HUB_ID": "a\nb"}, "--id is"),
        ([], {"SCRAMJET_HUB_ALLOW_OPEN": "maybe"}, "true or false"),
        (["--log-level", "loud"], {}, "trace, debug"),
        (["--config", "/nowhere"], {}, "/nowhere cannot be read"),
        (["--config", "/"], {}, "The file / cannot be read"),
    ],
)
def test_bad_options_are_named(arguments: list[str], environment: dict[str, str], message: str) -> None:
    with pytest.raises(OptionError, match=message):
        read_config(arguments, environment)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[1]", "no options"),
        ("prot: 1", "prot"),
        ("a: [", "cannot be read"),
        ("[" * 2000, "nested too deep"),
        ("port: 80.5", "a whole number"),
        ("port: true", "a whole number"),
        ("token: 0123", "put it into quotes"),
        ("host: [a]", "put it into quotes"),
        ("cors_origin: 3", "a list of texts"),
        ("token: ''", "should not be empty"),
    ],
)
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


@pytest.mark.parametrize("name", [*OPTIONS, "config"])
@pytest.mark.parametrize("text", ["", " "])
def test_an_empty_variable_counts_as_not_given(name: str, text: str) -> None:
    assert read_config([], {f"SCRAMJET_HUB_{name.upper()}": text}) == HubConfig()


@pytest.mark.parametrize("name", [name for name in OPTIONS if isinstance(sample(name)[1], int | float)])
def test_what_is_overruled_is_not_looked_at(tmp_path: Path, name: str) -> None:
    path = tmp_path / "hub.yaml"
    path.write_text(f"{name}: rubbish\n")
    environment = {"SCRAMJET_HUB_CONFIG": str(path), f"SCRAMJET_HUB_{name.upper()}": "tcp://10.0.0.1:8000"}
    option = "--" + name.replace("_", "-")
    text, value = sample(name)
    arguments = [option if value else f"--no-{option[2:]}"] if isinstance(value, bool) else [option, text]

    assert getattr(read_config(arguments, environment), name) == value


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "port:\ntoken: null\n"])
def test_a_file_may_leave_everything_out(tmp_path: Path, text: str) -> None:
    path = tmp_path / "hub.yaml"
    path.write_text(text)
    assert read_config(["--config", str(path)], {}) == HubConfig()


RUBBISH = ["", "-1", "x" * 10_000, "\udcff", "1e999", "tcp://10.0.0.1:8000", "../" * 30 + "dev/null/x", "a\tb", "٣"]


@pytest.mark.parametrize("name", ["config", *OPTIONS])
def test_rubbish_makes_a_configuration_or_one_sentence(name: str) -> None:
    given: list[tuple[list[str], dict[str, str]]] = []
    for rubbish in RUBBISH:
        given.append(([f"--{name.replace('_', '-')}={rubbish}"], {}))
        given.append(([], {f"SCRAMJET_HUB_{name.upper()}": rubbish}))
    for arguments, environment in given:
        # Any other error would be a traceback.
        with contextlib.suppress(OptionError, TokenError):
            read_config(arguments, environment)


FAULTS: dict[str, tuple[list[str], dict[str, str], str]] = {
    "a port that is no port": (["--port", "65536"], {}, "--port is '65536'"),
    "a port below 0": (["--port", "-1"], {}, "--port is '-1'"),
    "Kubernetes": ([], {"SCRAMJET_HUB_PORT": "tcp://10.0.0.1:8000"}, "Kubernetes"),
    "no such option": (["--prot", "1"], {}, "--prot"),
    "a value is missing": (["--port"], {}, "expected one argument"),
    "no such host": (["--host", "no.such.host.invalid", "--allow-open"], {}, "Cannot listen on no.such.host.invalid:0"),
    "no host": (["--host", "a..b", "--allow-open"], {}, "not the name of a host"),
    "an address of another machine": (["--host", "192.0.2.1", "--allow-open"], {}, "Cannot listen on 192.0.2.1:0"),
    "no token file": (["--token-file", "/nowhere/tokens"], {}, "/nowhere/tokens cannot be read"),
    "a folder for a token file": (["--token-file", "/"], {}, "The token file / cannot be read"),
    "a device for a token file": (["--token-file", "/dev/zero"], {}, "is a device"),
    "a data folder below a file": (["--data-dir", "/dev/null/x"], {}, "/dev/null/x"),
    "a data folder that is a file": (["--data-dir", "/dev/null"], {}, "is a file"),
    "a token nobody can send": (["--token", "a b"], {}, "only visible letters"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_keeps_it_from_starting_is_told_in_one_sentence(tmp_path: Path, fault: str) -> None:
    arguments, environment, message = FAULTS[fault]
    inherited = {name: text for name, text in os.environ.items() if not name.startswith("SCRAMJET_")}
    done = subprocess.run(
        [COMMAND, *([] if "SCRAMJET_HUB_PORT" in environment else ["--port", "0"]), *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        cwd=tmp_path,
        env={**inherited, **environment},
    )

    assert (done.returncode, done.stdout) == (2, "")
    (line,) = [line for line in done.stderr.splitlines() if not line[:2].isdigit()]
    assert line.startswith("scramjet-hub: ")
    assert message in line
    assert "Traceback" not in done.stderr


def test_the_command_line_wins_over_what_kubernetes_sets(tmp_path: Path) -> None:
    with HubProcess(tmp_path, environment={"SCRAMJET_HUB_PORT": "tcp://10.0.0.1:8000"}) as hub, hub.client() as api:
        assert api.get("/version").status_code == 200


def test_version() -> None:
    assert run("--version").stdout.startswith("scramjet-hub ")


def test_mistakes_are_told_in_one_line() -> None:
    done = run("--port", "none")

    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
