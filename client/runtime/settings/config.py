"""Configuration: which server a client connects to, and how.

Each field is looked up separately, in this order; the first source that has it wins:

1. the arguments of the client class;
2. the `ApiConfig` it was given;
3. the environment: `SCRAMJET_URL` (`SCRAMJET_PLATFORM_URL` for a Platform), `SCRAMJET_TOKEN`, `SCRAMJET_VERIFY_SSL`,
   `SCRAMJET_CA_FILE`, `SCRAMJET_TIMEOUT`, `SCRAMJET_CONNECT_TIMEOUT`, `SCRAMJET_DEADLINE`, `SCRAMJET_MAX_RETRIES`;
4. the active profile of the `si` command: the file that `SI_CONFIG_PATH` names, else the profile that `SI_CONFIG`
   names, else the one that `~/.si/si-config.json` names (`apiUrl`, `middlewareApiUrl` for a Platform, `token`);
5. the environment that a Hub gives its Instances: `SCRAMJET_HUB_URL` and `SCRAMJET_HUB_TOKEN`;
6. in a Pod of Kubernetes, the Service `scramjet-hub` (`scramjet-platform` for a Platform) of its namespace, and
   the token in the mounted file `/var/run/secrets/scramjet/token`, if it is there;
7. the default; the address has none.

A token can also be in a file (`token_file`, `SCRAMJET_TOKEN_FILE`), which is read again whenever it changes. Of a
token and a token file, the one from the earlier source wins; of both from one source, the token.

A token from a profile, a Hub or a Pod is sent only to the origins of that profile's or Hub's addresses, so that
connecting to another server never leaks it.
"""

from __future__ import annotations

import importlib
import math
import os
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, cast
from urllib.parse import SplitResult, urlsplit

import attrs

from ..errors import ConfigurationError
from .headers import checked_headers
from .options import DEFAULTS, HttpOptions, options_from
from .profile import Profile, active_profile
from .token_file import token_in

if TYPE_CHECKING:
    from collections.abc import Iterator

Kind: TypeAlias = Literal["hub", "platform"]
"""The kind of server to connect to."""

API_BASE = "/api/v1"
TOKENS = ("token", "token_file")
MOUNTED_TOKEN = "/var/run/secrets/scramjet/token"  # noqa: S105 -- a path
"""The token of a Pod: a Secret with the key `token`, mounted at this folder."""
URL_VARIABLE: dict[Kind, str] = {"hub": "SCRAMJET_URL", "platform": "SCRAMJET_PLATFORM_URL"}
PROFILE_URL: dict[Kind, str] = {"hub": "apiUrl", "platform": "middlewareApiUrl"}
HOST = re.compile(rb"[A-Za-z0-9._-]{1,253}")
SCHEMES = {"http": 80, "https": 443}


@attrs.frozen(kw_only=True, repr=False)
class ApiConfig:
    """The settings of a client; a field left at None is looked up elsewhere.

    Attributes:
        url: The API base, such as `http://127.0.0.1:8000/api/v1`; `/api/v1` is added to an address without a path.
        token: The bearer token.
        token_file: A file with the bearer token, which is read again whenever it changes.
        verify_ssl: Whether to check the server's TLS certificate; True unless set.
        ca_file: A file of CA certificates to trust instead of the system's.
        timeout: Seconds to wait for the next part of a reply; 30 unless set, `math.inf` for no limit.
            It does not limit streams.
        connect_timeout: Seconds to wait for a connection; 5 unless set.
        max_retries: How often to retry a failed request that is safe to retry; 2 unless set.
        headers: Headers to send with every request.
        deadline: Seconds for a whole call, retries included; no limit unless set. It does not limit streams.
        http: Connection options: limits, proxy, client certificate, Unix socket, transport. A mapping with the
            field names of `HttpOptions` also works.
    """

    url: str | None = None
    token: str | None = None
    token_file: str | os.PathLike[str] | None = None
    verify_ssl: bool | None = None
    ca_file: str | None = None
    timeout: float | None = None
    connect_timeout: float | None = None
    max_retries: int | None = None
    headers: Mapping[str, str] | None = None
    deadline: float | None = None
    http: HttpOptions | Mapping[str, Any] | None = None

    def __repr__(self) -> str:
        return _repr_without_secrets(self)


@attrs.frozen(kw_only=True, repr=False)
class Settings:
    """A resolved `ApiConfig`: every field has a value and a source.

    Attributes:
        url: The API base, without a trailing slash.
        token: The bearer token; None for none, or if it is in a file.
        token_file: A file with the bearer token; None for none.
        verify_ssl: Whether to check the server's TLS certificate.
        ca_file: A file of CA certificates to trust instead of the system's.
        timeout: Seconds to wait for the next part of a reply.
        connect_timeout: Seconds to wait for a connection.
        max_retries: How often to retry a failed request that is safe to retry.
        headers: Headers to send with every request.
        deadline: Seconds for a whole call, retries included; None for no limit.
        http: Connection options.
        sources: By field, the name of the source that its value came from.
        moved: The beginning of paths that this server has elsewhere, and what takes its place.
    """

    url: str
    token: str | None = None
    token_file: str | None = None
    verify_ssl: bool = True
    ca_file: str | None = None
    timeout: float = 30.0
    connect_timeout: float = 5.0
    max_retries: int = 2
    headers: Mapping[str, str] = attrs.field(factory=dict)
    deadline: float | None = None
    http: HttpOptions = DEFAULTS
    sources: Mapping[str, str] = attrs.field(factory=dict)

    def current_token(self) -> str | None:
        """Return the bearer token to send now; None for none.

        Raises:
            ConfigurationError: The token file cannot be read any more.
        """
        return token_in(self.token_file) if self.token_file is not None else self.token

    moved: tuple[str, str] | None = None

    def __repr__(self) -> str:
        return _repr_without_secrets(self)


def changed(**changes: Any) -> dict[str, Any]:
    """Return those settings that are given at all, as their fields have them.

    Raises:
        ConfigurationError: A value makes no sense.
    """
    return {name: _checked(name, value, "arguments") for name, value in changes.items() if value is not None}


FIELDS = tuple(field.name for field in attrs.fields(ApiConfig))


def resolve(
    arguments: ApiConfig | None = None,
    api_config: ApiConfig | None = None,
    *,
    kind: Kind = "hub",
    environ: Mapping[str, str] | None = None,
) -> Settings:
    """Resolve every field of the configuration, in the order that the module's docstring gives.

    Args:
        arguments: The arguments of the client class.
        api_config: The configuration object that it was given.
        kind: The kind of server to connect to.
        environ: The environment variables; those of this process unless given.

    Raises:
        ConfigurationError: No source has an address, or a value is invalid.
    """
    environ = os.environ if environ is None else environ
    found: dict[str, Any] = {}
    sources: dict[str, str] = {}
    looked_at: list[str] = []
    for place, owner_url, values in _places(arguments, api_config, kind, environ, found):
        looked_at.append(place)
        for name in FIELDS:
            value = values.get(name)
            if value is None or name in found or (name in TOKENS and not _may_use_token(owner_url, found)):
                continue
            found[name] = _checked(name, value, place)
            sources[name] = place
    if "url" not in found:
        raise ConfigurationError(_nothing_found(kind, looked_at))
    return Settings(**found, sources=sources)


def _places(
    arguments: ApiConfig | None,
    api_config: ApiConfig | None,
    kind: Kind,
    environ: Mapping[str, str],
    found: Mapping[str, Any],
) -> Iterator[tuple[str, str | None, Mapping[str, Any]]]:
    """Yield the sources in order: name, owner of its token (None: the caller's own choice), values."""
    yield "arguments", None, _given(arguments)
    yield "api_config", None, _given(api_config)
    variables = {name: f"SCRAMJET_{name.upper()}" for name in FIELDS if name not in {"headers", "http"}} | {
        "url": URL_VARIABLE[kind]
    }
    for name, variable in variables.items():
        yield variable, None, {name: environ.get(variable) or None}
    profile = _profile(environ, needed=not found.get("url"))
    url = profile.text(PROFILE_URL[kind])
    yield profile.place, _owned(profile, url), {"url": url, "token": profile.text("token")}
    hub_url = environ.get("SCRAMJET_HUB_URL") or None
    hub = {"url": hub_url if kind == "hub" else None, "token": environ.get("SCRAMJET_HUB_TOKEN") or None}
    yield "SCRAMJET_HUB_URL and SCRAMJET_HUB_TOKEN", hub_url or "", hub
    service = _service(kind, environ)
    mounted = MOUNTED_TOKEN if service and os.path.exists(MOUNTED_TOKEN) else None  # noqa: PTH110 -- import time
    yield f"the Kubernetes Service scramjet-{kind}", service or "", {"url": service, "token_file": mounted}


def _service(kind: Kind, environ: Mapping[str, str]) -> str | None:
    """Return the address of a Service, by the variables that Kubernetes sets in each Pod of its namespace."""
    host = environ.get(f"SCRAMJET_{kind.upper()}_SERVICE_HOST")
    port = environ.get(f"SCRAMJET_{kind.upper()}_SERVICE_PORT")
    if not host or not port:
        return None
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _profile(environ: Mapping[str, str], *, needed: bool) -> Profile:
    """Read the active profile; a stale or broken one is ignored unless it is needed.

    Raises:
        ConfigurationError: It cannot be read, and no source before it has an address.
    """
    try:
        return active_profile(environ)
    except ConfigurationError:
        if needed:
            raise
        return Profile("the active si profile, which cannot be read")


def _given(config: ApiConfig | None) -> Mapping[str, Any]:
    return {} if config is None else {name: getattr(config, name) for name in FIELDS}


def _owned(profile: Profile, url: str | None) -> str:
    return " ".join(filter(None, {url, profile.text("apiUrl"), profile.text("middlewareApiUrl")}))


def _may_use_token(owner_urls: str | None, found: Mapping[str, Any]) -> bool:
    return found.keys().isdisjoint(TOKENS) and _may_use(owner_urls, found.get("url"))


def _may_use(owner_urls: str | None, url: str | None) -> bool:
    """Return whether a token from one source may be sent to an address."""
    if owner_urls is None or url is None:
        return owner_urls is None
    return _origin(url) in {_origin(owner) for owner in owner_urls.split()}


def _origin(url: str) -> tuple[str, str | None, int | None]:
    try:
        parts = urlsplit(url)
        return parts.scheme, parts.hostname, parts.port or SCHEMES.get(parts.scheme)
    except ValueError:
        # An invalid address has no origin: it does not even match itself.
        return url, None, id(url)


def _checked(name: str, value: Any, place: str) -> Any:
    """Return the value, converted to the field's type.

    Raises:
        ConfigurationError: It cannot be converted.
    """
    try:
        return CHECKS.get(name, _unchanged)(value)
    except OverflowError:
        raise ConfigurationError(f"{name} from {place} cannot be used: it is too large") from None
    except (ValueError, TypeError) as error:
        # The message leaves out the value: it may be or contain a token.
        raise ConfigurationError(f"{name} from {place} cannot be used: {error}") from None


def _unchanged(value: Any) -> Any:
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"it must be text, not {type(value).__name__}")
    return value


def _url(value: str) -> str:
    parts = urlsplit(_text(value).strip())
    if not value.strip().isprintable() or " " in value.strip():
        raise ValueError("it holds a blank or a character that cannot be shown")
    if parts.scheme not in SCHEMES or not parts.hostname:
        raise ValueError("it must be an address such as http://127.0.0.1:8000/api/v1")
    if "@" in parts.netloc:
        raise ValueError("credentials do not belong in the address; give a token, or an Authorization header")
    if parts.query or parts.fragment:
        raise ValueError("it must end with its path")
    _check_port(parts)
    _check_host(parts.hostname)
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/') or API_BASE}"


def _check_port(parts: SplitResult) -> None:
    try:
        _ = parts.port
    except ValueError:
        raise ValueError("its port is not a number from 0 to 65535") from None


def _check_host(host: str) -> None:
    if ":" in host:
        ipaddress = importlib.import_module("ipaddress")
        ipaddress.IPv6Address(host)
        return
    try:
        name = host.removesuffix(".").encode("idna")
    except UnicodeError:
        raise ValueError("its host is no name: a part of it is empty, too long or not allowed") from None
    if not HOST.fullmatch(name):
        raise ValueError("its host is no name: letters, digits, dots, dashes and underscores make one")


def _headers(value: Mapping[str, str]) -> dict[str, str]:
    if not isinstance(value, Mapping):
        raise TypeError(f"they must be a mapping, not {type(value).__name__}")
    return checked_headers(value)


def _file(value: object) -> str:
    return os.fsdecode(cast("str", value))


def _token_file(value: object) -> str:
    path = _file(value)
    try:
        token_in(path)
    except ConfigurationError as error:
        raise ValueError(str(error)) from None
    return path


def _token(value: str) -> str:
    if not _text(value).isascii() or not value.isprintable() or " " in value:
        raise ValueError("a token is visible ASCII without blanks")
    return value


def _truth(value: bool | str) -> bool:
    if isinstance(value, bool):
        return value
    words = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}
    if _text(value).lower() not in words:
        raise ValueError("it must be true or false")
    return words[value.lower()]


def _seconds(value: float | str) -> float:
    seconds = float(value)
    if math.isnan(seconds) or seconds <= 0:
        raise ValueError("it must be more than 0 seconds")
    return seconds


def _count(value: int | str) -> int:
    count = int(value)
    if count < 0:
        raise ValueError("it must not be negative")
    return count


CHECKS: dict[str, Any] = {
    "ca_file": _file,
    "headers": _headers,
    "url": _url,
    "token": _token,
    "token_file": _token_file,
    "verify_ssl": _truth,
    "timeout": _seconds,
    "connect_timeout": _seconds,
    "deadline": _seconds,
    "http": options_from,
    "max_retries": _count,
}


def _nothing_found(kind: Kind, looked_at: list[str]) -> str:
    places = "; ".join(place for place in looked_at if "SCRAMJET" not in place or "URL" in place)
    return (
        f"No address of a {kind.capitalize()}. Looked at: {places}. "
        f"Give url=..., set {URL_VARIABLE[kind]}, or choose a profile with `si config profile use`."
    )


def _repr_without_secrets(config: ApiConfig | Settings) -> str:
    shown = []
    for field in attrs.fields(type(config)):
        value = getattr(config, field.name)
        if value is None or field.name == "sources" or value == field.default:
            continue
        if field.name == "token":
            value = "***"
        if field.name == "headers" or isinstance(value, Mapping):
            value = dict.fromkeys(value, "***")
        shown.append(f"{field.name}={value!r}")
    return f"{type(config).__name__}({', '.join(shown)})"
