"""How values of the data read in a sentence."""

import re
from types import SimpleNamespace

import pytest

import bonemet_data as bm
from bonemet_data.publishing.site.addresses import code_link, identifier_links, is_web
from bonemet_data.publishing.site.wording import counted, meanings, quantity, size

from .conftest import table


@pytest.mark.parametrize(
    ("value", "low", "high", "unit", "text"),
    [
        (91.6, None, None, "percent", "91.6%"),
        (33.0, None, None, "percent", "33%"),
        (None, 17.0, 37.0, "percent", "17 to 37%"),
        (8.0, None, None, "Gy", "8\N{NO-BREAK SPACE}Gy"),
        (0.59, 0.4, 0.87, "ratio", "0.59 (0.4 to 0.87)"),
        (-3.5, None, None, "points of 10", "-3.5\N{NO-BREAK SPACE}points of 10"),
        (0.0, None, None, "percent", "0%"),
        (407893.0, None, None, "persons", "407,893\N{NO-BREAK SPACE}persons"),
    ],
)
def test_a_quantity_has_its_range_and_unit(value, low, high, unit, text):
    assert quantity(value, low, high, unit) == text


@pytest.mark.parametrize(
    ("numerator", "denominator", "text"),
    [
        (270, 666, "270 of 666"),
        (None, 84, "n = 84"),
        (0, 12, "0 of 12"),
        (1297, None, "1,297 counted"),
        (None, None, ""),
    ],
)
def test_counts_are_shown_if_they_are_known(numerator, denominator, text):
    assert counted(SimpleNamespace(numerator=numerator, denominator=denominator)) == text


def test_every_number_of_the_data_is_shown_in_full():
    for row in table("measurements"):
        numbers = [
            float(row[name]) if row[name] else None for name in ("value_number", "low", "high")
        ]
        shown = quantity(*numbers, row["unit"]).replace(",", "")
        found = [float(each) for each in re.findall(r"-?[\d.]+", shown.replace(row["unit"], ""))]
        assert found == [each for each in numbers if each is not None]


@pytest.mark.parametrize(
    ("resource", "column"),
    [
        ("evidence", "stance"),
        ("synonyms", "synonym_scope"),
        ("sources", "status"),
        ("concepts", "label_scope"),
        ("mappings", "predicate_id"),
    ],
)
def test_every_value_that_a_page_explains_has_a_meaning(resource, column):
    field = bm.vocabulary().schemas[resource].field(column)
    assert set(meanings(field)) == set(field.categories)


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "0 bytes"), (999, "999 bytes"), (1000, "1.0 kB"), (4_700_000, "4.7 MB")],
)
def test_a_size_has_a_unit(number, text):
    assert size(number) == text


def test_a_publication_has_a_link_for_each_identifier():
    record = SimpleNamespace(doi="10.1/x", pmid="12", pmcid=None, nbk="NBK1")
    assert [link.url for link in identifier_links(record)] == [
        "https://doi.org/10.1/x",
        "https://pubmed.ncbi.nlm.nih.gov/12",
        "https://www.ncbi.nlm.nih.gov/books/NBK1",
    ]


@pytest.mark.parametrize(
    ("curie", "namespace", "link"),
    [
        ("icd10cm:C79.51", "http://a.org/", ("C79.51", "http://a.org/C79.51")),
        ("HP:0002653", "http://a.org/HP_", ("HP:0002653", "http://a.org/HP_0002653")),
        ("x:1", None, ("1", "")),
        ("x:1", "urn:uuid:0#", ("1", "")),
    ],
)
def test_a_code_links_to_the_web_or_nowhere(curie, namespace, link):
    assert code_link(curie, namespace) == link


@pytest.mark.parametrize("text", ["javascript:alert(1)", "data:text/html,x", "//x.org", "", None])
def test_only_web_addresses_become_links(text):
    assert not is_web(text)
