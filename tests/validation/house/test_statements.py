"""Statements fit their predicates, qualifiers and units, and none is made twice."""

import pytest

from ..helpers import places

# table, what is replaced, by what; then the findings: rule, resource, line, column
FAULTS = [
    ("statements", "st014,bone_metastasis,has_symptom,pain", "st014,bone_metastasis,has_symptom,severe", [("statement-kinds", "statements", 15, "object_id")]),
    ("statements", "st014,bone_metastasis,has_symptom,pain", "st014,severe,has_symptom,pain", [("statement-kinds", "statements", 15, "subject_id")]),
    ("statements", "st003,bone_metastasis,has_symptom,pain", "st003,pain,has_symptom,pain", [("statement-kinds", "statements", 4, "subject_id")]),
    ("statements", "st042,drowsiness,associated_with,pain", "st042,pain,associated_with,drowsiness", [("statement-kinds", "statements", 43, "subject_id")]),
    ("predicates", "cancer;finding;process;type,condition;", "cancer;finding;process;feeling;type,condition;", [("statement-kinds", "predicates", 7, "domain_kinds")]),
    ("predicates", "false,cancer;cell,anatomy,NCIT", "false,cancer;cell;time,anatomy,NCIT", [("statement-kinds", "predicates", 14, "domain_kinds")]),
    ("predicates", "anatomy;cell,anatomy;cell", "anatomy;cell;time,anatomy;cell", [("statement-kinds", "predicates", 6, "domain_kinds")]),
    ("predicates", "anatomy;cell,anatomy;cell", "anatomy,anatomy;cell", [("statement-kinds", "statements", 120, "subject_id"), ("statement-kinds", "statements", 121, "subject_id")]),
    ("statements", "quality_of_life,,,,", "quality_of_life,,,oftener,", [("statement-qualifier", "statements", 2, "qualifier")]),
    ("statements", "quality_of_life,,,,", "quality_of_life,,,may;may,", [("statement-qualifier", "statements", 2, "qualifier")]),
    ("statements", "pain,75,percent,", "pain,75,,", [("statement-unit", "statements", 15, "unit")]),
    ("statements", "pain,75,percent,", "pain,,percent,", [("statement-unit", "statements", 15, "value_number")]),
    ("statements", "st004,bone_metastasis,has_symptom,fractures", "st004,bone_metastasis,has_symptom,pain", [("repeated-statement", "statements", 5, "statement_id")]),
    ("concepts", "d or lost feeling in a part of the body.,,", "d or lost feeling in a part of the body.,spinal_issues,", [("repeated-statement", "statements", 22, "object_id")]),
    ("qualifiers", "\nsometimes,", "\nat_times,", [("statement-qualifier", "statements", 8, "qualifier"), ("statement-qualifier", "statements", 38, "qualifier"), ("statement-qualifier", "statements", 166, "qualifier"), ("unused-row", "qualifiers", 3, "qualifier")]),
    ("predicates", "studied_to_treat,", "studied_to_heal,", [("foreignKeys", "statements", 147, "predicate"), ("foreignKeys", "statements", 189, "predicate"), ("foreignKeys", "statements", 191, "predicate"), ("foreignKeys", "statements", 203, "predicate"), ("foreignKeys", "statements", 223, "predicate"), ("unused-row", "predicates", 20, "predicate")]),
]  # fmt: skip


@pytest.mark.parametrize(("table", "old", "new", "expected"), FAULTS)
def test_one_fault_gives_its_finding_at_its_place(house, table, old, new, expected):
    assert places(house.edit((table, old, new))) == expected
