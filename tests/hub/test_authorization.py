"""Tokens and scopes, and what is refused without them."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
from typing import TYPE_CHECKING

import pytest
from scramjet_hub.config import HubConfig
from scramjet_serving.access.authorization import Authorization, Grant, TokenError, read_tokens
from scramjet_serving.errors import ApiError

from scripts.servers.hub import COMMAND
from scripts.servers.wire import connect
from tests.support.archives import package
from tests.support.hub_process import HubProcess, wait_until
from tests.support.packages import pack_python

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

TOKENS = """\
# who may do what
read r-secret
manage m-secret

manage another-one
"""


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HubProcess]:
    folder = tmp_path_factory.mktemp("guarded")
    tokens = folder / "tokens"
    tokens.write_text(TOKENS)
    with HubProcess(folder, "--token", "t-secret", "--token-file", str(tokens)) as hub:
        yield hub


def status(hub: HubProcess, method: str, path: str, token: str | None) -> int:
    headers = {"authorization": token} if token is not None else {}
    with hub.client() as client, client.stream(method, path, headers=headers) as reply:
        return reply.status_code


READ = ["/sequences", "/instances", "/config", "/log", "/audit", "/metrics", "/load-check", "/topics", "/entities"]


@pytest.mark.parametrize("path", READ)
def test_reading_needs_a_token(guarded: HubProcess, path: str) -> None:
    assert status(guarded, "GET", path, None) == 401
    assert status(guarded, "HEAD", path, None) == 401
    for token in ("t-secret", "r-secret", "m-secret", "another-one"):
        assert status(guarded, "GET", path, f"Bearer {token}") == 200


@pytest.mark.parametrize(
    "header",
    [
        "",
        "t-secret",
        "Bearer",
        "Bearer ",
        "Bearer wrong",
        "Basic t-secret",
        "Bearer T-SECRET",
        "Bearer t-secre",
        "Bearer \xe9",
    ],
)
def test_wrong_tokens_are_401(guarded: HubProcess, header: str) -> None:
    with connect(guarded) as wire:
        wire.send(
            b"GET /api/v1/sequences HTTP/1.1\r\nHost: localhost\r\nAuthorization: %b\r\n\r\n" % header.encode("latin-1")
        )
        reply = wire.read_reply()

    assert reply.status == 401
    assert reply.headers["www-authenticate"].startswith("Bearer")
    assert "token" in reply.json()["error"].lower()


@pytest.mark.parametrize("header", ["bearer t-secret", "BEARER  t-secret"])
def test_the_scheme_is_written_in_any_case(guarded: HubProcess, header: str) -> None:
    assert status(guarded, "GET", "/sequences", header) == 200


@pytest.mark.parametrize("token", [None, "Bearer wrong", "Bearer r-secret"])
@pytest.mark.parametrize("path", ["/version", "/health"])
def test_version_and_health_are_for_everybody(guarded: HubProcess, path: str, token: str | None) -> None:
    assert status(guarded, "GET", path, token) == 200


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/sequence"),
        ("PUT", "/sequence/x"),
        ("DELETE", "/sequence/x"),
        ("POST", "/sequence/x/start"),
        ("POST", "/instance/x/_kill"),
        ("POST", "/instance/x/stdin"),
        ("POST", "/topic/x"),
        ("DELETE", "/topics/x"),
    ],
)
def test_changing_needs_more_than_reading(guarded: HubProcess, method: str, path: str) -> None:
    assert status(guarded, method, path, None) == 401
    assert status(guarded, method, path, "Bearer r-secret") == 403
    assert status(guarded, method, path, "Bearer m-secret") not in (401, 403)


def test_refused_before_the_body_is_wanted(guarded: HubProcess) -> None:
    with connect(guarded) as wire:
        wire.send("POST /api/v1/sequence HTTP/1.1\nHost: localhost\nContent-Length: 100000\nExpect: 100-continue\n\n")
        assert wire.read_reply().status == 401
        assert wire.at_end()


def test_refused_whatever_the_request_is(guarded: HubProcess) -> None:
    # Who may do nothing does not learn what would have been wrong, either.
    with guarded.client() as client:
        for request in ({"json": {"args": 1}}, {"content": b"{"}):
            assert client.post("/sequence/none/start", **request).status_code == 401


def test_the_audit_trail_tells_whose_token_it_was_but_not_the_token(guarded: HubProcess) -> None:
    guarded.token = "r-secret"
    with guarded.client() as client:
        client.delete("/sequence/nothing")
        with client.stream("GET", "/audit") as reply:
            text = next(reply.iter_text())
    guarded.token = ""

    assert '"requestorId":"tokens:2"' in text
    assert "secret" not in text


def test_tokens_are_told_nowhere(guarded: HubProcess) -> None:
    guarded.token = "r-secret"
    with guarded.client() as client:
        shown = "".join(client.get(path).text for path in ("/config", "/metrics", "/version", "/status"))
        with client.stream("GET", "/log") as reply:
            shown += next(reply.iter_text())
    guarded.token = ""

    for secret in ("t-secret", "r-secret", "m-secret", "another-one"):
        assert secret not in shown + guarded.stderr


def test_an_open_hub_takes_any_token(hub: HubProcess) -> None:
    assert status(hub, "GET", "/sequences", "Bearer whatever") == 200
    assert status(hub, "DELETE", "/sequence/x", "nonsense") == 404


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.com"])  # noqa: S104 - refused, that is the point
def test_listening_for_others_needs_a_token(tmp_path: Path, host: str) -> None:
    done = subprocess.run(
        [COMMAND, "--host", host, "--port", "0", "--data-dir", tmp_path / "data"],
        capture_output=True,
        text=True,
        check=False,
        timeout=20,
    )

    assert done.returncode == 2
    assert "--token" in done.stderr
    assert "--allow-open" in done.stderr
    assert not (tmp_path / "data").exists()


def test_localhost_is_no_other(start_hub: Callable[..., HubProcess]) -> None:
    hub = start_hub("--host", "localhost")
    with hub.client() as client:
        assert client.post("/sequence", content=package()).status_code == 200


def test_tokens_of_instances_end_with_them() -> None:
    authorization = Authorization([Grant(b"fixed", "manage", "me")])
    token = authorization.issue("an-instance")
    grant = authorization.identify(f"Bearer {token}")

    assert grant is not None
    assert (grant.holder, grant.scope) == ("an-instance", "manage")
    authorization.revoke(token)
    assert authorization.identify(f"Bearer {token}") is None
    with pytest.raises(ApiError, match="401"):
        authorization.check(None, "read", f"Bearer {token}")


@pytest.mark.parametrize("line", ["secret", "write secret", "read a b", "manage"])
def test_a_bad_file_of_tokens_names_the_line_but_not_the_token(tmp_path: Path, line: str) -> None:
    path = tmp_path / "tokens"
    path.write_text(f"read ok\n{line}\n")

    with pytest.raises(ValueError, match=r"^tokens:2: expected") as caught:
        read_tokens(path)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "has no token in it"),
        ("# read later\n\n   \n", "has no token in it"),
        ("\ufeff\n", "has no token in it"),
        ("just-a-token\n", "tokens:1: expected"),
        ("read a\nwrite b\n", "tokens:2: expected"),
        ("read a b\n", "tokens:1: expected"),
        ("read \u00e9\n", "visible letters"),
        ("read same\nmanage same\n", "given twice"),
        ("x" * (1 << 20) + "\n\n", "larger than"),
        ("read a\x00\n", "visible letters"),
    ],
)
def test_a_token_file_that_is_none_keeps_the_hub_from_starting(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "tokens"
    path.write_text(text)
    with pytest.raises(TokenError, match=message):
        Authorization.from_config(HubConfig(token_file=path))


def test_a_hub_with_a_token_file_without_a_token_does_not_start(tmp_path: Path) -> None:
    # On any address, and also where it may be open.
    path = tmp_path / "tokens"
    path.write_text("# none yet\n")
    for options in ([], ["--host", "0.0.0.0"], ["--allow-open"], ["--token", "secret"]):  # noqa: S104 - it must not start
        done = subprocess.run(
            [COMMAND, "--port", "0", "--data-dir", tmp_path / "data", "--token-file", path, *options],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert (done.returncode, done.stdout) == (2, "")
        assert "has no token in it" in done.stderr
        assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("text", ["read a\r\nmanage b\r\n", "\ufeffread a\nmanage b", "\n read\ta \nmanage  b\n"])
def test_token_files_as_other_systems_write_them(tmp_path: Path, text: str) -> None:
    path = tmp_path / "tokens"
    path.write_bytes(text.encode())
    assert [(grant.scope, grant.token) for grant in read_tokens(path)] == [("read", b"a"), ("manage", b"b")]


def hub_log(hub: HubProcess) -> str:
    with hub.client() as client, client.stream("GET", "/log") as reply:
        return next(reply.iter_text())


def test_it_says_whether_it_is_guarded(start_hub: Callable[..., HubProcess], tmp_path: Path) -> None:
    guarded = start_hub(folder=tmp_path / "guarded", environment={"SCRAMJET_HUB_TOKEN": " secret\n"})
    guarded.token = "secret"
    assert "is guarded: it asks for one of 1 tokens" in hub_log(guarded)
    assert "is guarded: it asks for one of 1 tokens" in guarded.stderr
    assert "list of processes" not in guarded.stderr
    on_command_line = start_hub("--token", "secret", folder=tmp_path / "command")
    assert "WARN  Hub: --token shows in the list of processes" in on_command_line.stderr
    opened = start_hub(folder=tmp_path / "open")
    assert "is open: it asks for no token, so every user of this machine" in hub_log(opened)
    wide = start_hub("--host", "0.0.0.0", "--allow-open", folder=tmp_path / "wide")  # noqa: S104 - that is the question
    assert "WARN  Hub: The Hub is open: it asks for no token, so whoever reaches it" in wide.stderr


def test_tokens_are_read_again_on_sighup(start_hub: Callable[..., HubProcess], tmp_path: Path) -> None:
    path = tmp_path / "tokens"
    path.write_text("manage first\n")
    hub = start_hub("--token-file", str(path), environment={"SCRAMJET_HUB_TOKEN": "fixed"})
    hub.token = "fixed"
    with hub.client() as client:
        hub.token = ""
        sequence = client.post("/sequence", content=pack_python(ASKS)).json()["id"]
        instance = client.post(f"/sequence/{sequence}/start").json()["id"]
        with client.stream("GET", f"/instance/{instance}/output") as output:
            lines = output.iter_lines()
            assert next(lines) == "200"
            path.write_text("read second\n")
            hub.process.send_signal(signal.SIGHUP)
            assert wait_until(lambda: status(hub, "GET", "/sequences", "Bearer second") == 200, 10)
            assert status(hub, "GET", "/sequences", "Bearer first") == 401
            assert status(hub, "DELETE", "/sequence/x", "Bearer second") == 403
            for count, broken in enumerate(("# nothing\n", "rubbish\n", None), 1):
                path.write_text(broken) if broken is not None else path.unlink()
                hub.process.send_signal(signal.SIGHUP)
                assert wait_until(lambda count=count: hub.stderr.count("The tokens stay as they were") == count, 10)
                assert status(hub, "GET", "/sequences", "Bearer second") == 200
                assert status(hub, "GET", "/sequences", None) == 401
            # What an Instance was given stays good as long as it runs.
            client.post(f"/instance/{instance}/_event", json={"eventName": "again"})
            assert next(lines) == "200"
        client.delete(f"/sequence/{sequence}", headers={"x-seq-kill-inst": "true"})
    assert "second" not in hub.stderr


ASKS = """
import asyncio, os, urllib.request

def ask():
    request = urllib.request.Request(os.environ["SCRAMJET_HUB_URL"] + "/sequences")
    request.add_header("authorization", "Bearer " + os.environ["SCRAMJET_HUB_TOKEN"])
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request) as reply:
        return f"{reply.status}\\n"

async def run(context, input):
    again = asyncio.Event()
    context.on("again", lambda _: again.set())
    yield await asyncio.to_thread(ask)
    await again.wait()
    yield await asyncio.to_thread(ask)
    await asyncio.sleep(3600)
"""


def test_sighup_does_not_end_a_hub_without_a_token_file(hub: HubProcess) -> None:
    before = hub.stderr.count("no token file to read again")
    hub.process.send_signal(signal.SIGHUP)
    assert wait_until(lambda: hub.stderr.count("no token file to read again") == before + 1, 10)
    with hub.client() as client:
        assert client.get("/version").status_code == 200


def test_a_hub_ends_in_good_order_with_its_terminal(tmp_path: Path) -> None:
    pid, terminal = pty.fork()
    if not pid:
        signal.signal(signal.SIGHUP, signal.SIG_DFL)  # tests may be run where it is ignored
        os.environ["SCRAMJET_HUB_PORT"] = "0"
        os.execv(COMMAND, [str(COMMAND), "--data-dir", str(tmp_path / "data")])  # noqa: S606 - a terminal's own child
    text = b""
    while b"listening on" not in text:
        text += os.read(terminal, 1000)
    os.close(terminal)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    assert not (tmp_path / "data" / "work").exists()
