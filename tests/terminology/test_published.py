"""The published relations, mappings, synonyms and evidence, held to the text of the article."""

import re

import pytest

import bonemet_data as bm
from bonemet_data.names import fold
from bonemet_data.package.installed import installed
from tests import article
from tests.conftest import ROOT

# What is split off a cell and names no concept: the rest of a sentence, or the row itself.
NO_TERM = {
    # of the row itself, in other words
    "Persistent", "often severe bone pain", "Ongoing tiredness", "lack of energy",
    "High blood calcium", "Bone breaks with minimal", "no trauma", "etc.",
    # how common, or when
    "Common", "often early onset", "Severe cases",
    # what is not a term of its own
    "Tumor cell preference for bone", "Cancer origin influences risk", "Provides growth signals",
    'Bone is "fertile soil"', "Stabilize", "repair bones", "In clinical trials",
    "Up to 75% of patients", "Frequent complication", "Occurs in advanced disease",
    "Highly prevalent",
}  # fmt: skip

# What is split off a cell, and the concept that it names there.
TERMS = {
    "nausea": "nausea", "confusion": "confusion", "Numbness": "numbness",
    "paralysis": "paralysis", "cord compression": "cord_compression",
    "can cause paralysis": "paralysis",
    "General feeling of illness": "feeling_of_illness", "drowsiness": "drowsiness",
    "Bone destruction": "bone_destruction", "breakdown": "bone_destruction",
    "Excess new bone formation": "bone_formation", "Both destruction": "bone_destruction",
    "formation": "bone_formation", "Mediate bone destruction": "bone_destruction",
    "Breast": "breast_cancer", "lung": "lung_cancer", "kidney": "kidney_cancer",
    "Prostate": "prostate_cancer", "prostate": "prostate_cancer",
    "Advanced": "advanced_cancer", "metastatic": "advanced_cancer",
    "Supports tumor growth": "tumor_growth",
    "RANK": "rank", "RANKL": "rankl", "TGF-β": "tgf_beta", "PTHrP": "pthrp",
    "Reduce bone breakdown": "bone_destruction", "SREs": "skeletal_related_events",
    "Bisphosphonates": "bisphosphonates", "Denosumab": "denosumab",
    "Relieve pain": "pain", "prevent": "fractures", "treat fractures": "fractures",
    "Localized": "localized_radiation", "whole bone": "whole_bone_radiation",
    "Control cancer spread": "cancer_spread", "Chemotherapy": "chemotherapy",
    "hormone therapy": "hormone_therapy", "For fractures": "fractures",
    "spinal issues": "spinal_issues", "Alleviate bone pain": "pain", "Opioids": "opioids",
    "NSAIDs": "nsaids", "nerve blocks": "nerve_blocks",
    "Target specific molecular pathways": "molecular_pathways",
}  # fmt: skip


def items():
    """Split every cell of the article's tables into the things that it lists."""
    for table in article.TABLES:
        frame = bm.load(table)
        columns = frame.columns[2:]
        for row in article.rows(table):
            for column, cell in zip(columns, row[2:-1], strict=False):
                for item in re.split(r",\s*|/|\s*[()]\s*| and | or | from ", cell):
                    if item:
                        yield table, row[0], column, item


@pytest.mark.parametrize(("table", "row", "column", "item"), list(items()))
def test_everything_that_a_cell_lists_is_a_relation(table, row, column, item):
    said = {(r.subject_id, r.table, r.column, r.object_id) for r in bm.load("relations", "records")}
    if item in TERMS:
        assert (row, table, column, TERMS[item]) in said
    else:
        assert item in NO_TERM


def test_no_relation_says_what_no_cell_lists():
    listed = {
        (row, table, column, TERMS[item]) for table, row, column, item in items() if item in TERMS
    }
    for relation in bm.load("relations", "records"):
        place = (relation.subject_id, relation.table, relation.column, relation.object_id)
        assert place in listed


def test_every_predicate_is_defined_in_the_schema():
    field = next(
        field
        for field in installed().schema(installed().resource("relations")).fields
        if field.name == "predicate"
    )
    for predicate in field.constraints["enum"]:
        assert f"{predicate}: " in field.description
    assert set(bm.load("relations")["predicate"]) == set(field.constraints["enum"])


def test_the_notices_name_every_vocabulary_that_is_used():
    notices = (ROOT / "NOTICES").read_text(encoding="utf-8")
    used = {m.object_id.partition(":")[0] for m in bm.load("mappings", "records")}
    for prefix in used:
        assert f"({prefix})\n" in notices
    assert "uses the Human Phenotype Ontology, version 2025-01-16" in notices
    assert "NLM has not endorsed this product" in notices


def test_evidence_is_of_rows_and_says_that_it_is_not_the_articles():
    rows = {row[0] for table in article.TABLES for row in article.rows(table)}
    assert {e.concept_id for e in bm.load("evidence", "records")} <= rows
    resource = installed().resource("evidence")
    assert "not the sources that the article cites" in resource.description
    for page in ("README.md", "docs/reference/data-dictionary.md"):
        text = " ".join((ROOT / page).read_text(encoding="utf-8").split())
        assert "not the sources that the article cites" in text


def test_no_evidence_is_said_to_confirm_that_three_quarters_have_pain():
    pain = [e for e in bm.load("evidence", "records") if e.concept_id == "pain"]
    supporting = [e for e in pain if e.relation == "supports"]
    assert len(pain) > len(supporting)
    for publication in supporting:
        assert "gives no prevalence among bone-metastasis patients" in publication.finding


def test_figures_from_a_summary_are_marked_as_such():
    excerpts = [e for e in bm.load("evidence", "records") if e.basis == "excerpt"]
    assert {e.doi for e in excerpts} == {
        "10.1002/14651858.CD003474.pub4",
        "10.1200/JCO.23.00753",
        "10.1002/14651858.CD012638.pub2",
    }


def test_exact_names_do_not_clash():
    kinds = {c.concept_id: c.kind for c in bm.load("concepts", "records")}
    owners = {}
    for synonym in bm.load("synonyms", "records"):
        if synonym.scope == "EXACT":
            owners.setdefault((kinds[synonym.concept_id], fold(synonym.synonym)), set()).add(
                synonym.concept_id
            )
    assert [names for names, concepts in owners.items() if len(concepts) > 1] == []
