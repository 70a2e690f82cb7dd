"""The published statements, mappings, synonyms and evidence, held to the text of the article."""

import re
from collections import defaultdict

import pytest

import bonemet_data as bm
from bonemet_data.names import fold
from bonemet_data.package.installed import installed
from tests import article
from tests.conftest import ROOT

# What is split off a cell and names no concept: the rest of a sentence, or the row itself.
NO_TERM = {
    # of the row itself, in other words
    "Ongoing tiredness", "lack of energy", "General feeling of illness",
    "High blood calcium", "Bone breaks with minimal", "no trauma", "etc.",
    # how common, or when
    "Common", "often early onset", "Severe cases", "In clinical trials",
    "Up to 75% of patients", "Frequent complication", "Occurs in advanced disease",
    "Highly prevalent",
    # bone metastasis, which every table is about
    "Cancer origin influences risk",
}  # fmt: skip

# What a cell need not name, since its table is about it.
UNDERSTOOD = {"bone_metastasis", "bone"}

# What is split off a cell, and the concepts that it names there, apart from the row.
TERMS = {
    "Persistent": "persistent", "often severe bone pain": "severe",
    "nausea": "nausea", "confusion": "confusion", "Numbness": "numbness",
    "paralysis": "paralysis", "cord compression": "cord_compression",
    "can cause paralysis": "paralysis cord_compression",
    "drowsiness": "drowsiness",
    "Bone destruction": "bone_destruction", "breakdown": "bone_destruction",
    "Excess new bone formation": "bone_formation", "Both destruction": "bone_destruction",
    "formation": "bone_formation", "Mediate bone destruction": "bone_destruction",
    "Breast": "breast_cancer", "lung": "lung_cancer", "kidney": "kidney_cancer",
    "Prostate": "prostate_cancer", "prostate": "prostate_cancer",
    "Advanced": "advanced_cancer", "metastatic": "advanced_cancer",
    "Supports tumor growth": "tumor_growth", "Provides growth signals": "growth_factors",
    "Tumor cell preference for bone": "tumor_cell",
    'Bone is "fertile soil"': "bone_microenvironment tumor_growth",
    "RANK": "rank", "RANKL": "rankl", "TGF-β": "tgf_beta", "PTHrP": "pthrp",
    "Reduce bone breakdown": "bone_destruction", "SREs": "skeletal_related_events",
    "Bisphosphonates": "bisphosphonates", "Denosumab": "denosumab",
    "Relieve pain": "pain", "prevent": "fractures", "treat fractures": "fractures",
    "Localized": "localized_radiation", "whole bone": "whole_bone_radiation",
    "Stabilize": "bone_stabilization", "repair bones": "fractures",
    "Control cancer spread": "cancer_spread", "Chemotherapy": "chemotherapy",
    "hormone therapy": "hormone_therapy", "For fractures": "fractures",
    "spinal issues": "spinal_issues", "Alleviate bone pain": "pain", "Opioids": "opioids pain",
    "NSAIDs": "nsaids pain", "nerve blocks": "nerve_blocks pain",
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


def statements():
    """The statements that the article makes in each cell, apart from the label of a row."""
    by_id = {record.statement_id: record for record in bm.load("statements", "records")}
    cells = defaultdict(list)
    for mention in bm.load("mentions", "records"):
        if mention.basis == "cell":
            cell = (mention.resource, mention.row_id, mention.field)
            cells[cell].append(by_id[mention.statement_id])
    return cells


STATEMENTS = statements()


def concepts(cell):
    """The concepts in the statements of a cell."""
    ends = [(statement.subject_id, statement.object_id) for statement in STATEMENTS[cell]]
    return {concept_id for pair in ends for concept_id in pair}


@pytest.mark.parametrize(("table", "row", "column", "item"), list(items()))
def test_everything_that_a_cell_lists_is_in_a_statement_of_that_cell(table, row, column, item):
    if item in TERMS:
        assert set(TERMS[item].split()) <= concepts((table, row, column))
    else:
        assert item in NO_TERM


def test_no_statement_of_a_cell_names_what_the_cell_does_not_list():
    listed = defaultdict(set)
    for table, row, column, item in items():
        listed[table, row, column] |= {row, *TERMS.get(item, "").split(), *UNDERSTOOD}
    for cell in STATEMENTS:
        assert concepts(cell) <= listed[cell], cell


# What a cell says, and the qualifier of one of its statements.
QUALIFIERS = [
    (r"Up to 75%", "up_to"),
    (r"often severe|Common|Frequent|Highly prevalent", "often"),
    (r"early onset", "early"),
    (r"advanced disease", "later"),
    (r"Severe cases", "in_severe_cases"),
    (r"can cause", "may"),
    (r"Excess", "abnormal"),
    (r"preference", "more_often"),
    (r"In clinical trials", "in_trials"),
]


@pytest.mark.parametrize("cell", sorted(STATEMENTS), ids="/".join)
def test_the_qualifiers_of_a_cell_are_its_words(cell):
    table, row, column = cell
    text = bm.load(table).set_index(bm.load(table).columns[0]).loc[row, column]
    said = {qualifier for pattern, qualifier in QUALIFIERS if re.search(pattern, text)}
    said |= {"often"} if column == "common_cancers" else set()
    stated = {q for statement in STATEMENTS[cell] for q in (statement.qualifier or "").split(";")}
    assert stated - {""} == said


def test_the_only_number_of_the_tables_is_the_value_of_its_statement():
    assert [s.value_number for cell in STATEMENTS.values() for s in cell if s.value_number] == [
        75.0
    ]
    assert STATEMENTS["symptoms", "pain", "prevalence_timing"][0].value_number == 75.0


def test_the_label_of_a_row_relates_it_to_bone_metastasis():
    """A row of types is a kind of it, which broader_id says."""
    by_id = {record.statement_id: record for record in bm.load("statements", "records")}
    titles = {
        mention.row_id: by_id[mention.statement_id]
        for mention in bm.load("mentions", "records")
        if mention.basis == "table_title"
    }
    rows = {row[0] for name in article.TABLES for row in article.rows(name) if name != "types"}
    assert set(titles) == rows
    for row_id, statement in titles.items():
        assert {statement.subject_id, statement.object_id} == {row_id, "bone_metastasis"}
    for row in article.rows("types"):
        assert bm.concept(row[0]).broader.concept_id == "bone_metastasis"


def test_every_predicate_and_qualifier_is_defined_and_used():
    statements = bm.load("statements", "records")
    predicates = {record.predicate for record in bm.load("predicates", "records")}
    assert {record.predicate for record in statements} == predicates
    qualifiers = {record.qualifier for record in bm.load("qualifiers", "records")}
    used = {name for record in statements for name in (record.qualifier or "").split(";")}
    assert used - {""} == qualifiers


def test_the_notices_name_every_vocabulary_that_is_used():
    notices = (ROOT / "NOTICES").read_text(encoding="utf-8")
    names = {v.vocabulary_id: v.prefix for v in bm.load("vocabularies", "records") if v.version}
    used = {
        row.vocabulary_id
        for resource in ("mappings", "descendants", "synonyms")
        for row in bm.load(resource, "records")
    }
    assert used - {"bonemet"} <= set(names)
    for vocabulary_id in used - {"bonemet"}:
        assert f"({names[vocabulary_id] or vocabulary_id})\n" in notices
    assert "uses the Human Phenotype Ontology (version 2025-01-16)" in notices
    assert "NLM has not endorsed this product" in notices


def test_evidence_says_that_it_is_not_the_articles():
    assert "independently of the article" in installed().resource("publications").description
    for page, words in {
        "README.md": "not the sources that the article cites",
        "docs/reference/data-dictionary.md": "independently of the article",
    }.items():
        assert words in " ".join((ROOT / page).read_text(encoding="utf-8").split())


def test_no_evidence_is_said_to_confirm_that_three_quarters_have_pain():
    about = bm.statements(object="pain")
    stated = about[about["value_number"].notna()]["statement_id"].tolist()
    evidence = [record for id_ in stated for record in bm.evidence(id_, engine="records")]
    assert {record.stance for record in evidence} == {"qualifies"}
    numbers = bm.load("measurements").merge(bm.evidence(stated[0]), on="evidence_id")
    assert 75 not in numbers["value_number"].tolist()
    for record in bm.evidence(concept_id="disabling", engine="records"):
        assert record.stance == "partly_supports"
        assert "gives no share" in record.finding


def test_figures_from_a_summary_are_marked_as_such():
    excerpts = [e for e in bm.evidence(engine="records") if e.basis == "excerpt"]
    assert {e.doi for e in excerpts} == {
        "10.1002/14651858.CD003474.pub4",
        "10.1200/JCO.23.00753",
        "10.1002/14651858.CD012638.pub2",
        "10.1016/S0140-6736(00)49915-0",
    }


def test_no_justification_claims_a_person():
    """No person is named, so none is said to have curated or reviewed a mapping."""
    justifications = {m.mapping_justification for m in bm.load("mappings", "records")}
    assert not {j for j in justifications if re.search("Manual|Review", j)}
    assert {j.partition(":")[0] for j in justifications} == {"semapv"}


def test_exact_names_do_not_clash():
    kinds = {c.concept_id: c.kind for c in bm.load("concepts", "records")}
    owners = {}
    for synonym in bm.load("synonyms", "records"):
        if synonym.synonym_scope == "EXACT":
            owners.setdefault((kinds[synonym.concept_id], fold(synonym.synonym)), set()).add(
                synonym.concept_id
            )
    assert [names for names, concepts in owners.items() if len(concepts) > 1] == []
