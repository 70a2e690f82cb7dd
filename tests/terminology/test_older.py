"""Releases before 2.0.0, which have relations, prefixes and evidence of concepts."""

import pytest

import bonemet_data as bm
from bonemet_data.terminology.older import upgrade_records

EXACT, CLOSE, NARROW, BROAD = (f"skos:{x}Match" for x in ("exact", "close", "narrow", "broad"))


@pytest.mark.parametrize(
    ("vocabulary", "code", "expected"),
    [
        ("icd10cm", "C7951", {"bone_metastasis": EXACT}),
        ("ICD-10-CM", "G95.20", {"spinal_issues": CLOSE, "cord_compression": CLOSE}),
        ("icd10cm", "C79.52", {}),
        ("icd10cm", "C50911", {"breast_cancer": NARROW}),
        ("icd9cm", "189.0", {"kidney_cancer": CLOSE}),
        ("HPO", "HP:0002653", {"pain": EXACT}),
        ("hp", "HP:0012432", {}),  # below a mapped term
    ],
)
def test_codes(vocabulary, code, expected):
    frame = bm.annotate([code], vocabulary, version="1.1.0").dropna(subset="concept_id")
    assert frame.set_index("concept_id")["predicate"].to_dict() == expected


@pytest.mark.parametrize(
    ("version", "text", "concept_id"),
    [
        ("1.0.0", "Pain", "pain"),
        ("1.0.0", "Mixed", "mixed"),
        ("1.1.0", "Pain", "pain"),
        ("1.1.0", "bone pain", "pain"),
        ("1.1.0", "Osteolytic Lesion", "osteolytic"),
        ("1.1.0", "RT", "radiation_therapy"),
    ],
)
def test_names(version, text, concept_id):
    """The scope of a label was not recorded, nor that a short form is ambiguous."""
    assert bm.normalize([text], version=version)["concept_id"].tolist() == [concept_id]
    assert bm.vocabulary(version).suggest(text)[0] == concept_id


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        ("MONDO:0043731", [("osteolytic", EXACT), ("bone_metastasis", NARROW)]),
        ("Fatigue NOS", [("fatigue", "EXACT"), ("fatigue", "RELATED")]),
        ("Pain", [("pain", "EXACT")]),
        ("bonemet:pain", [("pain", "EXACT")]),
    ],
)
def test_lookup(term, expected):
    matches = bm.lookup(term, version="1.1.0")
    assert [(match.concept_id, match.relation) for match in matches] == expected


def test_evidence_belongs_to_a_concept():
    records = bm.load("evidence", "records", version="1.1.0")
    evidence = bm.concept("pain", version="1.1.0").evidence
    assert {stance: len(rows) for stance, rows in evidence.items() if rows} == {
        relation: sum((r.concept_id, r.relation) == ("pain", relation) for r in records)
        for relation in ("supports", "qualifies")
    }


@pytest.mark.parametrize("version", [release.version for release in bm.releases()])
def test_no_record_is_lost(version):
    vocabulary = bm.vocabulary(version)
    upgraded = upgrade_records(vocabulary.records)
    assert sorted(map(len, upgraded.values())) == sorted(map(len, vocabulary.records.values()))
    for name in vocabulary.records:
        assert vocabulary.records[name] == bm.load(name, "records", version=version)


def test_the_records_of_today_are_taken_as_they_are():
    records = bm.vocabulary().records
    assert upgrade_records(records) is records


def test_a_resource_without_records():
    assert upgrade_records({"prefixes": ()}) == {"vocabularies": ()}
