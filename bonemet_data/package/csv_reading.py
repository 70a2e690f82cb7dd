"""The CSV reader for loading, for validation, and for chunks that Polars would misread.

A line feed or CRLF ends a record, a single carriage return is part of a cell, and a quote is
special only at the start of a cell (RFC 4180).

The classes are named tuples, because importing dataclasses takes longer than loading a table.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..errors import CsvError, EncodingError, UnsupportedSchemaError
from .dialect import DEFAULT, read_dialect

LONGEST_CELL = 131_072
"""Maximum number of characters of a cell: the default limit of Python's csv module."""

BOM = b"\xef\xbb\xbf"
MALFORMED = "malformed quoting: close the quote, or double every quote inside the cell"
"""Message for a record with an unmatched quote."""


class Record(NamedTuple):
    """A record of a CSV text.

    Attributes:
        line: Line on which the record starts, 0-based from the start of the text.
        raw: Text of the record, with the line ending.
        cells: Cells of the record; an empty list for a blank line, None for an unmatched quote.
    """

    line: int
    raw: str
    cells: list[str] | None


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


class CsvReader:
    r"""Reader and writer of CSV records.

    Args:
        delimiter: Delimiter of cells, one ASCII character.
        quote: Quote character, one ASCII character.

    Example:
        >>> [record.cells for record in CsvReader().records('a,"b\nc"\n1,"2\n')]
        [['a', 'b\nc'], None]
    """

    def __init__(self, delimiter: str = ",", quote: str = '"') -> None:
        self.delimiter, self.quote = delimiter, quote
        sep, mark = re.escape(delimiter), re.escape(quote)
        # Possessive quantifiers do not backtrack, so an unmatched quote needs no extra memory.
        self._quoted = re.compile(
            rf"{mark}([^{mark}]*+(?:{mark}{mark}[^{mark}]*+)*+){mark}({sep}|\r?(?:\n|\Z))"
        )
        self._plain = re.compile(rf"([^{sep}\n]*+)({sep}|\n|\Z)")

    def records(self, text: str) -> Iterator[Record]:
        """Iterate over the records of a text; a malformed record ends at its first line."""
        line = start = 0
        dead_ends: set[int] = set()
        while start < len(text):
            end = text.find("\n", start) + 1 or len(text)
            raw = text[start:end]
            if self.quote not in raw:
                bare = raw.removesuffix("\n").removesuffix("\r")
                yield Record(line, raw, bare.split(self.delimiter) if bare else [])
                line += 1
            else:
                cells, stop = self._cells(text, start, dead_ends)
                if cells is not None and stop > end:
                    end = stop
                    raw = text[start:end]
                yield Record(line, raw, cells)
                line += raw.count("\n")
            start = end

    def _cells(self, text: str, position: int, dead_ends: set[int]) -> tuple[list[str] | None, int]:
        """Return the cells of a record, or None if it is malformed, and the end of the record.

        Args:
            text: The text.
            position: Start of the record.
            dead_ends: Known starts of cells from which no record can be completed; updated in
                place. A record that reaches one of them is malformed, so the time is linear.
        """
        cells: list[str] = []
        starts: list[int] = []
        while position not in dead_ends:
            starts.append(position)
            quoted = text.startswith(self.quote, position)
            match = (self._quoted if quoted else self._plain).match(text, position)
            if match is None:
                break
            cell, end = match.groups()
            if quoted:
                cell = cell.replace(self.quote * 2, self.quote)
            elif end != self.delimiter:
                cell = cell.removesuffix("\r")
            cells.append(cell)
            position = match.end()
            if end != self.delimiter:
                return cells, position
        dead_ends.update(starts)
        return None, position

    def join(self, cells: Iterable[str]) -> str:
        """Return a record without line ending, with quotes only around cells that need them.

        Example:
            >>> print(CsvReader().join(["a", "b,c", 'd"e']))
            a,"b,c","d""e"
        """
        special = {self.delimiter, self.quote, "\n", "\r"}
        texts = [
            self.quote + cell.replace(self.quote, self.quote * 2) + self.quote
            if special & set(cell)
            else cell
            for cell in cells
        ]
        return self.delimiter.join(texts) if texts != [""] else self.quote * 2


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
    for line, raw, cells in reader.records(text):
        if cells is None:
            raise CsvError(MALFORMED, line + 1)
        if len(raw) > LONGEST_CELL and any(len(cell) > LONGEST_CELL for cell in cells):
            message = f"a cell has more than {LONGEST_CELL} characters: look for a missing quote"
            raise CsvError(message, line + 1)
        rows.append(Row(line + 1, tuple(cells)))
    if not rows or not rows[0].cells:
        raise CsvError("there is no header: write the names of the columns in the first line", 1)
    return Table(rows[0], tuple(rows[1:]))
