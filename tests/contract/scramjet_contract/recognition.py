"""Recognises the server at an address: a Hub, or something else that is named in the error."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

from scramjet_contract.api import Api, Call
from scramjet_contract.errors import NoHub
from scramjet_contract.wire import WireError

if TYPE_CHECKING:
    from scramjet_contract.exchange import Exchange

PAUSE = 0.5
"""Seconds between two requests to a Hub that does not answer yet."""
GATEWAYS = {502: "Bad Gateway", 503: "Service Unavailable", 504: "Gateway Timeout"}
REDIRECTS = (301, 302, 303, 307, 308)


def version_of(api: Api, *, wait: float = 0.0, token: str = "", listing: str = "listSequences") -> dict[str, Any]:
    """Return a Hub's reply to `GET /version`.

    Args:
        api: The address.
        wait: Seconds to wait for it if it does not answer at once.
        token: The token to send; empty for none.
        listing: An operation of this kind of server that needs the token and has another reply.

    Raises:
        NoHub: There is no Hub, or it rejects the token.
    """
    until = time.monotonic() + wait
    while True:
        try:
            return _ask(api, token, listing)
        except _NotYet as error:
            left = until - time.monotonic()
            if left <= 0:
                waited = f" (waited {wait:g} s)" if wait else ""
                raise NoHub(f"{error}{waited}") from None
            time.sleep(min(PAUSE, left))


class _NotYet(Exception):  # noqa: N818 - reads as what it says
    """No answer yet, or only a gateway's error; this may be temporary."""


def _ask(api: Api, token: str, listing: str) -> dict[str, Any]:
    url = api.address.url
    try:
        exchange = api.call(Call(operation="getVersion"))
    except WireError as error:
        raise _NotYet(f"no Hub answers at {url}: {error}") from None
    if exchange.status in GATEWAYS:
        what = f"{exchange.status} {GATEWAYS[exchange.status]}"
        raise _NotYet(f"no Hub answers at {url}: a gateway replies {what}, so the Hub behind it is not there")
    _refuse_stranger(exchange, url, token)
    version = _hub_version(exchange, url)
    _check_token(api, exchange, token, listing)
    return version


def _refuse_stranger(exchange: Exchange, url: str, token: str) -> None:
    status = exchange.status
    if status == 200:
        return
    reasons = {
        401: _hint(token),
        403: f"it forbids to ask for its version; {_hint(token)}",
        404: "something answers there, but has no /version; does the address end as it should, such as in /api/v1?",
        407: "a proxy asks who you are; put a user and a password into --proxy",
    }
    if status in REDIRECTS:
        reason = f"it redirects to {exchange.header('location') or 'nowhere'}; give the address of the Hub itself"
    else:
        reason = reasons.get(status or 0, _content(exchange))
    raise NoHub(f"no Hub answers at {url}: GET /version gave {status}: {reason}")


def _hub_version(exchange: Exchange, url: str) -> dict[str, Any]:
    try:
        version = exchange.json()
    except ValueError:
        version = None
    if isinstance(version, dict) and isinstance(version.get("version"), str) and version["version"]:
        return version
    raise NoHub(f"what answers at {url} is no Hub: GET /version gave {_content(exchange)}")


def _content(exchange: Exchange) -> str:
    """Describe the content of a reply in a few words."""
    body = bytes(exchange.reply_body[:200])
    if exchange.media_type == "text/html" or body.lstrip()[:1] == b"<":
        return "a web page (HTML)"
    shown = body[:120].decode(errors="backslashreplace").replace("\n", " ").strip()
    return f"{exchange.media_type or 'no content type'}, {shown or 'no body'}"


def _check_token(api: Api, version: Exchange, token: str, listing: str) -> None:
    """Check that the token is accepted, and that different requests get different replies."""
    try:
        exchange = api.call(Call(operation=listing))
    except WireError as error:
        raise _NotYet(f"the Hub at {api.address.url} answers with its version and then not: {error}") from None
    if exchange.status in (401, 403):
        raise NoHub(f"the Hub at {api.address.url} refuses: {_hint(token)}")
    if exchange.status == 200 and exchange.reply_body == version.reply_body:
        shown = json.dumps(version.json())[:120]
        raise NoHub(f"what answers at {api.address.url} is no Hub: it says {shown} to every question")


def _hint(token: str) -> str:
    return "it does not know the token" if token else "it asks for a token; set TOKEN"
