"""The references in BibTeX, read by bibtexparser, and in RIS, read by pybtexris."""

import bibtexparser
import pytest
from bibtexparser.middlewares import LatexDecodingMiddleware
from pybtexris import RISParser

import bonemet_data as bm
from tests.publishing.exports.conftest import DESCRIPTOR, records

PUBLICATIONS = records("publications")
WORKS = [f"{DESCRIPTOR['name']}-{DESCRIPTOR['version']}", f"{DESCRIPTOR['name']}-article"]


@pytest.fixture(scope="module")
def bibtex(exported):
    """The fields of each entry by key, with the type of the entry, in plain text."""
    library = bibtexparser.parse_file(
        str(exported("bibtex")),
        append_middleware=[LatexDecodingMiddleware()],
    )
    assert library.failed_blocks == []
    return {
        entry.key: {field.key: field.value for field in entry.fields} | {"type": entry.entry_type}
        for entry in library.entries
    }


@pytest.fixture(scope="module")
def ris(exported):
    """The entries by key, as pybtex has them."""
    return RISParser().parse_file(exported("ris")).entries


def authors(names):
    """The authors of a cell as they are written with a comma, and whether there are others."""
    listed = (names or "").removesuffix(" et al.")
    inverted = [", ".join(name.rsplit(" ", 1)) for name in listed.split(", ") if name]
    return inverted, (names or "").endswith(" et al.")


def test_the_references_are_the_works_to_cite_and_the_publications(bibtex, ris):
    keys = WORKS + [row["publication_id"] for row in PUBLICATIONS]
    assert list(bibtex) == keys
    assert list(ris) == keys


@pytest.mark.parametrize("row", PUBLICATIONS, ids=lambda row: row["publication_id"])
def test_an_entry_of_bibtex_has_the_fields_of_the_publication_and_no_others(bibtex, row):
    entry = bibtex[row["publication_id"]]
    chapter = row["nbk"] is not None
    listed, others = authors(row["authors_short"])
    expected = {
        "type": "incollection" if chapter else "article",
        "title": row["title"],
        "author": " and ".join(listed + ["others"] * others),
        "booktitle" if chapter else "journal": row["journal"],
        "year": row["publication_year"] and str(row["publication_year"]),
        "doi": row["doi"],
        "pmid": row["pmid"],
        "pmcid": row["pmcid"],
        "nbk": row["nbk"],
        "annote": row["seen_in"],
    }
    assert entry == {name: text for name, text in expected.items() if text}


@pytest.mark.parametrize("row", PUBLICATIONS, ids=lambda row: row["publication_id"])
def test_a_reference_of_ris_has_the_fields_of_the_publication(ris, row):
    entry = ris[row["publication_id"]]
    fields = {name: entry.fields.get(name) for name in entry.fields}
    listed, others = authors(row["authors_short"])
    people = [str(person) for person in entry.persons.get("author", [])]
    assert people == listed + ["et al."] * others
    assert fields["title"] == row["title"]
    assert row["journal"] in {fields.get("journal"), fields.get("booktitle")}
    assert fields.get("year") == (row["publication_year"] and str(row["publication_year"]))
    assert fields.get("doi") == row["doi"]
    assert (fields.get("AN"), fields.get("C2"), fields.get("C1")) == (
        row["pmid"],
        row["pmcid"],
        row["nbk"],
    )
    assert fields["note"] == row["seen_in"]


def test_the_works_to_cite_are_the_package_with_its_version_and_the_article(bibtex, ris):
    data, article = WORKS
    date = {release.version: release.date for release in bm.releases()}.get(DESCRIPTOR["version"])
    dated = dict(zip(("year", "month"), date.split("-"), strict=False)) if date else {}
    licenses = "; ".join(license_["title"] for license_ in DESCRIPTOR["licenses"])
    assert bibtex[data] == {
        "type": "misc",
        "author": DESCRIPTOR["contributors"][0]["title"],
        "title": DESCRIPTOR["title"],
        "howpublished": DESCRIPTOR["dcterms:publisher"],
        "version": DESCRIPTOR["version"],
        **dated,
        "annote": licenses,
    }
    assert bibtex[article]["title"] == DESCRIPTOR["sources"][0]["title"]
    assert ris[data].fields["title"] == DESCRIPTOR["title"]
    assert ris[data].fields["note"] == licenses
    assert ris[article].fields["title"] == DESCRIPTOR["sources"][0]["title"]
