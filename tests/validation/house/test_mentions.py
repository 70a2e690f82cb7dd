"""Every cell and every statement has a mention, and every mention has a place."""

import pytest

from ..helpers import places

# table, what is replaced, by what; then the findings: rule, resource, line, column
FAULTS = [
    ("mentions", "sy024,st020,cell,symptoms,hypercalcemia,prevalence_timing", "sy024,st020,cell,symptoms,hypercalcemia,description", [("cell-without-statement", "symptoms", 5, "prevalence_timing")]),
    ("mentions", "sy024,st020,cell,symptoms,hypercalcemia,prevalence_timing", "sy024,st020,cell,symptoms,hypercalcemia,source_ids", [("cell-without-statement", "symptoms", 5, "prevalence_timing"), ("cell-without-statement", "symptoms", 5, "source_ids"), ("mention-place", "mentions", 27, "field")]),
    ("mentions", "sy024,st020,cell,symptoms,hypercalcemia,prevalence_timing", "sy024,st020,cell,symptoms,nausea,prevalence_timing", [("source-ids", "mentions", 27, "mention_id"), ("cell-without-statement", "symptoms", 5, "prevalence_timing"), ("mention-place", "mentions", 27, "row_id")]),
    ("mentions", "sy024,st020,cell,symptoms,hypercalcemia,prevalence_timing", "sy024,st020,cell,sources,hypercalcemia,prevalence_timing", [("enum", "mentions", 27, "resource"), ("functional-dependency", "mentions", 27, "resource"), ("cell-without-statement", "symptoms", 5, "prevalence_timing"), ("mention-place", "mentions", 27, "resource")]),
    ("mentions", "sy024,st020,cell,symptoms", "sy024,st020,cell,", [("functional-dependency", "mentions", 27, "resource"), ("cell-without-statement", "symptoms", 5, "prevalence_timing"), ("mention-place", "mentions", 27, "basis")]),
    ("mentions", "sy024,st020,cell,symptoms", "sy024,st020,prose,symptoms", [("mention-place", "mentions", 27, "basis")]),
    ("mentions", "sy024,st020,cell,", "sy024,st020,table_title,", [("mention-place", "mentions", 27, "basis")]),
    ("mentions", "sy006,st003,table_title,", "sy006,st003,cell,", [("mention-place", "mentions", 9, "basis")]),
    ("mentions", "in002,st001,prose,,,", "in002,st001,prose,symptoms,,", [("mention-place", "mentions", 2, "basis")]),
    ("mentions", "in002,st001,prose,,,,introduction,11", "in002,st001,cell,types,mixed,type,types,53", [("source-ids", "mentions", 2, "mention_id"), ("cell-without-statement", "types", 4, "type"), ("mention-place", "mentions", 2, "basis")]),
    ("mentions", "in002,st001,", "in002,st002,", [("unmentioned-statement", "statements", 2, "statement_id")]),
]  # fmt: skip


@pytest.mark.parametrize(("table", "old", "new", "expected"), FAULTS)
def test_one_fault_gives_its_finding_at_its_place(house, table, old, new, expected):
    assert places(house.edit((table, old, new))) == expected


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("sy024,st020,cell,symptoms", "sy024,st020,prose,symptoms", "must have no resource, row_id, field, but has resource, row_id, field"),
        ("sy024,st020,cell,symptoms,hypercalcemia,", "sy024,st020,cell,symptoms,,", "needs resource, row_id, field, but lacks row_id"),
        ("sy024,st020,cell,", "sy024,st020,table_title,", "does not fit symptoms.prevalence_timing: table_title is the basis of labels alone"),
    ],
)  # fmt: skip
def test_the_message_names_what_does_not_fit_the_basis(house, old, new, message):
    findings = house.edit(("mentions", old, new)).findings
    assert message in [f.message for f in findings if f.rule == "mention-place"]
