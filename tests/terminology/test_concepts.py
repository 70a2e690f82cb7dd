"""One concept, with all records that refer to it."""

import dataclasses
import re

import pytest

import bonemet_data as bm
from bonemet_data.errors import UnknownNameError
from tests.conftest import ROOT

GOLDEN = ROOT / "tests" / "data" / "concepts"


def test_a_row_of_a_table_has_all_records_that_refer_to_it():
    concept = bm.concept("osteolytic")
    assert (concept.kind, concept.table) == ("type", "types")
    assert concept.record["main_feature"] == "Bone destruction/breakdown"
    assert [source.source_id for source in concept.citations] == [5, 6, 12, 14]
    assert {"breast_cancer", "bone_destruction"} <= {
        concept_id for statement in concept.statements for concept_id in statement.concept_ids
    }
    assert "MONDO:0043731" in {mapping.object_id for mapping in concept.mappings}
    assert "Osteolytic Lesion" in {row.synonym for row in concept.synonyms["BROAD"]}
    assert concept.evidence["supports"]
    assert concept.evidence["qualifies"]
    assert concept.evidence["contradicts"] == ()


def test_a_term_has_no_record_and_no_citation():
    concept = bm.concept("rankl")
    assert (concept.table, concept.record, concept.citations) == (None, None, ())
    assert [statement.statement_id for statement in concept.statements] == [
        statement.statement_id
        for statement in bm.vocabulary().statements
        if "rankl" in {statement.subject_id, statement.object_id}
    ]


def test_broader_and_narrower_are_the_two_directions_of_one_column():
    for concept, row in zip(bm.vocabulary().concepts, bm.load("concepts", "records"), strict=True):
        assert (concept.broader and concept.broader.concept_id) == row.broader_id
        for record in concept.narrower:
            assert bm.concept(record.concept_id).broader.concept_id == concept.concept_id


def test_a_broad_label_is_marked_and_explained():
    assert (bm.concept("pain").label_scope, bm.concept("fatigue").label_scope) == ("BROAD", "EXACT")
    assert bm.concept("rankl").label_scope is None
    assert "any place" in bm.concept("pain").scope_note


@pytest.mark.parametrize("concept_id", ["pain", "osteolytic", "bone_metastasis"])
class TestStatementsAndEvidence:
    def test_every_statement_about_it_is_there_and_cited_ones_come_first(self, concept_id):
        statements = bm.concept(concept_id).statements
        ids = [statement.statement_id for statement in statements]
        assert sorted(ids) == [
            record.statement_id
            for record in bm.load("statements", "records")
            if concept_id in {record.subject_id, record.object_id}
        ]
        cited = [bool(statement.source_ids) for statement in statements]
        assert cited == sorted(cited, reverse=True)

    def test_evidence_is_grouped_by_every_stance(self, concept_id):
        evidence = bm.concept(concept_id).evidence
        stances = bm.load("evidence")["stance"].cat.categories.tolist()
        assert list(evidence) == stances
        assert sum(map(len, evidence.values())) == len(bm.evidence(concept_id=concept_id))
        for stance, records in evidence.items():
            assert {record.stance for record in records} <= {stance}

    def test_it_reads_well(self, concept_id):
        """To accept a change of data or layout: print(bm.concept(...)) into the file, and read it."""
        golden = (GOLDEN / f"{concept_id}.txt").read_text(encoding="utf-8")
        assert f"{bm.concept(concept_id)}\n" == golden


def test_an_old_release_has_no_mappings_and_synonyms():
    concept = bm.concept("pain", version="1.0.0")
    assert (concept.table, concept.record["symptom"]) == ("symptoms", "Pain")
    assert concept.mappings == concept.statements == concept.narrower == ()
    assert not any({**concept.synonyms, **concept.evidence}.values())
    assert (concept.broader, concept.label_scope, concept.scope_note) == (None, None, None)


def test_a_release_with_relations_shows_them_as_statements():
    concept = bm.concept("osteolytic", version="1.1.0")
    relations = bm.load("relations", "records", version="1.1.0")
    assert [(s.subject_id, s.predicate, s.object_id) for s in concept.statements] == [
        relation[:3] for relation in relations if "osteolytic" in relation[:3]
    ]
    text = str(concept)
    assert "Statements  has feature bone destruction\n" in text
    assert "supports (2): " in text
    assert "exact (3): lytic metastatic bone lesion" in text
    assert "osteolytic: has feature bone destruction" in str(
        bm.concept("bone_destruction", version="1.1.0")
    )


@pytest.mark.parametrize("concept", bm.vocabulary().concepts, ids=lambda c: c.concept_id)
def test_every_concept_is_readable_as_text_and_as_html(concept):
    text = str(concept)
    assert concept.definition in " ".join(text.split())
    assert max(map(len, text.splitlines())) <= 80
    assert re.search("None|[A-Z]NA|  $", text) is None
    assert text == repr(concept)
    html = concept._repr_html_()
    assert html.count("<tr>") == html.count("</tr>")
    assert "<script" not in html


def test_long_lists_are_cut():
    assert "; and " in repr(bm.concept("breast_cancer"))


def test_html_is_escaped():
    assert "Seed &amp; Soil" in bm.concept("seed_and_soil")._repr_html_()


def test_html_has_the_same_content_as_the_text():
    concept = bm.concept("pain")
    html = concept._repr_html_()
    text = re.sub("<[^>]+>", " ", html)
    assert sorted(re.findall(r"[\w.]+", text)) == sorted(
        re.findall(r"[\w.]+", str(concept).replace("(pain, symptom)", "pain symptom"))
    )
    assert "<code>st014</code> symptom of bone metastasis, up to 75 percent [1 2 3]; " in html


def test_it_is_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        bm.concept("pain").label = "x"
    with pytest.raises(TypeError):
        bm.concept("pain").record["symptom"] = "x"
    with pytest.raises(TypeError):
        bm.concept("pain").evidence["supports"] = ()
    with pytest.raises(dataclasses.FrozenInstanceError):
        bm.concept("pain").statements[0].predicate = "x"


def test_an_unknown_id_lists_similar_ones():
    with pytest.raises(UnknownNameError, match="Did you mean osteolytic"):
        bm.concept("osteolitic")
