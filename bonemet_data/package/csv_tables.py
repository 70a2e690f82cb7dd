"""Tables of CSV files in memory, as text.

The classes are named tuples, because importing dataclasses takes longer than loading a table.
"""

from typing import NamedTuple

from ..errors import CsvError, EncodingError, UnsupportedSchemaError
from .csv_reading import CsvReader
from .dialect import DEFAULT, read_dialect

LONGEST_CELL = 131_072
"""Maximum number of characters of a cell: the default limit of Python's csv module."""


class Row(NamedTuple):
    """A record of a table: its line in the file (the header is line 1), and its cells."""

    line: int
    cells: tuple[str, ...]


class Table(NamedTuple):
    """The header and the rows of a CSV file, as text. A blank line is a row without cells."""

    header: Row
    rows: tuple[Row, ...]

    @property
    def records(self) -> tuple[Row, ...]:
        """The rows that are not blank, padded or truncated to the number of columns."""
        width = len(self.header.cells)
        return tuple(
            row if len(row.cells) == width else Row(row.line, (row.cells + ("",) * width)[:width])
            for row in self.rows
            if row.cells
        )


def csv_reader(dialect: object) -> CsvReader:
    """Return the reader for a Table Dialect.

    Raises:
        UnsupportedSchemaError: The dialect uses a feature that is not implemented.
    """
    parsed, problems = read_dialect(dialect)
    for problem in problems:
        if problem.severity == "error":
            raise UnsupportedSchemaError(f"{problem}.")
    plain = DEFAULT._replace(delimiter=parsed.delimiter, quote_char=parsed.quote_char)
    if parsed != plain or len(parsed.delimiter) > 1 or len(parsed.quote_char) != 1:
        raise UnsupportedSchemaError(
            "The dialect is not implemented here: use only a delimiter and a quoteChar of one "
            "character each."
        )
    return CsvReader(parsed.delimiter or ",", parsed.quote_char)


def read_table(data: bytes, dialect: object) -> Table:
    """Read a CSV file.

    Args:
        data: Content of the file, in UTF-8; a byte order mark at the start is ignored.
        dialect: Table Dialect of the file.

    Raises:
        EncodingError: The file is not UTF-8.
        CsvError: The file is empty, a quote is unmatched, or a cell has more than `LONGEST_CELL`
            characters.
        UnsupportedSchemaError: The dialect uses a feature that is not implemented.
    """
    reader = csv_reader(dialect)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise EncodingError(
            f"byte {error.start} (0x{data[error.start]:02x}) is not UTF-8: save the file as UTF-8",
            line,
        ) from error
    rows = []
    for line, raw, cells, fault in reader.records(text):
        if cells is None:
            raise CsvError(fault, line + 1)
        if len(raw) > LONGEST_CELL and any(len(cell) > LONGEST_CELL for cell in cells):
            message = f"a cell has more than {LONGEST_CELL} characters: look for a missing quote"
            raise CsvError(message, line + 1)
        rows.append(Row(line + 1, tuple(cells)))
    if not rows or not rows[0].cells:
        raise CsvError("there is no header: write the names of the columns in the first line", 1)
    return Table(rows[0], tuple(rows[1:]))
