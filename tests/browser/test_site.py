"""The data browser, opened from a file address in a browser."""

import hashlib
import re
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

import pytest
from playwright.sync_api import expect

import bonemet_data as bm
from bonemet_data.publishing.site import build_site, write_folder

from .pages import assert_accessible, assert_fits, every_screen, open_page
from .reader import Reader, search

pytestmark = pytest.mark.xdist_group("browser")

PAGES = (
    "index.html",
    "concepts.html",
    "concepts/weight_bearing_bone.html",
    "concepts/bone_metastasis.html",
    "statements.html#st014",
    "evidence.html",
    "publications.html",
    "sources.html",
    "vocabularies.html",
    "downloads.html",
)
ALIKE = ("section", "article", "tbody > tr", "section > ul", "section > h3", "section > h4", "li")
"""Elements that repeat on a page; axe needs minutes for thousands of them."""

REMOVE = """selector => document.querySelectorAll(selector).forEach(
    each => { if (each.matches(':nth-of-type(n+9)')) each.remove(); })"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages") / "site"
    write_folder(folder, build_site())
    return folder


@pytest.fixture
def visit(page, folder):
    """Open a page of the site."""

    def visit(path="index.html", width=1280, scheme="light"):
        path, _, fragment = path.partition("#")
        address = (folder / path).as_uri()
        open_page(page, f"{address}#{fragment}" if fragment else address, width, scheme)
        return page

    return visit


@every_screen
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_accessible_and_fits_on_every_screen(path, width, scheme, visit):
    page = visit(path, width, scheme)
    assert_fits(page)
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    assert_fits(page)
    for selector in ALIKE:
        page.evaluate(REMOVE, selector)
    assert_accessible(page)


@every_screen
def test_the_open_search_is_accessible_and_fits(width, scheme, visit):
    page = visit("concepts/weight_bearing_bone.html", width, scheme)
    search(page, "bone")
    page.keyboard.press("ArrowDown")
    assert_fits(page)
    assert_accessible(page)


@pytest.mark.parametrize(
    ("text", "label", "detail"),
    [
        ("pain", "Pain", "symptom"),
        ("PAIN", "Pain", "symptom"),
        ("bone mets", "Bone metastasis", "condition, name bone mets"),
        ("C79.51", "Bone metastasis", "condition, code icd10cm:C79.51"),
        ("c7951", "Bone metastasis", "condition, code icd10cm:C79.51"),
        ("HP:0002653", "Pain", "symptom, code HP:0002653"),
        ("hp_0002653", "Pain", "symptom, code HP:0002653"),
        ("HP:0012432", "Fatigue", "symptom, code below HP:0012432"),
        ("tgf-β", "TGF-β", "molecule"),
        ("osteoblasti", "Osteoblastic", "type"),
        ("metastasis bone", "Bone metastasis", "condition"),
    ],
)
def test_the_search_finds_labels_names_and_codes(text, label, detail, visit):
    first = search(visit(), text).first
    expect(first.locator("> b")).to_have_text(label)
    expect(first.locator("small")).to_have_text(detail)


def test_exact_texts_come_before_beginnings_and_those_before_words(visit):
    labels = search(visit(), "cancer").locator("> b").all_inner_texts()
    assert labels[0] == "Cancer"
    beginnings = [label.casefold().startswith("cancer") for label in labels]
    assert beginnings == sorted(beginnings, reverse=True)


def test_the_search_works_with_the_keyboard_alone(visit):
    page = visit("concepts/pain.html")
    page.keyboard.press("/")
    box = page.get_by_role("combobox")
    expect(box).to_be_focused()
    expect(box).to_have_attribute("aria-expanded", "false")
    options = search(page, "osteo")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("status")).to_contain_text("concepts")
    last = options.count() - 1
    for key, chosen in (("ArrowDown", 0), ("ArrowDown", 1), ("ArrowUp", 0), ("ArrowUp", last)):
        page.keyboard.press(key)
        expect(options.nth(chosen)).to_have_attribute("aria-selected", "true")
        expect(box).to_have_attribute(
            "aria-activedescendant", options.nth(chosen).get_attribute("id")
        )
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    label = options.nth(0).locator("> b").inner_text()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(label)


def test_a_search_that_finds_nothing_says_so(visit):
    page = visit()
    search(page, "zzz")
    expect(page.get_by_role("listbox")).to_have_text("No concept has such a name or code.")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("index.html$"))


def test_the_index_is_loaded_when_the_search_is_used(visit):
    page = visit()
    loaded = "document.querySelectorAll('script[src$=\"search-index.js\"]').length"
    assert page.evaluate(loaded) == 0
    search(page, "pain")
    assert page.evaluate(loaded) == 1


def test_every_page_of_the_navigation_opens(visit):
    page = visit("concepts/pain.html")
    links = page.get_by_role("navigation", name="Pages").get_by_role("link")
    for name in links.all_inner_texts():
        page.get_by_role("navigation", name="Pages").get_by_role("link", name=name).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(name)
    page.get_by_role("link", name=bm.descriptor()["title"]).click()
    expect(page).to_have_url(re.compile("index.html$"))


def test_breadcrumbs_lead_back(visit):
    page = visit("concepts/pain.html")
    crumbs = page.get_by_role("navigation", name="Breadcrumbs")
    expect(crumbs.get_by_role("listitem")).to_have_text(["Start", "Concepts", "Symptom", "Pain"])
    crumbs.get_by_role("link", name="Symptom").click()
    expect(page.get_by_role("heading", name="Symptom")).to_be_in_viewport()


@pytest.mark.parametrize("style", ["text", "bibtex", "ris"])
def test_a_citation_is_copied(style, visit):
    page = visit()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    names = {"text": "Text", "bibtex": "BibTeX", "ris": "RIS"}
    button = page.get_by_role("button", name=f"Copy citation as {names[style]}")
    button.click()
    expect(page.get_by_role("button", name=f"Copied citation as {names[style]}")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == bm.cite(style)


@pytest.mark.slow
def test_each_download_opens_and_matches_its_checksum(visit):
    """Chromium saves some types of files, and shows others."""
    page = visit("downloads.html")
    start = page.url
    saved = []
    page.on("download", lambda download: saved.append(download))  # noqa: PLW0108 - no built-in
    checksums = page.locator(".downloads .hash").all_inner_texts()
    names = page.locator(".downloads th a").all_inner_texts()
    assert len(names) == len(checksums) == 3 + len(bm.tables())
    for number, checksum in enumerate(checksums):
        page.locator(".downloads th a").nth(number).click()
        while not saved and page.url == start:
            page.wait_for_timeout(10)
        if saved:
            data = Path(saved.pop().path()).read_bytes()
        else:
            data = Path(url2pathname(urlsplit(page.url).path)).read_bytes()
            assert page.locator("body").inner_text()[:100].split() == data.decode()[:100].split()
            page.go_back()
        assert hashlib.sha256(data).hexdigest() == checksum, names[number]


def test_the_evidence_of_the_statement_in_the_address_is_open(visit):
    page = visit("statements.html#st014")
    expect(page.locator("#st014 details")).to_have_attribute("open", "")
    expect(page.locator("#st014").get_by_text("91.6%")).to_be_visible()
    assert page.locator("details[open]").count() == 1


def test_print_shows_the_evidence_and_no_controls(visit):
    page = visit("statements.html")
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    expect(page.locator("#st014").get_by_text("91.6%")).to_be_visible()
    expect(page.get_by_role("combobox")).to_be_hidden()
    expect(page.get_by_role("navigation", name="Pages")).to_be_hidden()


class TestFromTheStartPage(Reader):
    @pytest.fixture
    def start(self, visit):
        return visit()
