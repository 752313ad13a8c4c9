"""The HTTP policy: how the calls of scenarios and generated requests reach the Hub.

The Hub is called directly, with the given token and headers. Proxy variables and `~/.netrc` are ignored; only an option
sets a proxy. Otherwise a run would check what they add or redirect to instead of the Hub.
"""

from __future__ import annotations

import ssl
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote, urlsplit

import attrs

from scramjet_contract.errors import BadOption

if TYPE_CHECKING:
    from collections.abc import Mapping


@attrs.frozen
class Proxy:
    """An HTTP proxy.

    Attributes:
        host: Name or IP address.
        port: TCP port.
        user: User name; empty for none.
        password: Its password.
    """

    host: str
    port: int
    user: str = ""
    password: str = attrs.field(default="", repr=False)

    @property
    def url(self) -> str:
        """Its URL, with user and password."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        user = f"{quote(self.user, safe='')}:{quote(self.password, safe='')}@" if self.user else ""
        return f"http://{user}{host}:{self.port}"

    @classmethod
    def parse(cls, text: str) -> Proxy:
        """Parse the address of a proxy.

        Raises:
            BadOption: It is not the address of an HTTP proxy.
        """
        try:
            parts = urlsplit(text if "://" in text else f"http://{text}")
            port = parts.port or 8080
        except ValueError:
            raise BadOption(f"{text!r} is not the address of a proxy; give one like http://proxy:8080") from None
        if parts.scheme != "http" or not parts.hostname:
            raise BadOption(f"{text!r} is not the address of an HTTP proxy; give one like http://proxy:8080")
        return cls(parts.hostname, port, unquote(parts.username or ""), unquote(parts.password or ""))


@attrs.frozen
class HttpPolicy:
    """The way requests take to the Hub.

    Attributes:
        ca_file: Certificates to trust, a PEM file; empty for those of the system.
        cert: Certificate to present, a PEM file; empty for none.
        key: Its private key; empty if it is in `cert`.
        insecure: Whether to accept any certificate.
        headers: Sent with every request.
        proxy: Sends requests through a proxy; None to call the Hub directly.
    """

    ca_file: str = ""
    cert: str = ""
    key: str = ""
    insecure: bool = False
    headers: Mapping[str, str] = attrs.field(factory=dict, hash=False, repr=False)
    proxy: Proxy | None = None

    @cached_property
    def tls(self) -> ssl.SSLContext:
        """The TLS settings: which Hubs to trust, and which certificate to present.

        Raises:
            BadOption: A file cannot be used.
        """
        context = self._trusting()
        if self.cert:
            try:
                context.load_cert_chain(self.cert, self.key or None)
            except (OSError, ssl.SSLError) as error:
                raise BadOption(f"the certificate {self.cert} cannot be used: {_reason(error)}") from None
        return context

    def _trusting(self) -> ssl.SSLContext:
        try:
            context = ssl.create_default_context(cafile=self.ca_file or None)
        except (OSError, ssl.SSLError) as error:
            raise BadOption(f"the CA file {self.ca_file} cannot be used: {_reason(error)}") from None
        if self.insecure:
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        return context

    def as_curl(self) -> list[str]:
        """Return the equivalent options of curl, with header values read from the environment."""
        options = ["--proxy", f"http://{self.proxy.host}:{self.proxy.port}"] if self.proxy else ["--noproxy", "*"]
        for name, value in (("--cacert", self.ca_file), ("--cert", self.cert), ("--key", self.key)):
            options += [name, value] if value else []
        return [*options, "--insecure"] if self.insecure else options


DIRECT = HttpPolicy()


def _reason(error: Any) -> str:
    return str(getattr(error, "strerror", None) or getattr(error, "reason", None) or error)
