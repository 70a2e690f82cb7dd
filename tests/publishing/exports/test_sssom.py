"""The export of the mappings as SSSOM/TSV, read by an independent reader."""

import re

import pytest
import sssom_pydantic

import bonemet_data as bm
from bonemet_data.package.installed import installed
from bonemet_data.publishing.exports.sssom import sssom


def read_mappings(path, text):
    """The mappings of a file and its invalid lines, according to sssom-pydantic."""
    path.write_text(text, encoding="utf-8", newline="")
    mappings, _, _, errors = sssom_pydantic.read(path, return_errors=True)
    return mappings, errors


def test_the_exported_mappings_are_those_of_the_resource(tmp_path):
    mappings, errors = read_mappings(tmp_path / "mappings.sssom.tsv", sssom(installed()))
    assert errors == []
    assert [(m.subject.curie, m.predicate.curie, m.object.curie) for m in mappings] == [
        (f"bonemet:{m.concept_id}", m.predicate_id, m.object_id.replace("icd9proc:", "icd9cm:"))
        for m in bm.load("mappings", "records")
    ]
    assert len({(m.subject.curie, m.object.curie) for m in mappings}) == len(mappings)


def test_each_mapping_has_the_version_of_subject_and_object(tmp_path):
    mappings, _ = read_mappings(tmp_path / "mappings.sssom.tsv", sssom(installed()))
    assert {m.subject_source_version for m in mappings} == {bm.__version__}
    assert [m.object_source_version for m in mappings] == [
        m.object_source_version for m in bm.load("mappings", "records")
    ]


def test_each_namespace_has_one_prefix_and_each_prefix_a_namespace():
    """Diagnoses and procedures of ICD-9-CM share a namespace."""
    text = sssom(installed())
    lines = re.findall(r"^#  (\w+): \"(.+)\"$", text, re.MULTILINE)
    namespaces = {v.prefix: v.namespace for v in bm.load("vocabularies", "records") if v.prefix}
    assert dict(lines) == {p: n for p, n in namespaces.items() if p != "icd9proc"}
    assert len({namespace for _, namespace in lines}) == len(lines)


@pytest.mark.parametrize(
    "old", ["\tHP:0002653\t", "skos:exactMatch\t", "semapv:UnspecifiedMatching"]
)
def test_the_reader_finds_an_invalid_line(tmp_path, old):
    text = sssom(installed()).replace(old, old.replace(":", ";"), 1)
    mappings, errors = read_mappings(tmp_path / "mappings.sssom.tsv", text)
    assert (len(mappings), len(errors)) == (len(bm.load("mappings", "records")) - 1, 1)


def test_no_placeholder_is_left_in_a_namespace():
    for vocabulary in bm.load("vocabularies", "records"):
        assert "example" not in (vocabulary.namespace or "")
    assert "example.org" not in sssom(installed())
