"""The command line: what it prints, and its exit status."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

import bonemet_data as bm
from bonemet_data import cli as _cli
from bonemet_data.comparison.rendering import DIFF_REPORTS
from bonemet_data.package.descriptor import open_package
from bonemet_data.reporting.package_report import REPORTS


def run(*arguments):
    result = CliRunner().invoke(_cli.main, [str(each) for each in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture
def broken(copy, monkeypatch):
    """A package with one fault in a cell, and one in the descriptor."""
    copy.edit("datapackage/types.csv", "Excess new bone formation", '"=50%, ""bone formation"""')
    copy.describe(lambda d: d.update(titel="x"))
    copy.restamp()
    monkeypatch.chdir(copy.root)
    return copy.root


def test_version():
    assert run("--version").output == f"bonemet-data {bm.__version__}\n"


def test_list_names_every_table_with_its_rows():
    lines = run("list").output.splitlines()
    assert [line.split()[:2] for line in lines] == [
        [name, str(len(bm.load(name)))] for name in bm.tables()
    ]


@pytest.mark.parametrize("name", bm.tables())
class TestShow:
    def test_text_breaks_no_word(self, name):
        shown = set(re.split(r"[\s,\"-]+", run("show", name).output))
        assert set(re.split(r"[\s,\"-]+", bm.path(name).read_text("utf-8"))) <= shown

    def test_csv_is_the_file(self, name):
        assert run("show", name, "--format", "csv").output == bm.path(name).read_text("utf-8")

    def test_json_is_typed(self, name):
        rows = json.loads(run("show", name, "--format", "json").output)
        assert rows == [row._asdict() for row in bm.load(name, "records")]

    def test_markdown_has_a_line_for_each_row(self, name):
        lines = run("show", name, "--format", "markdown").output.splitlines()
        assert len(lines) == 2 + len(bm.load(name))
        assert len({line.count(" | ") for line in lines if "---" not in line}) == 1


def test_show_fits_the_terminal(monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    assert max(map(len, run("show", "concepts").output.splitlines())) <= 100


def test_show_of_an_unknown_table_names_the_nearest():
    result = run("show", "symptom")
    assert result.exit_code == 2
    assert "Did you mean symptoms?" in result.output


def test_show_refuses_a_changed_file(copy, monkeypatch):
    copy.edit("datapackage/types.csv", "Prostate", "Prostate or bladder")
    monkeypatch.setattr(_cli.reading, "installed", lambda: open_package(copy.root))
    result = run("show", "types")
    assert result.exit_code == 1
    assert "types.csv is not the file" in result.output


def test_a_valid_package():
    result = run("validate")
    assert result.exit_code == 0
    assert (
        result.output
        == f"bonemet-data {bm.__version__} is valid: {len(bm.tables())} resources, no issue.\n"
    )


def test_text_names_file_line_column_cell_remedy_and_code(broken):
    result = run("validate", broken)
    assert result.exit_code == 1
    lines = result.output.splitlines()
    assert lines[0].startswith("datapackage.json: titel Correct its spelling")
    assert lines[0].endswith("[unknown-keyword]")
    assert lines[1].startswith(
        "datapackage/types.csv:3: main_feature '=50%, \"bone formation\"' begins"
    )
    assert lines[1].endswith("[formula]")
    assert lines[2] == f"bonemet-data {bm.__version__} is not valid: 2 issues."


def test_json_is_the_list_of_issues(broken):
    result = run("validate", broken, "--format", "json")
    document = json.loads(result.output)
    assert (result.exit_code, document["valid"]) == (1, False)
    assert document["version"] == bm.__version__
    expected = [
        {name: getattr(issue, name) for name in document["issues"][0]}
        for issue in bm.validate_package(broken)
    ]
    assert document["issues"] == expected
    assert list(expected[0]) == ["code", "resource", "row", "column", "value", "message"]
    assert (expected[1]["code"], expected[1]["row"]) == ("formula", 3)


def test_json_of_a_valid_package():
    document = json.loads(run("validate", "--format", "json").output)
    assert document == {"valid": True, "version": bm.__version__, "issues": []}


def test_github_annotates_the_line_and_escapes(broken):
    lines = run("validate", broken, "--format", "github").output.splitlines()
    assert lines[1].startswith(
        "::error file=datapackage/types.csv,line=3,title=formula::main_feature '=50%25, "
    )


def test_junit_has_a_failure_for_each_issue_and_a_pass_for_each_clean_stage(broken):
    suite = ElementTree.fromstring(run("validate", broken, "--format", "junit").output)
    assert suite.get("failures") == "2"
    assert suite.get("tests") == str(len(suite))
    assert [f.get("type") for f in suite.iter("failure")] == ["unknown-keyword", "formula"]
    clean = ElementTree.fromstring(run("validate", "--format", "junit").output)
    stages = ["descriptor", "files", "form", "schema", "keys", "consistency", "releases", "judges"]
    assert [case.get("classname") for case in clean] == stages


def test_a_package_without_consistency_rules_says_so(copy):
    copy.describe(lambda d: d.update(name="another-package"))
    result = run("validate", copy.root)
    assert result.exit_code == 0
    assert "consistency" in result.output


def test_stamp_names_what_it_changed(copy):
    copy.edit("datapackage/types.csv", "Prostate", "Prostate or bladder")
    assert run("stamp", copy.root).output == "Stamped types.\n"
    assert run("stamp", copy.root).output == "Every stamp was true already.\n"


def test_stamp_without_a_path_is_of_the_current_folder(copy, monkeypatch):
    monkeypatch.chdir(copy.root)
    assert run("stamp").exit_code == 0
    monkeypatch.chdir(copy.root.parent)
    assert run("stamp").exit_code == 2


def test_verify_source_says_what_does_not_match(tmp_path):
    article = tmp_path / "article.txt"
    article.write_text("Osteoblastic Excess new bone formation Prostate 5 6 12\n")
    result = run("verify-source", article)
    assert result.exit_code == 1
    assert "is not the recorded text" in result.output
    assert "line 1     types       osteoblastic" in result.output
    assert "not found  types       mixed" in result.output
    assert "1 of 19 rows stand in the text." in result.output


@pytest.mark.parametrize(
    "arguments",
    [["nothing"], ["show"], ["show", "types", "--format", "x"], ["validate", "a", "b"], []],
)
def test_wrong_usage_exits_with_2(arguments):
    assert run(*arguments).exit_code == 2


@pytest.mark.parametrize("command", sorted(_cli.main.commands))
def test_every_command_helps_with_an_example(command):
    result = run(command, "--help")
    assert result.exit_code == 0
    assert f"bonemet-data {command}" in result.output


def test_the_module_runs_and_its_csv_is_csv():
    command = [sys.executable, "-m", "bonemet_data", "show", "causes", "--format", "csv"]
    done = subprocess.run(command, capture_output=True, check=True)
    rows = list(csv.reader(io.StringIO(done.stdout.decode("utf-8"), newline="")))
    assert rows[1][3] == 'Bone is "fertile soil"'


def test_a_place_is_told_from_the_folder_in_which_one_stands(broken, monkeypatch):
    monkeypatch.chdir(broken.parent)
    output = run("validate", "package", "--format", "github").output
    assert "file=package/datapackage/types.csv,line=3," in output
    assert "file=package/datapackage.json,line=1,title=unknown-keyword" in output


def test_nothing_in_a_package_can_forge_a_report(copy):
    def change(document):
        document["name"] = "x\n::warning::forged"
        document["a\x1b[2J\x01"] = 1

    copy.describe(change)
    for report in ("text", "github", "junit"):
        output = run("validate", copy.root, "--format", report).output
        assert "\n::warning" not in output
        assert "\x1b" not in output
    ElementTree.fromstring(output)


def test_tables_can_be_shown_where_the_terminal_has_a_code_page():
    command = [sys.executable, "-m", "bonemet_data", "show", "causes"]
    env = {**os.environ, "PYTHONIOENCODING": "cp1252"}
    done = subprocess.run(command, capture_output=True, check=True, env=env)
    assert "TGF-β" in done.stdout.decode("utf-8")


@pytest.mark.parametrize(("command", "known"), [("validate", REPORTS), ("diff", DIFF_REPORTS)])
def test_every_format_can_be_asked_for(command, known):
    option = next(p for p in _cli.main.commands[command].params if "--format" in p.opts)
    assert list(option.type.choices) == list(known)
