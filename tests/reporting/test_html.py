"""Reports as HTML, read back by a parser; tests/browser opens them."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest

from bonemet_data.reporting.escaping import without_commands
from bonemet_data.reporting.finding import Severity
from bonemet_data.reporting.groups import RuleResult
from bonemet_data.reporting.html.marks import LONGEST, marked
from bonemet_data.reporting.provenance import Provenance
from bonemet_data.reporting.report import Report
from bonemet_data.reporting.rules import Rule

from .examples import ERROR, UNCHECKED, WARNING
from .hostile import HOSTILE_TEXTS

RULES = (
    RuleResult(
        rule=Rule.FOREIGN_KEYS, column="lesion_type", detail="types.type_id", rows=3, number=1
    ),
    RuleResult(rule=Rule.TYPE, column="lesion_type", detail="string", rows=3),
)
ABOUT = Provenance(
    data=("data/cohort 1.csv",),
    schema="cohort.json",
    version="2.0.0",
    time=datetime(2026, 1, 2, 3, 4, tzinfo=UTC),
    command="bonemet-data check 'data/cohort 1.csv' --schema cohort.json",
)
REPORT = Report.of([ERROR, WARNING, UNCHECKED], title="cohort", rows=3, cells=1)
REPORT = replace(REPORT, rules=RULES, provenance=ABOUT)


class Elements(HTMLParser):
    """Collects tags, and the text of elements by their tags."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.texts, self.attributes, self._open = [], {}, [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        self.texts.setdefault(tag, []).append("")
        if tag not in {"br", "wbr", "meta", "link", "input", "rect"}:
            self._open.append((tag, len(self.texts[tag]) - 1))

    def handle_endtag(self, tag):
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        for tag, index in self._open:
            self.texts[tag][index] += data


@pytest.fixture(params=["to_html", "_repr_html_"])
def html(request):
    """The page, and what a notebook shows."""
    return getattr(REPORT, request.param)()


def test_the_cells_of_each_fault_are_shown(html):
    row = next(row for row in Elements(html).texts["tr"] if "Mixed" in row)
    for text in ("error", "lesion_type", "not found in types.type_id", "foreignKeys", "line 3"):
        assert text in row


@pytest.mark.parametrize(
    ("findings", "words"),
    [
        ((ERROR, UNCHECKED), "Not valid 1 error in 3 rows"),
        ((UNCHECKED,), "Not fully checked no error found, but"),
        ((WARNING,), "Valid 3 rows, 1 warning"),
        ((), "Valid 3 rows"),
    ],
)
def test_the_verdict_is_in_words(findings, words):
    assert words in Elements(Report.of(findings, rows=3).to_html()).texts["p"][0]


def test_the_facts_of_the_check_are_shown(html):
    shown = dict(zip(*map(Elements(html).texts.get, ("dt", "dd")), strict=True))
    assert {
        "Rows": "3",
        "Invalid cells": "1",
        "Findings": "3",
        "Distinct faults": "3",
        "Rules passed": "1 of 2",
        "Data": "data/cohort 1.csv",
        "Schema": "cohort.json",
        "Command": ABOUT.command,
        "Checked": "2026-01-02 03:04 UTC",
        "bonemet-data": "version 2.0.0",
    } == shown


def test_a_report_made_by_hand_has_no_facts_of_a_check():
    page = Report(rows=3).to_html()
    assert "About this report" not in page
    assert "Checked" not in page


def test_rules_have_rows_and_the_share_that_passes(html):
    rows = [
        row for row in Elements(html).texts["tr"] if "types.type_id3" in row or "string3" in row
    ]
    assert [row.split("3")[-1].strip() for row in rows] == ["166.7%", "0100%"]


def test_a_share_is_not_rounded_up_to_all_rows():
    rule = RuleResult(rule=Rule.TYPE, rows=2_000_000, number=1)
    assert "&gt; 99.9%" in Report(rules=(rule,)).to_html()


def test_a_rule_about_the_header_has_no_share():
    page = Report(rules=(RuleResult(rule=Rule.COLUMNS),)).to_html()
    assert "passed" in page
    assert "100%" not in Elements(page).texts["tr"][1]


@pytest.mark.parametrize(
    ("scope", "words"), [("exact", "exact name"), ("related", "related name"), ("near", "similar")]
)
def test_a_suggestion_says_how_it_was_found(scope, words):
    report = Report(groups=(replace(REPORT.groups[0], suggestion="mixed", scope=scope),))
    assert words in report.to_html()


def test_a_file_is_named_if_faults_are_in_several():
    first = replace(ERROR, resource=None)
    one, two = (
        Report.of([first, replace(first, value="x", file=f)]) for f in (first.file, "b.csv")
    )
    places = [Elements(report.to_html()).texts["span"] for report in (one, two)]
    assert all("line 3" in spans for spans in places)
    assert "b.csv <span" in two.to_html()
    assert 'first-at" data-title="First at" data-order="3"><span' in one.to_html()


def test_a_notebook_shows_the_first_faults_and_counts_the_others():
    report = Report.of([replace(ERROR, value=str(number)) for number in range(300)])
    html = report._repr_html_()
    assert Elements(html).tags.count("tr") == 21
    assert "and 280 more findings" in html
    assert Elements(report.to_html()).tags.count("tr") == 2 * 301


def test_a_page_shows_as_many_faults_as_a_phone_can_show():
    groups = tuple(replace(REPORT.groups[0], value=str(number)) for number in range(2_500))
    counts = (replace(REPORT.counts[0], number=2_500),)
    page = Report(groups=groups, counts=counts).to_html()
    assert Elements(page).tags.count("tr") == 2_001
    assert "and 500 more findings in other faults" in page


def test_the_page_needs_no_other_file():
    page = REPORT.to_html()
    assert re.findall(r"""(?:src|href)=["']?([^"' >]+)""", page) == ["data:,", "#faults"]
    assert not re.search(r"@import|url\(|://", page)


def test_the_command_line_escapes_nothing_in_a_page():
    """It would invalidate the hashes of style and script."""
    page = REPORT.to_html()
    assert without_commands(page) == page


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_hostile_text_adds_no_element_and_no_attribute(text):
    """Compared with the page of a harmless text."""

    def skeleton(text):
        finding = replace(ERROR, value=text, column=text, message=text, suggestion=text, file=text)
        page = Elements(Report.of([finding], title=text, notes=(text,)).to_html())
        marks = {"span", "i", "wbr"}
        return [tag for tag in page.tags if tag not in marks], {name for name, _ in page.attributes}

    tags, names = skeleton(text)
    assert tags == skeleton("x")[0]
    assert names <= skeleton("\t")[1]


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_no_invisible_character_gets_into_a_page(text):
    page = Report.of([replace(ERROR, value=text)], title=text).to_html()
    assert all(char.isprintable() or char == "\n" for char in page)


@pytest.mark.parametrize(
    ("value", "seen", "heard"),
    [
        ("bone pain", "bone pain", []),
        (" x", "·x", ["space"]),
        ("x ", "x·", ["space"]),
        ("a  b", "a··b", ["space", "space"]),
        ("a\tb", "a→b", ["tab"]),
        ("a\nb\r", "a↵b␍", ["line feed", "carriage return"]),
        ("4\u00a02", "4⍽2", ["no-break space"]),
        ("\u200bx", "U+200Bx", ["zero width space"]),
        ("\x1b[2J", "U+001B[2J", ["u+001b"]),
        ("", "empty", []),
    ],
)
def test_invisible_characters_are_seen_and_heard(value, seen, heard):
    html = marked(value)
    assert re.sub("<i>.*?</i>|<[^>]+>", "", html) == seen
    assert re.findall(r"<i>\[(.*?)\]</i>", html) == heard


def test_a_long_value_is_cut_and_its_length_shown():
    html = marked("x" * 5_000)
    assert html.count("x") == LONGEST
    assert "5,000 characters" in html


def test_severities_are_words():
    texts = Elements(REPORT.to_html()).texts["td"]
    assert {"error", "warning", "not checked"} <= set(texts)
    assert {severity.value.replace("_", " ") for severity in Severity} <= set(texts)
