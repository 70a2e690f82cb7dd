"""Groups: one for each distinct fault, the most frequent first."""

from dataclasses import replace

import pytest

from bonemet_data.reporting.finding import Severity
from bonemet_data.reporting.groups import RuleResult, group_findings, merge_duplicates
from bonemet_data.reporting.rules import Rule

from .examples import ERROR, UNCHECKED, WARNING

DUPLICATE = replace(
    ERROR, rule=Rule.UNIQUE, message="duplicate value, also on line 9", suggestion=None
)

SAME = [
    # change of a finding, whether it belongs to the same group
    ({"line": 9, "row": 8}, True),
    ({"file": "other.csv"}, True),
    ({"value": "lytic"}, False),
    ({"column": "other"}, False),
    ({"resource": "other"}, False),
    ({"rule": Rule.ENUM}, False),
    ({"severity": Severity.WARNING}, False),
    ({"message": "not found in causes.cause_id"}, False),
]


@pytest.mark.parametrize(("change", "same"), SAME)
def test_findings_of_a_group_differ_only_in_their_place(change, same):
    groups = group_findings([ERROR, replace(ERROR, **change)])
    assert len(groups) == (1 if same else 2)
    assert sum(group.number for group in groups) == 2


def test_a_group_has_the_first_finding():
    (group,) = group_findings([ERROR, replace(ERROR, line=9, row=8)])
    assert (group.number, group.line, group.row, group.suggestion) == (2, 3, 2, "mixed")


def test_a_duplicate_value_is_one_group_though_each_message_has_another_line():
    (group,) = group_findings(
        [DUPLICATE, replace(DUPLICATE, message="duplicate value, also on line 3")]
    )
    assert (group.number, group.message) == (2, "duplicate value, also on line 9")


def test_the_order_is_severity_number_and_place():
    often = [replace(ERROR, value="often", row=row) for row in (7, 8)]
    late, early = replace(ERROR, value="late", row=6), replace(ERROR, value="early", row=5)
    groups = group_findings([UNCHECKED, WARNING, WARNING, late, early, *often])
    assert [group.value for group in groups] == ["often", "early", "late", "=1+1", None]


@pytest.mark.parametrize(("values", "lines"), [(1, 1), (3, 3), (4, 1), (300, 1)])
def test_many_duplicate_values_of_a_column_are_shown_as_one(values, lines):
    duplicates = [
        replace(DUPLICATE, value=f"v{number}", row=row)
        for number in range(values)
        for row in (number + 1, number + 1_000)
    ]
    merged = merge_duplicates(group_findings(duplicates))
    assert len(merged) == lines
    assert sum(group.number for group in merged) == 2 * values
    if lines < values:
        assert (merged[0].message, merged[0].value, merged[0].row) == (
            f"{values} duplicate values",
            None,
            1,
        )


SHARES = [
    # rows, number, share
    (4, 0, 1.0),
    (4, 1, 0.75),
    (4, 9, 0.0),
    (0, 0, 1.0),
    (0, 1, 0.0),
]


@pytest.mark.parametrize(("rows", "number", "share"), SHARES)
def test_the_share_of_rows_that_pass(rows, number, share):
    result = RuleResult(rule=Rule.TYPE, rows=rows, number=number)
    assert (result.share, result.passed) == (share, not number)
