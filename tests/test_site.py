"""The documentation site: it is built without warnings, complete, small, and needs no network."""

import json
import re
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import pytest

import bonemet_data as bm
from bonemet_data import errors
from tests.conftest import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("site")]

NOTEBOOKS = sorted((ROOT / "docs/notebooks").glob("*.ipynb"))
LOADED = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "srcset"}
"""Attributes whose address a browser loads without a click."""
RELATIONS = {"stylesheet", "icon", "shortcut icon", "preload", "prefetch", "preconnect"}


class Page(HTMLParser):
    """The ids of a page, its links, the addresses that it loads, and its blocks of code."""

    def __init__(self, path):
        super().__init__()
        self.ids, self.links, self.loaded, self.code = set(), [], [], []
        self.is_code = False
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.ids.add(attributes.get("id") or "")
        if tag == "a" and "href" in attributes:
            self.links.append(attributes["href"] or "")
        address = attributes.get(LOADED.get(tag, ""))
        if address and attributes.get("rel", "stylesheet") in RELATIONS:
            self.loaded.append(address)
        if tag == "pre":
            self.is_code = True
            self.code.append("")

    def handle_data(self, data):
        if self.is_code:
            self.code[-1] += data

    def handle_endtag(self, tag):
        self.is_code = self.is_code and tag != "pre"


@pytest.fixture(scope="module")
def pages(built_site):
    """The pages by path."""
    return {path: Page(path) for path in built_site.rglob("*.html")}


def target(page, address):
    """Return the file and the fragment of an address on a page; None for another site."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return None
    path = (page.parent / unquote(parts.path)).resolve() if parts.path else page
    return path, unquote(parts.fragment)


def test_every_link_leads_to_a_file_and_an_element(pages):
    broken = []
    for page, content in pages.items():
        for address in content.links + content.loaded:
            file, fragment = target(page, address) or (page, "")
            if not file.is_file() or (fragment and fragment not in pages[file].ids):
                broken.append((page.name, address))
    assert broken == []


def test_every_link_to_another_site_is_well_formed(pages):
    """Whether it exists is no question for a build without a network."""
    links = {link for page, content in pages.items() for link in content.links}
    outside = {link for link in links if urlsplit(link).scheme or urlsplit(link).netloc}
    assert len(outside) > 1000
    assert [
        link for link in outside if not re.fullmatch(r"https?://[\w-]+(\.[\w-]+)+(/\S*)?", link)
    ] == []


def test_a_page_loads_nothing_from_outside(pages, built_site):
    assert len(pages) > 170
    for page, content in pages.items():
        assert all(target(page, address) for address in content.loaded), page
    for style in built_site.rglob("*.css"):
        text = style.read_text(encoding="utf-8")
        assert not re.search(r"@import|url\(\s*[\"']?(?:https?:)?//", text), style


def test_every_script_style_and_picture_is_used(pages, built_site):
    loaded = {
        target(page, address)[0] for page, content in pages.items() for address in content.loaded
    }
    loaded |= {
        target(page, link)[0]
        for page, content in pages.items()
        for link in content.links
        if target(page, link)
    }
    by_script = {"search-index.js"}
    files = (
        path
        for path in built_site.rglob("*")
        if path.suffix in {".js", ".css", ".svg", ".png", ".map"}
    )
    assert {path.name for path in files if path.resolve() not in loaded} == by_script


def test_the_site_is_small(built_site):
    size = sum(file.stat().st_size for file in built_site.rglob("*") if file.is_file())
    assert size < 5_000_000


def test_the_first_page_is_small(pages, built_site):
    page = built_site / "index.html"
    files = {page, *(target(page, address)[0] for address in pages[page].loaded)}
    sizes = {file.name: file.stat().st_size for file in files}
    assert sum(sizes.values()) < 200_000, sizes


def test_every_link_of_the_page_for_language_models_leads_to_a_page(built_site):
    text = (built_site / "llms.txt").read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)]+)\)", text)
    assert len(links) > 30
    assert [link for link in links if not (built_site / link).is_file()] == []


def test_code_is_shown_as_it_is_written(pages, built_site):
    written = 0
    for source in (ROOT / "docs").rglob("*.md"):
        text = source.read_text(encoding="utf-8").replace("<BLANKLINE>", "")
        blocks = re.findall(r"^```(?!text)[a-z]+\n(.*?)\n+```$", text, re.MULTILINE | re.DOTALL)
        page = (built_site / source.relative_to(ROOT / "docs")).with_suffix(".html")
        shown = {block.rstrip() for block in pages[page].code}
        assert [block for block in blocks if block.rstrip() not in shown] == [], source
        written += len(blocks)
    assert written > 100


def test_every_public_name_is_documented(pages, built_site):
    ids = set().union(*(pages[page].ids for page in (built_site / "reference/api").glob("*.html")))
    names = (re.fullmatch(r"(?:module-)?bonemet_data\.(?:errors\.)?(\w+)", id_) for id_ in ids)
    documented = {name[1] for name in names if name}
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
