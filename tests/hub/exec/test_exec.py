"""Commands beside a running Instance, over a WebSocket, with the client of another library."""

from __future__ import annotations

import base64
import json
import time
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Any

import psutil
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from tests.hub.isolation.available import ISOLATIONS
from tests.support.hub_process import HubProcess, wait_until
from tests.support.packages import pack_python
from tests.support.runs import Run, start

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import httpx

TOKEN = "operator"
WAITS = "import threading\ndef run(context, input):\n    context.emit('ready', 1)\n    threading.Event().wait()\n"


class Beside:
    """An Instance to run commands beside."""

    def __init__(self, hub: HubProcess, api: httpx.Client, isolation: str) -> None:
        self.hub = hub
        self.api = api
        self.isolation = isolation
        self.run = start(api, pack_python(WAITS), instanceName="beside")
        assert api.get(f"{self.run.path}/event/ready").status_code == 200

    @property
    def url(self) -> str:
        return self.hub.url.replace("http://", "ws://") + "/streams/instances/exec"

    def connect(self, **options: Any) -> ClientConnection:
        options = {"additional_headers": {"authorization": f"Bearer {TOKEN}"}, **options}
        url = options.pop("url", self.url)
        opened: ClientConnection = connect(url, proxy=None, compression=None, max_size=None, **options).__enter__()
        return opened

    def command(self, *words: str, tty: bool = False, stdin: bytes | None = b"", **body: Any) -> Command:
        return Command(self.connect(), self.run.id, words, tty=tty, stdin=stdin, **body)


class Command:
    """A command, and what it has written so far."""

    def __init__(
        self,
        socket: ClientConnection,
        instance: str,
        words: tuple[str, ...],
        *,
        tty: bool,
        stdin: bytes | None,
        **body: Any,
    ) -> None:
        self.socket = socket
        self.stdout, self.stderr = bytearray(), bytearray()
        self.result: dict[str, Any] = {}
        self.send(command=list(words), disable_tty=not tty, id=instance, **body)
        if stdin is not None and not tty:
            self.send(stdin={"data": base64.b64encode(stdin).decode(), "close": True})

    def send(self, *, id: str | None = None, **body: Any) -> None:  # noqa: A002 - the field's name
        self.socket.send(json.dumps({"body": body} if id is None else {"id": id, "body": body}))

    def type(self, text: str) -> None:
        self.send(stdin={"data": base64.b64encode(text.encode()).decode()})

    def read_until(self, wanted: bytes) -> None:
        while wanted not in self.stdout:
            self.step()

    def step(self) -> None:
        frame = json.loads(self.socket.recv(timeout=60))
        result = frame.get("result")
        assert result is not None, frame
        for name, into in (("stdout", self.stdout), ("stderr", self.stderr)):
            if name in result:
                into += base64.b64decode(result[name]["data"])
        if result["exited"]:
            self.result = result

    def wait(self) -> Command:
        while not self.result:
            self.step()
        with pytest.raises(ConnectionClosed):
            self.socket.recv(timeout=60)
        self.socket.close()
        return self


@pytest.fixture(scope="module", params=["none", *ISOLATIONS])
def beside(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Beside]:
    options = ("--exec", "--token", TOKEN, "--isolation", request.param)
    with HubProcess(tmp_path_factory.mktemp("exec"), *options) as hub:
        hub.token = TOKEN
        with hub.client() as api:
            beside = Beside(hub, api, request.param)
            yield beside
            beside.run.post("_kill")
            beside.run.wait_for_end()


def test_output_error_output_and_exit_code_are_told_apart(beside: Beside) -> None:
    done = beside.command("sh", "-c", "echo out; echo err >&2; exit 3").wait()
    assert (bytes(done.stdout), bytes(done.stderr)) == (b"out\n", b"err\n")
    assert done.result == {"exited": True, "exit_code": 3}


def test_a_signal_is_told(beside: Beside) -> None:
    done = beside.command("sh", "-c", "kill -TERM $$").wait()
    assert done.result == {"exited": True, "exit_code": 143, "signal": 15}


def test_a_command_that_is_not_there(beside: Beside) -> None:
    done = beside.command("no-such-command").wait()
    assert done.result["exit_code"] == 127
    assert b"No such file" in done.stderr


def test_input_is_passed_on_to_its_end(beside: Beside) -> None:
    assert beside.command("cat", stdin=b"one\ntwo\n").wait().stdout == b"one\ntwo\n"


def test_it_runs_in_the_folder_and_environment_of_the_instance(beside: Beside) -> None:
    done = beside.command("sh", "-c", 'pwd; echo "$INSTANCE_ID"; test -n "$SCRAMJET_HUB_TOKEN" && ls').wait()
    folder, instance, *names = done.stdout.decode().split()
    assert folder == beside.run.info()["sequence"]["config"]["sequenceDir"]
    assert instance == beside.run.id
    assert "main.py" in names


def test_it_has_the_isolation_of_the_instance(beside: Beside) -> None:
    done = beside.command("cat", str(beside.hub.data_dir / "id")).wait()
    assert (done.result["exit_code"] == 0) == (beside.isolation == "none")


def test_a_shell_on_a_terminal_and_its_size(beside: Beside) -> None:
    shell = beside.command("sh", tty=True, tty_size={"height": 11, "width": 22})
    shell.type("stty size; test -t 0 && echo term''inal\n")
    shell.read_until(b"11 22")
    shell.read_until(b"terminal")
    shell.send(tty_size={"height": 33, "width": 44})
    shell.type("stty size\n")
    shell.read_until(b"33 44")
    shell.type("sh -c 'echo be''gun; exec sleep 600'\n")
    shell.read_until(b"begun")
    shell.type("\x03")  # interrupts it
    shell.type("echo af''ter; exit 5\n")
    shell.read_until(b"after")
    assert shell.wait().result["exit_code"] == 5


def test_much_output_comes_whole_and_in_order(beside: Beside) -> None:
    # Ten megabytes are more than all buffers hold; a hundred, once, show that nothing gathers.
    megabytes = 100 if beside.isolation == "landlock" else 10
    lines = megabytes * 1024 * 1024 // 16
    done = beside.command("seq", "-f", "%015.0f", "1", str(lines)).wait()
    assert len(done.stdout) == lines * 16
    assert done.stdout == b"".join(b"%015d\n" % number for number in range(1, lines + 1))


def test_everything_ends_with_the_connection(beside: Beside) -> None:
    label = f"left-of-{beside.isolation}-{time.time_ns()}"
    script = f"(setsid sh -c 'while true; do sleep 1; done; : {label}' &) ; echo started; sleep 600; : {label}"
    command = beside.command("sh", "-c", script, stdin=None)
    command.read_until(b"started")
    assert running(label)
    command.socket.close()
    assert wait_until(lambda: not running(label), 20)


def test_a_thousand_sessions_leave_nothing(beside: Beside) -> None:
    hub = psutil.Process(beside.hub.process.pid)
    assert beside.command("true").wait().result["exit_code"] == 0
    descriptors, below = hub.num_fds(), processes(hub)
    for number in range(1000 if beside.isolation == "landlock" else 20):
        if number % 2:
            assert beside.command("true").wait().result["exit_code"] == 0
        else:
            command = beside.command("sleep", "600", stdin=None)
            command.socket.close()
    # Fewer are as good: an idle connection may have been closed meanwhile.
    assert wait_until(lambda: hub.num_fds() <= descriptors and processes(hub) <= below, 30)


def processes(hub: psutil.Process) -> int:
    """How many there are below the Hub."""
    return len(hub.children(recursive=True))


def running(label: str) -> list[int]:
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if any(label in word for word in process.cmdline()):
                found.append(process.pid)
    return found


@pytest.mark.parametrize(
    ("frame", "says"),
    [
        ("not json", "JSON"),
        ("[]", "not an object"),
        ('{"body": {}}', "body.command"),
        ('{"body": {"command": "ls"}}', "body.command"),
        ('{"body": {"command": ["ls"], "tty_size": {"height": -1, "width": 1}}}', "body.tty_size"),
        ('{"body": {"command": ["ls"], "stdin": {"data": "%"}}}', "body.stdin.data"),
        ('{"id": 1, "body": {"command": ["ls"]}}', "id"),
    ],
)
def test_an_invalid_frame_is_answered_with_what_is_wrong(beside: Beside, frame: str, says: str) -> None:
    with closing(beside.connect()) as socket:
        socket.send(frame)
        error = json.loads(socket.recv(timeout=60))["error"]
        assert error["code"] == 400
        assert says in error["message"]


def test_an_instance_that_is_not_there(beside: Beside) -> None:
    with closing(beside.connect()) as socket:
        socket.send(json.dumps({"id": "nobody", "body": {"command": ["true"]}}))
        assert json.loads(socket.recv(timeout=60))["error"]["code"] == 404
    with pytest.raises(InvalidStatus) as refused:
        beside.connect(url=f"{beside.url}?id=nobody")
    assert refused.value.response.status_code == 404


def test_the_query_may_name_the_instance(beside: Beside) -> None:
    with closing(beside.connect(url=f"{beside.url}?id=beside")) as socket:
        socket.send(json.dumps({"body": {"command": ["echo", "here"], "disableTty": True}}))
        frame = json.loads(socket.recv(timeout=60))
        assert base64.b64decode(frame["result"]["stdout"]["data"]) == b"here\n"


def test_a_token_in_the_protocols(beside: Beside) -> None:
    with closing(beside.connect(additional_headers={}, subprotocols=["Bearer", TOKEN])) as socket:
        assert socket.subprotocol == "Bearer"
        socket.send(json.dumps({"id": "beside", "body": {"command": ["true"], "disable_tty": True}}))
        assert json.loads(socket.recv(timeout=60))["result"]["exited"]


@pytest.mark.parametrize("options", [{"additional_headers": {}}, {"additional_headers": {"authorization": "Bearer x"}}])
def test_without_a_token_nothing_opens(beside: Beside, options: dict[str, Any]) -> None:
    with pytest.raises(InvalidStatus) as refused:
        beside.connect(**options)
    assert refused.value.response.status_code == 401


def test_a_plain_request_is_told_what_to_send(beside: Beside) -> None:
    reply = beside.api.get("/streams/instances/exec")
    assert reply.status_code == 426
    assert reply.headers["upgrade"] == "websocket"


def test_it_is_in_the_audit_trail(beside: Beside) -> None:
    beside.command("true").wait()
    with beside.api.stream("GET", "/audit") as trail:
        for line in trail.iter_lines():
            record = json.loads(line)
            if record["opCode"] == 11220 and record["opState"] == "END" and record.get("status") == 101:
                assert record["requestorId"] == "token"
                break


def test_a_command_ends_with_its_instance(beside: Beside) -> None:
    run: Run = start(beside.api, pack_python(WAITS))
    assert beside.api.get(f"{run.path}/event/ready").status_code == 200
    command = Command(beside.connect(), run.id, ("sleep", "600"), tty=False, stdin=None)
    command.send()
    run.post("_kill")
    error = json.loads(command.socket.recv(timeout=60))["error"]
    assert error == {"code": 409, "message": "Instance not running"}


def test_it_is_off_unless_the_operator_allows_it(tmp_path: Path) -> None:
    with HubProcess(tmp_path) as hub, hub.client() as api:
        reply = api.get("/streams/instances/exec")
        assert reply.status_code == 403
        assert "--exec" in reply.json()["error"]
