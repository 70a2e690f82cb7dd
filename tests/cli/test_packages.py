"""The commands validate and diff."""

import json
import shutil
from xml.etree import ElementTree

import pytest

import bonemet_data as bm
from bonemet_data import Finding, Report, Rule, Severity


@pytest.fixture
def broken(small):
    """A package with an error in a cell and one in the descriptor."""
    small.edit("data/samples.csv", "sand", '"=50%, ""wet"" sand"')
    small.describe(lambda document: document.update(licenses="x"))
    small.restamp()
    return small.root


def test_the_installed_package_is_valid(run):
    result = run("validate")
    assert result.exit_code == 0, result.output
    assert result.output == f"{bm.validate_package().to_text()}\n"


def test_text_has_column_value_message_and_line(run, broken, monkeypatch):
    monkeypatch.chdir(broken.parent)
    result = run("validate", "small")
    assert result.exit_code == 1
    assert "small/datapackage.json: licenses: " in result.output
    assert "samples.soil: not one of: sand, clay" in result.output
    assert "'=50%, \"wet\" sand'  line 2" in result.output
    assert result.output == f"{bm.validate_package('small').to_text()}\n"


def test_cells_are_listed_on_request(run, broken, monkeypatch):
    monkeypatch.chdir(broken.parent)
    output = run("validate", "small", "--cells").output
    assert "small/data/samples.csv:2: soil: '=50%, \"wet\" sand' " in output


@pytest.mark.parametrize("rendering", ["text", "json", "github", "junit", "sarif", "markdown"])
def test_each_format_is_that_of_the_report(run, broken, rendering):
    result = run("validate", broken, "--format", rendering)
    report = bm.validate_package(broken)
    assert result.exit_code == 1
    assert result.output == getattr(report, f"to_{rendering}")() + "\n"


def test_one_run_writes_the_report_in_several_formats(run, broken, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    arguments = [f"--report={name}={name}.out" for name in ("json", "text", "sarif")]
    result = run("validate", broken, "--format", "github", "--ignore", "enum", *arguments)
    report = bm.validate_package(broken).ignore("enum")
    assert result.output == report.to_github() + "\n"
    for name in ("json", "text", "sarif"):
        text = (tmp_path / f"{name}.out").read_text(encoding="utf-8")
        assert text == getattr(report, f"to_{name}")() + "\n"


@pytest.mark.parametrize(
    ("reports", "message"),
    [
        (["json=datapackage.json"], "datapackage.json exists: choose another file"),
        (["json=out", "text=out"], "out exists: choose another file"),
        (["json=no/out"], "cannot be written"),
        (["out.json"], "'out.json' is not of the form FORMAT=FILE"),
        (["json="], "is not of the form FORMAT=FILE"),
        (["pdf=out"], "one of the formats text, json"),
    ],
)
def test_no_file_is_overwritten_by_a_report(run, small, monkeypatch, reports, message):
    monkeypatch.chdir(small.root)
    before = (small.root / "datapackage.json").read_bytes()
    result = run("validate", ".", *(f"--report={each}" for each in reports))
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr
    assert (small.root / "datapackage.json").read_bytes() == before


def test_github_annotates_paths_relative_to_the_current_folder(run, broken, monkeypatch):
    monkeypatch.chdir(broken.parent)
    output = run("validate", "small", "--format", "github").output
    assert "::error file=small/data/samples.csv,line=2,title=enum::soil: '=50%25, " in output
    assert "file=small/datapackage.json" in output


@pytest.mark.parametrize(
    ("severity", "status"),
    [(None, 0), (Severity.WARNING, 0), (Severity.NOT_CHECKED, 3), (Severity.ERROR, 1)],
)
def test_exit_status(run, monkeypatch, severity, status):
    findings = [Finding(severity=severity, rule=Rule.UNSUPPORTED, message="x")] if severity else []
    monkeypatch.setattr(bm, "validate_package", lambda *_, **__: Report.of(findings))
    assert run("validate").exit_code == status


W, N, E = Severity.WARNING, Severity.NOT_CHECKED, Severity.ERROR
OPTIONS = [
    # severities of the findings, options, exit status, last line
    ([W], [], 0, "valid: 2 resources, 1 warning"),
    ([W], ["--strict"], 1, "1 error in 2 resources"),
    ([N], ["--allow-unchecked"], 0, "no error found, but 2 resources could not be checked completely"),
    ([N], ["--strict"], 3, "no error found, but 2 resources could not be checked completely"),
    ([N, E], ["--allow-unchecked"], 1, "1 error in 2 resources"),
    ([E], ["--ignore", "type"], 0, "valid: 2 resources"),
    ([E], ["--ignore", "enum"], 1, "1 error in 2 resources"),
    ([W, E], ["--ignore", "unsupported", "--ignore", "type@"], 0, "valid: 2 resources"),
]  # fmt: skip


@pytest.mark.parametrize(("severities", "options", "status", "line"), OPTIONS)
def test_the_options_about_the_severity(run, monkeypatch, severities, options, status, line):
    rules = {W: Rule.UNSUPPORTED, N: Rule.UNSUPPORTED, E: Rule.TYPE}
    findings = [Finding(severity=each, rule=rules[each], message="x") for each in severities]
    report = Report.of(findings, resources=2)
    monkeypatch.setattr(bm, "validate_package", lambda *_, **__: report)
    result = run("validate", *options)
    assert (result.exit_code, result.output.splitlines()[-1]) == (status, line)


def test_an_unknown_rule_is_wrong_usage_and_lists_similar_ones(run, broken):
    result = run("validate", broken, "--ignore", "foreignkey")
    assert result.exit_code == 2
    assert "There is no rule 'foreignkey'. Did you mean foreignKeys" in result.stderr


def test_ignored_findings_are_counted(run, broken):
    result = run("validate", broken, "--ignore", "enum@samples.soil", "--ignore", "profile")
    assert result.exit_code == 0, result.output
    assert result.output.splitlines()[-2:] == ["ignored: 2", "valid: 2 resources"]


def test_frictionless_is_asked_only_on_request(run, monkeypatch):
    requests = []

    def validate(path, *, house, frictionless, progress):
        requests.append((path, house, frictionless))
        return Report()

    monkeypatch.setattr(bm, "validate_package", validate)
    run("validate", "x")
    run("validate", "--frictionless", "--house")
    assert requests == [("x", False, False), (None, True, True)]


def test_nothing_in_a_package_can_forge_a_report(run, small):
    def change(document):
        document["name"] = "x\n::warning::forged"
        document["a\x1b[2J\x01"] = 1

    small.describe(change)
    for rendering in ("text", "github", "junit", "sarif", "html"):
        output = run("validate", small.root, "--format", rendering).output
        assert "\n::warning" not in output
        assert "\x1b" not in output
    ElementTree.fromstring(run("validate", small.root, "--format", "junit").output)


def test_a_missing_package_is_an_error(run, tmp_path):
    result = run("validate", tmp_path / "nothing")
    assert result.exit_code == 2
    assert result.stderr.startswith("Error: ")


@pytest.mark.parametrize(("rendering", "begins"), [("text", ""), ("markdown", ""), ("json", "{")])
def test_diff_prints_the_changes(run, small, rendering, begins):
    old = shutil.copytree(small.root, small.root.parent / "old")
    small.edit("data/samples.csv", "sand", "clay")
    small.restamp()
    result = run("diff", old, small.root, "--format", rendering)
    assert result.exit_code == 0, result.output
    assert result.output.startswith(begins)
    assert "clay" in result.output
    if rendering == "json":
        assert json.loads(result.output)["level"] == "PATCH"
