"""The pages of the site: complete, linked, self-contained, safe and small."""

import dataclasses
import gzip
import hashlib
import json
import os
import re
import subprocess
import sys
import zipfile
from html import unescape
from html.parser import HTMLParser
from io import BytesIO

import duckdb
import pandas as pd
import polars as pl
import pytest
from minify_html import minify

import bonemet_data as bm
from bonemet_data.errors import MissingExtraError
from bonemet_data.package.descriptor import open_package
from bonemet_data.package.installed import installed
from bonemet_data.publishing.site.addresses import is_web
from bonemet_data.publishing.site.build import build_site, render_pages
from bonemet_data.publishing.site.content import Content
from bonemet_data.publishing.site.downloads import LARGE
from tests.clients.clients import CLIENTS
from tests.conftest import ROOT
from tests.reporting.hostile import HOSTILE_TEXTS

from .conftest import Page, table

DESCRIPTOR = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))


def test_every_link_leads_to_a_file_and_an_element(site):
    broken = []
    for path, page in site.pages.items():
        for link in page.links:
            target = site.resolve(path, link)
            if target is None:
                continue
            file, fragment = target
            if file not in site.files or (fragment and fragment not in site.pages[file].ids):
                broken.append((path, link))
    assert broken == []


def test_every_id_is_unique_on_its_page(site):
    for path, page in site.pages.items():
        assert len(page.ids) == len(set(page.ids)), path


def test_every_page_is_reached_from_the_start_page(site):
    reached, new = set(), {"index.html"}
    while new:
        reached |= new
        targets = (site.resolve(path, link) for path in new for link in site.pages[path].links)
        new = {target[0] for target in targets if target} & set(site.pages) - reached
    assert reached == set(site.pages)


def test_nothing_is_loaded_from_elsewhere(site):
    for path, page in site.pages.items():
        assert all(site.resolve(path, link)[0] in site.files for link in page.loaded), path
        (policy,) = [
            attributes["content"]
            for tag, attributes in page.tags
            if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
        ]
        assert "default-src 'none'" in policy
        assert "http" not in policy
        assert "unsafe" not in policy


def test_no_page_has_inline_code_or_styles(site):
    for path, page in site.pages.items():
        for tag, attributes in page.tags:
            assert not [name for name in attributes if name == "style" or name.startswith("on")]
            if tag == "script" and "src" not in attributes:
                assert attributes["type"] == "application/ld+json", path


def test_links_to_the_web_use_http(site):
    for path, page in site.pages.items():
        for link in page.links:
            if site.resolve(path, link) is None:
                assert re.match("https?://", link), (path, link)


@pytest.mark.parametrize(
    ("resource", "key", "address"),
    [
        ("concepts", "concept_id", "concepts/{}.html#main"),
        ("statements", "statement_id", "statements.html#{}"),
        ("publications", "publication_id", "publications.html#{}"),
        ("sources", "source_id", "sources.html#source-{}"),
        ("vocabularies", "vocabulary_id", "vocabularies.html#{}"),
    ],
)
def test_every_record_has_a_permanent_address(resource, key, address, site):
    for row in table(resource):
        path, _, fragment = address.format(row[key]).partition("#")
        assert fragment in site.pages[path].ids


def test_every_citation_of_a_row_leads_to_its_source(site):
    page = site.texts["index.html"]
    cells = {}
    for concept_id, row in re.findall(
        r'<th scope="row"><a href="concepts/(\w+)\.html">(.*?)</tr>', page, re.DOTALL
    ):
        cells[concept_id] = re.findall(r'"sources\.html#source-(\d+)"', row)
    cited = {}
    for row in table("citations"):
        cited.setdefault(row["concept_id"], []).append(row["source_id"])
    assert cells == cited


def test_every_citation_of_a_statement_leads_to_its_source(site):
    cited = {row["statement_id"]: set() for row in table("statements")}
    statement_of = {row["mention_id"]: row["statement_id"] for row in table("mentions")}
    for row in table("mention_sources"):
        cited[statement_of[row["mention_id"]]].add(f"sources.html#source-{row['source_id']}")
    page = site.pages["statements.html"]
    for statement_id, links in cited.items():
        found = [link for link in page.within[statement_id] if link.startswith("sources.html")]
        assert (set(found), len(found)) == (links, len(links)), statement_id


def test_the_tables_stand_exactly_as_published(site):
    text = site.pages["index.html"].texts["tables"]
    for name in ("symptoms", "types", "causes", "treatments"):
        schema = json.loads((ROOT / f"schemas/{name}.json").read_text(encoding="utf-8"))
        verbatim = [each["name"] for each in schema["fields"] if each.get("bonemet:verbatim")]
        for row in table(name):
            cells = [row[field] for field in verbatim]
            assert re.search(r"\s*".join(map(re.escape, cells)), text), cells


def test_the_counts_on_the_start_page_are_those_of_the_data(site):
    page = site.texts["index.html"]
    (counts,) = re.findall(r'<ul class="counts">(.*?)</ul>', page, re.DOTALL)
    numbers = [int(each.replace(",", "")) for each in re.findall(r"<b>([\d,]+)</b>", counts)]
    tables = ("symptoms", "types", "causes", "treatments")
    names = ("statements", "evidence", "publications", "concepts", "mappings")
    assert numbers == [sum(len(table(name)) for name in tables), *(len(table(n)) for n in names)]


@pytest.mark.parametrize("stance", ["supports", "partly_supports", "qualifies", "contradicts"])
def test_the_evidence_is_complete_by_stance(stance, site):
    rows = [row for row in table("evidence") if row["stance"] == stance]
    page = site.texts["evidence.html"]
    section = page.partition(f'<section aria-labelledby="{stance}">')[2].partition("</section>")[0]
    assert section.count('<li class="study">') == len(rows) > 0
    publications = re.findall(r'<p class="study-name"><a href="publications\.html#(\w+)"', section)
    assert sorted(publications) == sorted(row["publication_id"] for row in rows)


def test_a_page_of_a_concept_has_all_of_its_codes_and_names(site):
    for row in table("concepts"):
        concept_id = row["concept_id"]
        page = site.texts[f"concepts/{concept_id}.html"]
        codes = page.partition('<section aria-labelledby="codes">')[2].partition("</section>")[0]
        mapped = [each for each in table("mappings") if each["concept_id"] == concept_id]
        assert codes.count("<tr><td>") == len(mapped)
        names = page.partition('<section aria-labelledby="names">')[2].partition("</section>")[0]
        synonyms = [each for each in table("synonyms") if each["concept_id"] == concept_id]
        distinct = {(each["synonym"], each["synonym_scope"]) for each in synonyms}
        names = names.partition('<ul class="names">')[2]
        assert names.count("<li>") == len(distinct)


def test_codes_link_to_their_terms(site):
    links = site.pages["concepts/bone_metastasis.html"].within["main"]
    assert "http://purl.bioontology.org/ontology/ICD10CM/C79.51" in links
    assert "http://purl.obolibrary.org/obo/NCIT_C3580" in links


def test_a_statement_shows_the_figures_of_studies_that_disagree(site):
    text = " ".join(site.pages["statements.html"].texts["st014"].split())
    for figure in ("91.6%", "84.1%", "77.2%", "40.5%", "33%"):
        assert figure in text
    assert "n = 518" in text
    assert "270 of 666" in text
    assert "https://doi.org/10.1136/bmj.h315" in site.pages["statements.html"].within["st014"]


def test_what_is_not_known_is_on_the_start_page(site):
    text = site.pages["index.html"].texts["not-known"]
    for sentence in DESCRIPTOR["bonemet:notKnown"] + DESCRIPTOR["bonemet:unsuitableUse"]:
        assert sentence in text


@pytest.mark.parametrize("style", ["text", "bibtex", "ris"])
def test_the_citation_is_on_the_start_page(style, site):
    assert bm.cite(style) in site.pages["index.html"].texts["cite"]


def test_the_json_ld_describes_the_data_and_each_download(site):
    (script,) = site.pages["index.html"].scripts
    document = json.loads(script)
    assert (document["@context"], document["@type"]) == ("https://schema.org/", "Dataset")
    for name, key in (("title", "name"), ("version", "version"), ("id", "identifier")):
        assert document[key] == DESCRIPTOR[name]
    assert 50 <= len(document["description"]) <= 5000, "the limits of Google Dataset Search"
    assert document["license"]
    assert document["creator"]["name"]
    paths = {each["contentUrl"] for each in document["distribution"]}
    assert paths == {path for path in site.files if path.startswith("data/")}
    for each in document["distribution"]:
        data = site.files[each["contentUrl"]]
        assert each["sha256"] == hashlib.sha256(data).hexdigest()
        assert each["contentSize"] == f"{len(data)} B"


def test_each_download_is_listed_with_its_checksum(site):
    page = site.texts["downloads.html"]
    listed = dict(re.findall(r'<a href="(data/[^"]+)" download>.*?"hash">(\w+)<', page, re.DOTALL))
    data = {path: content for path, content in site.files.items() if path.startswith("data/")}
    assert listed == {path: hashlib.sha256(content).hexdigest() for path, content in data.items()}


def test_the_archive_is_a_valid_package(site, tmp_path):
    (archive,) = [data for path, data in site.files.items() if path.endswith(".zip")]
    zipfile.ZipFile(BytesIO(archive)).extractall(tmp_path)
    for path in tmp_path.rglob("*.*"):
        assert path.read_bytes() == (ROOT / path.relative_to(tmp_path)).read_bytes()
    package = open_package(tmp_path)
    for resource in package.resources:
        package.require_checksum(resource)
        package.schema(resource)


def test_each_table_is_a_download_and_compressed_if_it_is_large(site):
    tables = {path for path in site.files if re.search(r"\.csv(\.gz)?$", path)}
    for name in bm.tables():
        data = (ROOT / f"datapackage/{name}.csv").read_bytes()
        path = f"data/{name}.csv" if len(data) <= LARGE else f"data/{name}.csv.gz"
        tables.remove(path)
        found = site.files[path]
        assert (gzip.decompress(found) if path.endswith(".gz") else found) == data
    assert tables == set()


@pytest.mark.parametrize(
    "read", [pd.read_csv, pl.read_csv, lambda path: duckdb.read_csv(str(path)).pl()]
)
def test_a_compressed_table_is_read_as_it_is(read, site, tmp_path):
    path = tmp_path / "mappings.csv.gz"
    path.write_bytes(site.files["data/mappings.csv.gz"])
    assert read(path)["object_id"].to_list() == [row["object_id"] for row in table("mappings")]


def test_r_reads_a_compressed_table_as_it_is(site, tmp_path):
    next(client for client in CLIENTS if client.command[0] == "Rscript").need()
    (tmp_path / "mappings.csv.gz").write_bytes(site.files["data/mappings.csv.gz"])
    command = ["Rscript", "-e", 'cat(read.csv("mappings.csv.gz")$object_id, sep = "\\n")']
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.split() == [row["object_id"] for row in table("mappings")]


def test_the_site_and_its_first_page_are_small(site):
    assert sum(map(len, site.files.values())) < 3_000_000
    start = site.pages["index.html"]
    first = {"index.html", *(site.resolve("index.html", link)[0] for link in start.loaded)}
    assert sum(len(site.files[path]) for path in first) < 200_000


def test_the_same_package_results_in_the_same_bytes(site):
    code = (
        "import hashlib; from bonemet_data.publishing.site import build_site;"
        "print(hashlib.sha256(b''.join(p.encode() + d for p, d in build_site().items())).hexdigest())"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "1", "PYTHONPATH": str(ROOT), "TZ": "Asia/Tokyo"}
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    joined = b"".join(path.encode() + data for path, data in build_site().items())
    assert done.stdout.strip() == hashlib.sha256(joined).hexdigest()


def test_a_missing_library_names_the_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "jinja2", None)
    with pytest.raises(MissingExtraError, match=r"\.\[site\]"):
        build_site()


@pytest.fixture(scope="module")
def hostile():
    """The pages of data whose texts are hostile."""
    vocabulary = bm.vocabulary()
    texts = iter(HOSTILE_TEXTS * 1000)
    columns = {
        "concepts": ("label", "definition", "scope_note"),
        "synonyms": ("synonym",),
        "mappings": ("object_label",),
        "evidence": ("finding", "population"),
        "measurements": ("unit", "note"),
        "publications": ("title", "authors_short", "journal", "doi"),
        "vocabularies": ("name", "namespace", "license_url", "homepage", "note"),
    }
    records = {name: vocabulary.records[name] for name in vocabulary.records}
    for name, replaced in columns.items():
        records[name] = tuple(
            record._replace(**{column: next(texts) for column in replaced})
            for record in records[name]
        )
    content = Content(installed(), dataclasses.replace(vocabulary, records=records))
    return dict(render_pages(content))


def test_no_text_of_the_data_becomes_code(hostile, site):
    tags = {tag for page in site.pages.values() for tag, _ in page.tags}
    for path, page in ((path, Page(text)) for path, text in hostile.items()):
        assert {tag for tag, _ in page.tags} <= tags, path
        assert not [n for _, attributes in page.tags for n in attributes if n.startswith("on")], (
            path
        )
        assert all(site.resolve(path, link) or is_web(link) for link in page.links), path
        assert len(page.scripts) == len(site.pages[path].scripts), path


class Contents(HTMLParser):
    """The tags of a page with their attributes, and its words. Tags may be left open."""

    CDATA_CONTENT_ELEMENTS = (
        *HTMLParser.CDATA_CONTENT_ELEMENTS,
        "title",
    )  # no tag can be in a title

    def __init__(self, text):
        super().__init__()
        self.tags, self.words = [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        if tag not in {"head", "tbody"}:  # a page has them in any case
            self.tags.append((tag, sorted((name, value or "") for name, value in attributes)))

    def handle_data(self, data):
        self.words += unescape(data).split()


@pytest.mark.slow
@pytest.mark.parametrize("pages", ["published", "hostile"])
def test_minification_changes_neither_tags_nor_words(pages, site, hostile):
    for path, text in (site.texts if pages == "published" else hostile).items():
        before, after = Contents(text), Contents(minify(text))
        assert after.tags == before.tags, path
        assert "".join(after.words) == "".join(before.words), path
        if pages == "published":
            assert site.files[path].decode() == minify(text)
