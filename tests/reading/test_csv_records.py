"""The records of a chunk of a CSV file: faults are reported with their lines, and none is lost."""

import pytest

from bonemet_data.package.csv_reading import CsvReader
from bonemet_data.reading.csv_records import LONGEST_VALUE, parse_records, read_header

CASES = [
    # bytes, lines of the records, their cells, faults: line, row, column, value, rule
    (b"1,2\n3,4\n", [0, 1], [["1", "2"], ["3", "4"]], []),
    (b'"1\n",\n3,4', [0, 2], [["1\n", None], ["3", "4"]], []),
    (b"1\n", [0], [["1", None]], [(0, 0, None, "1", "ragged-row")]),
    (b"1,2,3\n", [0], [["1", "2"]], [(0, 0, None, "1,2,3", "ragged-row")]),
    (b'""\n', [0], [[None, None]], [(0, 0, None, "", "ragged-row")]),
    (b"1,2\n\n3,4\n", [0, 2], [["1", "2"], ["3", "4"]], [(1, None, None, "", "blank-line")]),
    (b'1,2\n"3,4\n5,6\n', [0, 2], [["1", "2"], ["5", "6"]], [(1, None, None, '"3,4', "not-csv")]),
    (b"1,\xff\n", [0], [["1", r"\xff"]], [(0, 0, 1, r"\xff", "encoding")]),
    (b'"\xff,2\n', [], [], [(0, None, None, r'"\xff,2', "not-csv")]),
    (b"\xed\xa0\x80,2\n", [0], [[r"\xed\xa0\x80", "2"]], [(0, 0, 0, r"\xed\xa0\x80", "encoding")]),
]


@pytest.mark.parametrize(("data", "lines", "cells", "faults"), CASES)
def test_records(data, lines, cells, faults):
    records = parse_records(CsvReader(), data, 2)
    assert (records.lines, records.cells) == (lines, cells)
    assert [fault[:5] for fault in records.faults] == faults
    assert records.line_count == len(data.removesuffix(b"\n").split(b"\n"))


def test_a_blank_line_of_one_column_is_a_record_with_an_empty_cell():
    records = parse_records(CsvReader(), b'\n""\n', 1)
    assert (records.cells, records.faults) == ([[None], [None]], [])


def test_messages_say_what_is_wrong():
    records = parse_records(CsvReader(), b'"\n\n1\n\xff,2\n', 2)
    assert [fault.message for fault in records.faults] == [
        "malformed quoting: close the quote, or double every quote inside the cell",
        "blank line: remove it",
        "has 1 cell, but the header has 2: add or remove cells",
        "is not UTF-8 (byte 0xff): save the file as UTF-8",
    ]


def test_a_long_malformed_record_is_shown_in_part():
    data = b'"' + b"x" * 1000
    assert len(parse_records(CsvReader(), data, 2).faults[0].value) == LONGEST_VALUE


@pytest.mark.parametrize(
    ("data", "names", "length"),
    [
        (b"a,b\n1,2\n", ("a", "b"), 4),
        (b'"a\n1",\xc3\xa9\r\n1,2\n', ("a\n1", "é"), 10),
        (b"a", ("a",), 1),
        (b"", (), 0),
        (b"\na\n", ("",), 1),
        (b"a,\xff\n1,2\n", None, 4),
        (b'"a\n1,2\n', None, 3),
    ],
)
def test_the_header(data, names, length):
    assert read_header(CsvReader(), data) == (names, length)
