"""`bm.check` on real files: the traps of CSV, every kind of source, rules, and clear errors."""

import gzip
import json
import os
import signal
import subprocess
import sys
import time

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import bonemet_data as bm
from bonemet_data.errors import (
    BonemetError,
    DataError,
    UnknownNameError,
    UnsupportedFrameError,
    UnsupportedSchemaError,
)


def schema(*fields, **keywords):
    """A schema of `name type` and constraints."""
    names = [field.split() if isinstance(field, str) else field for field in fields]
    return {
        "fields": [{"name": n, "type": t, "constraints": c[0] if c else {}} for n, t, *c in names],
        **keywords,
    }


AB = schema("a string", "b string")


def check(tmp_path, data, rules=AB, name="t.csv", **options):
    place = tmp_path / name
    place.write_bytes(data)
    return bm.check(place, rules, **options)


def seen(report):
    return [(f.line, f.row, f.column, f.value, f.rule) for f in report.failures]


# name, schema, bytes, failures as (line, row, column, raw value, rule), rows
TRAPS = [
    ("clean", AB, b"a,b\n1,2\n", [], 1),
    ("no final newline", AB, b"a,b\n1,2", [], 1),
    ("header only", AB, b"a,b\n", [], 0),
    ("header without newline", AB, b"a,b", [], 0),
    ("empty file", AB, b"", [(1, None, "", None, "not-csv")], 0),
    ("blank header", AB, b"\n1,2\n", [(1, None, "", None, "not-csv")], 0),
    ("byte order mark", AB, b"\xef\xbb\xbfa,b\n1,2\n", [], 1),
    ("CRLF", AB, b"a,b\r\n1,2\r\n", [], 1),
    ("a quoted header", AB, b'"a","b"\n1,2\n', [], 1),
    ("a newline in the header", schema(["a\nb", "string"], "c string"), b'"a\nb",c\n1,2\n', [], 1),
    ("a quoted newline keeps lines true", schema("a string", "b integer"), b'a,b\n"x\ny\nz",1\nw,x\n', [(5, 2, "b", "x", "type")], 2),
    ("a newline in the header keeps lines true", schema(["a\nb", "string"], "c integer"), b'"a\nb",c\n1,x\n', [(3, 1, "c", "x", "type")], 1),
    ("a quoted quote", schema("a string", ["b", "string", {"enum": ['x"y']}]), b'a,b\n1,"x""y"\n1,"x"""\n', [(3, 2, "b", 'x"', "enum")], 2),
    ("a bare quote is a character", schema("a string", ["b", "string", {"enum": ["x"]}]), b'a,b\n1,5"\n', [(2, 1, "b", '5"', "enum")], 1),
    ("text after a quote", AB, b'a,b\n"x"y,1\n2,3\n', [(2, None, "", '"x"y,1', "not-csv")], 1),
    ("a file that ends inside a quote", AB, b'a,b\n1,2\n3,"4\n', [(3, None, "", '3,"4', "not-csv")], 1),
    ("a lone carriage return", schema("a integer", "b string"), b"a,b\n1\r,2\n3,4\r5\n", [(2, 1, "a", "1\r", "type")], 2),
    ("classic Mac lines", AB, b"a,b\r1,2\r", [(1, None, each, None, "columns") for each in ("b", "b\r1", "2")], 0),
    ("a short record", AB, b"a,b\n1\n2,3\n", [(2, 1, "", "1", "ragged-row")], 2),
    ("a long record", AB, b"a,b\n1,2,3\n4,5\n", [(2, 1, "", "1,2,3", "ragged-row")], 2),
    ("a short record beside an empty cell", AB, b"a,b\n1,\n2\n3,4\n", [(3, 2, "", "2", "ragged-row")], 3),
    ("a blank line", AB, b"a,b\n1,2\n\n3,4\n", [(3, None, "", "", "blank-line")], 2),
    ("a blank line of one column is a missing value", schema(["a", "string", {"required": True}]), b"a\n1\n\n3\n", [(3, 2, "a", "", "required")], 3),
    ("empty and missing alike", schema(["a", "string", {"required": True}], "b string"), b'a,b\n,1\n"",2\nx,3\n', [(2, 1, "a", "", "required"), (3, 2, "a", "", "required")], 3),
    ("empty and not missing", schema(["a", "string", {"minLength": 1}], "b string", missingValues=["NA"]), b'a,b\n,1\n"",2\nNA,3\n', [(2, 1, "a", "", "minLength"), (3, 2, "a", "", "minLength")], 3),
    ("NUL", schema(["a", "string", {"enum": ["x"]}], "b string"), b"a,b\nx,\0\nx\0,1\n", [(3, 2, "a", "x\0", "enum")], 2),
    ("invalid UTF-8", schema("a integer", "b string"), b"a,b\n1,2\n3,\xff\n4,\xc3\xa9\nx,5\n", [(3, 2, "b", "\\xff", "encoding"), (5, 4, "a", "x", "type")], 4),
    ("a column twice", AB, b"a,b,a\n1,2,3\n", [(1, None, "a", None, "duplicate-header")], 1),
    ("a column is missing", AB, b"a\n1\n", [(1, None, "b", None, "columns")], 1),
    ("a column too many", AB, b"a,b,c\n1,2,3\n", [(1, None, "c", None, "columns")], 1),
    ("columns in another order", AB, b"b,a\n1,2\n", [(1, None, "", None, "columns")], 1),
    ("comment and spaces are text", schema(["a", "string", {"enum": [" x", "#"]}], "b string"), b"a,b\n x,1\n#,1\nx ,1\n", [(4, 3, "a", "x ", "enum")], 3),
    ("a bare quote in the header", schema(["6\"", "string"], "b integer"), b'6",b\n1,x\n2,3\n', [(2, 1, "b", "x", "type")], 2),
    ("a header that is not UTF-8", AB, b"a,\xff\n1,2\n", [(1, None, "", None, "not-csv")], 0),
    ("a quote after a closed one", schema("a string", "b string"), b'a,b\nx,""a"\ny,"b""\nz,2\n', [(2, None, "", 'x,""a"', "not-csv"), (3, None, "", 'y,"b""', "not-csv")], 1),
    ("quotes around quotes", AB, b'a,b\n1,""x""\n', [(2, None, "", '1,""x""', "not-csv")], 0),
    ("a file that ends inside doubled quotes", AB, b'a,b\n1,"He said ""', [(2, None, "", '1,"He said ""', "not-csv")], 0),
    ("a short line, and one too long at the end", AB, b"a,b\n1,2\n\n3,4,", [(3, None, "", "", "blank-line"), (4, 2, "", "3,4,", "ragged-row")], 2),
    ("a cell too many at the end of one column", schema("a string"), b"a\n1\n2,", [(3, 2, "", "2,", "ragged-row")], 2),
    ("a bare quote in a cell", AB, b'a,b\n6" pipe,x\n"y",z\n', [], 2),
]  # fmt: skip


@pytest.mark.parametrize(("rules", "data", "failures", "rows"), [t[1:] for t in TRAPS], ids=[t[0] for t in TRAPS])  # fmt: skip
def test_a_trap(tmp_path, rules, data, failures, rows):
    report = check(tmp_path, data, rules)
    assert (sorted(seen(report), key=str), report.rows) == (sorted(failures, key=str), rows)
    assert report.valid == (not failures)


VALUES = [
    ("integer", ["1", "+1", "-0", "007", "9223372036854775807"], ["1_0", " 3", "3 ", "1e3", "1.0", "INF", "NaN", "12345678901234567890", "٣", "0x1", "--1", "+"]),
    ("number", ["1", "1e3", ".5", "5.", "INF", "-INF", "NaN", "-1.5E-3"], ["1_0", " 3", "inf", "nan", "+INF", "Infinity", "1e400", "1,5", "٣", "0x1p3", "."]),
    ("date", ["2024-02-29", "0001-01-01", "9999-12-31", "1899-12-31"], ["2020-02-30", "2025-1-9", "2025-11- 9", " 025-01-09", "+025-01-09", "202- 11-09", "20251109", "2025/11/09", "09-11-2025", "0000-01-01", "2025-11-09T00:00", "2025-\t1-09"]),
    ("boolean", ["true", "True", "TRUE", "1", "false", "0"], ["yes", "tRUE", "2", " true"]),
    ("year", ["2025", "-0044", "0000"], ["25", "20255", "+2025", "2025 ", "+202"]),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "good", "bad"), VALUES, ids=[v[0] for v in VALUES])
def test_the_spelling_of_values(tmp_path, kind, good, bad):
    text = "a\n" + "".join(f'"{each}"\n' for each in [*good, *bad])
    report = check(tmp_path, text.encode(), schema(f"a {kind}"))
    assert [f.value for f in report.failures] == bad
    assert {f.rule for f in report.failures} == {"type"}


def test_the_position_of_an_invalid_byte(tmp_path):
    (failure,) = check(tmp_path, b"a,b\n1,2\n3,x\xff\n").failures
    assert "0xff in the cell that begins at byte 10" in failure.message


def test_every_member_of_a_duplicate_group(tmp_path):
    rules = schema(["a", "integer", {"unique": True}], "b string", primaryKey=["a", "b"])
    report = check(tmp_path, b"a,b\n1,x\n2,y\n01,z\n1,x\n", rules)
    assert seen(report) == [
        (2, 1, "a", "1", "unique"),
        (2, 1, "a, b", "1, x", "primaryKey"),
        (4, 3, "a", "01", "unique"),
        (5, 4, "a", "1", "unique"),
        (5, 4, "a, b", "1, x", "primaryKey"),
    ]
    assert (report.failed, report.cells) == (5, 5)


def test_a_cell_that_breaks_two_rules_is_one_cell_and_two_failures(tmp_path):
    rules = schema(["a", "string", {"minLength": 3, "pattern": "x*", "unique": True}])
    report = check(tmp_path, b"a\nab\nab\n", rules)
    assert (report.failed, report.cells) == (6, 2)


REFERENCE = {"package": "bonemet-data", "resource": "types", "fields": ["type_id"]}


def test_an_external_foreign_key_with_the_id_that_is_meant(tmp_path):
    rules = schema("t string", foreignKeys=[{"fields": ["t"], "reference": REFERENCE}])
    report = check(tmp_path, b"t\nmixed\nMixed\nlytic\n", rules)
    assert [(f.line, f.value, f.rule, f.suggestion) for f in report.failures] == [
        (3, "Mixed", "foreignKeys", "mixed"),
        (4, "lytic", "foreignKeys", None),
    ]
    assert check(tmp_path, b"t\nmixed\n", rules, version="1.0.0").valid


def test_a_suggestion_is_never_an_id_of_another_table(tmp_path):
    report = check(tmp_path, b"t\nPain\n", None, columns={"t": "types"})
    assert [(f.value, f.suggestion) for f in report.failures] == [("Pain", None)]


def test_an_external_key_of_two_columns(tmp_path):
    to = {"package": "bonemet-data", "resource": "citations", "fields": ["concept_id", "source_id"]}
    rules = schema("c string", "s integer", foreignKeys=[{"fields": ["c", "s"], "reference": to}])
    report = check(
        tmp_path, b"c,s\nspinal_issues,4\nspinal_issues,+10\nspinal_issues,5\n,5\n", rules
    )
    assert seen(report) == [(4, 3, "c, s", "spinal_issues, 5", "foreignKeys")]
    assert report.cells == 2


def test_columns_look_at_nothing_else(tmp_path):
    report = check(tmp_path, b"x,t,x\n1,mixed,\n2,Mixed,\n", None, columns={"t": "types"})
    assert [f.rule for f in report.failures] == ["duplicate-header", "foreignKeys"]


def test_the_published_package_is_valid_and_its_foreign_keys_are_followed(tmp_path):
    root = bm.path("types").parent.parent
    for name in bm.tables():
        report = bm.check(bm.path(name), root / "datapackage.json")
        assert report.valid, report
        assert report.rows == len(bm.load(name))
    data = bm.path("citations").read_bytes() + b"pain,999\n"
    report = check(tmp_path, data, root / "datapackage.json", name="citations.csv")
    assert [(f.column, f.value, f.rule) for f in report.failures] == [("source_id", "999", "foreignKeys")]  # fmt: skip


ROWS = b"a,b\n1,x\nx,y\n"
RULES = schema(["a", "integer", {"unique": True}], "b string")


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("t.csv", lambda data: data),
        ("t.tsv", lambda data: data.replace(b",", b"\t")),
        ("t.csv.gz", gzip.compress),
        ("t.csv.zst", lambda data: pa.compress(data, "zstd", asbytes=True)),
        ("T.CSV", lambda data: data),
    ],
)
def test_a_file_of_text(tmp_path, name, pack):
    report = check(tmp_path, pack(ROWS), RULES, name=name)
    assert [(f.file, f.line, f.column, f.value) for f in report.failures] == [(str(tmp_path / name), 3, "a", "x")]  # fmt: skip


def test_parts_count_as_one_table(tmp_path):
    for at in range(3):
        (tmp_path / f"part-{at}.csv").write_bytes(b"a,b\n7,x\n")
    (tmp_path / "notes.txt").write_text("not a part")
    for data in (tmp_path, str(tmp_path / "part-*.csv"), [tmp_path / f"part-{n}.csv" for n in range(3)]):  # fmt: skip
        report = bm.check(data, RULES)
        assert [(f.file, f.line, f.row, f.rule) for f in report.failures] == [
            (str(tmp_path / f"part-{n}.csv"), 2, n + 1, "unique") for n in range(3)
        ]


def test_frames():
    frame = pd.DataFrame({"a": [1.0, 2.0, None, 2.5], "b": ["x", None, "y", "z"]})
    report = bm.check(frame, schema("a integer", ["b", "string", {"required": True}]))
    assert seen(report) == [(None, 2, "b", None, "required"), (None, 4, "a", "2.5", "type")]
    days = pd.DataFrame({"a": pd.to_datetime(["2025-01-01 00:00", "2025-01-02 10:00"])})
    report = bm.check(days, schema(["a", "date", {"minimum": "2025-01-02"}]))
    assert [(f.row, f.value, f.rule) for f in report.failures] == [
        (1, "2025-01-01", "minimum"),
        (2, "2025-01-02 10:00:00.000000", "type"),
    ]
    categories = pd.DataFrame({"t": pd.Categorical(["mixed", "Mixed"])})
    assert bm.check(categories, columns={"t": "types"}).failures[0].suggestion == "mixed"
    lazy = pl.LazyFrame({"a": [1, 2, 2]})
    assert bm.check(lazy, schema(["a", "integer", {"unique": True}])).failed == 2
    numbers = pl.DataFrame({"a": [1.0, float("nan"), float("inf")]})
    report = bm.check(numbers, schema(["a", "number", {"maximum": 10}]))
    assert [(f.row, f.rule) for f in report.failures] == [(2, "maximum"), (3, "maximum")]


REFUSED = [
    (UnsupportedSchemaError, {"fields": [{"name": "a", "type": "array"}]}, "type 'array'"),
    (UnsupportedSchemaError, {"fields": [{"name": "a", "type": "string"}], "fieldsMatch": ["subset"]}, "'fieldsMatch'"),
    (UnsupportedSchemaError, schema("a string", foreignKeys=[{"fields": ["a"], "reference": {**REFERENCE, "package": "other"}}]), "'other'"),
    (UnsupportedSchemaError, schema("a string", foreignKeys=[{"fields": ["a"], "reference": {"resource": "r", "fields": ["x"]}}]), "whole datapackage.json"),
    (UnknownNameError, schema("a string", foreignKeys=[{"fields": ["a"], "reference": {**REFERENCE, "resource": "type"}}]), "Did you mean types"),
    (UnknownNameError, schema("a string", foreignKeys=[{"fields": ["a"], "reference": {**REFERENCE, "fields": ["id"]}}]), "type_id"),
]  # fmt: skip


@pytest.mark.parametrize(("error", "rules", "words"), REFUSED)
def test_what_is_not_implemented_is_refused_before_a_row_is_read(tmp_path, error, rules, words, opened):  # fmt: skip
    place = tmp_path / "t.csv"
    place.write_bytes(ROWS)
    opened.clear()
    with pytest.raises(error, match=words):
        bm.check(place, rules)
    assert str(place) not in map(str, opened)


@pytest.mark.parametrize(
    ("error", "data", "words"),
    [
        (DataError, "nowhere.csv", "missing"),
        (DataError, "nowhere-*.csv", "missing"),
        (DataError, "notes.txt", "no known format"),
        (DataError, "empty", "holds no file"),
        (DataError, "torn.csv.gz", "cannot be read"),
        (DataError, "torn.csv.zst", "cannot be read"),
        (DataError, "torn.parquet", "cannot be read"),
        (UnsupportedFrameError, 7, "int cannot be checked"),
    ],
)
def test_what_cannot_be_read(tmp_path, monkeypatch, error, data, words):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "notes.txt").write_text("a,b\n")
    (tmp_path / "empty").mkdir()
    (tmp_path / "torn.csv.gz").write_bytes(gzip.compress(ROWS * 1000)[:-20])
    (tmp_path / "torn.csv.zst").write_bytes(pa.compress(ROWS * 1000, "zstd", asbytes=True)[:-5])
    (tmp_path / "torn.parquet").write_bytes(b"PAR1 not really")
    with pytest.raises(error, match=words):
        bm.check(data, RULES, output="failures.csv")
    assert not (tmp_path / "failures.csv").exists()
    assert not list(tmp_path.glob(".failures*"))


UNIQUE = {"fields": [{"name": "a", "type": "string", "constraints": {"unique": True}}]}


@pytest.mark.parametrize("form", ["csv", "csv.gz", "parquet"])
def test_a_file_that_is_another_when_it_is_read_again(tmp_path, form):
    place = tmp_path / f"t.{form}"

    def write(period):
        frame = pl.DataFrame({"a": [f"{at % period:04}" for at in range(1000)]})
        data = frame.write_csv().encode()
        if form == "parquet":
            frame.write_parquet(place)
        else:
            place.write_bytes(gzip.compress(data) if form == "csv.gz" else data)

    write(20)
    with pytest.raises(DataError, match="changed while it was read"):
        bm.check(place, UNIQUE, progress=lambda *_: write(1000))


def test_a_frame_that_is_another_when_it_is_read_again():
    """The first time two values repeat, the second time none does."""
    times = iter(range(100))

    def another(frame):
        again = next(times)
        return frame.with_columns(a=pl.when(pl.lit(again > 0)).then("b").otherwise("a"))

    frame = pl.LazyFrame({"a": ["x", "x"], "b": ["x", "y"]})
    frame = frame.map_batches(another, schema={"a": pl.String, "b": pl.String}).select("a")
    with pytest.raises(DataError, match="changed"):
        bm.check(frame, UNIQUE)


def test_a_file_that_grows_while_it_is_read(tmp_path, monkeypatch):
    place = tmp_path / "t.csv"
    place.write_bytes(b"a,b\n" + b"1,2\n" * 200_000)
    monkeypatch.setattr("bonemet_data.checking.sources.SIZE", 2**16)

    def grow(rows, size):
        with place.open("ab") as file:
            file.write(b"3,4\n")

    with pytest.raises(DataError, match="changed while it was read"):
        bm.check(place, AB, progress=grow)


@pytest.mark.parametrize("ending", ["parquet", "csv", "json"])
def test_the_complete_table_of_failures(tmp_path, ending):
    output = tmp_path / f"failures.{ending}"
    report = check(tmp_path, b"a,b\n" + b"x,1\n" * 1000, schema("a integer", "b string"), limit=2, output=output)  # fmt: skip
    read = {"parquet": pl.read_parquet, "csv": pl.read_csv, "json": pl.read_ndjson}[ending]
    frame = read(output)
    assert frame.height == report.failed == 1000
    assert frame.row(999, named=True) == {
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


def test_an_output_of_unknown_format(tmp_path):
    with pytest.raises(UnknownNameError, match="parquet, csv, json"):
        check(tmp_path, ROWS, RULES, output=tmp_path / "failures.xlsx")


def test_an_output_in_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(BonemetError, match="cannot be written"):
        check(tmp_path, ROWS, RULES, output=tmp_path / "nowhere" / "failures.csv")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_an_interruption_leaves_no_half_written_output(tmp_path):
    place, output = tmp_path / "t.csv", tmp_path / "failures.csv"
    place.write_bytes(b"a,b\n" + b"x,1\n" * 20_000_000)
    rules = tmp_path / "s.json"
    rules.write_text(json.dumps(schema("a integer", "b string")))
    command = [sys.executable, "-m", "bonemet_data", "check", place, "--schema", rules, "-o", output]  # fmt: skip
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        deadline = time.monotonic() + 60
        while not list(tmp_path.glob(".failures*/*")) and time.monotonic() < deadline:
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode not in {0, None}
    assert not output.exists()
    assert not list(tmp_path.glob(".failures*"))


# type, field keywords, good spellings, bad spellings
SPELLINGS = [
    ("time", {}, ["10:00:00", "23:59:59.5", "10:00:00Z", "10:00:00+02:00"], ["24:00:00", "10:00", "1:00:00", "10:00:61"]),
    ("time", {"format": "%H:%M"}, ["10:00"], ["10:00:00", "25:00"]),
    ("datetime", {}, ["2024-02-29T10:00:00", "2024-02-29T10:00:00.25Z"], ["2025-02-29T10:00:00", "2025-01-01 10:00:00", "2025-01-01"]),
    ("datetime", {"format": "%d.%m.%Y %H:%M"}, ["24.12.2025 10:00"], ["2025-12-24T10:00:00", "31.02.2025 10:00"]),
    ("date", {"format": "%d.%m.%Y"}, ["24.12.2025"], ["2025-12-24", "31.02.2025"]),
    ("yearmonth", {}, ["2025-12", "-0044-03"], ["2025-13", "2025-1", "2025", "202512"]),
    ("duration", {}, ["P1Y", "PT5M", "P1Y2M3DT4H5M6.5S", "-P1D"], ["P", "PT", "1Y", "P1S", "P1Y2"]),
    ("string", {"format": "email"}, ["a.b@example.org"], ["a@b", "a b@example.org", "@example.org"]),
    ("string", {"format": "uri"}, ["https://example.org/a?b#c", "urn:x:y"], ["example.org", "http://a b"]),
    ("string", {"format": "uuid"}, ["0bccc138-be23-4af0-8bbc-0929d04951f2"], ["0bccc138be234af08bbc0929d04951f2"]),
    ("string", {"format": "binary"}, ["aGk=", "aGkh"], ["aGk", "a*k="]),
    ("number", {"decimalChar": ","}, ["1,5", "1"], ["1.5", "1,5,0"]),
    ("number", {"groupChar": ","}, ["1,234.5", "1234", "1,234,567"], ["1,23", "12,34.5", "1,2345"]),
    ("number", {"decimalChar": ",", "groupChar": "."}, ["1.234,5", "1,5"], ["1,234.5", "1.5"]),
    ("number", {"bareNumber": False}, ["95%", "EUR 95.5", "-3 kg"], ["kg", "9 5"]),
    ("integer", {"groupChar": " "}, ["1 234", "-12 345"], ["1 23", "1.5"]),
    ("integer", {"bareNumber": False}, ["95%", "95"], ["9.5%"]),
    ("boolean", {"trueValues": ["ja"], "falseValues": ["nein"]}, ["ja", "nein"], ["true", "Ja"]),
    ("integer", {"missingValues": ["-", "n/a"]}, ["-", "n/a", "1"], ["NA"]),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "keywords", "good", "bad"), SPELLINGS)
def test_a_spelling_of_ones_own(tmp_path, kind, keywords, good, bad):
    rules = {"fields": [{"name": "a", "type": kind, **keywords}]}
    text = "a\n" + "".join(f'"{each}"\n' for each in [*good, *bad])
    report = check(tmp_path, text.encode(), rules)
    assert [f.value for f in report.failures] == bad
    assert {f.rule for f in report.failures} == {"type"}


# type, field keywords, constraints, a value that passes, one that fails
BOUNDS = [
    ("time", {}, {"minimum": "10:00:00"}, "10:00:00Z", "11:00:00+02:00"),
    ("datetime", {}, {"maximum": "2025-01-01T00:00:00"}, "2025-01-01T01:00:00+02:00", "2025-01-01T00:00:01"),
    ("date", {"format": "%d.%m.%Y"}, {"minimum": "01.02.2025"}, "02.02.2025", "03.01.2025"),
    ("yearmonth", {}, {"exclusiveMinimum": "2025-01"}, "2025-02", "2025-01"),
    ("duration", {}, {"enum": ["P1D"]}, "P1D", "P2D"),
    ("number", {"decimalChar": ","}, {"maximum": "1,5"}, "1,5", "1,6"),
    ("string", {"format": "email"}, {"maxLength": 7}, "a@b.org", "aa@b.org"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "keywords", "constraints", "good", "bad"), BOUNDS)
def test_a_bound_in_a_spelling_of_ones_own(tmp_path, kind, keywords, constraints, good, bad):
    rules = {"fields": [{"name": "a", "type": kind, "constraints": constraints, **keywords}]}
    report = check(tmp_path, f'a\n"{good}"\n"{bad}"\n'.encode(), rules)
    assert [(f.value, f.rule) for f in report.failures] == [(bad, next(iter(constraints)))]


@pytest.mark.parametrize(
    ("kind", "keywords", "first", "second"),
    [
        ("time", {}, "10:00:00", "12:00:00+02:00"),
        ("datetime", {}, "2025-01-01T10:00:00", "2025-01-01T10:00:00.0Z"),
        ("date", {"format": "%d.%m.%Y"}, "01.02.2025", "1.2.2025"),
        ("number", {"groupChar": ","}, "1,000", "1000.0"),
        ("yearmonth", {}, "2025-01", "2025-01"),
    ],
)
def test_equal_values_repeat_however_they_are_spelled(tmp_path, kind, keywords, first, second):
    rules = {"fields": [{"name": "a", "type": kind, "constraints": {"unique": True}, **keywords}]}
    report = check(tmp_path, f'a\n"{first}"\n"{second}"\n'.encode(), rules)
    assert [(f.value, f.rule) for f in report.failures] == [(first, "unique"), (second, "unique")]


@pytest.mark.parametrize(
    "field",
    [
        {"type": "string", "format": "ipv4"},
        {"type": "date", "format": "any"},
        {"type": "date", "format": "%A"},
        {"type": "number", "decimalChar": ".."},
        {"type": "number", "groupChar": "."},
        {"type": "integer", "decimalChar": ","},
        {"type": "integer", "format": "x"},
        {"type": "duration", "constraints": {"minimum": "P1D"}},
        {"type": "boolean", "constraints": {"unique": True}},
        {"type": "string", "missingValues": "NA"},
        {"type": "geopoint"},
    ],
)
def test_a_spelling_that_is_not_implemented(tmp_path, field):
    with pytest.raises(UnsupportedSchemaError):
        check(tmp_path, b"a\n1\n", {"fields": [{"name": "a", **field}]})


NUMBER = schema(["a", "number", {"maximum": 0.1}])
# schema, values, their Polars type, the rows that fail with their rules
TYPED = [
    (NUMBER, [0.1, 0.2], pl.Float32, [(2, "maximum")]),
    (schema(["a", "number", {"enum": ["0.1"]}]), [0.1, 0.2], pl.Float32, [(2, "enum")]),
    (schema(["a", "number", {"enum": [1, 2]}]), [1, 3], pl.Int8, [(2, "enum")]),
    (schema(["a", "number", {"unique": True}]), [1, 1], pl.UInt32, [(1, "unique"), (2, "unique")]),
    (schema(["a", "integer"]), ["1.00", "1.50"], pl.Decimal(10, 2), [(2, "type")]),
    (schema(["a", "time", {"maximum": "11:00:00"}]), [12 * 3600 * 10**9 + 1, 0], pl.Time, [(1, "type")]),
    (schema(["a", "datetime"]), [1, 1000], pl.Datetime("ns"), [(1, "type")]),
    (schema(["a", "datetime", {"unique": True}]), [1000, 2000], pl.Datetime("ns"), []),
    (schema(["a", "date", {"minimum": "2025-01-01"}]), [3_000_000, 20_100], pl.Date, [(1, "type")]),
    (schema(["a", "duration"]), [1000, None], pl.Duration("us"), []),
    (schema(["a", "integer", {"required": True}], missingValues=["-99"]), [1, -99], pl.Int64, [(2, "required")]),
    (schema(["a", "integer", {"minimum": 0, "unique": True}], missingValues=["-99"]), [-99, -99, 1], pl.Int64, []),
    (schema("b string"), [1, 2], pl.Int64, [(None, "columns"), (None, "columns")]),
]  # fmt: skip


@pytest.mark.parametrize("form", ["frame", "parquet"])
@pytest.mark.parametrize(("rules", "cells", "dtype", "expected"), TYPED)
def test_typed_columns_are_read_as_what_they_mean(tmp_path, rules, cells, dtype, expected, form):
    data = pl.Series("a", cells).cast(dtype).to_frame()
    if form == "parquet":
        data.write_parquet(tmp_path / "t.parquet")
        data = tmp_path / "t.parquet"
    report = bm.check(data, rules)
    assert [(f.row, f.rule) for f in report.failures] == expected
    assert report.rows == len(cells)


@pytest.mark.parametrize(
    "frame",
    [
        pl.DataFrame({"a": [[1], [2]]}),
        pd.DataFrame({"a": pd.Series(["x", 1], dtype=object)}),
        pd.DataFrame([["x", "y"]], columns=["a", "a"]),
    ],
)
def test_a_frame_that_cannot_be_read_is_a_clear_error(frame):
    with pytest.raises(DataError, match="cannot be read"):
        bm.check(frame, schema("a string"))


@pytest.mark.parametrize("separator", ["", ",,", "é", '"', "\n"])
def test_a_separator_that_cannot_be_one(tmp_path, separator):
    with pytest.raises(UnsupportedSchemaError, match="separator"):
        check(tmp_path, ROWS, AB, separator=separator)


def test_a_limit_below_0():
    with pytest.raises(UnsupportedSchemaError, match="limit"):
        bm.check(pl.DataFrame({"a": ["x"]}), schema("a string"), limit=-1)


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        (schema("a string", "b integer", foreignKeys=[{"fields": ["a"], "reference": {"resource": "", "fields": ["b"]}}]), "a, of type string, to b, of type integer"),
        (schema("a string", foreignKeys=[{"fields": ["a"], "reference": {"package": "bonemet-data", "resource": "sources", "fields": ["source_id"]}}]), "give both one type"),
    ],
)  # fmt: skip
def test_a_foreign_key_between_types(rules, words):
    with pytest.raises(UnsupportedSchemaError, match=words):
        bm.check(pl.DataFrame({"a": ["x"], "b": [1]}), rules)


def test_a_foreign_key_to_a_column_with_an_empty_cell(tmp_path):
    key = {"fields": ["a"], "reference": {"resource": "t", "fields": ["p"]}}
    resources = [
        {"name": "r", "path": "r.csv", "schema": schema("a string", foreignKeys=[key])},
        {"name": "t", "path": "t.csv", "schema": schema("p string", "q string")},
    ]
    (tmp_path / "datapackage.json").write_text(json.dumps({"name": "x", "resources": resources}))
    (tmp_path / "t.csv").write_text("p,q\nx,1\n,2\n")
    report = check(tmp_path, b'a\nx\n""\ny\n', tmp_path / "datapackage.json", name="r.csv")
    assert seen(report) == [(4, 3, "a", "y", "foreignKeys")]


def test_a_key_stated_twice_is_one_key(tmp_path):
    report = check(tmp_path, b"a\nx\nx\n", schema("a string", uniqueKeys=[["a"], ["a"]]))
    assert [(c.rule, c.failures) for c in report.counts] == [("uniqueKeys", 2)]


def test_a_cell_that_is_not_utf_8_is_a_cell_that_fails(tmp_path):
    rules = schema("a string", ["b", "string", {"enum": ["x"]}])
    report = check(tmp_path, b"a,b\n\xff,x\ny,\xff\n", rules)
    assert (report.failed, report.cells) == (3, 2)


def test_the_output_cannot_be_one_of_the_data(tmp_path):
    with pytest.raises(BonemetError, match="is one of the data"):
        check(tmp_path, ROWS, RULES, name="t.csv", output=tmp_path / "t.csv")
    assert (tmp_path / "t.csv").read_bytes() == ROWS


def test_names_that_look_like_patterns(tmp_path):
    pl.DataFrame({"a": ["x"]}).write_ipc(tmp_path / "y1.arrow")
    pl.DataFrame({"a": ["bad"]}).write_ipc(tmp_path / "y[1].arrow")
    output = tmp_path / "out[1].csv"
    report = bm.check(tmp_path / "y[1].arrow", schema(["a", "string", {"enum": ["x"]}]), output=output)  # fmt: skip
    assert report.failed == pl.read_csv(output, glob=False).height == 1


def test_a_pipe_is_told_the_way_in(tmp_path):
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no named pipes")
    os.mkfifo(tmp_path / "t.csv")
    with pytest.raises(DataError, match="pipe it in, and name it -"):
        bm.check(tmp_path / "t.csv", AB)


@pytest.mark.slow
def test_a_cell_longer_than_the_longest_open_quote(tmp_path):
    data = b"a\n" + b"x" * 70_000_000 + b"\nz\n"
    report = check(tmp_path, data, schema(["a", "string", {"maxLength": 65_000_000}]))
    assert (report.rows, [(f.row, f.rule) for f in report.failures]) == (2, [(1, "maxLength")])
