"""The site, built once, and its pages, read by Python's own parser."""

import csv
import html.parser
import posixpath
from collections import defaultdict
from functools import cache
from urllib.parse import unquote, urlsplit

import pytest

from bonemet_data.package.installed import installed
from bonemet_data.publishing.site import build_site
from bonemet_data.publishing.site.build import render_pages
from bonemet_data.publishing.site.content import Content
from bonemet_data.terminology.functions import vocabulary
from tests.conftest import ROOT

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}


@cache
def table(name):
    """The rows of a table, read without the package."""
    with (ROOT / f"datapackage/{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Page(html.parser.HTMLParser):
    """A page: its ids, links, tags and scripts, and the text of each element with an id."""

    def __init__(self, text):
        super().__init__()
        self.ids, self.links, self.tags, self.open = [], [], [], []
        self.loaded, self.scripts = [], []
        self.texts, self.within = defaultdict(str), defaultdict(list)
        self.feed(text)
        assert self.open == [], "every element is closed"

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.tags.append((tag, attributes))
        if tag not in VOID:
            self.open.append((tag, attributes))
        if "id" in attributes:
            self.ids.append(attributes["id"])
        if tag == "a" and "href" in attributes:
            self.links.append(attributes["href"])
            for id_ in self.opened():
                self.within[id_].append(attributes["href"])
        self.loaded += [attributes[name] for name in ("src",) if name in attributes]
        if tag == "link":
            self.loaded.append(attributes["href"])

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        if self.open and self.open[-1][0] == "script":
            self.scripts.append(data)
        for id_ in self.opened():
            self.texts[id_] += data

    def opened(self):
        return [attributes["id"] for _, attributes in self.open if "id" in attributes]


class Site:
    """The files of the site, and its pages before they are minified."""

    def __init__(self):
        self.files = build_site()
        self.texts = dict(render_pages(Content(installed(), vocabulary())))
        self.pages = {path: Page(text) for path, text in self.texts.items()}

    def resolve(self, page, link):
        """Return the path and the fragment of a link on a page; None for a link to the web."""
        parts = urlsplit(link)
        if parts.scheme or parts.netloc:
            return None
        folder = posixpath.dirname(page)
        path = posixpath.normpath(posixpath.join(folder, parts.path)) if parts.path else page
        return path, unquote(parts.fragment)


@cache
def built():
    return Site()


@pytest.fixture(scope="session")
def site():
    return built()
