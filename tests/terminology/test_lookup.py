"""Looking up one code, id, label or synonym."""

import pytest

import bonemet_data as bm
from bonemet_data.errors import ArgumentError, UnknownNameError


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        ("lytic metastatic bone lesion", [("osteolytic", "EXACT"), ("bone_metastasis", "NARROW")]),
        ("bone mets", [("bone_metastasis", "EXACT")]),
        ("lytic", [("osteolytic", "EXACT")]),
        ("lytic lesion", [("osteolytic", "BROAD")]),
        ("fracture", [("fractures", "BROAD")]),
        ("Malignant tumour of prostate (disorder)", [("prostate_cancer", "EXACT")]),
        ("zoledronic acid 4 mg IV", [("bisphosphonates", "NARROW")]),
        ("RT", [("radiation_therapy", "EXACT")]),
        ("osteolytic", [("osteolytic", "EXACT")]),
        ("bonemet:pain", [("pain", "EXACT"), ("pain", "BROAD")]),
        ("Pain", [("pain", "BROAD")]),
        ("mixed", [("mixed", "BROAD")]),
        ("Molecular Pathways", [("molecular_pathways", "BROAD")]),
        ("severe", [("severe", "EXACT")]),
        ("Chronic fatigue", [("fatigue", "NARROW")]),
        ("non-small cell lung carcinoma", [("lung_cancer", "NARROW")]),
        ("advanced_cancer", [("advanced_cancer", "EXACT")]),
        ("bonemet:advanced_cancer", [("advanced_cancer", "EXACT")]),
        ("Tired", [("fatigue", "EXACT")]),
        ("Fatigue NOS", [("fatigue", "EXACT")]),
        ("Lethargy", [("fatigue", "RELATED")]),
        ("Tumor Microenvironment", [("bone_microenvironment", "RELATED")]),
        ("nothing at all", []),
        ("skos:exactMatch", []),
        ("XX:1", []),
        (":", []),
        ("", []),
    ],
)
def test_a_name(term, expected):
    assert [(m.concept_id, m.relation) for m in bm.lookup(term)] == expected


@pytest.mark.parametrize(
    "term",
    [
        "C79.51",
        "c79.51 ",
        "icd10cm:C7951",
        "ICD-10-CM:C79.51",
        "NCIT:C3580",
        "NCIT_C3580",
        "C3580",
        "http://purl.obolibrary.org/obo/NCIT_C3580",
    ],
)
def test_a_code_with_or_without_its_vocabulary(term):
    assert bm.lookup(term)[0].concept_id == "bone_metastasis"
    assert bm.lookup(term)[0].relation == "skos:exactMatch"


def test_a_code_of_several_vocabularies_leads_to_all_of_them():
    assert {m.matched.partition(":")[0] for m in bm.lookup("C7951")} >= {"icd10cm", "NCIT"}


def test_the_reason_names_the_conventions():
    (match,) = bm.lookup("Constipations (finding)")
    assert match.why.endswith("the term differs from it by: semantic tag, plural.")


def test_the_closest_match_is_first():
    matches = bm.lookup("MONDO:0043731")
    assert [(m.concept_id, m.relation) for m in matches] == [
        ("osteolytic", "skos:closeMatch"),
        ("bone_metastasis", "skos:narrowMatch"),
    ]


def test_a_match_gives_the_reason():
    (match,) = bm.lookup("ICD-10-CM:C50.911")
    assert match.matched == "icd10cm:C50"
    assert match.why == (
        "Breast cancer is mapped to icd10cm:C50, of which icd10cm:C50.911 is a narrower code."
    )
    assert (match.label, match.kind) == ("Breast cancer", "cancer")
    assert str(match) == f"breast_cancer: {match.why}"
    assert bm.lookup("Tired")[0].why.startswith("Fatigue has the EXACT name 'Tired' (")


def test_a_term_that_is_not_text_is_refused():
    with pytest.raises(ArgumentError, match="term must be a code or name"):
        bm.lookup(5)


def test_a_release_without_mappings_has_names_only():
    assert bm.lookup("HP:0002653", version="1.0.0") == ()
    assert [m.concept_id for m in bm.lookup("Pain", version="1.0.0")] == ["pain"]


def test_an_unknown_release_is_refused():
    with pytest.raises(UnknownNameError, match=r"no release '9\.0\.0'"):
        bm.lookup("pain", version="9.0.0")
