"""Statements in plain words, and the frames of statements and evidence."""

import pandas as pd
import pytest

import bonemet_data as bm
from bonemet_data.errors import ArgumentError, UnknownNameError
from bonemet_data.terminology.statements import in_lower_case

STATEMENTS = {record.statement_id: record for record in bm.load("statements", "records")}

# id, the concept from which the statement is seen, and its plain words
TEXTS = [
    (
        "st014",
        "pain",
        (
            "pain: symptom of bone metastasis, up to 75 percent [1 2 3]; "
            "independent: 5 figures, 33 to 91.6 percent"
        ),
    ),
    (
        "st014",
        "bone_metastasis",
        (
            "bone metastasis: has symptom pain, up to 75 percent [1 2 3]; "
            "independent: 5 figures, 33 to 91.6 percent"
        ),
    ),
    (
        "st071",
        "osteolytic",
        (
            "osteolytic: associated with lung cancer, often [5 6 12 14]; "
            "independent: 1 supports, 1 qualifies"
        ),
    ),
    ("st172", "rankl", "RANKL: promotes osteoclast [10 12 13 16]; independent: 1 supports"),
    ("st027", "pain", "pain: symptom of bone metastasis, main"),
    ("st028", "pain", "pain: has quality severe, may, later"),
    ("st089", "osteoblastic", "osteoblastic: has symptom pain [5 6]"),
    (
        "st130",
        "osteoblastic",
        (
            "osteoblastic: contribution from Wnt, may, especially (context: prostate cancer) [8 10]; "
            "independent: 1 supports, 1 partly supports"
        ),
    ),
    (
        "st202",
        "bone_metastasis",
        (
            "bone metastasis: treatment studied with immunotherapy (context: bone microenvironment) "
            "[15 16]; independent: 1 partly supports"
        ),
    ),
]


@pytest.mark.parametrize(("statement_id", "concept_id", "text"), TEXTS)
def test_a_statement_in_plain_words(statement_id, concept_id, text):
    (statement,) = (s for s in bm.concept(concept_id).statements if s.statement_id == statement_id)
    assert statement.seen_from(concept_id) == text
    assert str(statement) == statement.text == statement.seen_from(statement.subject_id)


@pytest.mark.parametrize(
    ("label", "lower"),
    [
        ("Bone-Targeted Agents", "bone-targeted agents"),
        ("Poor Well-being", "poor well-being"),
        ("TGF-β pathway", "TGF-β pathway"),
        ("RANK/RANKL pathway", "RANK/RANKL pathway"),
        ("NSAIDs", "NSAIDs"),
        ("PTHrP", "PTHrP"),
        ("Wnt", "Wnt"),
    ],
)
def test_a_label_within_a_sentence(label, lower):
    assert in_lower_case(label) == lower


def test_the_statements_are_the_records_with_what_refers_to_them():
    mentions = bm.load("mentions").merge(bm.load("mention_sources"), how="left")
    for statement in bm.vocabulary().statements:
        record = STATEMENTS[statement.statement_id]
        assert statement.concept_ids == (record.subject_id, record.object_id)
        places = mentions[mentions["statement_id"] == statement.statement_id]
        assert statement.source_ids == tuple(sorted({*places["source_id"].dropna()}))
        assert {m.mention_id for m in statement.mentions} == {*places["mention_id"]}
        assert ";".join(statement.qualifiers) == (record.qualifier or "")


def test_figures_measure_what_the_value_measures():
    figures = {s.statement_id: s.figures for s in bm.vocabulary().statements if s.figures}
    assert list(figures) == ["st014"]
    assert {(f.measure, f.unit) for f in figures["st014"]} == {("prevalence", "percent")}


# arguments, and the condition on a record
QUERIES = [
    ({}, lambda r: True),
    ({"subject": "osteolytic"}, lambda r: r.subject_id == "osteolytic"),
    ({"predicate": "treats"}, lambda r: r.predicate == "treats"),
    ({"object": "pain"}, lambda r: r.object_id == "pain"),
    ({"context": "prostate_cancer"}, lambda r: r.context_id == "prostate_cancer"),
    (
        {"subject": "bone_metastasis", "predicate": "has_symptom", "object": "pain"},
        lambda r: r[1:4] == ("bone_metastasis", "has_symptom", "pain"),
    ),
    ({"subject": "pain", "object": "pain"}, lambda r: False),
]


@pytest.mark.parametrize(("arguments", "condition"), QUERIES)
def test_statements_are_selected(arguments, condition):
    frame = bm.statements(**arguments)
    expected = [id_ for id_, record in STATEMENTS.items() if condition(record)]
    assert frame["statement_id"].tolist() == expected
    assert frame.columns.tolist() == [
        *bm.load("statements").columns, "source_ids", "mentions", "evidence",
    ]  # fmt: skip


def test_arguments_are_also_positional():
    frame = bm.statements("osteolytic", "has_symptom", "pain")
    assert frame["statement_id"].tolist() == ["st081"]
    assert frame[["source_ids", "mentions", "evidence"]].to_numpy().tolist() == [["6;14", 2, 1]]


def test_counts_add_up():
    frame = bm.statements()
    assert frame["mentions"].sum() == len(bm.load("mentions"))
    assert frame["evidence"].sum() == len(bm.load("evidence"))
    cited = bm.load("mention_sources").merge(bm.load("mentions"))["statement_id"].nunique()
    assert frame["source_ids"].notna().sum() == cited


def test_evidence_has_the_columns_of_its_publication():
    frame = bm.evidence()
    publications = bm.load("publications")
    expected = bm.load("evidence").merge(publications, on="publication_id", how="left")
    pd.testing.assert_frame_equal(frame, expected[frame.columns])
    assert {*expected.columns} == {*frame.columns}


@pytest.mark.parametrize(
    ("arguments", "number"),
    [
        ({"statement_id": "st014"}, 5),
        ({"statement_id": "st014", "concept_id": "pain"}, 5),
        ({"statement_id": "st014", "concept_id": "fatigue"}, 0),
        ({"statement_id": "st012"}, 0),
    ],
)
def test_evidence_is_selected(arguments, number):
    assert len(bm.evidence(**arguments)) == number


@pytest.mark.parametrize("concept_id", ["pain", "vicious_cycle", "bone_matrix", "severe"])
def test_evidence_of_a_concept_is_on_its_statements_and_not_on_those_it_limits(concept_id):
    evidence = bm.load("evidence")
    about = [id_ for id_, r in STATEMENTS.items() if concept_id in {r.subject_id, r.object_id}]
    expected = evidence[evidence["statement_id"].isin(about)]["evidence_id"].tolist()
    assert bm.evidence(concept_id=concept_id)["evidence_id"].tolist() == expected


@pytest.mark.parametrize("load", [bm.statements, bm.evidence])
class TestBothFrames:
    def test_every_engine_gives_the_same(self, load):
        records = [tuple(record) for record in load(engine="records")]
        assert load(engine="polars").rows() == records
        assert [tuple(row.values()) for row in load(engine="arrow").to_pylist()] == records
        frame = load()
        rows = frame.astype(object).where(frame.notna(), None).itertuples(index=False, name=None)
        assert list(rows) == records

    def test_a_frame_is_the_callers_own(self, load):
        frame = load()
        frame.loc[0, "statement_id"] = "changed"
        assert load().loc[0, "statement_id"] == "st001"

    def test_an_unknown_name_lists_the_nearest(self, load):
        with pytest.raises(UnknownNameError, match="no engine 'spark'"):
            load(engine="spark")
        with pytest.raises(UnknownNameError, match=r"no release '9\.0\.0'"):
            load(version="9.0.0")

    @pytest.mark.parametrize("version", ["1.0.0", "1.1.0"])
    def test_a_release_without_statements_is_refused(self, load, version):
        with pytest.raises(
            ArgumentError, match=f"version {version} has no statements: use a later"
        ):
            load(version=version)


@pytest.mark.parametrize(
    ("load", "arguments", "message"),
    [
        (bm.statements, {"subject": "osteolitic"}, "no concept 'osteolitic'. Did you mean osteolytic"),
        (bm.statements, {"object": "pane"}, "no concept 'pane'. Did you mean pain"),
        (bm.statements, {"context": "prostate"}, "no concept 'prostate'"),
        (bm.statements, {"predicate": "has symptom"}, "no predicate 'has symptom'. Did you mean has_symptom"),
        (bm.evidence, {"statement_id": "ST014"}, "no statement 'ST014'. Did you mean st014"),
        (bm.evidence, {"concept_id": "Bone metastasis"}, "Did you mean bone_metastasis"),
    ],
)  # fmt: skip
def test_an_unknown_id_lists_the_nearest(load, arguments, message):
    with pytest.raises(UnknownNameError, match=message) as error:
        load(**arguments)
    assert len(str(error.value)) < 400
