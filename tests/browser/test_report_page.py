"""The HTML page of a report, opened in a browser."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

import bonemet_data as bm
from bonemet_data.reporting.groups import RuleResult
from bonemet_data.reporting.provenance import Provenance
from bonemet_data.reporting.report import Report
from tests.reporting.examples import ERROR
from tests.reporting.hostile import HOSTILE_TEXTS

from .pages import assert_accessible, assert_fits, every_screen, open_page

pytestmark = pytest.mark.xdist_group("browser")

SCHEMA = {
    "fields": [
        {"name": "record_id", "type": "string", "constraints": {"unique": True}},
        {"name": "age", "type": "integer", "constraints": {"maximum": 120}},
        {"name": "lesion_type", "type": "string"},
    ],
    "foreignKeys": [
        {
            "fields": "lesion_type",
            "reference": {"package": "bonemet-data", "resource": "types", "fields": "type_id"},
        }
    ],
}
ROWS = """record_id,age,lesion_type
1,50,mixed
2,150, lytic\t
2,40,lytic
4,30,lytic
"""


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    path = tmp_path_factory.mktemp("cohort") / "cohort.csv"
    path.write_text(ROWS, encoding="utf-8")
    return bm.check(path, SCHEMA)


@pytest.fixture
def write(tmp_path):
    """Write the page of a report, and return its address."""

    def write(report):
        path = tmp_path / "report.html"
        path.write_text(report.to_html(), encoding="utf-8")
        return path.as_uri()

    return write


def many(number):
    """A report with many distinct faults, in long columns."""
    columns = ("lesion_type", "a_column_with_a_very_long_name_without_any_space_in_it")
    findings = [
        replace(ERROR, value=f"value {i}", column=columns[i % 2], line=i + 2, row=i + 1)
        for i in range(number)
    ]
    return Report.of(findings, title="cohort.csv", rows=number)


@every_screen
@pytest.mark.parametrize("kind", ["valid", "invalid", "package", "many"])
def test_a_page_is_accessible_and_fits_on_every_screen(
    kind, width, scheme, page, write, report, small
):
    small.edit("data/samples.csv", "sand", " sand")
    reports = {
        "valid": lambda: Report(title="cohort.csv", rows=3, rules=report.rules),
        "invalid": lambda: report,
        "package": lambda: bm.validate_package(small.root),
        "many": lambda: many(8),
    }
    open_page(page, write(reports[kind]()), width, scheme)
    assert_fits(page)
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    assert_fits(page)
    assert_accessible(page)


def test_the_verdict_is_a_word_and_not_only_a_color(page, write, report):
    open_page(page, write(report))
    expect(page.locator(".verdict")).to_contain_text("Not valid")
    expect(page).to_have_title(f"{report.title}: 6 errors in 4 rows")


def test_faults_are_filtered_with_the_keyboard_alone(page, write, report):
    open_page(page, write(report))
    rows = page.locator("#faults ~ table tbody tr:visible")
    everything = rows.count()
    page.keyboard.press("Tab")
    expect(page.get_by_text("Skip to the faults")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Search")).to_be_focused()
    page.keyboard.type("osteolytic")
    expect(page.get_by_role("status")).to_have_text(f"2 of {everything} faults")
    expect(rows).to_have_count(2)
    page.keyboard.press("Tab")
    expect(page.get_by_label("Column")).to_be_focused()
    page.keyboard.type("record_id")
    expect(page.get_by_role("status")).to_have_text(f"0 of {everything} faults")
    page.get_by_role("button", name="Show all").focus()
    page.keyboard.press("Enter")
    expect(rows).to_have_count(everything)


@pytest.mark.parametrize("name", ["Column", "Rule", "Severity"])
def test_a_filter_shows_the_faults_with_the_chosen_value(name, page, write, report):
    warning = replace(report.groups[0], severity=bm.Severity.WARNING)
    open_page(page, write(replace(report, groups=(*report.groups, warning))))
    select = page.get_by_role("combobox", name=name)
    value = select.locator("option").last.inner_text()
    select.select_option(value)
    rows = page.locator("#faults ~ table tbody tr")
    shown = [row.get_attribute(f"data-{name.lower()}") for row in rows.all() if row.is_visible()]
    assert shown
    assert set(shown) == {value}
    assert len(shown) < rows.count()


def test_a_header_sorts_its_table(page, write):
    open_page(page, write(many(12)))
    header = page.locator("#faults ~ table th", has_text="First at")
    lines = page.locator("#faults ~ table td.first-at")
    header.get_by_role("button").press("Enter")
    assert header.get_attribute("aria-sort") == "ascending"
    assert lines.all_inner_texts() == [f"line {number}" for number in range(2, 14)]
    header.get_by_role("button").press("Enter")
    assert header.get_attribute("aria-sort") == "descending"
    assert lines.first.inner_text() == "line 13"


def test_the_focus_is_visible(page, write, report):
    open_page(page, write(report))
    for _ in range(5):
        page.keyboard.press("Tab")
        style = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert style == "solid"


def test_everything_is_printed_but_the_controls(page, write, report):
    open_page(page, write(report), scheme="dark")
    expect(page.locator("form.filters")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator("form.filters")).to_be_hidden()
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert background == "rgb(255, 255, 255)"
    assert_fits(page)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    for table in page.locator("details table").all():
        expect(table).to_be_visible()
    assert page.pdf(format="A4").startswith(b"%PDF-")


def test_without_scripts_everything_is_visible(browser, write, report):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(write(report))
    assert page.locator("#faults ~ table tbody tr:visible").count() == len(report.groups)
    expect(page.locator("form.filters")).to_be_hidden()
    expect(page.locator("th button")).to_have_count(0)
    context.close()


def test_invisible_characters_are_read_aloud(page, write, report):
    open_page(page, write(report))
    cells = page.locator("td.value", has_text="[tab]")
    assert cells.first.locator("code").text_content() == "·[space]lytic→[tab]"


def hostile(attribute):
    findings = [replace(ERROR, **{attribute: text}) for text in HOSTILE_TEXTS]
    return Report.of(findings, rows=1)


@pytest.mark.parametrize(
    "attribute", ["value", "column", "message", "suggestion", "resource", "file"]
)
def test_nothing_in_a_finding_is_executed(attribute, page, write):
    open_page(page, write(hostile(attribute)))
    assert_harmless(page)


def test_nothing_about_a_report_is_executed(page, write):
    text = "".join(HOSTILE_TEXTS)
    about = Provenance(
        data=HOSTILE_TEXTS, schema=text, version=text, time=datetime.now(UTC), command=text
    )
    rule = RuleResult(rule=ERROR.rule, resource=text, column=text, detail=text)
    report = Report(title=text, notes=HOSTILE_TEXTS, rules=(rule,), provenance=about)
    open_page(page, write(report))
    assert_harmless(page)


@pytest.mark.parametrize("attribute", ["value", "column", "message", "suggestion"])
def test_nothing_in_a_notebook_is_executed(attribute, page):
    """A notebook has no Content Security Policy."""
    page.set_content(hostile(attribute)._repr_html_())
    assert_harmless(page)


def assert_harmless(page):
    page.mouse.move(200, 300)
    page.wait_for_timeout(50)
    made = "img, iframe, base, object, embed, plaintext, form:not(.filters), a:not(.skip)"
    expect(page.locator(made)).to_have_count(0)
    assert page.locator("script").count() <= 1
    assert_fits(page)


def test_the_policy_refuses_every_other_script(browser, write, report):
    context = browser.new_context()
    page = context.new_page()
    refused = []
    page.on("console", lambda message: refused.append(message.text))
    page.goto(write(report))
    page.evaluate("document.body.append(document.createElement('script'))")
    page.evaluate("document.body.lastChild.textContent = 'document.title = \"pwned\"'")
    assert page.title() != "pwned"
    assert "Content Security Policy" in refused[0]
    context.close()
