"""The formats of a report: each is read back by a parser that knows nothing of this package."""

import json
import re
import time
from dataclasses import replace
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest

from bonemet_data.reporting.report import Report

from .examples import ERROR, HOSTILE, UNCHECKED, WARNING

ALL = Report.of([ERROR, WARNING, UNCHECKED], title="cohort 1.0.0", resources=2, rows=3, cells=1)
EMPTY = Report(title="cohort 1.0.0", resources=2, rows=3)
SHORT = Report(counts=ALL.counts, findings=ALL.findings[:1], resources=2)
FORMATS = ["to_text", "to_json", "to_github", "to_junit", "to_sarif", "to_html"]


def test_text_shows_location_severity_value_and_rule():
    assert ALL.to_text().splitlines() == [
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
    lines = SHORT.to_text().splitlines()
    assert lines[1] == "... and 2 more"
    assert "1  foreignKeys  cohort.lesion_type" in lines


@pytest.mark.parametrize("name", ["to_text", "to_json", "to_html"])
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


def test_github_annotates_lines_by_severity():
    commands = [line.partition(" ")[0] for line in ALL.to_github().splitlines()[:-1]]
    assert commands == ["::notice", "::warning", "::error"]
    assert "::error file=data/cohort 1.csv,line=3,title=foreignKeys::" in ALL.to_github()


def test_junit_has_a_test_case_for_each_rule_and_column():
    suite = ElementTree.fromstring(ALL.to_junit())
    assert suite.attrib == {"name": "cohort 1.0.0", "tests": "3", "failures": "1", "skipped": "1"}
    assert [case[0].tag for case in suite] == ["skipped", "system-out", "failure"]
    assert "Mixed" in suite[2][0].text


def test_junit_of_a_valid_report_has_one_test_case_that_passes():
    suite = ElementTree.fromstring(EMPTY.to_junit())
    assert [(case.get("name"), len(case)) for case in suite] == [("valid: 2 resources", 0)]


def test_sarif_has_a_result_for_each_finding():
    (run,) = json.loads(ALL.to_sarif())["runs"]
    assert [result["level"] for result in run["results"]] == ["note", "warning", "error"]
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    (location,) = run["results"][2]["locations"]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "data/cohort%201.csv"},
        "region": {"startLine": 3},
    }


class Cells(HTMLParser):
    """Collects the text of table cells."""

    def __init__(self):
        super().__init__()
        self.tags, self.cells = set(), []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        if tag == "td":
            self.cells.append("")

    def handle_data(self, data):
        if self.cells:
            self.cells[-1] += data


def cells(page):
    parser = Cells()
    parser.feed(page)
    return parser


def test_html_has_the_cells_of_each_finding():
    assert {"Mixed", "lesion_type", "not found in types.type_id"} <= set(cells(ALL.to_html()).cells)
    assert "valid: 2 resources" in EMPTY.to_html()


def test_html_needs_no_other_file():
    assert not re.search(r"(src|href)=|@import|url\(", ALL.to_html())


def test_a_notebook_shows_the_same_tables_as_the_page():
    assert ALL._repr_html_() in ALL.to_html()


@pytest.mark.parametrize("name", FORMATS)
def test_hostile_text_is_harmless_in_every_format(name):
    output = getattr(Report.of([HOSTILE], title="\x1b]0;x\x07<b>"), name)()
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202e]", output)
    assert not re.search(r"^::error::", output, re.MULTILINE)
    if name == "to_html":
        assert "script" not in cells(output).tags
    if name == "to_junit":
        ElementTree.fromstring(output)


@pytest.mark.parametrize("name", FORMATS)
def test_the_number_of_ignored_findings_is_shown(name):
    output = getattr(ALL.ignore("formula"), name)()
    assert re.search(r'"?ignored"?: 1\b', output)


def test_time_grows_no_faster_than_findings():
    counts = [replace(ALL.counts[0], column=f"c{number}") for number in range(2_000)]
    findings = [replace(ALL.findings[0], column=f"c{number}") for number in range(2_000)]
    report = Report(counts=tuple(counts), findings=tuple(findings), resources=1)
    start = time.perf_counter()
    report.to_junit()
    assert time.perf_counter() - start < 2
