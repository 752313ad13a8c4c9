"""All requests of a run reach the Hub in the same way, and only in the way that was asked for."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING

import pytest
import trustme
from scramjet_contract import cli
from scramjet_contract.exchange import Exchange, as_curl, as_python
from scramjet_contract.http_policy import HttpPolicy, Proxy
from scramjet_contract.wire import Address

from scripts.servers import embedded
from tests.support.forwarding import forwarding
from tests.support.strangers import answering

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BOTH: tuple[str, ...] = ("--plain", "--seed", "1", "--only", "says-who-it-is,runs-to-its-end,examples,coverage")
BOTH += ("--operations", "getVersion,createTopic,getStatus", "--tags", "hub,instances,topics")
"""Calls of scenarios and generated requests."""


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Address]:
    with embedded.running(tmp_path_factory.mktemp("hub"), "--token", "secret") as (url, _):
        yield Address.parse(url)


@pytest.fixture(autouse=True)
def _token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOKEN", "secret")


def both_kinds(heads: list[str]) -> bool:
    """Whether scenarios and generated requests have come by."""
    generated = [head for head in heads if "x-schemathesis" in head]
    return bool(generated) and len(generated) < len(heads)


def test_proxy_variables_and_netrc_reach_nothing(hub: Address, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".netrc").write_text("default login me password mine\n")
    (tmp_path / ".netrc").chmod(0o600)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/absent.pem")
    with answering(500) as stranger, forwarding(hub.host, hub.port) as forwarder:
        for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{stranger.server_port}")
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.delenv("NO_PROXY", raising=False)
        assert cli.main([f"http://127.0.0.1:{forwarder.port}", *BOTH]) == 0
    assert stranger.seen == []
    assert both_kinds(forwarder.heads)
    assert not any("authorization: basic" in head for head in forwarder.heads)


def test_a_proxy_that_is_asked_for_gets_everything(hub: Address) -> None:
    with forwarding(hub.host, hub.port, proxied=True) as proxy:
        assert cli.main([hub.url, *BOTH, "--proxy", f"http://me:mine@127.0.0.1:{proxy.port}"]) == 0
    assert both_kinds(proxy.heads)
    for head in proxy.heads:
        assert f" {hub.origin}/api/v1" in head.partition("\r\n")[0]
        assert "proxy-authorization: basic bwu6bwluzq==" in head


def test_headers_go_with_every_request(hub: Address) -> None:
    with forwarding(hub.host, hub.port) as forwarder:
        headers = ("--header", "X-Tenant: one two", "--header", "User-Agent: contract/1")
        assert cli.main([f"http://127.0.0.1:{forwarder.port}", *BOTH, *headers]) == 0
    assert both_kinds(forwarder.heads)
    for head in forwarder.heads:
        assert "\r\nx-tenant: one two\r\n" in head
        assert head.count("\r\nuser-agent:") == 1
        # schemathesis asks first what a server can take, and says that it is it.
        assert "\r\nuser-agent: contract/1\r\n" in head or "\r\nx-schemathesis-probe" in head


def test_a_header_can_stand_for_the_token(hub: Address, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TOKEN")
    assert cli.main([hub.url, *BOTH]) == 2
    assert cli.main([hub.url, *BOTH, "--header", "Authorization: Bearer secret"]) == 0


class Certificates:
    """A private CA, a server that it vouches for, and a client.

    Attributes:
        ca: PEM file of the CA.
        client: PEM file of the client, its key included.
    """

    def __init__(self, folder: Path) -> None:
        authority = trustme.CA()
        self.ca, self.client = folder / "ca.pem", folder / "client.pem"
        self.key = folder / "key.pem"
        authority.cert_pem.write_to_path(str(self.ca))
        client = authority.issue_cert("client@example.org")
        client.private_key_and_cert_chain_pem.write_to_path(str(self.client))
        client.private_key_pem.write_to_path(str(self.key))
        self.alone = folder / "alone.pem"
        client.cert_chain_pems[0].write_to_path(str(self.alone))
        self.server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("127.0.0.1").configure_cert(self.server)
        self.asking = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("127.0.0.1").configure_cert(self.asking)
        authority.configure_trust(self.asking)
        self.asking.verify_mode = ssl.CERT_REQUIRED


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return Certificates(tmp_path_factory.mktemp("certificates"))


def test_a_private_ca_is_one_option(
    hub: Address, certificates: Certificates, capsys: pytest.CaptureFixture[str]
) -> None:
    with forwarding(hub.host, hub.port, certificates.server) as forwarder:
        url = f"https://127.0.0.1:{forwarder.port}"
        assert cli.main([url, *BOTH]) == 2
        assert "is not trusted" in capsys.readouterr().err
        assert forwarder.heads == []
        assert cli.main([url, *BOTH, "--ca-file", str(certificates.ca)]) == 0
        assert both_kinds(forwarder.heads)
        forwarder.heads.clear()
        assert cli.main([url, *BOTH, "--insecure"]) == 0
        assert both_kinds(forwarder.heads)


def test_a_client_certificate_is_presented(
    hub: Address, certificates: Certificates, capsys: pytest.CaptureFixture[str]
) -> None:
    with forwarding(hub.host, hub.port, certificates.asking) as forwarder:
        trusting = (f"https://127.0.0.1:{forwarder.port}", *BOTH, "--ca-file", str(certificates.ca))
        assert cli.main([*trusting]) == 2
        assert capsys.readouterr().err.count("\n") == 1
        assert cli.main([*trusting, "--cert", str(certificates.client)]) == 0
        assert both_kinds(forwarder.heads)
        assert cli.main([*trusting, "--cert", str(certificates.alone), "--key", str(certificates.key)]) == 0


def test_a_proxy_makes_a_tunnel_to_a_hub_with_tls(hub: Address, certificates: Certificates) -> None:
    with (
        forwarding(hub.host, hub.port, certificates.server) as forwarder,
        forwarding("127.0.0.1", forwarder.port, proxied=True) as proxy,
    ):
        url = f"https://127.0.0.1:{forwarder.port}"
        options = ("--ca-file", str(certificates.ca), "--proxy", f"http://127.0.0.1:{proxy.port}")
        assert cli.main([url, *BOTH, *options]) == 0
    assert both_kinds(forwarder.heads)
    assert len(proxy.heads) > 3
    assert all(head.startswith(f"connect 127.0.0.1:{forwarder.port} ") for head in proxy.heads)


@pytest.mark.parametrize(("scheme", "said"), [("https", "does not speak TLS"), ("http", "no Hub answers at")])
def test_the_wrong_scheme_is_named(
    scheme: str, said: str, hub: Address, certificates: Certificates, capsys: pytest.CaptureFixture[str]
) -> None:
    with forwarding(hub.host, hub.port, certificates.server) as forwarder:
        port = hub.port if scheme == "https" else forwarder.port
        assert cli.main([f"{scheme}://127.0.0.1:{port}"]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1


def test_a_proxy_that_refuses_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with answering(407) as stranger:
        proxy = f"http://127.0.0.1:{stranger.server_port}"
        assert cli.main(["https://127.0.0.1:9/api/v1", "--proxy", proxy]) == 2
        assert "does not connect to 127.0.0.1:9: HTTP/1.1 407" in capsys.readouterr().err
        assert cli.main(["http://127.0.0.1:9/api/v1", "--proxy", proxy]) == 2
        assert "a proxy asks who you are" in capsys.readouterr().err


def test_repetitions_keep_the_policy() -> None:
    policy = HttpPolicy(headers={"X-Key": "hidden"}, proxy=Proxy("proxy", 8080, "me", "mine"), insecure=True)
    exchange = Exchange("x", "GET", "https://hub/", policy=policy)
    exchange.request_headers = [("X-Key", "hidden"), ("Authorization", "Bearer hidden")]
    for text in (as_curl(exchange), as_python(exchange)):
        assert "hidden" not in text
        assert "mine" not in text
    assert "--proxy http://proxy:8080" in as_curl(exchange)
    assert "--insecure" in as_curl(exchange)
    assert '"X-Key: $X_KEY"' in as_curl(exchange)
    assert "--noproxy '*'" in as_curl(Exchange("x", "GET", "http://hub/"))
