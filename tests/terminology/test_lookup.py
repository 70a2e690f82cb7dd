"""Lookups: real-looking codes and labels, hits and near misses.

The tables are written from the documentation of the vocabularies: ICD-10-CM's tabular list and
guidelines, ICD-9-CM's, MeSH's, HPO's. They do not come from the package's own synonyms.
"""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import bonemet_data as bm
from bonemet_data.errors import BonemetError, UnknownNameError

EXACT, CLOSE, NARROW, BROAD = (f"skos:{x}Match" for x in ("exact", "close", "narrow", "broad"))

# vocabulary, code, and concept with predicate; none for a near miss
CODES = [
    # the same code, as data write it
    ("icd10cm", "C79.51", {"bone_metastasis": EXACT}),
    ("icd10cm", "C7951", {"bone_metastasis": EXACT}),
    ("icd10cm", " c79.51 ", {"bone_metastasis": EXACT}),
    ("icd10cm", "ICD10CM:C79.51", {"bone_metastasis": EXACT}),
    ("icd10cm", "ICD-10-CM:C7951", {"bone_metastasis": EXACT}),
    ("icd10cm", "C61", {"prostate_cancer": EXACT}),
    ("icd10cm", "E83.52", {"hypercalcemia": EXACT}),
    ("icd10cm", "G95.20", {"spinal_issues": CLOSE, "cord_compression": CLOSE}),
    ("icd10cm", "C79.5", {"bone_metastasis": BROAD}),
    # a longer code is narrower
    ("icd10cm", "C50911", {"breast_cancer": NARROW}),
    ("icd10cm", "C50.012", {"breast_cancer": NARROW}),
    ("icd10cm", "C34.11", {"lung_cancer": NARROW}),
    ("icd10cm", "C64.2", {"kidney_cancer": NARROW}),
    ("icd10cm", "M8458XA", {"fractures": NARROW}),
    ("icd10cm", "M84.551D", {"fractures": NARROW}),
    ("icd10cm", "C90.01", {"multiple_myeloma": NARROW}),
    # a secondary neoplasm of an organ is not that organ's cancer
    ("icd10cm", "C78.00", {}),  # of lung
    ("icd10cm", "C79.81", {}),  # of breast
    ("icd10cm", "C79.00", {}),  # of kidney
    ("icd10cm", "C79.82", {}),  # of genital organs
    # below a category that is broader than the concept, nothing follows
    ("icd10cm", "C79.52", {}),  # bone marrow
    # history, screening, carcinoma in situ, benign, uncertain
    ("icd10cm", "Z85.3", {}),
    ("icd10cm", "Z85.46", {}),
    ("icd10cm", "Z80.3", {}),
    ("icd10cm", "Z12.31", {}),
    ("icd10cm", "D05.10", {}),
    ("icd10cm", "D24.1", {}),
    ("icd10cm", "D49.2", {}),
    # neighbours of mapped codes
    ("icd10cm", "M84.4", {}),  # pathological fracture, not elsewhere classified
    ("icd10cm", "M84.58XA9", {}),
    ("icd10cm", "M80.08XA", {}),  # osteoporosis with fracture
    ("icd10cm", "S72.001A", {}),  # traumatic fracture
    ("icd10cm", "C65.1", {}),  # renal pelvis
    ("icd10cm", "C41.9", {}),  # primary cancer of bone
    ("icd10cm", "C4A.9", {}),
    ("icd10cm", "C7B.03", {}),  # secondary carcinoid tumor of bone
    ("icd10cm", "R11.2", {}),  # nausea with vomiting
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
    ("icd9cm", "198.5", {"bone_metastasis": BROAD}),
    ("icd9cm", "1985", {"bone_metastasis": BROAD}),
    ("icd9cm", "174.9", {"breast_cancer": NARROW}),
    ("icd9cm", "1744", {"breast_cancer": NARROW}),
    ("icd9cm", "185", {"prostate_cancer": EXACT}),
    ("icd9cm", 185, {"prostate_cancer": EXACT}),
    ("icd9cm", 185.0, {"prostate_cancer": EXACT}),
    ("icd9cm", 189.0, {"kidney_cancer": CLOSE}),  # a float cannot tell 189 from 189.0
    ("icd9cm", 203.0, {"multiple_myeloma": EXACT}),
    ("icd10cm", "C61X", {"prostate_cancer": EXACT}),  # X only fills the code up
    ("icd10cm", float("nan"), {}),
    ("icd9cm", "733.13", {"fractures": NARROW}),
    ("icd9cm", "203.01", {"multiple_myeloma": NARROW}),
    ("icd9cm", "275.42", {"hypercalcemia": EXACT}),
    ("icd9cm", "V10.3", {}),
    ("icd9cm", "V103", {}),
    ("icd9cm", "198.81", {}),  # secondary, breast
    ("icd9cm", "197.0", {}),  # secondary, lung
    ("icd9cm", "E835.2", {}),
    ("icd9cm", "233.0", {}),
    ("icd9cm", "C79.51", {}),
    ("icd9cm", "733.00", {}),  # osteoporosis
    # vocabularies without a hierarchy here
    ("HPO", "HP:0002653", {"pain": EXACT}),
    ("hp", "0002653", {"pain": EXACT}),
    ("hp", "HP_0002653", {"pain": EXACT}),
    ("hp", "HP:0002654", {}),
    ("MeSH", "D005221", {"fatigue": EXACT}),
    ("mesh", "d005221", {"fatigue": EXACT}),
    ("mesh", "D0052211", {}),
    ("mondo", "MONDO:0043731", {"osteolytic": EXACT, "bone_metastasis": NARROW}),
    ("UniProt", "O14788", {"rankl": EXACT}),
]


@pytest.mark.parametrize(("vocabulary", "code", "expected"), CODES)
def test_a_code(vocabulary, code, expected):
    frame = bm.annotate([code], vocabulary)
    found = frame.dropna(subset="concept_id").set_index("concept_id")["predicate"].to_dict()
    assert found == expected
    assert len(frame) == max(1, len(expected))


@pytest.mark.parametrize(("vocabulary", "code", "expected"), [c for c in CODES if c[2]])
def test_lookup_agrees_with_annotate(vocabulary, code, expected):
    code = str(code)
    term = code if ":" in code else f"{vocabulary}:{code}"
    assert {m.concept_id: m.relation for m in bm.lookup(term)} == expected


def test_versions_are_never_mixed_up():
    frame = bm.annotate(
        ["E8352", "E8352", "185", "185", "185", None, "185"],
        version=["10", 9, "ICD-9-CM", 10, None, 9, "11"],
    )
    assert frame["concept_id"].tolist() == ["hypercalcemia", pd.NA, "prostate_cancer"] + [pd.NA] * 4


@pytest.mark.parametrize("version", ["10", 10, "10.0", 10.0, "ICD-10-CM 2026", "icd10cm"])
def test_every_way_to_write_a_version(version):
    assert bm.annotate(["C61", "185"], version=version)["concept_id"].notna().tolist() == [
        True,
        False,
    ]


def test_lookup_of_what_is_no_text():
    with pytest.raises(BonemetError, match="Give a code or a name"):
        bm.lookup(5)


def test_one_version_for_all():
    assert bm.annotate(["185"], version=9)["concept_id"].tolist() == ["prostate_cancer"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"vocabulary": "ICD-10"}, "no vocabulary"),  # the WHO's is another
        ({"vocabulary": "snomed"}, "no vocabulary"),
        ({"vocabulary": "skos"}, "no vocabulary"),
        ({"vocabulary": None}, "no vocabulary"),
        ({"version": [9, 10]}, "1 codes and 2 versions"),
        ({"codes": "C61"}, "Give a Series or a list"),
        ({"codes": [["C61"]]}, "must be a text or a number"),
        (
            {"codes": pd.Series(["C61"]), "version": pd.Series([10], index=[5])},
            "different indexes",
        ),
        ({"vocabulary": "mesh", "version": 9}, "has no versions"),
    ],
)
def test_what_cannot_be_annotated(arguments, words):
    with pytest.raises(BonemetError, match=words):
        bm.annotate(**{"codes": ["C61"], **arguments})


def test_rows_keep_their_positions():
    codes = pd.Series(["C61", "G9520", "x", None, "C61"], index=list("edcba"))
    frame = bm.annotate(codes)
    assert frame["row"].tolist() == [0, 1, 1, 2, 3, 4]
    assert frame["code"].tolist() == ["C61", "G9520", "G9520", "x", pd.NA, "C61"]
    assert frame.columns.tolist() == ["row", "code", "concept_id", "predicate", "matched_code"]


def test_no_codes_give_an_empty_frame():
    assert bm.annotate([]).shape == (0, 5)
    assert bm.normalize([]).shape == (0, 4)


@given(st.lists(st.sampled_from(["C7951", "C50911", "G95.20", "x", None, "E8352"]), max_size=30))
def test_many_codes_give_what_each_gives_alone(codes):
    together = bm.annotate(codes)
    alone = [bm.annotate([code]).assign(row=row) for row, code in enumerate(codes)]
    if alone:
        pd.testing.assert_frame_equal(together, pd.concat(alone, ignore_index=True))


# text, kind, and the concept
LABELS = [
    ("Breast cancer", None, "breast_cancer"),
    ("BREAST CANCER", None, "breast_cancer"),
    ("breast-cancer ", None, "breast_cancer"),
    ("malignant neoplasm of breast", None, "breast_cancer"),
    ("Osteolytic lesion", None, "osteolytic"),
    ("multiple myeloma", "cancer", "multiple_myeloma"),
    ("Plasma cell myeloma", None, "multiple_myeloma"),
    ("Spinal cord compression", None, "cord_compression"),
    ("hypercalcaemia", None, "hypercalcemia"),
    ("NSAIDs", None, "nsaids"),
    ("Denosumab", None, "denosumab"),
    ("radiotherapy", None, "radiation_therapy"),
    ("TGF-β", None, "tgf_beta"),
    ("bone_targeted_agents", None, "bone_targeted_agents"),
    # near misses
    ("Metastasis to breast", None, None),
    ("Secondary malignant neoplasm of lung", None, None),
    ("History of breast cancer", None, None),
    ("Family history of prostate cancer", None, None),
    ("No evidence of bone metastasis", None, None),
    ("Benign neoplasm of breast", None, None),
    ("Cord compression", None, None),  # of the umbilical cord, perhaps
    ("Advanced cancer", None, None),  # the id advanced_cancer is no name
    ("Breast", None, None),  # a cell's word, which is no EXACT name
    ("Hypocalcemia", None, None),
    ("vertebral compression fracture", None, None),
    ("Zoledronic acid", None, None),  # one bisphosphonate, not the class
    ("RT-PCR", None, None),  # RT matches as a whole only
    ("ranking", None, None),
    ("lung cancer screening", None, None),
    ("breast cancer", "symptom", None),
]


@pytest.mark.parametrize(("text", "kind", "expected"), LABELS)
def test_a_label(text, kind, expected):
    (found,) = bm.normalize([text], kind)["concept_id"]
    assert (None if pd.isna(found) else found) == expected


def test_what_is_not_matched_is_reported_and_not_chosen():
    frame = bm.normalize(["nausea", "lumbago", None, "  ", "--"])
    assert frame["status"].tolist() == ["matched", "unknown", "missing", "missing", "unknown"]
    assert frame["concept_id"].notna().tolist() == [True, False, False, False, False]


def test_an_ambiguous_label_stays_missing_and_names_its_concepts(monkeypatch):
    from bonemet_data import _normalize
    from bonemet_data.terminology.records import read_entries

    entries = read_entries()
    extra = entries.synonyms[0]._replace(concept_id="numbness", synonym="Nausea", scope="EXACT")
    changed = entries._replace(synonyms=(*entries.synonyms, extra))
    monkeypatch.setattr(_normalize, "read_entries", lambda: changed)
    (row,) = bm.normalize(["nausea"]).itertuples()
    assert (row.status, row.matched) == ("ambiguous", "nausea; numbness")
    assert pd.isna(row.concept_id)


def test_the_index_of_the_texts_is_kept():
    texts = pd.Series(["nausea", "x"], index=["b", "a"])
    assert bm.normalize(texts).index.tolist() == ["b", "a"]


def test_suggestions_are_ranked_and_never_chosen():
    frame = bm.normalize(["prostrate cancer", "nausea"], suggest=True)
    best = frame.loc[0, "suggestions"]
    assert best[0][:2] == ("prostate_cancer", "Prostate cancer")
    assert [s[2] for s in best] == sorted((s[2] for s in best), reverse=True)
    assert pd.isna(frame.loc[0, "concept_id"])
    assert frame.loc[1, "suggestions"] == ()


def test_an_unknown_kind_lists_the_kinds():
    with pytest.raises(UnknownNameError, match="cancer"):
        bm.normalize(["x"], kind="tumour")


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        ("lytic metastatic bone lesion", [("osteolytic", "EXACT")]),
        ("osteolytic", [("osteolytic", "EXACT")]),
        ("advanced_cancer", [("advanced_cancer", "EXACT")]),
        ("bonemet:advanced_cancer", [("advanced_cancer", "EXACT")]),
        ("Tired", [("fatigue", "EXACT")]),
        ("Fatigue NOS", [("fatigue", "RELATED")]),
        ("Tumor Microenvironment", [("bone_microenvironment", "BROAD")]),
        ("nothing at all", []),
        ("XX:1", []),
        (":", []),
        ("", []),
    ],
)
def test_lookup_of_a_name(term, expected):
    assert [(m.concept_id, m.relation) for m in bm.lookup(term)] == expected


def test_lookup_says_why():
    (match,) = bm.lookup("ICD-10-CM:C50.911")
    assert match.matched == "icd10cm:C50"
    assert "of which icd10cm:C50.911 is a narrower code" in match.why
    assert (match.label, match.kind) == ("Breast cancer", "cancer")


class TestConcept:
    def test_a_row_has_all_that_hangs_on_it(self):
        concept = bm.concept("osteolytic")
        assert (concept.kind, concept.table) == ("type", "types")
        assert concept.row["main_feature"] == "Bone destruction/breakdown"
        assert [s.source_id for s in concept.citations] == [5, 6, 12, 14]
        assert {r.object_id for r in concept.relations} >= {"breast_cancer", "bone_destruction"}
        assert "MONDO:0043731" in {m.object_id for m in concept.mappings}
        assert {e.relation for e in concept.evidence} == {"supports", "qualifies"}

    def test_a_term_has_no_row_and_no_citation(self):
        concept = bm.concept("rankl")
        assert (concept.table, concept.row, concept.citations) == (None, None, ())
        assert [r.subject_id for r in concept.relations] == ["molecular_pathways"]

    @pytest.mark.parametrize("concept_id", bm.load("concepts")["concept_id"])
    def test_every_concept_shows_itself(self, concept_id):
        concept = bm.concept(concept_id)
        assert concept.definition in repr(concept)
        html = concept._repr_html_()
        assert html.count("<tr>") == html.count("</tr>")
        assert "<script" not in html

    def test_html_is_escaped(self):
        assert "Seed &amp; Soil" in bm.concept("seed_and_soil")._repr_html_()

    def test_it_is_frozen(self):
        with pytest.raises(AttributeError):
            bm.concept("pain").label = "x"

    def test_an_unknown_one_lists_the_nearest(self):
        with pytest.raises(UnknownNameError, match="Did you mean osteolytic"):
            bm.concept("osteolitic")
