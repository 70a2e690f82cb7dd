"""Unique keys and foreign keys, on whole tables."""

import json
from dataclasses import FrozenInstanceError

import numpy as np
import polars as pl
import pytest

import bonemet_data as bm
from bonemet_data.checking.keys import BatchStart, digest
from bonemet_data.errors import DataError, UnsupportedSchemaError
from tests.checking.cases import REFERENCE, check, schema, seen


def test_every_duplicate_is_a_finding(tmp_path):
    rules = schema(["a", "integer", {"unique": True}], "b string", primaryKey=["a", "b"])
    report = check(tmp_path, b"a,b\n1,x\n2,y\n01,z\n1,x\n", rules)
    assert seen(report) == [
        (2, 1, "a", "1", "unique"),
        (2, 1, "a, b", "1, x", "primaryKey"),
        (4, 3, "a", "01", "unique"),
        (5, 4, "a", "1", "unique"),
        (5, 4, "a, b", "1, x", "primaryKey"),
    ]
    assert (report.errors, report.cells) == (5, 5)


def test_equal_keys_count_once(tmp_path):
    report = check(tmp_path, b"a\nx\nx\n", schema("a string", uniqueKeys=[["a"], ["a"]]))
    assert [(c.rule, c.number) for c in report.counts] == [("uniqueKeys", 2)]


@pytest.mark.parametrize(
    ("kind", "keywords", "first", "second"),
    [
        ("time", {"format": "%H:%M:%S%z"}, "10:00:00Z", "12:00:00+02:00"),
        ("time", {}, "00:00:00", "24:00:00"),
        ("duration", {}, "P1Y", "P12M"),
        ("boolean", {}, "true", "1"),
        ("integer", {}, "12345678901234567890", "+012345678901234567890"),
        ("integer", {}, "1", "01"),
        ("integer", {}, "0", "-0"),
        ("number", {}, "0", "-0.0"),
        ("number", {}, "0", "0.00000000"),
        ("number", {}, "NaN", "nan"),
        ("number", {}, "0.1000000000000000000", "1e-1"),
        ("number", {}, "123456789012345678.50", "123456789012345678.5"),
        ("number", {}, "1e300", "10e299"),
        ("array", {}, "[1,2]", "[1.0, 2]"),
        ("object", {}, "{}", "{ }"),
        ("list", {"itemType": "number"}, "1,2", "1.0,2"),
        ("geopoint", {}, "1,2", "1.0, 2"),
        ("year", {}, "2025", "2025Z"),
        ("datetime", {}, "2025-01-01T10:00:00", "2025-01-01T10:00:00.0Z"),
        ("date", {"format": "%d.%m.%Y"}, "01.02.2025", "1.2.2025"),
        ("number", {"groupChar": ","}, "1,000", "1000.0"),
        ("number", {"groupChar": ".", "decimalChar": ","}, "1.000", "1000"),
        ("yearmonth", {}, "2025-01", "2025-01"),
    ],
)
@pytest.mark.parametrize("apart", [False, True], ids=["one batch", "two batches"])
def test_equal_values_in_other_notations_are_duplicates(
    tmp_path, monkeypatch, kind, keywords, first, second, apart
):
    data = pl.DataFrame({"a": [first, second]}).write_csv().encode()
    if apart:
        longest = max(map(len, data.splitlines(keepends=True)))
        monkeypatch.setattr("bonemet_data.reading.tables.SIZE", longest)
    rules = {"fields": [{"name": "a", "type": kind, "constraints": {"unique": True}, **keywords}]}
    report = check(tmp_path, data, rules)
    assert [(f.value, f.rule) for f in report.findings] == [(first, "unique"), (second, "unique")]


@pytest.mark.parametrize(
    ("kind", "first", "second"),
    [
        ("number", "12345678901234567", "12345678901234568"),
        ("number", "0.1", "0.10000000000000000001"),
        ("number", "0.0", "1"),
        ("number", "-1", "-2"),
        ("number", "1", f"1.{'0' * 40}1"),
        ("number", "1e400", "1e401"),
        ("number", "1e-400", "0"),
        ("integer", "9223372036854775808", "9223372036854775809"),
        ("datetime", "2025-01-01T00:00:00", "2025-01-01T00:00:00.0000000001"),
        ("datetime", "2025-01-01T00:00:00", f"2025-01-01T00:00:00.{'0' * 40}1"),
        ("duration", "P1Y", "P365D"),
        ("duration", f"PT{'1' * 40}S", f"PT{'1' * 39}2S"),
        ("duration", "P1D", f"P1DT0.{'0' * 40}1S"),
        ("geopoint", "1, 2", f"1, 2.{'0' * 40}1"),
        ("array", "[1]", "[true]"),
        ("any", "1", "1.0"),
    ],
)
def test_values_that_are_nearly_equal_are_no_duplicates(tmp_path, kind, first, second):
    rules = schema(["a", kind, {"unique": True}])
    assert check(tmp_path, f'a\n"{first}"\n"{second}"\n'.encode(), rules).valid


@pytest.mark.parametrize(
    ("kind", "keywords", "text"),
    [
        ("integer", {}, "1x"),
        ("integer", {}, "1.5"),
        ("number", {}, "1x"),
        ("boolean", {}, "2"),
        ("date", {}, "1"),
        ("string", {"format": "email"}, "x"),
    ],
)
def test_invalid_values_are_no_duplicates(tmp_path, kind, keywords, text):
    rules = {"fields": [{"name": "a", "type": kind, "constraints": {"unique": True}, **keywords}]}
    report = check(tmp_path, f"a\n{text}\n{text}\n".encode(), rules)
    assert [(f.row, f.rule) for f in report.findings] == [(1, "type"), (2, "type")]


def test_long_keys_are_compared_across_batches(tmp_path, monkeypatch):
    monkeypatch.setattr("bonemet_data.reading.tables.SIZE", 5)
    rules = schema(["a", "integer", {"unique": True}], ["b", "number", {"unique": True}])
    rows = b"a,b\n12345678901234567890,0.5\n1,5e-1\n+1,7\n012345678901234567890,8\n"
    report = check(tmp_path, rows, rules)
    assert sorted((f.row, f.column) for f in report.findings) == [
        (1, "a"), (1, "b"), (2, "a"), (2, "b"), (3, "a"), (4, "a"),
    ]  # fmt: skip


def test_a_self_reference_of_numbers_is_exact(tmp_path):
    key = {"fields": ["a"], "reference": {"resource": "", "fields": ["b"]}}
    rules = schema("a number", "b number", foreignKeys=[key])
    data = b"a,b\n12345678901234567,12345678901234568\n1.0,1\n"
    assert [(f.row, f.rule) for f in check(tmp_path, data, rules).findings] == [(1, "foreignKeys")]


def test_a_foreign_key_to_a_published_table_suggests_ids(tmp_path):
    rules = schema("t string", foreignKeys=[{"fields": ["t"], "reference": REFERENCE}])
    report = check(tmp_path, b"t\nmixed\nMixed\nlytic\n", rules)
    assert [(f.line, f.value, f.rule, f.suggestion) for f in report.findings] == [
        (3, "Mixed", "foreignKeys", "mixed"),
        (4, "lytic", "foreignKeys", "osteolytic"),
    ]
    assert check(tmp_path, b"t\nmixed\n", rules, version="1.0.0").valid


def test_a_foreign_key_of_two_columns(tmp_path):
    to = {"package": "bonemet-data", "resource": "citations", "fields": ["concept_id", "source_id"]}
    rules = schema("c string", "s integer", foreignKeys=[{"fields": ["c", "s"], "reference": to}])
    report = check(
        tmp_path, b"c,s\nspinal_issues,4\nspinal_issues,+10\nspinal_issues,5\n,5\n", rules
    )
    assert seen(report) == [(4, 3, "c, s", "spinal_issues, 5", "foreignKeys")]
    assert report.cells == 2


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        (schema("a string", "b integer", foreignKeys=[{"fields": ["a"], "reference": {"resource": "", "fields": ["b"]}}]), "from 'a', of type string, to 'b', of type integer"),
        (schema("a string", foreignKeys=[{"fields": ["a"], "reference": {"package": "bonemet-data", "resource": "sources", "fields": ["source_id"]}}]), "use the same type for both fields"),
    ],
)  # fmt: skip
def test_a_foreign_key_between_different_types(rules, words):
    with pytest.raises(UnsupportedSchemaError, match=words):
        bm.check(pl.DataFrame({"a": ["x"], "b": [1]}), rules)


def test_an_empty_target_is_no_target(tmp_path):
    key = {"fields": ["a"], "reference": {"resource": "t", "fields": ["p"]}}
    resources = [
        {"name": "r", "path": "r.csv", "schema": schema("a string", foreignKeys=[key])},
        {"name": "t", "path": "t.csv", "schema": schema("p string", "q string")},
    ]
    (tmp_path / "datapackage.json").write_text(json.dumps({"name": "x", "resources": resources}))
    (tmp_path / "t.csv").write_text("p,q\nx,1\n,2\n")
    report = check(tmp_path, b'a\nx\n""\ny\n', tmp_path / "datapackage.json", name="r.csv")
    assert seen(report) == [(4, 3, "a", "y", "foreignKeys")]


A = ["a", "integer", {"unique": True}]
# schema, data, messages in order
MESSAGES = [
    (schema(A), b"a\n1\n2\n01\n+1\n", ["duplicate value, also on line 4", "duplicate value, also on line 2", "duplicate value, also on line 2"]),
    (schema("a string", "b string", primaryKey=["a", "b"]), b"a,b\nx,y\nx,y\n", ["duplicate key, also on line 3", "duplicate key, also on line 2"]),
    (schema("a string", "b string", foreignKeys=[{"fields": ["a"], "reference": {"resource": "", "fields": ["b"]}}]), b"a,b\nx,y\ny,\n", ["not found in column b"]),
]  # fmt: skip


@pytest.mark.parametrize(("rules", "data", "messages"), MESSAGES)
def test_messages(tmp_path, rules, data, messages):
    assert [each.message for each in check(tmp_path, data, rules).findings] == messages


def test_a_duplicate_in_another_file_or_in_a_frame(tmp_path):
    for name in ("1.csv", "2.csv"):
        (tmp_path / name).write_text("a\n1\n")
    report = bm.check(tmp_path, schema(A))
    assert [each.message for each in report.findings] == [
        f"duplicate value, also on line 2 of {tmp_path / name}" for name in ("2.csv", "1.csv")
    ]
    report = bm.check(pl.DataFrame({"a": [1, 2, 1]}), schema(A))
    assert [each.message for each in report.findings] == [
        "duplicate value, also in row 3",
        "duplicate value, also in row 1",
    ]


def test_references_and_keys_of_many_batches(tmp_path, monkeypatch):
    """Each record is a batch: the targets of a self-reference are merged on the way."""
    monkeypatch.setattr("bonemet_data.reading.tables.SIZE", 5)
    to_b = {"fields": ["a"], "reference": {"resource": "", "fields": ["b"]}}
    rules = schema("a integer", ["b", "integer", {"unique": True}], foreignKeys=[to_b])
    rows = [f"{199 - at},{at}\n" for at in range(200)]
    rows[100] = "200,100\n"
    rows[150] = "49,3\n"
    report = check(tmp_path, ("a,b\n" + "".join(rows)).encode(), rules)
    assert [(f.row, f.column, f.value, f.rule, f.message) for f in report.findings] == [
        (4, "b", "3", "unique", "duplicate value, also on line 152"),
        (50, "a", "150", "foreignKeys", "not found in column b"),
        (101, "a", "200", "foreignKeys", "not found in column b"),
        (151, "b", "3", "unique", "duplicate value, also on line 5"),
    ]
    assert report.cells == 4


def test_a_cell_with_two_findings_counts_once(tmp_path):
    rules = schema(["a", "integer", {"unique": True, "maximum": 5}], "b string", primaryKey=["a"])
    report = check(tmp_path, b"a,b\n7,x\n7,y\n1,z\n2,z\n", rules)
    assert (report.errors, report.cells) == (6, 2)
    rules = schema(["a", "integer", {"maximum": 5}], "b string", uniqueKeys=[["a", "b"]])
    report = check(tmp_path, b"a,b\n7,x\n7,x\n7,z\n", rules)
    assert (report.errors, report.cells) == (5, 5)


def test_keys_of_two_columns_are_not_concatenated(tmp_path):
    rules = schema("a string", "b string", primaryKey=["a", "b"])
    data = b'a,b\n1,1:1\n11,:1\n"1:1",1\n1:,11\n'
    assert check(tmp_path, data, rules).valid
    to = {"resource": "", "fields": ["c", "d"]}
    names = ["a string", "b string", "c string", "d string"]
    rules = schema(*names, foreignKeys=[{"fields": ["a", "b"], "reference": to}])
    data = b"a,b,c,d\nx,yz,xy,z\n,z,x,\nxy,z,x,y\n"
    assert seen(check(tmp_path, data, rules)) == [(2, 1, "a, b", "x, yz", "foreignKeys")]


def test_duplicates_in_three_files(tmp_path):
    for name, text in (("1", "a\nx\ny\n"), ("2", "a\nx\n"), ("3", "a\nz\nx\n")):
        (tmp_path / f"{name}.csv").write_text(text)
    report = bm.check(tmp_path, schema(["a", "string", {"unique": True}]))
    place = f"duplicate value, also on line 2 of {tmp_path}"
    assert [(f.row, f.line, f.message) for f in report.findings] == [
        (1, 2, f"{place}/2.csv"),
        (3, 2, f"{place}/1.csv"),
        (5, 3, f"{place}/1.csv"),
    ]


def test_the_start_of_a_batch_does_not_change():
    start = BatchStart(1, 2, 3)
    with pytest.raises(FrozenInstanceError):
        start.row = 2
    assert not hasattr(start, "__dict__")


def test_keys_that_change_between_two_reads(tmp_path, monkeypatch):
    first, second = np.array([1, 2], np.uint64), np.array([2, 1], np.uint64)
    assert len({digest(keys) for keys in ([], [first], [second], [first, second])}) == 4
    monkeypatch.setattr("bonemet_data.checking.engine.digest", lambda _: -1)
    with pytest.raises(DataError, match=r"t\.csv changed during the check"):
        check(tmp_path, b"a\n1\n1\n", schema(A))
    with pytest.raises(DataError, match="the frame changed during the check"):
        bm.check(pl.DataFrame({"a": [1, 1]}), schema(A))
    assert bm.check(pl.DataFrame({"a": [1, 2]}), schema(A)).valid


@pytest.mark.parametrize("kind", ["string", "any", "integer", "number", "date", "boolean"])
def test_missing_values_are_no_duplicates(tmp_path, kind):
    value = {"date": "2024-01-01", "boolean": "true"}.get(kind, "1")
    rules = schema(["a", kind, {"unique": True}], "b string", missingValues=["", "NA"])
    data = f"a,b\nNA,x\n,x\nNA,x\n,x\n{value},x\n{value},x\n".encode()
    assert [(f.row, f.value) for f in check(tmp_path, data, rules).findings] == [
        (5, value),
        (6, value),
    ]
