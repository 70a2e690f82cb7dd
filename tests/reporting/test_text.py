"""The text of a report: distinct faults by column and problem, in the width of a terminal."""

import re
from dataclasses import replace

import pytest
from rich.cells import cell_len

from bonemet_data.reporting.finding import Severity
from bonemet_data.reporting.groups import FindingGroup, RuleResult
from bonemet_data.reporting.layout import cut
from bonemet_data.reporting.report import Report
from bonemet_data.reporting.results import Count
from bonemet_data.reporting.rules import Rule

from .examples import HOSTILE, UNCHECKED, WARNING


def group(rule, column, value, number, line, message, suggestion=None, scope=None):
    return FindingGroup(
        severity=Severity.ERROR,
        rule=rule,
        message=message,
        number=number,
        file="cohort.csv",
        line=line,
        row=line - 1,
        column=column,
        value=value,
        suggestion=suggestion,
        scope=scope,
    )


LONG = "not otherwise specified, see the report of the radiologist"
GROUPS = (
    group(Rule.FOREIGN_KEYS, "lesion_type", "lytic", 436, 17, "not found in types.type_id", "osteolytic", "related"),
    group(Rule.FOREIGN_KEYS, "lesion_type", LONG, 90, 5, "not found in types.type_id"),
    group(Rule.FOREIGN_KEYS, "lesion_type", "Mixed", 12, 4, "not found in types.type_id", "mixed", "exact"),
    group(Rule.MAXIMUM, "age", "200", 3, 8, "is greater than the maximum 120"),
    group(Rule.REQUIRED, "age", None, 2, 9, "required value is missing"),
    group(Rule.TYPE, "diagnosed", "31.12.2020", 1, 80, "is not a date (YYYY-MM-DD)"),
)  # fmt: skip
HEADER = FindingGroup(
    severity=Severity.ERROR,
    rule=Rule.COLUMNS,
    message="missing column notes: add it to the data; column note not in the schema: remove it, or add a field to the schema",
    file="cohort.csv",
    line=1,
)
RULES = (
    RuleResult(rule=Rule.COLUMNS, rows=0, number=1),
    RuleResult(rule=Rule.RAGGED_ROW, rows=2_000_000),
    RuleResult(rule=Rule.TYPE, column="age", rows=2_000_000),
    RuleResult(rule=Rule.TYPE, column="lesion_type", rows=2_000_000),
    RuleResult(rule=Rule.REQUIRED, column="age", rows=2_000_000, number=2),
    RuleResult(rule=Rule.FOREIGN_KEYS, column="lesion_type", rows=2_000_000, number=20_538),
)
COUNTS = tuple(
    Count(severity=each.severity, rule=each.rule, column=each.column, number=each.number)
    for each in (*GROUPS, HEADER)
)
REPORT = Report(rows=2_000_000, groups=(*GROUPS, HEADER), counts=COUNTS, rules=RULES)


def test_in_80_columns():
    assert REPORT.to_text().splitlines() == [
        "lesion_type: not found in types.type_id",
        "  'lytic'                        × 436  first at line 17  → osteolytic (related)",
        "  'not otherwise specified, se…  × 90   first at line 5",
        "  'Mixed'                        × 12   first at line 4   → mixed",
        "age: greater than the maximum 120  '200'  × 3  first at line 8",
        "age: required value is missing  × 2  first at line 9",
        "cohort.csv:1: missing column notes: add it to the data; column note not in the",
        "  schema: remove it, or add a field to the schema  [columns]",
        "diagnosed: not a date (YYYY-MM-DD)  '31.12.2020'  line 80",
        "545 findings: 7 distinct faults",
        "",
        "broken rules, with findings and the share of rows that pass:",
        "  (table)      columns 1",
        "  required     age 2 (99.99 %)",
        "  foreignKeys  lesion_type 20,538 (98.97 %)",
        "rules passed by 2,000,000 rows:",
        "  (table)  ragged-row",
        "  type     age, lesion_type",
        "545 errors in 2,000,000 rows",
    ]


def test_a_value_is_whole_in_a_wide_terminal():
    assert REPORT.to_text(width=120).splitlines()[:4] == [
        "lesion_type: not found in types.type_id",
        "  'lytic'                                                       × 436  first at line 17  → osteolytic (related)",
        f"  {LONG!r}  × 90   first at line 5",
        "  'Mixed'                                                       × 12   first at line 4   → mixed",
    ]


def test_a_duplicate_value_names_both_lines():
    message = "duplicate value, also on line 9"
    pair = group(Rule.UNIQUE, "id", "a", 2, 3, message)
    many = group(Rule.UNIQUE, "id", "b", 3, 4, message)
    assert Report(groups=(many, pair)).to_text().splitlines()[:3] == [
        "id: duplicate value",
        "  'b'  × 3  first at line 4",
        "  'a'  × 2  line 3, also on line 9",
    ]


@pytest.mark.parametrize("width", range(40, 200, 8))
def test_every_line_fits_and_every_number_is_whole(width):
    text = REPORT.to_text(width=width)
    assert max(map(cell_len, text.splitlines())) <= max(width, 80)
    if width >= 80:
        assert all(f"× {each.number}" in text for each in GROUPS if each.number > 1)
        assert all(f"line {each.line}" in text for each in GROUPS)
    assert "remove it" in re.sub(r"\s+", " ", text)


def test_the_limit_is_of_distinct_faults():
    lines = REPORT.to_text(limit=2).splitlines()
    assert lines[3] == "... and 5 more distinct faults: 19 findings"
    assert lines[4] == "545 findings: 7 distinct faults"


def test_a_valid_report_lists_the_rules_that_passed():
    report = Report(rows=3, rules=(RuleResult(rule=Rule.TYPE, column="a", rows=3),))
    assert report.to_text().splitlines() == [
        "rules passed by 3 rows:",
        "  type  a",
        "valid: 3 rows",
    ]


def test_the_rules_of_a_package_are_counted_by_table():
    rules = (
        RuleResult(rule=Rule.TYPE, resource="r", column="a", rows=3),
        RuleResult(rule=Rule.TYPE, resource="r", column="b", rows=3),
        RuleResult(rule=Rule.TYPE, resource="s", column="a", rows=4, number=1),
    )
    assert Report(resources=2, rules=rules).to_text().splitlines() == [
        "broken rules, with findings and the share of rows that pass:",
        "  s  a type 1 (75 %)",
        "rules passed by 3 rows:",
        "  r  2 rules, 3 rows",
        "valid: 2 resources",
    ]


def test_other_severities_are_named():
    lines = (
        Report.of([WARNING, replace(WARNING, row=9), UNCHECKED], resources=2).to_text().splitlines()
    )
    assert lines[0].startswith("warning: cohort.note: starts with '='")
    assert lines[2].startswith("map: not checked: shape: type 'geojson' is not implemented")


def test_no_line_begins_with_a_workflow_command():
    text = Report.of([replace(HOSTILE, column="::error::x")], rows=1).to_text()
    assert not re.search(r"^\s*::", text, re.MULTILINE)


CUTS = [
    ("osteolytic", 10, "osteolytic"),
    ("osteolytic", 5, "oste…"),
    ("骨溶解性", 5, "骨溶…"),
    ("", 0, ""),
]


@pytest.mark.parametrize(("text", "width", "shown"), CUTS)
def test_text_is_cut_by_the_columns_that_it_takes(text, width, shown):
    assert cut(text, width) == shown
    assert cell_len(shown) <= width
