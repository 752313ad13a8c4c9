"""A transport that reads endless replies only for a moment, and inserts packages where a body of bytes is expected."""

from __future__ import annotations

import json
import time
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import attrs
import requests
from requests.adapters import HTTPAdapter
from schemathesis.core.transport import STREAM_CUT_SHORT_ATTRIBUTE
from schemathesis.engine import context as context_module
from schemathesis.transport import requests as transport_module
from schemathesis.transport.requests import RequestsTransport
from urllib3.exceptions import ProtocolError, ReadTimeoutError

from scramjet_contract.http_policy import DIRECT, HttpPolicy
from scramjet_contract.silence import HubSilent, Silence
from scramjet_contract.wire import Deadline

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, MutableMapping, Sequence

    from schemathesis import Case, Response

ENOUGH = 512
"""Bytes of a stream after which reading stops, once a line is complete."""
GLANCE = 0.2
"""Seconds to listen to a quiet stream."""
PATIENCE = 8.0
"""Seconds for any other reply."""


@attrs.frozen
class Road:
    """The way generated requests take to the Hub, and the object that tracks whether they reach it.

    Attributes:
        policy: The policy of all requests.
        silence: Informed of which requests got a reply; None to track nothing.
        limit: The time after which no request waits any longer; None for none.
    """

    policy: HttpPolicy = DIRECT
    silence: Silence | None = None
    limit: Deadline | None = None

    def prepare(self, session: requests.Session) -> None:
        """Make a session follow the policy: no other proxy, password or CA than the given ones."""
        session.trust_env = False
        proxy = self.policy.proxy
        if proxy is not None:
            session.proxies = {"all": proxy.url}
        session.verify = not self.policy.insecure
        if not isinstance(session.adapters["https://"], _PolicyAdapter):
            session.mount("https://", _PolicyAdapter(self.policy))

    def deadline(self) -> Deadline:
        """Return the deadline of a request that begins now."""
        return Deadline(PATIENCE, self.limit)


class _PolicyAdapter(HTTPAdapter):
    """Trusts the certificates that the policy trusts."""

    def __init__(self, policy: HttpPolicy) -> None:
        self._policy = policy
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs, ssl_context=self._policy.tls)

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        return super().proxy_manager_for(proxy, **kwargs, ssl_context=self._policy.tls)

    def cert_verify(self, conn: Any, url: Any, verify: Any, cert: Any) -> None:
        """Do nothing: the CAs that `requests` would add must not count."""


class BoundedTransport(RequestsTransport):
    """Sends cases as schemathesis does, but reads replies for a limited time only and sends real packages.

    Args:
        streams: operationIds whose 200 reply may never end.
        packages: Packages for operations that accept one: operationId to packages to choose from.
        own_headers: Replaces names in headers by names of our own.
        road: How requests reach the Hub.
    """

    def __init__(
        self,
        streams: Collection[str],
        packages: Mapping[str, Sequence[bytes]],
        own_headers: Callable[[MutableMapping[str, Any]], None],
        road: Road,
    ) -> None:
        super().__init__()
        self._copy_serializers_from(transport_module.REQUESTS_TRANSPORT)
        self._streams = frozenset(streams)
        self._packages = packages
        self._own_headers = own_headers
        self.road = road

    def send(self, case: Case[Any], *, session: requests.Session | None = None, **kwargs: Any) -> Response:
        """Send a case and read its reply, a stream's in part.

        Raises:
            requests.exceptions.RequestException: No reply came within the time limit.
        """
        if session is None:
            with requests.Session() as own:
                own.headers.clear()
                return self.send(case, session=own, **kwargs)
        self.road.prepare(session)
        operation, deadline = _operation_id(case), self.road.deadline()
        kwargs |= {"timeout": max(deadline.left, 0.001), "verify": session.verify, "cert": None}
        kwargs["hooks"] = {"response": read_in_part if operation in self._streams else _reader(deadline)}
        try:
            self._check_silence()
            response = super().send(case, session=session, **kwargs)
        except (requests.exceptions.ConnectionError, requests.exceptions.Timeout):
            if self.road.silence is not None:
                self.road.silence.unanswered(operation)
            raise
        if self.road.silence is not None:
            self.road.silence.answered()
        return response

    def _check_silence(self) -> None:
        try:
            if self.road.silence is not None:
                self.road.silence.check()
        except HubSilent as error:
            raise requests.exceptions.ConnectionError(str(error)) from None

    def serialize_case(self, case: Case[Any], **kwargs: Any) -> dict[str, Any]:
        """Return the arguments for `requests`; replaces a valid body of an upload by a package, and names by our own.

        Done here and not in the case: schemathesis judges a changed case again, and then forgets that it lacks a header
        on purpose.
        """
        data = super().serialize_case(case, **kwargs)
        self._own_headers(data["headers"])
        packages = self._packages.get(_operation_id(case))
        if packages and _has_valid_body(case):
            package = packages[zlib.crc32(repr(case.body).encode()) % len(packages)]
            if "multipart" in (case.media_type or ""):
                # It has the boundary of the generated form.
                data["headers"].pop("Content-Type", None)
                data |= _form(case, package)
            else:
                data |= {"data": package, "files": None}
        return data


def _operation_id(case: Case[Any]) -> str:
    return str(case.operation.definition.raw.get("operationId", ""))


def _has_valid_body(case: Case[Any]) -> bool:
    from schemathesis.core import NotSet
    from schemathesis.core.parameters import ParameterLocation

    meta = case._meta
    if isinstance(case.body, NotSet):
        return False
    return meta is None or not meta.is_negative_at(ParameterLocation.BODY)


def _form(case: Case[Any], package: bytes) -> dict[str, Any]:
    """Return the parts of a form; the description cannot express that exactly one of two fields holds the package."""
    parts: list[tuple[str, Any]] = [("package", ("package.tar.gz", package, "application/gzip"))]
    settings = case.body.get("appConfig") if isinstance(case.body, dict) else None
    if isinstance(settings, dict):
        parts.append(("appConfig", (None, json.dumps(settings), "application/json")))
    return {"data": None, "files": parts}


def read_in_part(response: requests.Response, *_: Any, **__: Any) -> None:
    """Read the beginning of a reply and close the connection, unless the reply ended by itself.

    Raises:
        requests.exceptions.ChunkedEncodingError: The reply broke off.
    """
    if response.status_code != requests.codes.ok:
        return
    content, whole = _read(response, time.monotonic() + GLANCE)
    response._content = content
    response._content_consumed = True
    if not whole:
        setattr(response, STREAM_CUT_SHORT_ATTRIBUTE, True)
        # Closes the connection itself, whose remaining bytes must not be taken for the next reply.
        response.raw.close()


def _reader(deadline: Deadline) -> Callable[..., None]:
    """Return a reader for a whole reply with a time limit: a reply that drips would block us forever."""

    def read_whole(response: requests.Response, *_: Any, **__: Any) -> None:
        content = b""
        while True:
            if not deadline.left:
                response.raw.close()
                raise _timed_out(response)
            _limit_wait(response, deadline.left)
            data = _some_of(response)
            if not data:
                break
            content += data
        response._content = content
        response._content_consumed = True
        response.raw.release_conn()

    return read_whole


def _timed_out(response: requests.Response) -> requests.exceptions.ReadTimeout:
    # schemathesis takes the seconds out of the text of urllib3's own error, and fails if they are missing.
    text = f"The reply does not come to its end. Read timed out. (read timeout={PATIENCE:g})"
    inner = ReadTimeoutError(None, response.url, text)  # type: ignore[arg-type]  # the pool is only shown
    return requests.exceptions.ReadTimeout(inner, request=response.request)


def _some_of(response: requests.Response) -> bytes:
    try:
        data: bytes = response.raw.read1(65536, decode_content=True)
    except ReadTimeoutError as error:
        raise _timed_out(response) from error
    except ProtocolError as error:
        raise requests.exceptions.ChunkedEncodingError(error, request=response.request) from error
    return data


def _read(response: requests.Response, deadline: float) -> tuple[bytes, bool]:
    content = b""
    while (left := deadline - time.monotonic()) > 0:
        _limit_wait(response, left)
        try:
            data = response.raw.read1(65536)
        except ReadTimeoutError:
            break
        except ProtocolError as error:
            raise requests.exceptions.ChunkedEncodingError(error, request=response.request) from error
        if not data:
            return content, True
        content += data
        if len(content) >= ENOUGH and b"\n" in content:
            break
    return content, False


def _limit_wait(response: requests.Response, seconds: float) -> None:
    sock = getattr(getattr(response.raw, "connection", None), "sock", None)
    if sock is not None:
        sock.settimeout(seconds)


@contextmanager
def installed(transport: BoundedTransport) -> Iterator[None]:
    """Make schemathesis send over this transport, and its sessions follow our policy.

    schemathesis has one transport; checks that repeat a request use it too. Its probes of a server's abilities use a
    session of their own.
    """
    before = transport_module.REQUESTS_TRANSPORT, context_module.make_session
    make = context_module.make_session

    def make_ours(*args: Any, **kwargs: Any) -> requests.Session:
        session = make(*args, **kwargs)
        transport.road.prepare(session)
        return session

    transport_module.REQUESTS_TRANSPORT = transport
    context_module.make_session = make_ours
    try:
        yield
    finally:
        transport_module.REQUESTS_TRANSPORT, context_module.make_session = before
