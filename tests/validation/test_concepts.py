"""The rules about concepts: relations, mappings, synonyms and evidence."""

import pytest

import bonemet_data as bm

FAULTS = [
    ("mappings", "HP:0012378", "HPX:0012378", "curie", "object_id"),
    ("synonyms", "HP:0012378", "HPX:0012378", "curie", "object_id"),
    ("synonyms", "numbness,Hypesthesia,", "numbness,Sleepiness,", "exact-synonym", "synonym"),
    ("synonyms", "breast_cancer,mammary cancer", "breast_cancer,LUNG cancer", "exact-synonym", "synonym"),
    ("relations", "osteolytic,common_in,lung_cancer", "osteolytic,common_in,thyroid_cancer", "relation-cell", "object_id"),
    ("relations", "osteolytic,common_in,lung_cancer,types,common_cancers", "osteolytic,common_in,lung_cancer,types,main_feature", "relation-cell", "object_id"),
    ("relations", "osteolytic,common_in,lung_cancer,types,common_cancers", "osteolytic,common_in,lung_cancer,types,nowhere", "relation-cell", "object_id"),
    ("relations", "osteolytic,common_in,lung_cancer", "osteolytic,common,lung_cancer", "enum", "predicate"),
    ("mappings", "skos:exactMatch", "skos:sameAs", "enum", "predicate_id"),
    ("mappings", "pain,skos", "pains,skos", "foreignKeys", "concept_id"),
    ("evidence", "10.2147/JPR.S371337", "doi:10.2147/JPR.S371337", "pattern", "doi"),
    ("evidence", "36317162", "PMID36317162", "pattern", "pmid"),
    ("evidence", "PMC3161388", "3161388", "pattern", "pmcid"),
    ("evidence", "10.1136/bmj.h315", "", "evidence-identifier", "title"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "old", "new", "rule", "column"), FAULTS)
def test_a_fault_is_found_where_it_is(copy, table, old, new, rule, column):
    copy.edit(f"datapackage/{table}.csv", old, new)
    copy.restamp()
    findings = bm.validate_package(copy.root).findings
    assert (rule, table, column) in {(f.rule, f.resource, f.column) for f in findings}
    assert {finding.resource for finding in findings} == {table}
