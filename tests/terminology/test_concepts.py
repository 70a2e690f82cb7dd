"""One concept, with all records that refer to it."""

import dataclasses

import pytest

import bonemet_data as bm
from bonemet_data.errors import UnknownNameError


def test_a_row_of_a_table_has_all_records_that_refer_to_it():
    concept = bm.concept("osteolytic")
    assert (concept.kind, concept.table) == ("type", "types")
    assert concept.record["main_feature"] == "Bone destruction/breakdown"
    assert [source.source_id for source in concept.citations] == [5, 6, 12, 14]
    objects = {relation.object_id for relation in concept.relations}
    assert objects >= {"breast_cancer", "bone_destruction"}
    assert "MONDO:0043731" in {mapping.object_id for mapping in concept.mappings}
    assert "Osteolytic Lesion" in {synonym.synonym for synonym in concept.synonyms}
    assert {evidence.relation for evidence in concept.evidence} == {"supports", "qualifies"}


def test_a_term_has_no_record_and_no_citation():
    concept = bm.concept("rankl")
    assert (concept.table, concept.record, concept.citations) == (None, None, ())
    assert [relation.subject_id for relation in concept.relations] == ["molecular_pathways"]


def test_an_old_release_has_no_mappings_and_synonyms():
    concept = bm.concept("pain", version="1.0.0")
    assert (concept.table, concept.record["symptom"]) == ("symptoms", "Pain")
    assert concept.mappings == concept.synonyms == concept.evidence == concept.relations == ()


@pytest.mark.parametrize("concept", bm.vocabulary().concepts, ids=lambda c: c.concept_id)
def test_every_concept_is_readable_as_text_and_as_html(concept):
    assert concept.definition in str(concept)
    assert str(concept) == repr(concept)
    html = concept._repr_html_()
    assert html.count("<tr>") == html.count("</tr>")
    assert "<script" not in html


def test_long_lists_are_cut():
    assert "; and " in repr(bm.concept("breast_cancer"))


def test_html_is_escaped():
    assert "Seed &amp; Soil" in bm.concept("seed_and_soil")._repr_html_()


def test_it_is_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        bm.concept("pain").label = "x"
    with pytest.raises(TypeError):
        bm.concept("pain").record["symptom"] = "x"


def test_an_unknown_id_lists_similar_ones():
    with pytest.raises(UnknownNameError, match="Did you mean osteolytic"):
        bm.concept("osteolitic")
