"""The command infer: what it writes, and the next step that it prints."""

import json

import pytest

import bonemet_data as bm

ROWS = "id,born,dx,lesion\n1,31.12.1961,C79.51,mixed\n2,1.4.1950,C50.911,osteolytic\n"


@pytest.fixture
def cohort(tmp_path):
    path = tmp_path / "cohort.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


def test_the_schema_is_printed(run, cohort):
    result = run("infer", cohort)
    assert result.exit_code == 0
    assert json.loads(result.stdout) == bm.infer(cohort)
    assert result.stderr.splitlines()[0] == (
        "Next: save it as schema.json, review it, then run  "
        f"bonemet-data check {cohort} --schema schema.json"
    )


def test_the_schema_is_written_and_accepts_the_table(run, cohort, tmp_path):
    schema = tmp_path / "the schema.json"
    result = run("infer", cohort, "-o", schema)
    assert result.stdout == ""
    assert json.loads(schema.read_text("utf-8")) == bm.infer(cohort)
    assert run("check", cohort, "--schema", schema).exit_code == 0
    assert f"review {schema}, then" in result.stderr
    assert f"--schema '{schema}'" in result.stderr


def test_the_command_that_checks_the_codes_is_printed(run, cohort):
    result = run("infer", cohort)
    assert result.stderr.splitlines()[1] == (
        f"To check the codes, run  bonemet-data check {cohort} --column dx=codes:icd10cm"
    )
    assert run("check", cohort, "--column", "dx=codes:icd10cm").exit_code == 0


def test_options(run, tmp_path):
    path = tmp_path / "cohort.txt"
    path.write_text("id;größe\n1;1,5\n2;999\n", encoding="cp1252")
    result = run("infer", path, "--separator", ";", "--encoding", "cp1252", "--missing", "999")
    schema = json.loads(result.stdout)
    assert schema["missingValues"] == ["", "999"]
    assert schema["fields"][1]["decimalChar"] == ","
    assert result.stderr.endswith(" --separator ';' --encoding cp1252\n")


def test_an_input_is_not_overwritten(run, cohort):
    result = run("infer", cohort, "-o", cohort)
    assert result.exit_code == 2
    assert "is one of the input files" in result.stderr
    assert cohort.read_text(encoding="utf-8") == ROWS


def test_a_wrong_separator_is_wrong_usage(run, tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("a;b\n1;2\n", encoding="utf-8")
    result = run("infer", path)
    assert result.exit_code == 2
    assert "--separator ';'" in result.stderr


def test_hostile_names_and_values_are_harmless(run, tmp_path):
    path = tmp_path / "t.csv"
    name = "a\x1b[2J\u202e"
    rows = "".join(f"{text}\n" for text in ["C79.51\x1b", "::error::\u202e"] * 20)
    path.write_text(f'"{name}"\n{rows}', encoding="utf-8")
    result = run("infer", path)
    assert json.loads(result.stdout)["fields"][0]["name"] == name
    assert all(char.isprintable() or char == "\n" for char in result.output)
    assert not any(line.startswith("::") for line in result.output.splitlines())
