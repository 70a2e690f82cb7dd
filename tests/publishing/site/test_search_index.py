"""The search index: complete, without repetition, and valid as a script."""

import base64
import gzip
import json

import pytest

from .conftest import table


@pytest.fixture(scope="module")
def index(site):
    text = site.files["assets/search-index.js"].decode()
    start, end = 'window.bonemetIndex = "', '";\n'
    assert text.startswith(start)
    assert text.endswith(end)
    document = json.loads(gzip.decompress(base64.b64decode(text[len(start) : -len(end)])))
    for concept in document["concepts"]:
        *names, codes, below = concept["texts"]
        concept["texts"] = [*names, *(with_prefix(lists) for lists in (codes, below))]
    return document


def with_prefix(lists):
    assert len({prefix for prefix, *_ in lists}) == len(lists)
    return [f"{prefix}:{code}" for prefix, *codes in lists for code in codes]


def test_every_concept_is_in_the_index(index):
    rows = [(row["concept_id"], row["kind"], row["label"]) for row in table("concepts")]
    assert [(c["id"], c["kind"], c["texts"][0][0]) for c in index["concepts"]] == rows


@pytest.mark.parametrize(
    ("resource", "column"),
    [("synonyms", "synonym"), ("mappings", "object_id"), ("descendants", "object_id")],
)
def test_every_name_and_code_leads_to_its_concept(resource, column, index):
    texts = {
        concept["id"]: {text.casefold() for texts in concept["texts"] for text in texts}
        for concept in index["concepts"]
    }
    missing = [
        row for row in table(resource) if row[column].casefold() not in texts[row["concept_id"]]
    ]
    assert missing == []


def test_no_text_of_a_concept_is_repeated(index):
    for concept in index["concepts"]:
        texts = [text.casefold() for texts in concept["texts"] for text in texts]
        assert len(texts) == len(set(texts))
        assert len(concept["texts"]) == len(index["kinds"])
