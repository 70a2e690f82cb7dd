"""The export to Excel, read with openpyxl."""

import openpyxl
import pytest

from tests.publishing.exports.conftest import DESCRIPTOR, RESOURCES, SCHEMAS, header, rows, typed

SHEETS = ["readme", "tables", "fields", *RESOURCES]


@pytest.fixture(scope="module")
def book(exported):
    return openpyxl.load_workbook(exported("xlsx"))


def as_numbers(name, table):
    """A sheet has one type of numbers: those of a number field may be read as integers."""
    kinds = [field["type"] for field in SCHEMAS[name]["fields"]]
    for row in table:
        assert not any(
            kind == "number" and isinstance(cell, str | bool)
            for kind, cell in zip(kinds, row, strict=True)
        )
        yield [
            float(cell) if kind == "number" and cell is not None else cell
            for kind, cell in zip(kinds, row, strict=True)
        ]


@pytest.mark.parametrize("name", RESOURCES)
def test_every_value_type_and_missing_cell(book, name):
    first, *others = book[name].iter_rows(values_only=True)
    assert list(first) == header(name)
    assert typed(as_numbers(name, others)) == typed(rows(name))


def test_the_sheets_are_the_tables_after_a_readme(book):
    assert book.sheetnames == SHEETS
    readme = {row[0]: row[1] for row in book["readme"].iter_rows(min_row=2, values_only=True)}
    assert readme["version"] == DESCRIPTOR["version"]
    assert DESCRIPTOR["licenses"][0]["path"] in readme["licenses"]
    assert f"version {DESCRIPTOR['version']}" in readme["citation"]
    tables = [row[0] for row in book["tables"].iter_rows(min_row=2, values_only=True)]
    assert tables == [*RESOURCES]
    fields = [row[:2] for row in book["fields"].iter_rows(min_row=2, values_only=True)]
    assert fields == [(name, field) for name in RESOURCES for field in header(name)]


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_can_be_read_by_people(book, name):
    sheet = book[name]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == sheet.dimensions
    assert all(cell.font.bold for cell in sheet[1])
    assert all(3 <= each.width <= 81 for each in sheet.column_dimensions.values())


@pytest.mark.parametrize("name", SHEETS)
def test_text_is_neither_a_formula_nor_a_date_nor_a_link(book, name):
    for row in book[name].iter_rows():
        for cell in row:
            assert cell.data_type in {"s", "n", "b"}, cell.coordinate
            assert cell.hyperlink is None
            if cell.data_type == "s":
                assert cell.number_format == "@"


def test_the_dates_of_the_file_are_those_of_the_data(book):
    assert book.properties.created.date().isoformat() == DESCRIPTOR["dcterms:issued"]
    assert book.properties.title == f"{DESCRIPTOR['title']}, version {DESCRIPTOR['version']}"


@pytest.mark.parametrize("text", ["4;10", "=1+1", "+1", "@SUM(A1)", "007", "1e5", "http://a.org"])
def test_a_text_that_looks_like_something_else_stays_text(tmp_path, text):
    import xlsxwriter

    from bonemet_data.publishing.exports.xlsx import _Book

    with xlsxwriter.Workbook(str(tmp_path / "out.xlsx")) as workbook:
        _Book(workbook).add("sheet", ["a", "b"], [(text, 1), (None, True)])
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx")["sheet"]
    assert [list(row) for row in sheet.iter_rows(values_only=True)] == [
        ["a", "b"],
        [text, 1],
        [None, True],
    ]
    assert (sheet["A2"].data_type, sheet["A2"].hyperlink) == ("s", None)
