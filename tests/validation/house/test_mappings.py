"""Exact matches are unique, justifications true, and descendants below a mapped term."""

import pytest

from ..helpers import places

# table, what is replaced, by what; then the findings: rule, resource, line, column
FAULTS = [
    ("mappings", "pain,skos:broadMatch,HP:0012531", "pain,skos:exactMatch,HP:0012531", [("exact-match", "mappings", 9, "object_id")]),
    ("mappings", "fatigue,skos:exactMatch,HP:0012378,Fatigue", "fatigue,skos:exactMatch,HP:0002653,Bone pain", [("foreignKeys", "descendants", 2, "concept_id, ancestor_object_id"), ("foreignKeys", "descendants", 3, "concept_id, ancestor_object_id"), ("exact-match", "mappings", 18, "object_id"), ("justification", "mappings", 18, "mapping_justification")]),
    ("mappings", "skos:exactMatch", "skos:sameAs", [("enum", "mappings", 2, "predicate_id")]),
    ("mappings", "pain,skos", "pains,skos", [("foreignKeys", "mappings", 2, "concept_id")]),
    ("mappings", "HP:0002653,Bone pain,hp,hp/releases/2025-01-16,semapv:UnspecifiedMatching", "HP:0002653,Bone pain,hp,hp/releases/2025-01-16,semapv:MappingChaining", [("justification", "mappings", 2, "mapping_justification")]),
    ("mappings", "HP:0002653,Bone pain,hp,hp/releases/2025-01-16,semapv:UnspecifiedMatching", "HP:0002653,Bone pain,hp,hp/releases/2025-01-16,semapv:LexicalMatching", [("justification", "mappings", 2, "mapping_justification")]),
    ("mappings", "fatigue,skos:exactMatch,HP:0012378,Fatigue", "fatigue,skos:exactMatch,HP:0012378,Tired", [("justification", "mappings", 18, "mapping_justification")]),
    ("descendants", "Chronic fatigue,HP:0012378", "Chronic fatigue,HP:0025406", [("foreignKeys", "descendants", 2, "concept_id, ancestor_object_id")]),
    ("mappings", "fatigue,skos:exactMatch,HP:0012378", "fatigue,skos:broadMatch,HP:0012378", [("descendant", "descendants", 2, "ancestor_object_id"), ("descendant", "descendants", 3, "ancestor_object_id")]),
    ("descendants", "fatigue,HP:0012432,Chronic fatigue,HP:0012378", "fatigue,HP:0012378,Fatigue,HP:0012378", [("descendant", "descendants", 2, "object_id")]),
]  # fmt: skip


@pytest.mark.parametrize(("table", "old", "new", "expected"), FAULTS)
def test_one_fault_gives_its_finding_at_its_place(house, table, old, new, expected):
    assert places(house.edit((table, old, new))) == expected
