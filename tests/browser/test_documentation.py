"""The documentation site in Chromium: it fits every screen, and anyone can read it."""

import pytest

from tests.browser.pages import assert_accessible, assert_fits, every_screen, open_page

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("site")]

PAGES = (
    "index.html",
    "how-to/index.html",
    "reference/api/checking.html",
    "reference/data-dictionary.html",
    "notebooks/hospital-extract.html",
    "tutorials/check-and-mend.html",
)
NOT_OURS = frozenset({"empty-table-header", "landmark-unique"})
"""Minor findings about the index of frames by pandas, and about the two sidebars of the theme."""


@every_screen
@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_and_is_accessible(page, built_site, name, width, scheme):
    open_page(page, (built_site / name).as_uri(), width, scheme)
    assert_fits(page)
    assert_accessible(page, ignored=NOT_OURS)


def test_a_search_finds_a_function(page, built_site):
    open_page(page, (built_site / "search.html").as_uri() + "?q=annotate")
    page.wait_for_selector("#search-results ul.search li a")
    links = page.locator("#search-results ul.search li a").evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )
    assert any(link.startswith("reference/api/terminology.html") for link in links)


def test_a_session_is_copied_without_its_prompts(page, built_site):
    open_page(page, (built_site / "index.html").as_uri())
    block = page.locator("div.highlight-pycon").first
    block.hover()
    assert block.locator("button.copybtn").is_visible()
