"""The documentation site in Chromium: it fits every screen, and anyone can read it."""

from io import BytesIO

import pytest
from PIL import Image, ImageChops, ImageStat

from bonemet_data import plot
from bonemet_data.plot.themes import THEMES
from tests.browser.pages import (
    SCHEMES,
    assert_accessible,
    assert_fits,
    every_screen,
    open_page,
)
from tests.browser.reader import Reader
from tests.conftest import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("site")]

PAGES = (
    "index.html",
    "how-to/index.html",
    "how-to/sql.html",
    "reference/api/checking.html",
    "reference/data-dictionary.html",
    "notebooks/hospital-extract.html",
    "tutorials/check-and-mend.html",
)
PICTURES = {
    "statements": plot.statements,
    "measurements-st014": lambda theme: plot.measurements("st014", theme=theme),
    "evidence": plot.evidence,
    "structure": plot.structure,
}
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


def screenshot(locator):
    return Image.open(BytesIO(locator.screenshot())).convert("RGB")


def rgb(color):
    return tuple(bytes.fromhex(color.removeprefix("#")))


@pytest.mark.parametrize("theme", SCHEMES)
@pytest.mark.parametrize("name", PICTURES)
def test_the_small_picture_looks_like_the_one_of_each_theme(page, tmp_path, name, theme):
    (tmp_path / "large.svg").write_text(PICTURES[name](theme=theme).svg(), encoding="utf-8")
    small = (ROOT / f"docs/pictures/{name}.svg").as_uri()
    (tmp_path / "index.html").write_text(
        f'<meta name="color-scheme" content="light dark"><img src="{small}">'
        f'<img src="large.svg" style="background:{THEMES[theme].page}">'
    )
    open_page(page, (tmp_path / "index.html").as_uri(), scheme=theme)
    images = [screenshot(page.locator("img").nth(number)) for number in range(2)]
    difference = ImageStat.Stat(ImageChops.difference(*images))
    assert images[0].getpixel((1, 1)) == rgb(THEMES[theme].page)
    assert max(difference.mean) < 0.1, difference.mean


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("chosen", SCHEMES)
def test_pictures_follow_the_choice_of_light_or_dark(page, built_site, scheme, chosen):
    open_page(page, (built_site / "reference/pictures.html").as_uri(), scheme=scheme)
    page.evaluate("theme => { document.body.dataset.theme = theme; }", chosen)
    picture = screenshot(page.locator("picture img").first)
    assert picture.getpixel((1, 20)) == rgb(THEMES[chosen].page)


@pytest.mark.parametrize("chosen", ["auto", *SCHEMES])
def test_the_button_shows_whether_a_page_is_light_or_dark(page, built_site, chosen):
    open_page(page, (built_site / "how-to/sql.html").as_uri())
    page.evaluate("theme => { document.body.dataset.theme = theme; }", chosen)
    (icon,) = page.locator(".content-icon-container .theme-toggle svg:visible use").all()
    assert icon.evaluate("use => use.getBBox().width") > 0


class TestFromTheStartPage(Reader):
    @pytest.fixture
    def start(self, page, built_site):
        open_page(page, (built_site / "index.html").as_uri())
        return page

    def open_data_browser(self):
        self.click(self.page.get_by_role("link", name="Data browser"))
