"""The pages of a server, and the replies that deliver them."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Final

import attrs
import orjson

from scramjet_serving.config import API_BASE
from scramjet_serving.description import DescriptionError
from scramjet_serving.messages import Response

if TYPE_CHECKING:
    from collections.abc import Mapping

HERE: Final = Path(__file__).parent
# A wheel contains the view beside this module; in a checkout it is in the build's output folder.
VIEWS: Final = (HERE / "view.json", HERE.parents[2] / "generated" / "view.json")
DOCS: Final = "/docs"
# Where browsers are sent to the pages from: the addresses that people type in.
FRONT_DOORS: Final = ("/", API_BASE, f"{API_BASE}/")
# Only what is worth the time is compressed, in bytes.
COMPRESSED_FROM: Final = 1024
# Styles may be inline, because Scalar creates them at run time; scripts may not.
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; "
    "img-src 'self' data:; font-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
SAFE: Final = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


@attrs.frozen
class Asset:
    """A file of a page.

    Attributes:
        body: Its bytes.
        content_type: Its media type.
        etag: Identifies its contents.
        compressed: The same, compressed with gzip; empty if that is not worth it.
    """

    body: bytes
    content_type: str
    etag: str
    compressed: bytes

    @classmethod
    def of(cls, body: bytes, content_type: str) -> Asset:
        """Compress a file and name its contents."""
        compressed = gzip.compress(body, mtime=0) if len(body) >= COMPRESSED_FROM else b""
        return cls(body, content_type, f'"{hashlib.sha256(body).hexdigest()[:32]}"', compressed)

    def reply(self, headers: Mapping[str, str]) -> Response:
        """Return the reply to a request with these headers: nothing new, compressed, or plain."""
        told = {**SAFE, "cache-control": "no-cache", "etag": self.etag, "vary": "accept-encoding"}
        if self.etag in headers.get("if-none-match", ""):
            return not_modified(told)
        told["content-type"] = self.content_type
        if self.compressed and accepts_gzip(headers.get("accept-encoding", "")):
            return Response(self.compressed, headers={**told, "content-encoding": "gzip"})
        return Response(self.body, headers=told)


class Pages:
    """The pages of one server; needs no token, because they hold nothing but what is in the package.

    Args:
        kinds: The kinds of server it is, such as hub. Operations of other kinds are not shown.
    """

    def __init__(self, kinds: frozenset[str]) -> None:
        self._kinds = kinds
        self._assets: dict[str, asyncio.Task[Asset]] = {}

    async def reply(self, method: str, path: str, headers: Mapping[str, str]) -> Response | None:
        """Return the reply to a request; None if there is no such page.

        Args:
            method: The method of the request.
            path: Its path, decoded.
            headers: Its headers, with names in lower case.
        """
        if method not in ("GET", "HEAD"):
            return None
        if path in FRONT_DOORS and "text/html" in headers.get("accept", ""):
            return Response(status=302, headers={"location": DOCS, "cache-control": "no-store"})
        if path.rstrip("/") == DOCS:
            return document()
        if path.startswith(f"{DOCS}/") and path.removeprefix(f"{DOCS}/") in FILES:
            return (await self._asset(path.removeprefix(f"{DOCS}/"))).reply(headers)
        return None

    async def _asset(self, name: str) -> Asset:
        """Return a file, read at its first use: a server whose pages nobody opens keeps none in memory."""
        if name not in self._assets:
            self._assets[name] = asyncio.ensure_future(asyncio.to_thread(self._read, name))
        try:
            return await asyncio.shield(self._assets[name])
        except Exception:
            self._assets.pop(name, None)
            raise

    def _read(self, name: str) -> Asset:
        body = view(self._kinds) if name == "view.json" else (HERE / FILES[name]).read_bytes()
        return Asset.of(body, TYPES[Path(name).suffix])


FILES: Final = {"scalar.js": "vendored/scalar.js", "start.js": "start.js", "view.json": "view.json"}
TYPES: Final = {".js": "text/javascript; charset=utf-8", ".json": "application/json"}


def document() -> Response:
    """Return the page that shows the description; it may load and call nothing but its own server."""
    text = (HERE / "docs.html").read_text(encoding="utf-8").replace("{base}", API_BASE)
    headers = {**SAFE, "content-type": "text/html; charset=utf-8", "content-security-policy": POLICY}
    return Response(text.encode(), headers={**headers, "cache-control": "no-store"})


def view(kinds: frozenset[str]) -> bytes:
    """Return the description as the pages show it: the operations that a server has, under its own address.

    Args:
        kinds: The kinds of server that it is.

    Raises:
        DescriptionError: The package lacks the file.
    """
    place = next((place for place in VIEWS if place.is_file()), None)
    if place is None:
        raise DescriptionError("There is no view of the description (view.json); in a checkout, run `make generate`")
    shown = orjson.loads(place.read_bytes())
    for path, item in list(shown["paths"].items()):
        for method in [key for key, node in item.items() if isinstance(node, dict) and "x-served-by" in node]:
            if kinds.isdisjoint(item[method]["x-served-by"]):
                del item[method]
        if not any("operationId" in node for node in item.values() if isinstance(node, dict)):
            del shown["paths"][path]
    tags = {tag for item in shown["paths"].values() for node in item.values() if "tags" in node for tag in node["tags"]}
    shown["tags"] = [tag for tag in shown["tags"] if tag["name"] in tags]
    shown["servers"] = [{"url": API_BASE, "description": "This server"}]
    return orjson.dumps(shown)


def not_modified(headers: Mapping[str, str]) -> Response:
    """Return a 304, which has no `Content-Length` but that of the file (RFC 9110, section 8.6)."""
    response = Response(status=304, headers=headers)
    response.headers = [header for header in response.headers if header[0] != b"content-length"]
    return response


def accepts_gzip(accepted: str) -> bool:
    """Return whether an `Accept-Encoding` allows gzip (RFC 9110, section 12.5.3)."""
    codings = (coding.partition(";") for coding in accepted.lower().split(","))
    weights = {name.strip(): weight.replace(" ", "") for name, _, weight in codings}
    return weights.get("gzip", weights.get("*", "q=0")) not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
