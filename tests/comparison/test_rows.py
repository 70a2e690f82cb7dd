"""Rows are matched by key, and each cell is compared exactly as the file contains it."""

import csv
import io
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bonemet_data.comparison.rows import read_cells, row_changes
from bonemet_data.errors import CsvError, EncodingError
from bonemet_data.package.dialect import read_dialect
from bonemet_data.reading.formats import Format
from bonemet_data.reading.opening import open_table


def table(text, name="t.csv", dialect=None):
    data = text.encode() if isinstance(text, str) else text
    parsed, _ = read_dialect({"delimiter": ","} | (dialect or {}))
    return [open_table(data, name, Format("csv", parsed), None)]


def changes(old, new, key=(), *, same_fields=True, dialect=None):
    files = (table(text, name, dialect) for name, text in (("old.csv", old), ("new.csv", new)))
    found = row_changes("t", *files, key, same_fields=same_fields)
    return [(c.kind.value, c.key, c.column, c.old, c.new) for c in found]


def test_a_cell_is_named_by_key_and_column_with_both_values():
    assert changes("id,a\n1,x\n2,y\n", "id,a\n1,x\n2,z\n", ["id"]) == [("cell", "2", "a", "y", "z")]


@pytest.mark.parametrize(
    ("key", "old", "new", "expected"),
    [
        (["id"], "1,x\n", "1,x\n2,y\n", [("row-added", "2", None, None, "2")]),
        (["id"], "1,x\n2,y\n", "2,y\n", [("row-removed", "1", None, "1", None)]),
        (["id", "a"], "1,x\n1,y\n", "1,x\n", [("row-removed", "1, y", None, "1, y", None)]),
        (["id"], "1,x\n2,y\n", "2,y\n1,x\n", [("rows-moved", None, None, None, None)]),
        (["id"], "1,\n", '1,""\n', [("form", None, None, None, None)]),
        (["id"], "1,x\n", "1,x", [("form", None, None, None, None)]),
        (["id"], "1,x\n", "1,x\r\n", [("form", None, None, None, None)]),
        (["id"], "1,x\n", '1,"x\r"\n', [("cell", "1", "a", "x", "x\r")]),
        (["id"], "1,x\rz\n", "1,x\ry\n", [("cell", "1", "a", "x\rz", "x\ry")]),
        (["id"], "1,\rx\n2,y\n", "1,\rx\n2,z\n", [("cell", "2", "a", "y", "z")]),
        (["id"], "1,x\n", "1, x\n", [("cell", "1", "a", "x", " x")]),
        (["id"], "1,1\n", "1,1.0\n", [("cell", "1", "a", "1", "1.0")]),
        (["id"], "1,NA\n", "1,\n", [("cell", "1", "a", "NA", "")]),
        (["id"], "1,\ufeffx\n", "1,x\n", [("cell", "1", "a", "\ufeffx", "x")]),
        # without a key, or with one that repeats, rows are compared as a whole
        ([], "1,x\n", "1,y\n", [("row-removed", "1, x", None, "1, x", None), ("row-added", "1, y", None, None, "1, y")]),
        (["id"], "1,x\n1,y\n", "1,x\n", [("row-removed", "1, y", None, "1, y", None)]),
        ([], "1,x\n", "1,x\n1,x\n", [("row-added", "1, x #2", None, None, "1, x #2")]),
        ([], "1,x\n1,x\n2,y\n", "1,x\n2,y\n1,x\n", [("rows-moved", None, None, None, None)]),
    ],
)  # fmt: skip
def test_differences_of_rows(key, old, new, expected):
    assert changes(f"id,a\n{old}", f"id,a\n{new}", key) == expected


def test_keys_with_commas_do_not_collide():
    old, new = 'p,q,r\n"a, b",c,1\na,"b, c",2\n', 'p,q,r\n"a, b",c,1\na,"b, c",3\n'
    assert changes(old, new, ["p", "q"]) == [("cell", "a, b, c", "r", "2", "3")]


def test_a_changed_header_is_a_change_of_access():
    assert changes("id,a\n1,x\n", "id,b\n1,x\n", ["id"]) == [
        ("access", None, "header", "id, a", "id, b")
    ]
    assert changes("a\n1\n", "b\n1\n") == [("access", None, "header", "a", "b")]


def test_a_header_of_more_than_64_kib():
    header = f"id,{'a' * 70_000}\n"
    assert changes(header + "1,x\n", header + "1,y\n", ["id"]) == [
        ("cell", "1", "a" * 70_000, "x", "y")
    ]


def test_columns_that_the_schema_added_are_not_compared():
    assert changes("id,a\n1,x\n", "id,a,b\n1,y,z\n", ["id"], same_fields=False) == [
        ("cell", "1", "a", "x", "y")
    ]


def test_the_dialect_is_obeyed():
    dialect = {"delimiter": ";", "quoteChar": "'"}
    assert changes("id;a\n1;'x;y'\n", "id;a\n1;'x;\"z'\n", ["id"], dialect=dialect) == [
        ("cell", "1", "a", "x;y", 'x;"z')
    ]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"id,a\n1,x,surplus\n", r"t\.csv:2: has 3 cells, but the header has 2"),
        (b"id,a\n1,x\n2\n", r"t\.csv:3: has 1 cell, but the header has 2"),
        (b"id,a\n1,x\n\n2,y\n", r"t\.csv:3: blank line"),
        (b'id,a\n1,"x\n2,y\n', r"t\.csv:2: malformed quoting"),
        (b'id,"a\nb"\n1,x,z\n', r"t\.csv:3: has 3 cells"),
        (b"id,id\n1,x\n", r"t\.csv:1: two columns are named 'id'"),
        (b"id,\n1,x\n", r"t\.csv:1: the header must have a name for every column"),
        (b'"id\n', r"t\.csv:1: the header must have a name for every column"),
        (b"id,\0row\n", r"t\.csv:1: the header must have a name for every column, without NUL"),
        (b"", r"t\.csv:1: the header must have a name for every column"),
    ],
)
def test_a_malformed_file_is_refused_with_its_line(data, message):
    with pytest.raises(CsvError, match=message) as error:
        read_cells(table(data))
    assert f":{error.value.line}:" in str(error.value)


def test_a_file_in_another_encoding_is_refused_with_its_line():
    with pytest.raises(EncodingError, match=r"t\.csv:3: is not UTF-8 \(byte 0xe9\)"):
        read_cells(table(b"a,b\n1,x\n2,\xe9\n"))


CELL = st.text(alphabet='ab ,"\n\r\ufeffé', max_size=4)
KEYS = st.lists(CELL, unique=True, max_size=6)
WIDTH = 2


@st.composite
def tables(draw):
    return {key: tuple(draw(CELL) for _ in range(WIDTH)) for key in draw(KEYS)}


def written(table):
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(["key", "a", "b"])
    writer.writerows((key, *cells) for key, cells in table.items())
    return out.getvalue()


@given(tables(), tables())
@settings(max_examples=150)
def test_changes_are_those_of_two_dictionaries(old, new):
    expected = [("row-removed", key) for key in old if key not in new]
    expected += [("row-added", key) for key in new if key not in old]
    if [key for key in old if key in new] != [key for key in new if key in old]:
        expected.append(("rows-moved", None))
    expected += [
        ("cell", key, column, old[key][at], new[key][at])
        for key in new
        if key in old
        for at, column in enumerate("ab")
        if old[key][at] != new[key][at]
    ]
    found = [
        change if change[0] == "cell" else change[:2]
        for change in changes(written(old), written(new), ["key"])
        if change[0] != "form"
    ]
    assert Counter(found) == Counter(expected)


@given(tables())
@settings(max_examples=100)
def test_cells_are_those_that_were_written(rows):
    frame = read_cells(table(written(rows)))
    assert frame.rows() == [(key, *cells) for key, cells in rows.items()]
