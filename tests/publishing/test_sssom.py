"""The export of the mappings as SSSOM/TSV, read by an independent reader."""

import pytest
import sssom_pydantic

import bonemet_data as bm
from bonemet_data.package.installed import installed
from bonemet_data.publishing.sssom import sssom


def read_mappings(path, text):
    """The mappings of a file and its invalid lines, according to sssom-pydantic."""
    path.write_text(text, encoding="utf-8", newline="")
    mappings, _, _, errors = sssom_pydantic.read(path, return_errors=True)
    return mappings, errors


def test_the_exported_mappings_are_those_of_the_resource(tmp_path):
    mappings, errors = read_mappings(tmp_path / "mappings.sssom.tsv", sssom(installed()))
    assert errors == []
    assert [(m.subject.curie, m.predicate.curie, m.object.curie) for m in mappings] == [
        (f"bonemet:{m.concept_id}", m.predicate_id, m.object_id)
        for m in bm.load("mappings", "records")
    ]


@pytest.mark.parametrize("old", ["\tHP:0002653\t", "skos:exactMatch\t", "semapv:ManualMapping"])
def test_the_reader_finds_an_invalid_line(tmp_path, old):
    text = sssom(installed()).replace(old, old.replace(":", ";"), 1)
    mappings, errors = read_mappings(tmp_path / "mappings.sssom.tsv", text)
    assert (len(mappings), len(errors)) == (len(bm.load("mappings", "records")) - 1, 1)


def test_no_placeholder_is_left_in_a_namespace():
    for prefix in bm.load("prefixes", "records"):
        assert "example" not in prefix.namespace
    assert "example.org" not in sssom(installed())
