"""The fix loop on the command line: check --fixes, and apply."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

FIXES = "column,value,replacement\nkind,lytic,osteolytic\nkind,Mixed,<empty>\n"


@pytest.fixture(autouse=True)
def cohort(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("cohort.csv").write_bytes(b"id,kind\n1,lytic\n2,Mixed\n3,lytic\n")
    Path("fixes.csv").write_text(FIXES, encoding="utf-8")


def files():
    return sorted(path.name for path in Path().iterdir())


def test_check_writes_the_fixes_and_its_report(run):
    result = run("check", "cohort.csv", "--column", "kind=types", "--fixes", "new.csv")
    assert result.exit_code == 1
    assert "3 errors in 3 rows" in result.output
    lines = Path("new.csv").read_bytes().decode("utf-8-sig").split("\r\n")
    assert lines[1].startswith("kind,lytic,2,osteolytic,osteolytic,exact,foreignKeys,")
    assert lines[2].startswith("kind,Mixed,1,mixed,mixed,exact,foreignKeys,")


def test_findings_that_are_ignored_are_no_fixes(run):
    ignored = ("--ignore", "foreignKeys@.kind")
    result = run("check", "cohort.csv", "--column", "kind=types", "--fixes", "new.csv", *ignored)
    assert result.exit_code == 0
    assert len(Path("new.csv").read_bytes().splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--fixes", "fixes.csv"), "a person entered"),
        (("--fixes", "cohort.csv"), "a person entered"),
        (("--fixes", "new.ods"), "use the extension .csv or .xlsx"),
        (("--fixes", "new.csv", "-o", "new.csv"), "the same file"),
    ],
)
def test_check_overwrites_nothing(run, arguments, message):
    before = {name: Path(name).read_bytes() for name in files()}
    result = run("check", "cohort.csv", "--column", "kind=types", *arguments)
    assert result.exit_code == 2
    assert message in result.output
    assert {name: Path(name).read_bytes() for name in files()} == before


def test_apply_writes_the_table_and_a_log(run):
    result = run("apply", "cohort.csv", "fixes.csv", "-o", "clean.csv")
    assert (result.exit_code, result.stdout) == (0, "2 fixes changed 3 cells in 3 rows\n")
    assert result.stderr == "Wrote clean.csv and clean.changes.csv.\n"
    assert Path("clean.csv").read_bytes() == b"id,kind\n1,osteolytic\n2,\n3,osteolytic\n"
    assert len(Path("clean.changes.csv").read_bytes().splitlines()) == 4


def test_a_dry_run_writes_nothing(run):
    before = files()
    result = run("apply", "cohort.csv", "fixes.csv", "--dry-run")
    assert (result.exit_code, result.stdout) == (0, "2 fixes changed 3 cells in 3 rows\n")
    assert files() == before


@pytest.mark.parametrize(
    ("output", "log"), [("v1.2.csv", "v1.2.changes.csv"), ("a.csv.gz", "a.changes.csv")]
)
def test_the_log_has_the_name_of_the_output(run, output, log):
    assert run("apply", "cohort.csv", "fixes.csv", "-o", output).exit_code == 0
    assert Path(log).exists()


def test_standard_input_is_mended():
    command = [sys.executable, "-m", "bonemet_data", "apply", "-", "fixes.csv", "-o", "clean.csv"]
    data = Path("cohort.csv").read_bytes()
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, input=data, env=environment, capture_output=True, check=True)
    assert done.stdout.decode().splitlines() == ["2 fixes changed 3 cells in 3 rows"]
    assert Path("clean.csv").read_bytes() == b"id,kind\n1,osteolytic\n2,\n3,osteolytic\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "Pass exactly one of --output and --dry-run."),
        (("-o", "clean.csv", "--dry-run"), "Pass exactly one of --output and --dry-run."),
        (("-o", "cohort.csv"), "is one of the input files"),
        (("-o", "fixes.csv"), "is one of the input files"),
        (("-o", "clean.csv", "--log", "clean.csv"), "also the output"),
        (("-o", "missing/clean.csv"), "cannot be written"),
        (("-o", "clean.csv", "--separator", ";"), "but by commas: pass separator"),
    ],
)
def test_wrong_usage_writes_nothing(run, arguments, message):
    before = {name: Path(name).read_bytes() for name in files()}
    result = run("apply", "cohort.csv", "fixes.csv", *arguments)
    assert result.exit_code == 2
    assert message in result.output
    assert {name: Path(name).read_bytes() for name in files()} == before


def test_a_value_that_does_not_occur_ends_with_an_error_unless_it_is_allowed(run):
    Path("fixes.csv").write_text(f"{FIXES}kind,\x1b[2J,x\n", encoding="utf-8")
    result = run("apply", "cohort.csv", "fixes.csv", "-o", "clean.csv")
    assert result.exit_code == 2
    assert "  | fixes.csv: row 4: kind: '\\x1b[2J' → 'x'" in result.output
    assert files() == ["cohort.csv", "fixes.csv"]
    result = run("apply", "cohort.csv", "fixes.csv", "-o", "clean.csv", "--allow-unused")
    assert result.exit_code == 0
    assert "not found: fixes.csv: row 4: kind" in result.output
    assert "\x1b" not in result.output
