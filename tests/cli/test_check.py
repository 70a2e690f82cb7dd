"""`bonemet-data check`: what it prints, and its exit status."""

import json
import subprocess
import sys
from xml.etree import ElementTree

import polars as pl
import pytest
from click.testing import CliRunner

from bonemet_data.cli import main


def run(*arguments):
    result = CliRunner().invoke(main, ["check", *map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture
def cohort(tmp_path):
    place = tmp_path / "cohort.csv"
    place.write_text('id,lesion_type\n1,mixed\n2,Mixed\n3,"<b>,%"\n', encoding="utf-8")
    return place


def test_valid_data(tmp_path):
    place = tmp_path / "t.csv"
    place.write_text("t\nmixed\n", encoding="utf-8")
    result = run(place, "--column", "t=types")
    assert (result.exit_code, result.output) == (0, "Valid: 1 rows, no failure.\n")


def test_text_names_place_value_rule_and_the_id_that_is_meant(cohort):
    result = run(cohort, "--column", "lesion_type=types")
    assert result.exit_code == 1
    assert result.output.splitlines() == [
        f"{cohort}:3: lesion_type 'Mixed' must stand in type_id of types (did you mean mixed?)  [foreignKeys]",
        f"{cohort}:4: lesion_type '<b>,%' must stand in type_id of types  [foreignKeys]",
        "",
        "2  foreignKeys of lesion_type",
        "",
        "Not valid: 3 rows, 2 failures, 2 cells that fail.",
    ]


def test_text_says_how_many_are_not_shown(cohort):
    result = run(cohort, "--column", "lesion_type=types", "--limit", "1")
    assert "... and 1 more." in result.output


def test_json(cohort):
    result = run(cohort, "--column", "lesion_type=types", "--format", "json")
    document = json.loads(result.output)
    assert (document["valid"], document["rows"], document["failed"]) == (False, 3, 2)
    assert document["failures"][0]["suggestion"] == "mixed"
    assert document["counts"] == [{"rule": "foreignKeys", "column": "lesion_type", "failures": 2}]


def test_github(cohort):
    lines = run(cohort, "--column", "lesion_type=types", "--format", "github").output.splitlines()
    assert lines[1] == (
        f"::error file={cohort},line=4,title=foreignKeys::"
        "lesion_type '<b>,%25' must stand in type_id of types"
    )


def test_junit(cohort):
    output = run(cohort, "--column", "lesion_type=types", "--format", "junit").output
    suite = ElementTree.fromstring(output)
    assert (suite.get("tests"), suite.get("failures")) == ("1", "1")
    assert "did you mean mixed" in suite.find("testcase/failure").text


def test_html_is_one_page_that_escapes_what_it_shows(cohort):
    output = run(cohort, "--column", "lesion_type=types", "--format", "html").output
    assert "<td>&lt;b&gt;,%</td>" in output
    assert "<b>" not in output
    assert "http" not in output


def test_output_holds_every_failure(cohort, tmp_path):
    output = tmp_path / "failures.parquet"
    result = run(cohort, "--column", "lesion_type=types", "--limit", "0", "-o", output)
    assert result.exit_code == 1
    assert pl.read_parquet(output)["value"].to_list() == ["Mixed", "<b>,%"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "Give either a schema or columns"),
        (("--column", "lesion_type"), "not of the form NAME=TABLE"),
        (("--column", "lesion_type=type"), "Did you mean types?"),
        (("--column", "lesion_type=types", "--release", "0.1.0"), "no release '0.1.0'"),
        (("--schema", "nowhere.json"), "cannot be read"),
        (("--column", "lesion_type=citations"), "no key of one column"),
    ],
)
def test_usage(cohort, arguments, words):
    result = run(cohort, *arguments)
    assert result.exit_code == 2
    assert words in result.output


def test_unreadable_data_are_never_valid(cohort):
    result = run(cohort, cohort.parent / "nowhere.csv", "--column", "lesion_type=types")
    assert result.exit_code == 2
    assert "nowhere.csv is missing" in result.output


def test_standard_input_with_duplicates(tmp_path):
    schema = tmp_path / "s.json"
    field = {"name": "a", "type": "integer", "constraints": {"unique": True}}
    schema.write_text(json.dumps({"fields": [field]}), encoding="utf-8")
    command = [sys.executable, "-m", "bonemet_data", "check", "-", "--schema", str(schema)]
    done = subprocess.run(command, input=b"a\n1\n2\n1\n", capture_output=True, check=False)
    assert done.returncode == 1
    assert done.stdout.decode().splitlines()[:2] == [
        "-:2: a '1' must not repeat  [unique]",
        "-:4: a '1' must not repeat  [unique]",
    ]
