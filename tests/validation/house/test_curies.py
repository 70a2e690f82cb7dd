"""The prefixes of codes are those of the vocabularies."""

import pytest

from ..helpers import places, synonym_line

# table, what is replaced, by what; then the findings: rule, resource, line, column
FAULTS = [
    ("mappings", "HP:0002653", "HPX:0002653", [("curie", "mappings", 2, "object_id")]),
    ("mappings", "semapv:UnspecifiedMatching", "sem:UnspecifiedMatching", [("enum", "mappings", 2, "mapping_justification"), ("curie", "mappings", 2, "mapping_justification")]),
    ("synonyms", "SYMP:0020023", "SYMPX:0020023", [("curie", "synonyms", synonym_line("pain,bone pain,"), "object_id")]),
    ("predicates", "RO:0002452", "ROX:0002452", [("curie", "predicates", 3, "standard_term")]),
    ("qualifiers", "HP:0040282", "HPX:0040282", [("curie", "qualifiers", 2, "standard_term")]),
    ("descendants", "HP:0012432", "HPX:0012432", [("curie", "descendants", 2, "object_id")]),
    ("mappings", "Bone pain,hp", "Bone pain,mondo", [("functional-dependency", "mappings", 2, "license"), ("functional-dependency", "mappings", 830, "vocabulary_id"), ("curie", "mappings", 2, "object_id")]),
    ("descendants", "HP:0012378,hp", "HP:0012378,mondo", [("functional-dependency", "descendants", 3, "vocabulary_id"), ("curie", "descendants", 2, "ancestor_object_id"), ("curie", "descendants", 2, "object_id")]),
    ("vocabularies", "\nbfo,BFO", "\nbfo,BFOX", [("vocabulary", "vocabularies", 3, "vocabulary_id"), ("curie", "predicates", 2, "standard_term")]),
    ("vocabularies", ",,Drugs@FDA data file,,", ",,Drugs@FDA data file,http://x.org/,", [("vocabulary", "vocabularies", 33, "prefix")]),
    ("vocabularies", "bfo,BFO,Basic Formal Ontology,http://purl.obolibrary.org/obo/BFO_,", "bfo,BFO,Basic Formal Ontology,,", [("vocabulary", "vocabularies", 3, "namespace")]),
]  # fmt: skip


@pytest.mark.parametrize(("table", "old", "new", "expected"), FAULTS)
def test_one_fault_gives_its_finding_at_its_place(house, table, old, new, expected):
    assert places(house.edit((table, old, new))) == expected
