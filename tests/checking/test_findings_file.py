"""The file with all findings."""

import json
import os
import signal
import subprocess
import sys
import time

import polars as pl
import pytest

from bonemet_data.errors import OutputError, UnknownNameError
from tests.checking.cases import ROWS, RULES, check, schema


@pytest.mark.parametrize("ending", ["parquet", "csv", "json"])
def test_the_file_has_all_findings(tmp_path, ending):
    output = tmp_path / f"findings.{ending}"
    report = check(tmp_path, b"a,b\n" + b"x,1\n" * 1000, schema("a integer", "b string"), limit=2, output=output)  # fmt: skip
    read = {"parquet": pl.read_parquet, "csv": pl.read_csv, "json": pl.read_ndjson}[ending]
    frame = read(output)
    assert frame.height == report.errors == 1000
    assert frame.row(999, named=True) == {
        "severity": "error",
        "resource": None,
        "file": str(tmp_path / "t.csv"),
        "line": 1001,
        "row": 1000,
        "column": "a",
        "value": "x",
        "rule": "type",
        "message": "is not an integer",
        "suggestion": None,
    }
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".")] == []


def test_an_unknown_format(tmp_path):
    with pytest.raises(UnknownNameError, match="parquet, csv, json"):
        check(tmp_path, ROWS, RULES, output=tmp_path / "findings.xlsx")


def test_a_folder_that_does_not_exist(tmp_path):
    with pytest.raises(OutputError, match="cannot be written"):
        check(tmp_path, ROWS, RULES, output=tmp_path / "nowhere" / "findings.csv")


SMALL_CELLS = """
import bonemet_data.reading.tables as tables
from bonemet_data.cli import main
tables.SIZE = 2**18
main()
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_an_interrupted_check_leaves_no_file(tmp_path):
    place, output = tmp_path / "t.csv", tmp_path / "findings.csv"
    place.write_bytes(b"a,b\n" + b"x,1\n" * 1_000_000)
    rules = tmp_path / "s.json"
    rules.write_text(json.dumps(schema("a integer", "b string")))
    command = [sys.executable, "-c", SMALL_CELLS, "check", place, "--schema", rules, "-o", output]  # fmt: skip
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        deadline = time.monotonic() + 60
        while not list(tmp_path.glob(".findings*/*")) and time.monotonic() < deadline:
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode not in {0, None}
    assert not output.exists()
    assert not list(tmp_path.glob(".findings*"))


def test_the_output_must_not_be_one_of_the_data(tmp_path):
    with pytest.raises(OutputError, match="is one of the input files"):
        check(tmp_path, ROWS, RULES, name="t.csv", output=tmp_path / "t.csv")
    assert (tmp_path / "t.csv").read_bytes() == ROWS
