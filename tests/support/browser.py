"""A real browser, Debian's Chromium, that reports everything a page should not do."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

# Without these, Chromium looks for its maker's servers.
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# How long a step may take, in milliseconds, on a machine that has other work.
PATIENCE = 120_000


class Visit:
    """One page of one site, and what it did wrong.

    Attributes:
        page: The page.
        problems: Errors on its console, uncaught exceptions, and requests to other origins.
    """

    def __init__(self, page: Page, origin: str) -> None:
        self.page = page
        self.problems: list[str] = []
        page.set_default_timeout(PATIENCE)
        page.on("console", lambda message: self._note(message.type == "error", f"console: {message.text}"))
        page.on("pageerror", lambda error: self._note(True, f"uncaught: {error}"))
        page.on("request", lambda request: self._note(is_foreign(request.url, origin), f"request: {request.url}"))

    def _note(self, wrong: bool, what: str) -> None:
        if wrong:
            self.problems.append(what)


def is_foreign(url: str, origin: str) -> bool:
    """Return whether a request leaves the origin."""
    return not url.startswith((f"{origin}/", "data:", f"blob:{origin}/"))


@contextlib.contextmanager
def visiting(origin: str, **context: Any) -> Iterator[Visit]:
    """Open a browser with one empty page.

    Args:
        origin: The only origin that the page may talk to.
        context: Options of the browser's context, such as `color_scheme` and `viewport`.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=list(QUIET))
        try:
            yield Visit(browser.new_context(**context).new_page(), origin)
        finally:
            browser.close()
