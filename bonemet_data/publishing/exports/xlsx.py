"""Export to an Excel workbook: a readme, the fields, and one sheet for each table."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO
from math import ceil
from pathlib import Path
from typing import Any

from ...extras import EXPORT
from ...package.descriptor import Package
from ...reading.sheet_cells import SheetCells, date_formats
from .content import FieldFacts, TableFacts, about, field_facts, read_content, table_facts

_WIDEST = 80
"""Largest width of a column, in characters."""

_LINE, _HIGHEST = 15, 409
"""Height of a line and largest height of a row, in points."""


def write(package: Package, target: Path) -> None:
    """Write a workbook. Its dates are those of the package, so that its bytes do not change."""
    with EXPORT:
        import xlsxwriter

    tables = list(read_content(package))
    facts = about(package)
    buffer = BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True})
    workbook.set_properties(
        {
            "title": f"{facts['title']}, version {package.version}",
            "comments": facts["citation"],
            "created": _created(package),
        }
    )
    book = _Book(workbook)
    book.add("readme", ("name", "text"), facts.items())
    book.add("tables", TableFacts._fields, [table_facts(each, package) for each in tables])
    fields = [fact for table in tables for fact in field_facts(table)]
    book.add("fields", FieldFacts._fields, fields)
    for table in tables:
        book.add(table.name, table.schema.names, table.rows())
    workbook.close()
    target.write_bytes(buffer.getvalue())


class _Book:
    """A workbook whose sheets have a frozen header, filters, and widths that fit their cells."""

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        text = workbook.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        top = workbook.add_format({"valign": "top"})
        bold = workbook.add_format({"num_format": "@", "bold": True, "bottom": 1})
        self._header: dict[type, Any] = {str: bold}
        self._formats: dict[type, Any] = {int: top, float: top, bool: top, str: text}
        self._formats |= date_formats(workbook)

    def add(self, name: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Add a sheet."""
        sheet = self._workbook.add_worksheet(name)
        lines = [tuple(header), *map(tuple, rows)]
        widths = [min(max(map(_length, cells)) + 2, _WIDEST) for cells in zip(*lines, strict=True)]
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        for number, cells in enumerate(lines):
            line = SheetCells(sheet, self._formats if number else self._header, name)
            for column, cell in enumerate(cells):
                line.write(number, column, cell)
            height = max(map(_height, cells, widths))
            if height > 1:
                sheet.set_row(number, min(height * _LINE, _HIGHEST))
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(lines) - 1, len(header) - 1)
        sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{len(lines)}"})


def _length(cell: object) -> int:
    """Return the number of characters of the longest line of a cell."""
    return max(map(len, str(cell).splitlines()), default=0)


def _height(cell: object, width: int) -> int:
    """Return the number of lines of a cell whose text is wrapped."""
    return sum(max(1, ceil(len(line) / (width - 2))) for line in str(cell).splitlines())


def _created(package: Package) -> datetime:
    """Return the date on which the package was issued or created."""
    descriptor = package.descriptor
    text = descriptor.get("dcterms:issued") or descriptor["created"]
    return datetime.fromisoformat(text).replace(tzinfo=None)
