"""The documentation site: it is built without warnings, complete, small, and needs no network."""

import json
import re
from html.parser import HTMLParser

import pytest

import bonemet_data as bm
from bonemet_data import errors
from tests.conftest import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("site")]

NOTEBOOKS = sorted((ROOT / "docs/notebooks").glob("*.ipynb"))
LOADED = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src"}
"""Attributes whose address a browser loads without a click."""
RELATIONS = {"stylesheet", "icon", "preload", "prefetch", "preconnect", "dns-prefetch"}


class Requests(HTMLParser):
    """The addresses that a page loads."""

    def __init__(self, page):
        super().__init__()
        self.addresses = []
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        address = attributes.get(LOADED.get(tag, ""))
        if address and attributes.get("rel", "stylesheet") in RELATIONS:
            self.addresses.append(address)


def test_a_page_loads_nothing_from_outside(built_site):
    pages = list(built_site.rglob("*.html"))
    assert len(pages) > 40
    for page in pages:
        for address in Requests(page).addresses:
            assert not re.match(r"(?:[a-z]+:)?//", address), (page, address)
    for style in built_site.rglob("*.css"):
        text = style.read_text(encoding="utf-8")
        assert not re.search(r"@import|url\(\s*[\"']?(?:https?:)?//", text), style


def test_the_site_is_small(built_site):
    size = sum(file.stat().st_size for file in built_site.rglob("*") if file.is_file())
    assert size < 5_000_000


def test_the_first_page_is_small(built_site):
    page = built_site / "index.html"
    loaded = {built_site / address.partition("?")[0] for address in Requests(page).addresses}
    sizes = {file.name: file.stat().st_size for file in {page, *loaded}}
    assert sum(sizes.values()) < 200_000, sizes


def test_every_public_name_is_documented(built_site):
    text = "".join(
        page.read_text("utf-8") for page in (built_site / "reference/api").glob("*.html")
    )
    documented = set(re.findall(r'id="(?:module-)?bonemet_data\.(?:errors\.)?(\w+)"', text))
    exceptions = {
        name
        for name, value in vars(errors).items()
        if getattr(value, "__module__", "") == errors.__name__
    }
    assert {*bm.__all__, *exceptions} - documented == set()


def test_every_page_is_in_a_table_of_contents():
    """Sphinx warns of a page that is in none, unless the page says that it is an orphan."""
    for page in (ROOT / "docs").rglob("*.md"):
        assert not re.search(r"^orphan:", page.read_text(encoding="utf-8"), re.MULTILINE), page


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_stored_without_outputs_and_shown_with_them(built_site, notebook):
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    codes = [cell for cell in cells if cell["cell_type"] == "code"]
    assert [cell["outputs"] for cell in codes] == [[]] * len(codes)
    assert {cell["execution_count"] for cell in codes} == {None}
    page = (built_site / "notebooks" / f"{notebook.stem}.html").read_text(encoding="utf-8")
    assert page.count("cell_output") >= len(codes)
