"""The file with all findings."""

import json
import os
import signal
import subprocess
import sys
import time

import polars as pl
import pytest
import python_calamine

from bonemet_data.errors import ArgumentError, OutputError, UnknownNameError
from tests.checking.cases import ROWS, RULES, check, schema


def read_sheet(path):
    """Read a sheet in which no cell is a formula: a cell would then lack its text."""
    (header, *rows) = python_calamine.load_workbook(path).get_sheet_by_index(0).to_python()
    cells = [[None if cell == "" else cell for cell in row] for row in rows]
    return pl.DataFrame(cells, schema=header, orient="row")


READERS = {
    "parquet": pl.read_parquet,
    "csv": pl.read_csv,
    "json": lambda path: pl.DataFrame(json.loads(path.read_bytes())),
    "jsonl": pl.read_ndjson,
    "ndjson": pl.read_ndjson,
    "xlsx": read_sheet,
}


@pytest.mark.parametrize("ending", READERS)
def test_the_file_has_all_findings(tmp_path, ending):
    output = tmp_path / f"findings.{ending}"
    report = check(tmp_path, b"a,b\n" + b"x,1\n" * 1000, schema("a integer", "b string"), limit=2, output=output)  # fmt: skip
    frame = READERS[ending](output)
    assert frame.height == report.errors == 1000
    assert frame.row(999, named=True) == {
        "severity": "error",
        "resource": None,
        "scope": None,
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


@pytest.mark.parametrize("ending", READERS)
def test_valid_data_have_a_file_without_findings(tmp_path, ending):
    output = tmp_path / f"findings.{ending}"
    assert check(tmp_path, b"a\n1\n", schema("a integer"), output=output).valid
    if ending in {"jsonl", "ndjson"}:
        assert output.read_bytes() == b""
    else:
        assert READERS[ending](output).height == 0


HOSTILE = '=HYPERLINK("x")\x1b[2J\x9b\u202e\u200bz'
ESCAPED = '=HYPERLINK("x")\\x1b[2J\\x9b\\x202e\\x200bz'


@pytest.mark.parametrize(
    ("ending", "value"),
    [
        ("parquet", HOSTILE),
        ("json", HOSTILE),
        ("jsonl", HOSTILE),
        ("csv", f"'{ESCAPED}"),
        ("xlsx", ESCAPED),
    ],
)
def test_files_that_people_open_are_harmless_and_the_others_true(tmp_path, ending, value):
    output = tmp_path / f"findings.{ending}"
    cell = HOSTILE.replace('"', '""')
    check(tmp_path, f'a\n"{cell}"\n'.encode(), schema("a integer"), output=output)
    assert READERS[ending](output)["value"].to_list() == [value]
    if ending in {"csv", "json", "jsonl"}:
        text = output.read_text(encoding="utf-8")
        assert all(char.isprintable() or char == "\n" for char in text)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+A1", "'+A1"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\uff1d1", "'\uff1d1"),
        ("-5", "-5"),
        ("+1,5", "+1,5"),
        ("'=1", "'=1"),
        ("a=1", "a=1"),
    ],
)
def test_only_text_that_a_spreadsheet_evaluates_gets_an_apostrophe(tmp_path, value, written):
    output = tmp_path / "findings.csv"
    rules = schema(["a", "string", {"maxLength": 1}])
    check(tmp_path, f'a\n"{value}"\n'.encode(), rules, output=output)
    frame = pl.read_csv(output, infer_schema=False)
    assert frame["value"].to_list() == [written]


def test_a_csv_file_has_a_byte_order_mark_on_request(tmp_path):
    output = tmp_path / "findings.csv"
    check(tmp_path, ROWS, RULES, output=output, bom=True)
    assert output.read_bytes().startswith(b"\xef\xbb\xbfseverity,")
    with pytest.raises(ArgumentError, match="only a CSV file has a byte order mark"):
        check(tmp_path, ROWS, RULES, output=tmp_path / "findings.json", bom=True)


def test_a_long_cell_is_cut_in_a_sheet_only(tmp_path):
    output = tmp_path / "findings.xlsx"
    check(tmp_path, b"a\n" + b"x" * 40_000 + b"\n", schema("a integer"), output=output)
    (value,) = read_sheet(output)["value"]
    assert (len(value), value[-2:]) == (32_767, "x…")


def test_an_unknown_format(tmp_path):
    with pytest.raises(UnknownNameError, match="parquet, csv, xlsx, json, jsonl, ndjson"):
        check(tmp_path, ROWS, RULES, output=tmp_path / "findings.txt")


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
