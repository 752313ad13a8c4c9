"""The bench counts right, compares right, and says what it could not measure."""

from __future__ import annotations

import contextlib
import http.server
import io
import json
import os
import tarfile
import threading
from typing import TYPE_CHECKING

import pytest

from scripts.bench.hub import requests
from scripts.bench.hub import rounds as bench_hub
from scripts.bench.hub.contenders import OURS, THEIRS, Contender
from scripts.bench.hub.figures import QUICK, Figure, Measure, Result, Spread, percentile
from scripts.bench.hub.packages import ECHO
from scripts.bench.hub.report import data, goals_missed, markdown
from scripts.bench.hub.streams import BLOCK, MARK, RECORD, RECORDS_A_WRITE, _blocks, _chunked_records
from scripts.bench.hub.wire import Api, Base, BenchError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scripts.bench.hub.figures import Effort

SPEED = Figure("speed", "things/s", goal=1.5)
DELAY = Figure("delay", "ms", more_is_better=False, goal=0.5)
LOOKED_AT = Figure("looked at", "MB", more_is_better=False)


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    served = 0

    def do_GET(self) -> None:
        type(self).served += 1
        status = 404 if self.path.endswith("/missing") else 200
        body = b"x" * (1 if self.path.endswith("/grows") and self.served < 3 else 9)
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is http.server's
        pass


class Server(http.server.ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: the load leaves while a reply is under way."""


@pytest.fixture
def server() -> Iterator[str]:
    Handler.served = 0
    with Server(("127.0.0.1", 0), Handler) as serving:
        thread = threading.Thread(target=serving.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{serving.server_address[1]}/api/v1"
        serving.shutdown()
        thread.join()


def contender(name: str, url: str = "http://127.0.0.1:1/api/v1", *languages: str) -> Contender:
    return Contender(name, url, os.getpid(), frozenset(languages))


def result_of(ours: Sequence[float], theirs: Sequence[float], figure: Figure = SPEED) -> Result:
    rounds: dict[str, list[Sequence[float]]] = {OURS: [[value] for value in ours], THEIRS: [[v] for v in theirs]}
    return Result(Measure("speed", (figure,), lambda _hub, _effort: [0.0]), rounds)


def test_our_own_load_counts_what_the_server_served(server: str) -> None:
    rate = requests.with_epoll(Base.of(server), "/version", connections=4, seconds=0.3)
    # The two requests that learn the length of a reply, and those under way at the end, are served but not counted.
    assert 0 < rate * 0.3 <= Handler.served - 2
    assert Handler.served - 2 - rate * 0.3 <= rate * 0.1 + 4


def test_our_own_load_refuses_to_count_errors(server: str) -> None:
    with pytest.raises(BenchError, match="404"):
        requests.with_epoll(Base.of(server), "/missing", connections=1, seconds=0.1)


def test_our_own_load_refuses_replies_of_other_lengths(server: str) -> None:
    with pytest.raises(BenchError, match="longer"):
        requests.with_epoll(Base.of(server), "/grows", connections=1, seconds=0.1)


def test_a_call_that_fails_is_not_timed_as_one_that_works(server: str) -> None:
    with Api(server) as api, pytest.raises(BenchError, match="GET /missing was answered 404"):
        api.call("GET", "/missing")


@pytest.mark.parametrize("number", [1, RECORDS_A_WRITE, RECORDS_A_WRITE + 1, 1000])
def test_as_many_records_are_sent_as_are_waited_for(number: int) -> None:
    sent = b"".join(_chunked_records(number))
    assert sent.count(MARK) == number
    assert sent == (b"40\r\n" + RECORD + b"\r\n") * number + b"0\r\n\r\n"
    assert json.loads(RECORD)
    assert len(RECORD) == 64


@pytest.mark.parametrize("number", [1, 16, 17, 40])
def test_as_many_blocks_are_sent_as_are_waited_for(number: int) -> None:
    sent = b"".join(_blocks(number))
    assert len(sent) == number * BLOCK
    assert sent.count(MARK) == number


@pytest.mark.parametrize(
    ("share", "value"), [(0.5, 50), (0.99, 99), (1.0, 100), (0.001, 1)], ids=["p50", "p99", "all", "least"]
)
def test_a_percentile_is_a_value_that_was_measured(share: float, value: int) -> None:
    assert percentile(range(1, 101), share) == value


def test_ratios_are_taken_round_by_round() -> None:
    result = result_of([100, 300, 90], [50, 100, 90])
    assert result.ratio(OURS, THEIRS, 0) == Spread(1.0, 2.0, 3.0)
    assert result.spread(OURS, 0) == Spread(90, 100, 300)


def test_percentiles_are_those_of_all_rounds_together() -> None:
    figures = (Figure("p50", "ms", share=0.5), Figure("p99", "ms", share=0.99))
    measure = Measure("start", figures, lambda _hub, _effort: [0.0])
    result = Result(measure, {OURS: [[1, 9, 2], [3, 4, 5]], THEIRS: [[10, 10, 10], [20, 20, 20]]})
    assert result.spread(OURS, 0) == Spread(2, 3, 4)
    assert result.spread(OURS, 1) == Spread(5, 9, 9)
    assert result.ratio(OURS, THEIRS, 0) == Spread(0.2, 0.3, 0.2)
    assert result.values(OURS, 1) == [9, 5]


def test_no_ratio_without_the_other_one() -> None:
    result = result_of([100], [50])
    result.failures[THEIRS] = "it fell over"
    assert result.ratio(OURS, THEIRS, 0) is None
    assert "it fell over" in markdown([result], QUICK, 2)


@pytest.mark.parametrize(
    ("figure", "ours", "words"),
    [
        (SPEED, 160, "better, meets at least 1.5"),
        (SPEED, 120, "better, **misses** at least 1.5"),
        (SPEED, 80, "worse, **misses** at least 1.5"),
        (DELAY, 40, "better, meets at most 0.5"),
        (DELAY, 60, "better, **misses** at most 0.5"),
        (DELAY, 120, "worse, **misses** at most 0.5"),
        (LOOKED_AT, 120, "worse"),
        (LOOKED_AT, 80, "better"),
    ],
)
def test_the_report_says_who_wins_and_what_misses_its_goal(figure: Figure, ours: float, words: str) -> None:
    result = result_of([ours], [100], figure)
    assert markdown([result], QUICK, 2).splitlines()[-1].endswith(f"| {words} |")
    assert goals_missed([result]) == ([figure.name] if "misses" in words else [])


def test_every_value_of_every_round_is_in_the_data() -> None:
    assert data([result_of([1, 2], [3, 4])])["speed"]["values"] == {OURS: [1, 2], THEIRS: [3, 4]}


def test_hubs_take_turns_and_change_their_order() -> None:
    order: list[str] = []

    def note(hub: Contender, _effort: Effort) -> Sequence[float]:
        order.append(hub.name)
        return [1.0]

    openers = [lambda: contextlib.nullcontext(contender("a")), lambda: contextlib.nullcontext(contender("b"))]
    bench_hub.run(openers, [Measure("noted", (SPEED,), note)], QUICK, 3)
    assert order == ["a", "b", "b", "a", "a", "b"]


def test_a_fresh_hub_is_started_for_each_round_of_a_measure_that_needs_it() -> None:
    started: list[Contender] = []

    @contextlib.contextmanager
    def opener() -> Iterator[Contender]:
        started.append(contender("a"))
        yield started[-1]

    measure = Measure("fresh", (SPEED,), lambda hub, _effort: [float(hub is started[-1])], fresh=True)
    (result,) = bench_hub.run([opener], [measure], QUICK, 2)
    assert result.rounds["a"] == [[1.0], [1.0]]
    assert len(started) == 3


def test_a_hub_that_fails_is_told_and_not_asked_again() -> None:
    asked: list[str] = []

    def fail(hub: Contender, _effort: Effort) -> Sequence[float]:
        asked.append(hub.name)
        raise BenchError("no answer")

    openers = [lambda: contextlib.nullcontext(contender("a"))]
    (result,) = bench_hub.run(openers, [Measure("failing", (SPEED,), fail)], QUICK, 3)
    assert result.failures == {"a": "a failed: no answer"}
    assert asked == ["a"]


def test_a_hub_without_the_language_is_left_out_and_told() -> None:
    openers = [lambda: contextlib.nullcontext(contender("a", "http://127.0.0.1:1/api/v1", "Node"))]
    measures = [Measure(name, (SPEED,), lambda _hub, _effort: [1.0], language=name) for name in ("Python", "Node")]
    python, node = bench_hub.run(openers, measures, QUICK, 1)
    assert "no Python" in python.left_out["a"]
    assert not python.failures
    assert not python.rounds
    assert node.rounds == {"a": [[1.0]]}


@pytest.mark.parametrize("language", ECHO)
def test_the_packages_are_archives_with_their_main(language: str) -> None:

    with tarfile.open(fileobj=io.BytesIO(ECHO[language].archive())) as tar:
        assert sorted(tar.getnames()) == sorted(["package.json", ECHO[language].main])
