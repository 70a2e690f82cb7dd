"""The formats of a report: each is read back by a parser that knows nothing of this package."""

import html
import json
import re
import time
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from bonemet_data.reporting.escaping import printable
from bonemet_data.reporting.groups import RuleResult, group_findings
from bonemet_data.reporting.report import Report
from bonemet_data.reporting.rules import Rule

from .examples import ERROR, HOSTILE, UNCHECKED, WARNING

ALL = Report.of([ERROR, WARNING, UNCHECKED], title="cohort 1.0.0", resources=2, rows=3, cells=1)
EMPTY = Report(title="cohort 1.0.0", resources=2, rows=3)
SHORT = replace(ALL, findings=ALL.findings[:1])
FORMATS = ["to_text", "to_json", "to_github", "to_junit", "to_sarif", "to_markdown", "to_html"]


def test_cells_show_location_severity_value_and_rule():
    assert ALL.to_text(cells=True).splitlines() == [
        "map: not checked: shape: type 'geojson' is not implemented  [unsupported]",
        (
            "data/cohort 1.csv:4: warning: note: '=1+1' starts with '=', which spreadsheets "
            "evaluate as a formula  [formula]"
        ),
        (
            "data/cohort 1.csv:3: lesion_type: 'Mixed' not found in types.type_id; "
            "did you mean 'mixed'?  [foreignKeys]"
        ),
        "1 error, 1 warning in 1 of 2 resources",
    ]


def test_text_counts_what_it_does_not_show():
    lines = SHORT.to_text(cells=True).splitlines()
    assert lines[1] == "... and 2 more"
    assert "1  foreignKeys  cohort.lesion_type" in lines


@pytest.mark.parametrize("name", ["to_text", "to_json", "to_markdown", "to_html"])
def test_notes_are_shown(name):
    report = Report(rows=3, notes=("rules of others were not applied",))
    assert "rules of others were not applied" in getattr(report, name)()


def test_json_has_totals_counts_and_findings():
    document = json.loads(ALL.to_json())
    assert document["valid"] is False
    assert document["complete"] is False
    assert (document["errors"], document["warnings"], document["not_checked"]) == (1, 1, 1)
    assert document["findings"][2] == {
        "severity": "error",
        "rule": "foreignKeys",
        "message": "not found in types.type_id",
        "resource": "cohort",
        "file": "data/cohort 1.csv",
        "line": 3,
        "row": 2,
        "column": "lesion_type",
        "value": "Mixed",
        "suggestion": "mixed",
        "scope": None,
    }
    assert document["counts"][0]["number"] == 1
    assert document["groups"][0] | {"number": 1} == document["findings"][2] | {"number": 1}


def test_json_has_the_rules_that_were_checked():
    rules = (RuleResult(rule=Rule.MINIMUM, column="age", detail="0", rows=4, number=1),)
    assert json.loads(Report(rules=rules).to_json())["rules"] == [
        {
            "rule": "minimum",
            "resource": None,
            "column": "age",
            "detail": "0",
            "rows": 4,
            "number": 1,
            "passed": False,
            "share": 0.75,
        }
    ]


def test_github_annotates_lines_by_severity():
    commands = [line.partition(" ")[0] for line in ALL.to_github().splitlines()[:-1]]
    assert commands == ["::error", "::warning", "::notice"]
    assert "::error file=data/cohort 1.csv,line=3,title=foreignKeys::" in ALL.to_github()


def test_github_shows_ten_annotations_of_a_kind_so_that_others_are_counted():
    errors = [replace(ERROR, value=f"v{number}", row=number) for number in range(1, 15)]
    output = Report.of([*errors, WARNING], rows=20).to_github()
    assert (output.count("::error "), output.count("::warning ")) == (10, 1)
    assert "... and 4 more distinct faults (error): 4 findings" in output.splitlines()


def test_junit_has_a_test_case_for_each_rule_that_was_checked():
    rules = (
        RuleResult(rule=Rule.COLUMNS, resource="cohort", rows=3),
        RuleResult(
            rule=Rule.FOREIGN_KEYS, resource="cohort", column="lesion_type", rows=3, number=1
        ),
    )
    suite = ElementTree.fromstring(replace(ALL, rules=rules).to_junit())
    assert suite.attrib == {"name": "cohort 1.0.0", "tests": "4", "failures": "1", "skipped": "1"}
    assert [(case.get("name"), [each.tag for each in case]) for case in suite] == [
        ("columns  cohort", []),
        ("foreignKeys  cohort.lesion_type", ["failure"]),
        ("formula  cohort.note", ["system-out"]),
        ("unsupported  map.shape", ["skipped"]),
    ]


def test_junit_has_a_test_case_for_each_rule_and_column_with_findings():
    suite = ElementTree.fromstring(ALL.to_junit())
    assert suite.attrib == {"name": "cohort 1.0.0", "tests": "3", "failures": "1", "skipped": "1"}
    assert [case[0].tag for case in suite] == ["failure", "system-out", "skipped"]
    assert "Mixed" in suite[0][0].text


def test_junit_of_a_valid_report_has_one_test_case_that_passes():
    suite = ElementTree.fromstring(EMPTY.to_junit())
    assert [(case.get("name"), len(case)) for case in suite] == [("valid: 2 resources", 0)]


def test_sarif_has_a_result_for_each_distinct_fault():
    (run,) = json.loads(ALL.to_sarif())["runs"]
    assert [result["level"] for result in run["results"]] == ["error", "warning", "note"]
    assert all(rule["help"]["text"] for rule in run["tool"]["driver"]["rules"])
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    (location,) = run["results"][0]["locations"]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "data/cohort%201.csv"},
        "region": {"startLine": 3},
    }


def test_the_fingerprint_of_a_fault_depends_on_neither_line_nor_number():
    def result(*findings):
        (run,) = json.loads(Report.of(findings).to_sarif())["runs"]
        (result,) = run["results"]
        return result["occurrenceCount"], result["partialFingerprints"]

    (once, first), (twice, second) = result(ERROR), result(replace(ERROR, line=8, row=7), ERROR)
    assert (once, twice) == (1, 2)
    assert first == second
    assert result(replace(ERROR, value="other"))[1] != first


def test_markdown_fits_the_summary_of_a_job():
    """GitHub refuses one of more than 1 MiB. Failed rules come first."""
    rules = [
        RuleResult(
            rule=Rule.TYPE, column=f"{'column' * 10}{number}", rows=9, number=number // 2_999
        )
        for number in range(3_000)
    ]
    output = Report(rules=tuple(rules)).to_markdown()
    assert len(output.encode()) < 2**20
    assert output.count("| failed |") == 1
    assert "… and 2,000 more rules" in output


def test_markdown_has_the_verdict_a_table_and_the_rules():
    rules = (RuleResult(rule=Rule.MINIMUM, column="age", detail="0", rows=4),)
    assert Report.of([ERROR], rows=3, title="cohort").to_markdown().splitlines()[:5] == [
        "### ❌ cohort: 1 error in 3 rows",
        "",
        "| column | fault | value | findings | first | suggestion |",
        "| --- | --- | --- | ---: | --- | --- |",
        "| lesion_type | not found in types.type_id | 'Mixed' | 1 | line 3 | mixed |",
    ]
    output = Report(rows=4, rules=rules).to_markdown()
    assert output.startswith("### ✅ valid: 4 rows")
    assert "<summary>1 of 1 rule passed</summary>" in output
    assert "| passed | age | minimum 0 | 4 | 100 % |" in output


MARKUP = [
    "a|b", "<b>x</b>", "**x**", "_x_", "`x`", "@user", "#12", "GH-12", "http://x.org", "www.x.org",
    "[x](y)", "![x](y)", "a\nb", "&lt;", "$x$", "~~x~~", "me@x.org", "\\| x",
]  # fmt: skip


@pytest.mark.parametrize("text", MARKUP)
def test_no_cell_has_a_meaning_in_markdown(text):
    finding = replace(ERROR, value=text, column=text, message=text, suggestion=text)
    lines = Report.of([finding], title="t").to_markdown().splitlines()
    row = next(line for line in lines if line.startswith("| ") and "line 3" in line)
    cells = row.removeprefix("| ").removesuffix(" |").split(" | ")
    assert len(cells) == 6
    shown = [re.sub(r"&#\d+;", "", cell) for cell in cells]
    assert not re.search(r"[|<>*`@#\[\]!:&$~\\]|\b_|_\b|www\.|GH-", "".join(shown))
    assert html.unescape(cells[1]) == printable(text)


@pytest.mark.parametrize("name", FORMATS)
def test_hostile_text_is_harmless_in_every_format(name):
    output = getattr(Report.of([HOSTILE], title="\x1b]0;x\x07<b>"), name)()
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202e]", output)
    assert not re.search(r"^::error::", output, re.MULTILINE)
    if name == "to_junit":
        ElementTree.fromstring(output)


@pytest.mark.parametrize("name", FORMATS)
def test_the_number_of_ignored_findings_is_shown(name):
    output = getattr(ALL.ignore("formula"), name)()
    assert re.search(r'"?ignored"?: 1\b', output)


def test_time_grows_no_faster_than_findings():
    counts = [replace(ALL.counts[0], column=f"c{number}") for number in range(2_000)]
    findings = [replace(ALL.findings[0], column=f"c{number}") for number in range(2_000)]
    groups = group_findings(findings)
    report = Report(counts=tuple(counts), findings=tuple(findings), groups=groups, resources=1)
    start = time.process_time()
    report.to_junit()
    assert time.process_time() - start < 2
