"""Tables of CSV files in memory."""

import pytest

from bonemet_data.errors import CsvError, EncodingError, UnsupportedSchemaError
from bonemet_data.package.csv_tables import LONGEST_CELL, Row, csv_reader, read_table


def test_a_table():
    table = read_table(b'\xef\xbb\xbfa;b\r\n"1\n";2\r\n\r\n3\r\n', {"delimiter": ";"})
    assert table.header == Row(1, ("a", "b"))
    assert table.rows == (Row(2, ("1\n", "2")), Row(4, ()), Row(5, ("3",)))
    assert table.records == (Row(2, ("1\n", "2")), Row(5, ("3", "")))


def test_only_a_byte_order_mark_at_the_start_is_skipped():
    table = read_table("\ufeffa\n\ufeffx\n".encode(), {})
    assert (table.header.cells, table.rows[0].cells) == (("a",), ("\ufeffx",))


@pytest.mark.parametrize(
    ("data", "kind", "line", "message"),
    [
        (b"", CsvError, 1, "there is no header"),
        (b"\n1\n", CsvError, 1, "there is no header"),
        (b'a\n1\n"2\n', CsvError, 3, "malformed quoting: close the quote"),
        (b"a\n\xff\n", EncodingError, 2, r"byte 2 \(0xff\) is not UTF-8"),
        ("a\n1\n".encode("utf-16"), EncodingError, 1, r"byte 0 \(0xff\) is not UTF-8"),
        (b"a\n" + b"x" * (LONGEST_CELL + 1) + b"\n", CsvError, 2, "look for a missing quote"),
    ],
)
def test_a_file_that_is_not_a_table(data, kind, line, message):
    with pytest.raises(kind, match=message) as caught:
        read_table(data, {})
    assert caught.value.line == line


def test_a_long_record_of_short_cells_is_a_table():
    cells = ("x" * LONGEST_CELL, "y")
    assert read_table(b"a,b\n" + ",".join(cells).encode(), {}).rows == (Row(2, cells),)


@pytest.mark.parametrize(
    "dialect",
    [
        {},
        {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "header": True},
        {"$schema": "https://datapackage.org/profiles/2.0/tabledialect.json"},
        {"lineTerminator": "\r\n"},
        {"my:note": "x"},
    ],
)
def test_a_dialect_that_is_implemented(dialect):
    assert (csv_reader(dialect).delimiter, csv_reader(dialect).quote) == (",", '"')


@pytest.mark.parametrize(
    ("dialect", "message"),
    [
        *((dialect, "not implemented here") for dialect in (
            {"commentChar": "#"}, {"header": False}, {"doubleQuote": False},
            {"lineTerminator": "\r"}, {"delimiter": ";;"}, {"quoteChar": ""},
        )),
        *(({"delimiter": x}, "delimiter: is") for x in ("", 1, None)),
        *(({"quoteChar": x}, "quoteChar: is") for x in ("''", "\r", 1, ",")),
    ],
)  # fmt: skip
def test_a_dialect_that_is_not_implemented(dialect, message):
    with pytest.raises(UnsupportedSchemaError, match=message):
        csv_reader(dialect)
