"""Codes as real data write them, and near misses.

The table is written from the documentation of the vocabularies: the tabular list and guidelines of
ICD-10-CM, and those of ICD-9-CM, MeSH and HPO. It is not derived from the mappings of the package.
"""

import pytest

import bonemet_data as bm
from bonemet_data.terminology.prefixes import Prefixes

EXACT, CLOSE, NARROW, BROAD, RELATED = (
    f"skos:{x}Match" for x in ("exact", "close", "narrow", "broad", "related")
)
METASTASIS = {"bone_metastasis": EXACT, "advanced_cancer": NARROW}
ADVANCED = {"advanced_cancer": NARROW}
BONE_RADIATION = {"radiation_therapy": NARROW, "radiation_to_bone": NARROW}

# vocabulary, code, and concept with predicate; none for a near miss
CODES = [
    # the same code, as data write it
    ("icd10cm", "C79.51", METASTASIS),
    ("icd10cm", "C7951", METASTASIS),
    ("icd10cm", " c79.51 ", METASTASIS),
    ("icd10cm", "ICD10CM:C79.51", METASTASIS),
    ("icd10cm", "ICD-10-CM:C7951", METASTASIS),
    ("icd10cm", "C61", {"prostate_cancer": EXACT}),
    ("icd10cm", "E83.52", {"hypercalcemia": EXACT}),
    ("icd10cm", "G95.20", {"spinal_issues": RELATED, "cord_compression": NARROW}),
    ("icd10cm", "C79.5", {"bone_metastasis": BROAD, **ADVANCED}),
    # a longer code is narrower
    ("icd10cm", "C50911", {"breast_cancer": NARROW}),
    ("icd10cm", "C50.012", {"breast_cancer": NARROW}),
    ("icd10cm", "C34.11", {"lung_cancer": NARROW}),
    ("icd10cm", "C64.2", {"kidney_cancer": NARROW}),
    ("icd10cm", "M8458XA", {"fractures": NARROW}),
    ("icd10cm", "M84.551D", {"fractures": NARROW}),
    ("icd10cm", "C90.01", {"multiple_myeloma": NARROW}),
    # a secondary neoplasm of an organ is not that organ's cancer
    ("icd10cm", "C78.00", ADVANCED),  # of lung
    ("icd10cm", "C79.81", ADVANCED),  # of breast
    ("icd10cm", "C79.00", ADVANCED),  # of kidney
    ("icd10cm", "C79.82", ADVANCED),  # of genital organs
    # below a category that is broader than bone metastasis, nothing follows for it
    ("icd10cm", "C79.52", ADVANCED),  # bone marrow
    # history, screening, carcinoma in situ, benign, uncertain
    ("icd10cm", "Z85.3", {}),
    ("icd10cm", "Z85.46", {}),
    ("icd10cm", "Z80.3", {}),
    ("icd10cm", "Z12.31", {}),
    ("icd10cm", "D05.10", {}),
    ("icd10cm", "D24.1", {}),
    ("icd10cm", "D49.2", {}),
    # neighbours of mapped codes
    ("icd10cm", "M84.40", {"fractures": NARROW}),  # pathological fracture, site not stated
    ("icd10cm", "M84.3", {}),  # stress fracture
    ("icd10cm", "M84.58XA9", {}),
    ("icd10cm", "M80.08XA", {"fractures": NARROW}),  # osteoporosis with fracture
    ("icd10cm", "M81.0", {}),  # osteoporosis without fracture
    ("icd10cm", "S72.001A", {}),  # traumatic fracture
    ("icd10cm", "C65.1", {"kidney_cancer": NARROW}),  # renal pelvis
    ("icd10cm", "C66.1", {}),  # ureter
    ("icd10cm", "C41.9", {}),  # primary cancer of bone
    ("icd10cm", "C4A.9", {}),
    ("icd10cm", "C7B.03", {"bone_metastasis": NARROW, **ADVANCED}),  # secondary carcinoid of bone
    ("icd10cm", "R11.2", {"nausea": NARROW}),  # nausea with vomiting
    ("icd10cm", "R11.10", {}),  # vomiting
    ("icd10cm", "E83.51", {}),  # hypocalcemia
    # no codes
    ("icd10cm", "", {}),
    ("icd10cm", "C5", {}),
    ("icd10cm", "C.50", {}),
    ("icd10cm", "C5.0911", {}),
    ("icd10cm", "C50-C50", {}),
    ("icd10cm", "C50.9 C61", {}),
    ("icd10cm", "unknown", {}),
    ("icd10cm", "174.9", {}),
    ("icd10cm", "MESH:D001943", {}),
    ("icd10cm", "icd9cm:185", {}),
    # ICD-9-CM
    ("icd9cm", "198.5", {"bone_metastasis": BROAD, **ADVANCED}),
    ("icd9cm", "1985", {"bone_metastasis": BROAD, **ADVANCED}),
    ("icd9cm", "174.9", {"breast_cancer": NARROW}),
    ("icd9cm", "1744", {"breast_cancer": NARROW}),
    ("icd9cm", "185", {"prostate_cancer": EXACT}),
    ("icd9cm", "185.0", {"prostate_cancer": EXACT}),  # 0 only fills the code up
    ("icd9cm", "189.0", {"kidney_cancer": NARROW}),
    ("icd9cm", "203.0", {"multiple_myeloma": EXACT}),
    ("icd10cm", "C61X", {"prostate_cancer": EXACT}),  # X only fills the code up
    ("icd10cm", float("nan"), {}),
    ("icd9cm", "733.13", {"fractures": NARROW}),
    ("icd9cm", "203.01", {"multiple_myeloma": NARROW}),
    ("icd9cm", "275.42", {"hypercalcemia": EXACT}),
    ("icd9cm", "V10.3", {}),
    ("icd9cm", "V103", {}),
    ("icd9cm", "198.81", ADVANCED),  # secondary, breast
    ("icd9cm", "197.0", ADVANCED),  # secondary, lung
    ("icd9cm", "E835.2", {}),
    ("icd9cm", "233.0", {}),
    ("icd9cm", "C79.51", {}),
    ("icd9cm", "733.00", {}),  # osteoporosis
    # procedures
    ("ICD-9 procedures", "92.24", {"radiation_therapy": NARROW}),
    ("icd9proc", "9224", {"radiation_therapy": NARROW}),
    ("icd9proc", "99.2", {}),  # a code above a mapped one
    ("ICD-10-PCS", "DP0B0ZZ", BONE_RADIATION),  # beam radiation of bone
    ("icd10pcs", "dp0", BONE_RADIATION),
    ("icd10pcs", "DP", {}),
    ("icd10pcs", "0PHO", {}),  # the letter O is in no code
    # other vocabularies
    ("HPO", "HP:0002653", {"pain": EXACT, "cancer_induced_bone_pain": BROAD}),
    ("hp", "0002653", {"pain": EXACT, "cancer_induced_bone_pain": BROAD}),
    ("hp", "HP_0002653", {"pain": EXACT, "cancer_induced_bone_pain": BROAD}),
    ("hp", "HP:0002654", {}),
    ("hp", "hp:HP_0002653", {"pain": EXACT, "cancer_induced_bone_pain": BROAD}),
    (
        "hp",
        "http://purl.obolibrary.org/obo/HP_0002653",
        {"pain": EXACT, "cancer_induced_bone_pain": BROAD},
    ),
    (
        "hp",
        "https://identifiers.org/hp/HP:0002653",
        {"pain": EXACT, "cancer_induced_bone_pain": BROAD},
    ),
    ("snomedct", "http://snomed.info/id/94222008", {"bone_metastasis": EXACT}),
    ("snomedct", "http://snomed.info/sct|94222008", {"bone_metastasis": EXACT}),
    ("snomedct", "SCTID:94222008", {"bone_metastasis": EXACT}),
    ("snomedct", "94222008 |Secondary malignant neoplasm of bone|", {"bone_metastasis": EXACT}),
    ("icd10cm", "http://hl7.org/fhir/sid/icd-10-cm|C79.51", METASTASIS),
    ("icd10cm", "<http://purl.bioontology.org/ontology/ICD10CM/C79.51>", METASTASIS),
    (
        "icd9proc",
        "http://purl.bioontology.org/ontology/ICD9CM/92.24",
        {"radiation_therapy": NARROW},
    ),
    ("icd9cm", "http://hl7.org/fhir/sid/icd-9-cm/diagnosis|185", {"prostate_cancer": EXACT}),
    ("ncit", "http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl#C2926", {"lung_cancer": NARROW}),
    ("ncit", "NCIT_C2926", {"lung_cancer": NARROW}),
    ("hp", "https://example.org/HP_0002653", {}),
    ("icd10cm", "http://hl7.org/fhir/sid/icd-10|C61", {}),
    ("MeSH", "D005221", {"fatigue": EXACT}),
    ("mesh", "d005221", {"fatigue": EXACT}),
    ("mesh", "D0052211", {}),
    ("mondo", "MONDO:0043731", {"osteolytic": CLOSE, "bone_metastasis": NARROW}),
    ("UniProt", "O14788", {"rankl": EXACT}),
    # below a mapped term
    ("hp", "HP:0012432", {"fatigue": NARROW}),  # chronic fatigue
    ("symp", "SYMP:0000187", {"fatigue": NARROW}),  # tiredness
    ("ncit", "c2926", {"lung_cancer": NARROW}),  # non-small cell lung carcinoma
]


@pytest.mark.parametrize(("vocabulary", "code", "expected"), CODES)
def test_a_code_has_these_concepts(vocabulary, code, expected):
    frame = bm.vocabulary().annotate_and_count([code], vocabulary).frame
    matched = frame.dropna(subset="concept_id").set_index("concept_id")["predicate"].to_dict()
    assert matched == expected
    assert len(frame) == max(1, len(expected))


@pytest.mark.parametrize(("vocabulary", "code", "expected"), [c for c in CODES if c[2]])
def test_lookup_agrees_with_annotate(vocabulary, code, expected):
    term = code if ":" in code else f"{vocabulary}:{code}"
    assert {m.concept_id: m.relation for m in bm.lookup(term)} == expected


def test_the_most_specific_mapped_code_is_reported():
    frame = bm.annotate(["C79.51", "C50.911", "C79.5"])
    assert frame.drop_duplicates("position")["matched_code"].tolist() == [
        "icd10cm:C79.51", "icd10cm:C50", "icd10cm:C79.5",
    ]  # fmt: skip


DESCENDANTS = bm.load("descendants")


@pytest.mark.parametrize("vocabulary", sorted(set(DESCENDANTS["vocabulary_id"])))
def test_a_code_below_a_mapped_one_is_narrower_and_names_its_ancestor(vocabulary):
    below = DESCENDANTS[DESCENDANTS["vocabulary_id"] == vocabulary]
    frame = bm.annotate(below["object_id"], vocabulary)
    narrower = frame[frame["predicate"] == NARROW]
    rows = set(narrower[["code", "concept_id", "matched_code"]].itertuples(index=False, name=None))
    expected = below[["object_id", "concept_id", "ancestor_object_id"]]
    assert set(expected.itertuples(index=False, name=None)) <= rows


@pytest.fixture(scope="module")
def prefixes():
    return Prefixes(bm.load("vocabularies", "records"))


@pytest.mark.parametrize(
    ("spelling", "prefix"),
    [
        ("icd10cm", "icd10cm"),
        ("ICD-10-CM", "icd10cm"),
        ("HPO", "HP"),
        ("hp", "HP"),
        ("ICD-9 procedures", "icd9proc"),
        ("Drugs@FDA data file", None),  # a list of names has no prefix
        ("MeSH", "mesh"),
        ("ICD-10", None),  # that of the WHO is another vocabulary
        ("", None),
        ("-", None),
    ],
)
def test_a_prefix_in_any_spelling(prefixes, spelling, prefix):
    assert prefixes.find(spelling) == prefix


@pytest.mark.parametrize(
    ("curie", "parts"),
    [
        ("HP:0002653", ("HP", "0002653")),
        (" ICD-10-CM: C79.51 ", ("icd10cm", "C79.51")),
        ("XX:1", None),
        ("HP:", None),
        (":1", None),
        ("HP", None),
        ("HP_0002653", ("HP", "0002653")),
        ("foo_1", None),
        ("http://purl.obolibrary.org/obo/HP_0002653/", ("HP", "0002653")),
        ("https://bioregistry.io/mesh:D005221", ("mesh", "D005221")),
    ],
)
def test_a_curie_is_split(prefixes, curie, parts):
    assert prefixes.split(curie) == parts
