"""A report: what it counts, when it is valid, and its verdict."""

import pickle
from dataclasses import fields, replace

import pytest

from bonemet_data.errors import ArgumentError, InvalidDataError, OutputError, UnknownNameError
from bonemet_data.reporting.finding import Finding, Severity
from bonemet_data.reporting.groups import COLUMNS, FindingGroup, RuleResult
from bonemet_data.reporting.report import Report
from bonemet_data.reporting.results import Count
from bonemet_data.reporting.rules import Rule

from .examples import ERROR, UNCHECKED, WARNING

VERDICTS = [
    # findings, attributes, valid, complete, verdict
    ([], {"rows": 1}, True, True, "valid: 1 row"),
    ([], {"rows": 1200}, True, True, "valid: 1,200 rows"),
    ([], {"resources": 12}, True, True, "valid: 12 resources"),
    ([WARNING], {"resources": 1}, True, True, "valid: 1 resource, 1 warning"),
    ([ERROR], {"rows": 3}, False, True, "1 error in 3 rows"),
    ([ERROR, WARNING], {"resources": 2}, False, True, "1 error, 1 warning in 1 of 2 resources"),
    (
        [UNCHECKED],
        {"resources": 2},
        False,
        False,
        "no error found, but 1 of 2 resources was not checked",
    ),
    (
        [UNCHECKED],
        {"rows": 3},
        False,
        False,
        "no error found, but 3 rows could not be checked completely",
    ),
    ([ERROR, UNCHECKED], {"resources": 2}, False, False, "1 error in 1 of 2 resources"),
]


@pytest.mark.parametrize(("findings", "attributes", "valid", "complete", "verdict"), VERDICTS)
def test_the_verdict(findings, attributes, valid, complete, verdict):
    report = Report.of(findings, **attributes)
    assert (report.valid, report.complete) == (valid, complete)
    assert str(report).splitlines()[-1] == verdict


def test_equal_findings_count_once_and_findings_are_in_the_order_of_the_rules():
    report = Report.of([UNCHECKED, ERROR, ERROR, WARNING])
    assert report.findings == (UNCHECKED, WARNING, ERROR)
    assert [count.number for count in report.counts] == [1, 1, 1]
    assert (report.errors, report.warnings, report.not_checked) == (1, 1, 1)


def test_a_report_can_be_printed_when_a_test_fails():
    report = Report.of([ERROR], rows=3)
    with pytest.raises(AssertionError, match="'Mixed'") as caught:
        assert report.valid, report
    assert len(str(caught.value).splitlines()) < 8


@pytest.mark.parametrize("engine", ["pandas", "polars", "arrow"])
def test_a_frame_has_a_row_for_each_finding(engine):
    frame = Report.of([ERROR, WARNING]).to_frame(engine)
    columns = frame.column_names if engine == "arrow" else list(frame.columns)
    assert columns == [
        "severity",
        "rule",
        "message",
        "resource",
        "file",
        "line",
        "row",
        "column",
        "value",
        "suggestion",
        "scope",
    ]
    lines = frame["line"].to_pylist() if engine == "arrow" else frame["line"].to_list()
    assert len(lines) == 2
    assert 3 in lines


def test_an_unknown_engine_of_a_frame_is_an_error():
    with pytest.raises(ArgumentError, match="'dask' is not one of: pandas, polars, arrow"):
        Report.of([]).to_frame("dask")


@pytest.mark.parametrize("engine", ["pandas", "polars", "arrow"])
def test_the_summary_has_a_row_for_each_distinct_fault(engine):
    again = replace(ERROR, line=9, row=8)
    frame = Report.of([ERROR, again, WARNING]).summary(engine)
    numbers = frame["number"].to_pylist() if engine == "arrow" else frame["number"].to_list()
    assert numbers == [2, 1]
    columns = frame.column_names if engine == "arrow" else list(frame.columns)
    assert columns == [*COLUMNS]
    assert {*columns} == {field.name for field in fields(FindingGroup)}


RAISING = [
    # findings, whether unchecked parts are allowed, whether an exception is raised
    ([], False, False),
    ([WARNING], False, False),
    ([ERROR], True, True),
    ([UNCHECKED], False, True),
    ([UNCHECKED], True, False),
]


@pytest.mark.parametrize(("findings", "allow_unchecked", "raises"), RAISING)
def test_errors_are_raised_on_request(findings, allow_unchecked, raises):
    report = Report.of(findings, rows=3)
    if not raises:
        assert report.raise_for_errors(allow_unchecked=allow_unchecked) is report
        return
    with pytest.raises(InvalidDataError) as caught:
        report.raise_for_errors(allow_unchecked=allow_unchecked)
    assert caught.value.report is report
    assert str(caught.value) == str(report)
    assert pickle.loads(pickle.dumps(caught.value)).report == report


@pytest.mark.parametrize(
    "name", [name for name in dir(Report) if name.startswith("to_") and name != "to_frame"]
)
def test_each_format_can_be_written_to_a_file(tmp_path, name):
    report, path = Report.of([ERROR], rows=3), tmp_path / "report"
    assert getattr(report, name)(path) == getattr(report, name)()
    assert path.read_text(encoding="utf-8") == getattr(report, name)() + "\n"
    with pytest.raises(OutputError, match="cannot be written"):
        getattr(report, name)(tmp_path / "nowhere" / "report")


SENTENCES = [
    ({"message": "required value is missing"}, "required value is missing"),
    ({"message": "is not a year", "value": "x\x1b"}, "'x\\x1b' is not a year"),
    ({"message": "duplicate value", "column": "id", "value": "a"}, "id: 'a' duplicate value"),
    ({"message": "m", "suggestion": "b"}, "m; did you mean 'b'?"),
    ({"message": "m", "file": "a.csv"}, "a.csv: m"),
    ({"message": "m", "file": "a.csv", "row": 2}, "a.csv: row 2: m"),
    ({"message": "m", "file": "a.csv", "row": 2, "line": 3}, "a.csv:3: m"),
    ({"message": "m", "row": 2}, "row 2: m"),
    ({"message": "m", "resource": "types"}, "types: m"),
    ({"message": "m", "value": "x" * 200}, repr("x" * 80 + "…") + " m"),
]


@pytest.mark.parametrize(("attributes", "text"), SENTENCES)
def test_a_finding_reads_as_one_line(attributes, text):
    finding = Finding(severity=Severity.ERROR, rule=Rule.TYPE, **attributes)
    assert str(finding) == text


def test_the_registry_of_rules_is_in_the_order_of_the_stages():
    assert [rule.order for rule in Rule] == list(range(len(Rule)))
    stages = [rule.stage for rule in Rule]
    assert stages == sorted(stages, key=list(type(stages[0])).index)
    assert all(rule.meaning.endswith(".") for rule in Rule)


SELECTIONS = [
    # resource and column of a finding, selection, whether it is selected
    ("r", "c", "type", True),
    ("r", "c", "enum", False),
    ("r", "c", "type@r", True),
    ("r", "c", "type@r.c", True),
    ("r", "c", "type@r.d", False),
    ("r", "c", "type@c", False),
    ("a.b", "c.d", "type@a.b", True),
    ("a.b", "c.d", "type@a.b.c.d", True),
    (None, "c", "type@.c", True),
    (None, None, "type@r", False),
]


@pytest.mark.parametrize(("resource", "column", "selection", "selected"), SELECTIONS)
def test_ignored_findings_are_dropped_and_counted(resource, column, selection, selected):
    finding = Finding(
        severity=Severity.ERROR, rule=Rule.TYPE, message="x", resource=resource, column=column
    )
    report = Report.of([finding, UNCHECKED], rows=1).ignore(selection)
    assert (report.ignored, report.errors) == ((1, 0) if selected else (0, 1))
    assert (finding in report.findings) is not selected
    assert report.not_checked == 1
    assert any(group.rule is Rule.TYPE for group in report.groups) is not selected


def test_ignored_rules_are_not_listed():
    rules = (RuleResult(rule=Rule.TYPE, column="a", rows=1), RuleResult(rule=Rule.ENUM, column="a"))
    assert Report(rules=rules).ignore("type").rules == rules[1:]


def test_findings_that_are_not_shown_are_ignored_too():
    count = Count(severity=Severity.ERROR, rule=Rule.TYPE, column="a", number=7)
    assert Report(counts=(count,), findings=(ERROR,), rows=9).ignore("type").ignored == 7


def test_an_unknown_rule_cannot_be_ignored():
    with pytest.raises(UnknownNameError, match=r"no rule 'uniq'\. Did you mean unique"):
        Report.of([]).ignore("uniq")


def test_strict_makes_errors_of_warnings_only():
    report = Report.of([ERROR, WARNING, UNCHECKED]).strict()
    assert (report.errors, report.warnings, report.not_checked) == (2, 0, 1)
    assert [group.severity for group in report.groups] == ["error", "error", "not_checked"]


def test_the_counts_of_parts_are_added():
    part = Report(counts=Report.of([ERROR]).counts * 2, findings=(ERROR,))
    report = Report.of([WARNING], [part])
    assert (report.findings, report.errors, report.warnings) == ((WARNING, ERROR), 2, 1)
