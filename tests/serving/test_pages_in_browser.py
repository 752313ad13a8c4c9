"""The page of the description in a real browser: found, read, tried; on small and large screens, light and dark."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.browser import visiting
from tests.support.hub_process import HubProcess
from tests.support.tools import needs

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = needs("chromium")
SIZES = {"phone": {"width": 400, "height": 800}, "desktop": {"width": 1400, "height": 900}}


def test_an_operation_is_found_and_tried(tmp_path: Path) -> None:
    with HubProcess(tmp_path) as hub:
        origin = hub.url.removesuffix("/api/v1")
        with visiting(origin, viewport=SIZES["desktop"]) as visit:
            page = visit.page
            page.goto(origin)
            assert page.url == f"{origin}/docs"
            page.get_by_role("button", name="Search").first.click()
            page.keyboard.type("service name")
            page.get_by_role("option", name="Return the service name and version").first.click()
            page.get_by_role("button", name="Test Request").first.click()
            with page.expect_response(f"{hub.url}/version") as tried:
                page.get_by_role("button", name="Send").first.click()
            assert tried.value.status == 200
            page.get_by_text("@scramjet/host").first.wait_for()
            assert visit.problems == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_the_page_fits_and_follows_the_scheme(tmp_path: Path, scheme: str, size: str) -> None:
    with HubProcess(tmp_path) as hub:
        origin = hub.url.removesuffix("/api/v1")
        with visiting(origin, viewport=SIZES[size], color_scheme=scheme) as visit:
            page = visit.page
            page.goto(f"{origin}/docs")
            page.get_by_role("heading", name="Scramjet API").wait_for()
            assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size]["width"]
            assert page.evaluate("document.body.classList.contains('dark-mode')") == (scheme == "dark")
            assert visit.problems == []
