"""The command check: what it prints, and its exit status. See test_columns for the others."""

import json
import subprocess
import sys

import polars as pl
import pytest

import bonemet_data as bm

COLUMN = ("--column", "lesion_type=types")


@pytest.fixture
def cohort(tmp_path):
    path = tmp_path / "cohort.csv"
    path.write_text('id,lesion_type\n1,mixed\n2,Mixed\n3,"<b>,%"\n', encoding="utf-8")
    return path


def test_valid_data(run, tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("t\nmixed\n", encoding="utf-8")
    result = run("check", path, "--column", "t=types")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == f"{bm.check(path, columns={'t': 'types'}).to_text()}\n"


def test_text_has_column_message_value_line_and_suggestion(run, cohort):
    result = run("check", cohort, *COLUMN)
    assert result.exit_code == 1
    lines = result.output.splitlines()
    assert lines[:3] == [
        "lesion_type: not found in types.type_id",
        "  'Mixed'  line 3  → mixed",
        "  '<b>,%'  line 4",
    ]
    assert lines[-1] == "2 errors in 3 rows"


def test_cells_have_file_line_column_value_rule_and_suggestion(run, cohort):
    lines = run("check", cohort, *COLUMN, "--cells").output.splitlines()
    assert lines == [
        f"{cohort}:3: lesion_type: 'Mixed' not found in types.type_id; did you mean 'mixed'?  [foreignKeys]",
        f"{cohort}:4: lesion_type: '<b>,%' not found in types.type_id  [foreignKeys]",
        "2 errors in 3 rows",
    ]


def test_quiet_prints_the_last_line_and_nothing_for_valid_data(run, cohort, tmp_path):
    assert run("check", cohort, *COLUMN, "--quiet").output == "2 errors in 3 rows\n"
    valid = tmp_path / "t.csv"
    valid.write_text("lesion_type\nmixed\n", encoding="utf-8")
    assert run("check", valid, *COLUMN, "--quiet").output == ""


def test_text_counts_the_findings_that_are_not_shown(run, cohort):
    output = run("check", cohort, *COLUMN, "--limit", "1").output
    assert "<b>" not in output
    assert output.splitlines()[-1] == "2 errors in 3 rows"


@pytest.mark.parametrize("rendering", ["json", "github", "junit", "sarif", "markdown"])
def test_each_format_is_that_of_the_report(run, cohort, rendering):
    result = run("check", cohort, *COLUMN, "--format", rendering)
    report = bm.check(cohort, columns={"lesion_type": "types"})
    assert result.exit_code == 1
    assert result.output == getattr(report, f"to_{rendering}")() + "\n"


def test_html_names_data_schema_and_command(run, cohort):
    output = run("check", cohort, *COLUMN, "--format", "html").output
    assert f"<dd>{cohort}</dd>" in output
    assert "<dd>lesion_type=types</dd>" in output
    assert f"bonemet-data check {cohort} --column lesion_type=types --format html" in output


def test_output_contains_every_finding(run, cohort, tmp_path):
    output = tmp_path / "findings.parquet"
    result = run("check", cohort, *COLUMN, "--limit", "0", "-o", output)
    assert result.exit_code == 1
    assert pl.read_parquet(output)["value"].to_list() == ["Mixed", "<b>,%"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "pass exactly one of schema"),
        (("--column", "lesion_type"), "is not of the form NAME=TABLE"),
        (("--column", "lesion_type=type"), "Did you mean types?"),
        (("--column", "lesion_type=types", "--release", "0.1.0"), "no release '0.1.0'"),
        (("--schema", "nowhere.json"), "nowhere.json"),
        (("--column", "lesion_type=citations"), "citations"),
    ],
)
def test_wrong_usage(run, cohort, arguments, message):
    result = run("check", cohort, *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr


def test_unreadable_data_are_never_valid(run, cohort):
    result = run("check", cohort, cohort.parent / "nowhere.csv", *COLUMN)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "nowhere.csv" in result.stderr


def test_standard_input_with_duplicates(tmp_path):
    schema = tmp_path / "s.json"
    field = {"name": "a", "type": "integer", "constraints": {"unique": True}}
    schema.write_text(json.dumps({"fields": [field]}), encoding="utf-8")
    command = [sys.executable, "-m", "bonemet_data", "check", "-", "--schema", str(schema)]
    done = subprocess.run(command, input=b"a\n1\n2\n1\n", capture_output=True, check=False)
    assert done.returncode == 1
    lines = done.stdout.decode().splitlines()
    assert lines[0] == "a: duplicate value  '1'  × 2  line 2, also on line 4"
