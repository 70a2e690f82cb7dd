"""`check` and `check_csv`: what is found in real files, and what is refused."""

import time

import polars as pl
import pytest

import bonemet_data as bm
from bonemet_data.checking.check import check_csv
from bonemet_data.checking.plan import Plan
from bonemet_data.errors import ArgumentError, DataError, UnknownNameError, UnsupportedSchemaError
from bonemet_data.tableschema.parser import parse_table_schema
from tests.checking.cases import AB, REFERENCE, ROWS, TRAPS, check, schema, seen


@pytest.mark.parametrize(("rules", "data", "failures", "rows"), [t[1:] for t in TRAPS], ids=[t[0] for t in TRAPS])  # fmt: skip
def test_findings_in_a_file(tmp_path, rules, data, failures, rows):
    report = check(tmp_path, data, rules)
    assert (sorted(seen(report), key=str), report.rows) == (sorted(failures, key=str), rows)
    assert report.valid == (not failures)


def test_an_invalid_byte(tmp_path):
    (finding,) = check(tmp_path, b"a,b\n1,2\n3,x\xff\n").findings
    assert finding.message == "is not UTF-8 (byte 0xff): save the file as UTF-8"


def test_two_findings_of_one_cell_count_as_one_cell(tmp_path):
    rules = schema(["a", "string", {"minLength": 3, "pattern": "x*", "unique": True}])
    report = check(tmp_path, b"a\nab\nab\n", rules)
    assert (report.errors, report.cells) == (6, 2)


def test_cells_that_are_not_utf_8_are_counted(tmp_path):
    rules = schema("a string", ["b", "string", {"enum": ["x"]}])
    report = check(tmp_path, b"a,b\n\xff,x\ny,\xff\n", rules)
    assert (report.errors, report.cells) == (2, 2)


def test_columns_check_no_other_columns(tmp_path):
    report = check(tmp_path, b"x,t,x\n1,mixed,\n2,Mixed,\n", None, columns={"t": "types"})
    assert [f.rule for f in report.findings] == ["duplicate-header", "foreignKeys"]


def test_the_published_package(tmp_path):
    root = bm.path("types").parent.parent
    for name in bm.tables():
        report = bm.check(bm.path(name), root / "datapackage.json")
        assert report.valid, report
        assert report.rows == len(bm.load(name))
    data = bm.path("citations").read_bytes() + b"pain,999\n"
    report = check(tmp_path, data, root / "datapackage.json", name="citations.csv")
    assert [(f.column, f.value, f.rule) for f in report.findings] == [("source_id", "999", "foreignKeys")]  # fmt: skip


def test_suggestions_are_ids_of_the_same_table(tmp_path):
    report = check(tmp_path, b"t\nPain\n", None, columns={"t": "types"})
    assert [(f.value, f.suggestion) for f in report.findings] == [("Pain", None)]


REFUSED = [
    (UnsupportedSchemaError, {"fields": [{"name": "a", "type": "matrix"}]}, "type 'matrix'"),
    (UnsupportedSchemaError, {"fields": [{"name": "a", "type": "string"}], "fieldsMatch": "some"}, "fieldsMatch: 'some'"),
    (UnsupportedSchemaError, schema("a string", foreignKeys=[{"fields": ["a"], "reference": {**REFERENCE, "package": "other"}}]), "'other'"),
    (UnsupportedSchemaError, schema("a string", foreignKeys=[{"fields": ["a"], "reference": {"resource": "r", "fields": ["x"]}}]), "path of the datapackage.json"),
    (UnknownNameError, schema("a string", foreignKeys=[{"fields": ["a"], "reference": {**REFERENCE, "resource": "type"}}]), "Did you mean types"),
    (UnknownNameError, schema("a string", foreignKeys=[{"fields": ["a"], "reference": {**REFERENCE, "fields": ["id"]}}]), "type_id"),
]  # fmt: skip


@pytest.mark.parametrize(("error", "rules", "words"), REFUSED)
def test_unsupported_schemas_are_refused_before_the_data_are_opened(tmp_path, error, rules, words, opened):  # fmt: skip
    place = tmp_path / "t.csv"
    place.write_bytes(ROWS)
    opened.clear()
    with pytest.raises(error, match=words):
        bm.check(place, rules)
    assert str(place) not in map(str, opened)


@pytest.mark.parametrize("separator", ["", ",,", "é", '"', "\n"])
def test_an_invalid_separator(tmp_path, separator):
    with pytest.raises(ArgumentError, match="separator"):
        check(tmp_path, ROWS, AB, separator=separator)


def test_a_negative_limit():
    with pytest.raises(ArgumentError, match="limit"):
        bm.check(pl.DataFrame({"a": ["x"]}), schema("a string"), limit=-1)


@pytest.mark.parametrize("limit", [0, 1, 5])
def test_counts_are_exact_whatever_the_limit(limit):
    frame = pl.DataFrame({"a": ["x"] * 50})
    schema = {"fields": [{"name": "a", "type": "integer"}]}
    report = bm.check(frame, schema, limit=limit)
    assert (len(report.findings), report.errors, report.cells) == (limit, 50, 50)


def test_neither_or_both_of_schema_and_columns():
    frame = pl.DataFrame({"a": ["x"]})
    for options in ({}, {"schema": AB, "columns": {"a": "types"}}):
        with pytest.raises(ArgumentError, match="exactly one of schema"):
            bm.check(frame, **options)
    with pytest.raises(ArgumentError, match="no single-column primary key"):
        bm.check(frame, columns={"a": "citations"})


def test_the_report(tmp_path):
    report = check(tmp_path, b"a,b\n1,x\n2,\n", schema("a integer", ["b", "string", {"required": True}]))  # fmt: skip
    assert report.title == str(tmp_path / "t.csv")
    assert str(report).splitlines() == [
        "b: required value is missing  line 3",
        "1 error in 2 rows",
    ]
    with pytest.raises(AssertionError, match="required value is missing"):
        assert report.valid, report


def plan(rules):
    return Plan.of(parse_table_schema(rules, "the schema"), lambda _: None)


# name, data, findings as (line, row, column, value, rule), rows
CSV = [
    ("valid", b"a,b\n1,x\n", [], 1),
    ("a byte order mark", b"\xef\xbb\xbfa,b\n1,x\n", [], 1),
    ("wrong order, but checked", b"b,a\nx,y\n", [(1, None, None, None, "columns"), (2, 1, "a", "y", "type")], 1),
    ("a missing column", b"a\ny\n", [(1, None, "b", None, "columns"), (2, 1, "a", "y", "type")], 1),
    ("ragged", b"a,b\ny\n1,x,z\n", [(2, 1, None, "y", "ragged-row"), (2, 1, "a", "y", "type"), (3, 2, None, "1,x,z", "ragged-row")], 2),
    ("ragged without a required value", b"a,b\n\n1,x\n,y\n2\n", [(2, None, None, "", "blank-line"), (5, 3, None, "2", "ragged-row")], 3),
    ("a carriage return that is no line end", b"a,b\n1,x\ry,z\n", [(2, 1, None, "1,x\ry,z", "ragged-row")], 1),
    ("a carriage return before a number", b"b,a\nx,1\r2,3\n", [(1, None, None, None, "columns"), (2, 1, None, "x,1\r2,3", "ragged-row")], 1),
    ("a header with one cell more than each row", b"a,b,c\n1,x\n2,y\nz,w\n", [(1, None, "c", None, "columns"), (4, 3, "a", "z", "type")], 3),
    ("a header with one cell less than each row", b"a\n1,x\n2,y\n3\n", [(1, None, "b", None, "columns"), (4, 3, None, "3", "ragged-row")], 3),
    ("a header with a carriage return", b"a,b\r1,x\n1,y\n2,z\n", [(1, None, None, None, "columns")], 2),
    ("malformed", b'a,b\n1,"x"y\nz,\n', [(2, None, None, '1,"x"y', "not-csv"), (3, 1, "a", "z", "type")], 1),
    ("duplicates", b"a,b\n1,\n01,\n", [(2, 1, "a", "1", "unique"), (3, 2, "a", "01", "unique")], 2),
    ("no header", b"", [(1, None, None, None, "not-csv")], 0),
]  # fmt: skip


@pytest.mark.parametrize("as_bytes", [True, False])
@pytest.mark.parametrize(("data", "findings", "rows"), [c[1:] for c in CSV], ids=[c[0] for c in CSV])  # fmt: skip
def test_one_csv_file(tmp_path, data, findings, rows, as_bytes):
    path = tmp_path / "t.csv"
    path.write_bytes(data)
    rules = plan(schema(["a", "integer", {"unique": True}], "b string"))
    report = check_csv(data if as_bytes else path, rules, file="data/t.csv", resource="r")
    assert sorted(seen(report), key=str) == sorted(findings, key=str)
    assert (report.title, report.rows, report.errors) == ("r", rows, len(findings))
    places = {(each.file, each.resource) for each in report.findings}
    assert places <= {("data/t.csv", "r")}
    assert {count.resource for count in report.counts} <= {"r"}


def test_one_csv_file_that_cannot_be_read(tmp_path):
    with pytest.raises(DataError, match="does not exist"):
        check_csv(tmp_path / "t.csv", plan(AB), file="t.csv")


def test_many_columns():
    """The time must not grow with the square of the number of columns."""
    names = [f"n{number}" for number in range(5_000)]
    rules = plan(schema(*(f"{name} string" for name in names)))
    row = ",".join(names).encode() + b"\n"
    start = time.process_time()
    assert check_csv(row * 3, rules, file="t.csv").valid
    assert time.process_time() - start < 20
