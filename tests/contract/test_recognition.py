"""Servers that are not a Hub are named as what they are, in one sentence, with exit code 2."""

from __future__ import annotations

import json
from typing import Any

import pytest
from scramjet_contract import cli

from tests.support import http_servers
from tests.support.strangers import Stranger, answering

HTML = {"content-type": "text/html"}
CASES: dict[str, tuple[int, bytes, dict[str, str], str]] = {
    "moved": (
        301,
        b"",
        {"location": "https://elsewhere/api"},
        "redirects to https://elsewhere/api; give the address",
    ),
    "found elsewhere": (302, b"", {"location": "/login"}, "it redirects to /login"),
    "kept elsewhere": (308, b"", {}, "it redirects to nowhere"),
    "guarded": (401, b"", {}, "GET /version gave 401: it asks for a token; set TOKEN"),
    "forbidden": (403, b"", {}, "GET /version gave 403: it forbids"),
    "absent": (404, b"{}", {}, "does the address end as it should, such as in /api/v1?"),
    "gateway": (502, b"<html>", HTML, "a gateway replies 502 Bad Gateway, so the Hub behind it is not there"),
    "busy": (503, b"", {}, "503 Service Unavailable"),
    "slow": (504, b"", {}, "504 Gateway Timeout"),
    "failing": (500, b"oops", {"content-type": "text/plain"}, "GET /version gave 500: text/plain, oops"),
    "page": (200, b"<!doctype html><p>Hello", HTML, "is no Hub: GET /version gave a web page (HTML)"),
    "untyped page": (200, b"\n<html>", {}, "a web page (HTML)"),
    "text": (200, b"pong", {"content-type": "text/plain"}, "GET /version gave text/plain, pong"),
    "nothing": (200, b"", {}, "no body"),
    "list": (200, b"[]", {}, "application/json, []"),
    "other object": (
        200,
        b'{"hello": "world"}',
        {},
        'is no Hub: GET /version gave application/json, {"hello": "world"}',
    ),
    "number": (200, b'{"version": 7}', {}, "is no Hub"),
    "empty version": (200, b'{"version": ""}', {}, "is no Hub"),
    "one answer": (200, b'{"version": "7"}', {}, 'is no Hub: it says {"version": "7"} to every question'),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_no_hub_is_named(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, body, headers, said = CASES[name]
    with answering(status, body, headers) as server:
        assert cli.main([server.url]) == 2
        assert len(server.seen) <= 2
    told = capsys.readouterr()
    assert (told.out, told.err.count("\n")) == ("", 1)
    assert server.url in told.err
    assert said in told.err


def test_a_token_that_is_not_known_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with answering(401) as server:
        assert cli.main([server.url, "--token", "secret"]) == 2
    error = capsys.readouterr().err
    assert "it does not know the token" in error
    assert "secret" not in error


class Late(Stranger):
    """Is behind a gateway that finds nobody, and later is there."""

    def __init__(self, patience: int) -> None:
        super().__init__(502, b"", {"content-type": "application/json"}, None)
        self.patience = patience

    def finish_request(self, request: Any, client_address: Any) -> None:
        self.patience -= 1
        if self.patience < 0:
            self.status, self.body = 200, json.dumps({"version": "1"}).encode()
        super().finish_request(request, client_address)


def test_a_hub_that_is_late_is_waited_for(capsys: pytest.CaptureFixture[str]) -> None:
    with http_servers.running(Late(patience=2)) as server:
        assert cli.main([server.url, "--wait", "30"]) == 2
    assert "to every question" in capsys.readouterr().err
    assert len(server.seen) == 4


def test_waiting_ends(capsys: pytest.CaptureFixture[str]) -> None:
    with answering(502) as server:
        assert cli.main([server.url, "--wait", "0.6"]) == 2
    assert "(waited 0.6 s)" in capsys.readouterr().err
    assert len(server.seen) >= 2
