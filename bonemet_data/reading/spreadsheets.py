"""Rows of spreadsheets: xlsx, xls, xlsb and ods."""

from io import BytesIO
from pathlib import Path
from typing import Any

from ..errors import DataError
from ..extras import EXCEL
from ..package.dialect import Dialect


def sheet_rows(source: Path | bytes, name: str, dialect: Dialect) -> list[list[Any]]:
    """Return the rows of a sheet of a spreadsheet; an empty cell is None.

    Empty rows after the last value, and empty columns without a name, are left out.

    Args:
        source: Path or content of the file.
        name: Name of the file in error messages.
        dialect: Table Dialect, which states the number or the name of the sheet.

    Raises:
        DataError: The file cannot be read, or has no such sheet.
        MissingExtraError: python-calamine is not installed.
    """
    with EXCEL:
        import python_calamine as calamine

    try:
        file = str(source) if isinstance(source, Path) else BytesIO(source)
        workbook = calamine.load_workbook(file)
        names = workbook.sheet_names
        sheet = dialect.sheet_name or (
            names[dialect.sheet_number - 1] if dialect.sheet_number <= len(names) else None
        )
        if sheet not in names:
            wanted = repr(dialect.sheet_name) if dialect.sheet_name else dialect.sheet_number
            raise DataError(
                f"{name} has no sheet {wanted}: correct the dialect; the sheets are "
                f"{', '.join(map(repr, names))}."
            )
        table = workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise DataError(f"{name} cannot be read: {error}. Get a new copy of the file.") from error
    rows = [[None if cell == "" else cell for cell in row] for row in table]
    while rows and not any(cell is not None for cell in rows[-1]):
        rows.pop()
    width = max((_width(row) for row in rows), default=0)
    return [row[:width] for row in rows]


def _width(row: list[Any]) -> int:
    """Return the number of cells up to the last one that is not empty."""
    return next((at for at in range(len(row), 0, -1) if row[at - 1] is not None), 0)
