"""The rows of the article's tables are concepts, and a number agrees with its text."""

import pytest

from ..helpers import places

# table, what is replaced, by what; then the findings: rule, resource, line, column
FAULTS = [
    ("concepts", "mixed,type,Mixed", "mixed,type,Mixture", [("concept-label", "types", 4, "type")]),
    ("concepts", "mixed,type", "mixed,cancer", [("concept-kind", "types", 4, "type_id")]),
    ("concepts", "nausea,finding", "nausea,type", [("concept-kind", "concepts", 26, "concept_id"), ("statement-kinds", "statements", 19, "object_id")]),
    ("concepts", "fatigue,symptom,Fatigue,EXACT", "fatigue,symptom,Fatigue,", [("label-scope", "concepts", 3, "label_scope")]),
    ("concepts", "nausea,finding,Nausea,,", "nausea,finding,Nausea,EXACT,", [("label-scope", "concepts", 26, "label_scope")]),
    ("symptoms", ",75,", ",74,", [("prevalence", "symptoms", 2, "prevalence_upper_percent")]),
    ("symptoms", ",75,", ",,", [("prevalence", "symptoms", 2, "prevalence_upper_percent")]),
    ("symptoms", ",75,", ",175,", [("maximum", "symptoms", 2, "prevalence_upper_percent"), ("prevalence", "symptoms", 2, "prevalence_upper_percent")]),
    ("symptoms", ",75,", ",INF,", [("not-finite", "symptoms", 2, "prevalence_upper_percent"), ("maximum", "symptoms", 2, "prevalence_upper_percent"), ("prevalence", "symptoms", 2, "prevalence_upper_percent")]),
    ("symptoms", "Highly prevalent", "Up to 60% of patients", [("prevalence", "symptoms", 7, "prevalence_upper_percent")]),
    ("symptoms", "Up to 75% of patients", "Up to 75% or 80%", [("prevalence", "symptoms", 2, "prevalence_upper_percent")]),
]  # fmt: skip


@pytest.mark.parametrize(("table", "old", "new", "expected"), FAULTS)
def test_one_fault_gives_its_finding_at_its_place(house, table, old, new, expected):
    assert places(house.edit((table, old, new))) == expected
