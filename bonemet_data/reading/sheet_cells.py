"""Cells of spreadsheets that are written with XlsxWriter, and the limits of a sheet."""

from collections.abc import Mapping
from datetime import date, datetime
from math import isfinite
from typing import Any

from ..errors import OutputError

SHEET_ROWS = 1_048_576
SHEET_COLUMNS = 16_384
LONGEST_CELL = 32_767
_EXACT = 2**53
"""Numbers up to this one are exact in a spreadsheet."""

_DATES: Mapping[type, str] = {date: "yyyy-mm-dd", datetime: "yyyy-mm-dd hh:mm:ss.000"}
"""Format of the cells of each type; a spreadsheet has no dates before 1900."""


def date_formats(book: Any) -> dict[type, Any]:
    """Add the formats of dates and datetimes to a workbook, and return them by type."""
    return {kind: book.add_format({"num_format": text}) for kind, text in _DATES.items()}


class SheetCells:
    """The cells of a sheet, to be written one by one.

    Args:
        sheet: Sheet.
        formats: Format of a cell, by the type of its value.
        name: Name of the file or sheet in error messages.
        cut: Whether a text that is too long for a cell is cut; otherwise, it is an error.
    """

    def __init__(
        self, sheet: Any, formats: Mapping[type, Any], name: str, *, cut: bool = False
    ) -> None:
        self._sheet, self._formats, self._name, self._cut = sheet, formats, name, cut

    def write(self, row: int, column: int, cell: Any) -> None:
        """Write a value to a cell. Text stays text, also that of numbers, formulas and links.

        Args:
            row: Index of the row.
            column: Index of the column.
            cell: Value; None and "" leave the cell empty.

        Raises:
            OutputError: A text is too long for a cell.
        """
        if isinstance(cell, str) and len(cell) > LONGEST_CELL:
            if not self._cut:
                raise OutputError(
                    f"{self._name}: a cell of a sheet has {LONGEST_CELL:,} characters at most, and "
                    f"that in row {row + 1} has {len(cell):,}: write CSV."
                )
            cell = f"{cell[: LONGEST_CELL - 1]}…"
        if cell is None or cell == "":
            return
        style = self._formats.get(type(cell))
        if isinstance(cell, bool):
            self._sheet.write_boolean(row, column, cell, style)
        elif isinstance(cell, int | float) and isfinite(cell) and abs(cell) <= _EXACT:
            self._sheet.write_number(row, column, cell, style)
        elif type(cell) in _DATES and cell.year > 1900 and not getattr(cell, "tzinfo", None):
            self._sheet.write_datetime(row, column, cell, style)
        else:
            self._sheet.write_string(row, column, str(cell), self._formats.get(str))
