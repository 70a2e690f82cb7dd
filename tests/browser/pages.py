"""What the tests of pages measure."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

WIDTHS = (1280, 390)
SCHEMES = ("light", "dark")

every_screen = pytest.mark.parametrize(
    ("width", "scheme"), [(width, scheme) for width in WIDTHS for scheme in SCHEMES]
)


def open_page(page: Page, url: str, width: int = 1280, scheme: str = "light") -> None:
    """Open a page on a screen."""
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    page.goto(url)


def assert_accessible(page: Page, *, ignored: frozenset[str] = frozenset()) -> None:
    """Assert that axe finds nothing: https://github.com/dequelabs/axe-core/blob/develop/doc/rule-descriptions.md."""
    page.evaluate(AXE_SCRIPT)
    # Without preload, axe requests nothing, which a content security policy could refuse.
    found = page.evaluate("axe.run({resultTypes: ['violations'], preload: false})")["violations"]
    lines = [
        f"{each['id']} ({each['impact']}): {each['help']}: {node['html']}"
        for each in found
        for node in each["nodes"][:3]
        if each["id"] not in ignored
    ]
    assert not lines, "\n".join(lines)


def assert_fits(page: Page) -> None:
    """Assert that the page is not wider than the screen."""
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= page.viewport_size["width"]
