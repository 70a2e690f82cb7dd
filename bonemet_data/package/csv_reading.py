"""The exact CSV reader, for every use: loading, validating, and chunks that Polars cannot read.

A line feed or CRLF ends a record, a lone carriage return is part of a cell, and a quote is special
only at the start of a cell (RFC 4180).

The classes here are named tuples, since importing dataclasses takes longer than loading a table.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from ..errors import CsvError, EncodingError, UnsupportedSchemaError

LONGEST_CELL = 131_072
"""Characters in a cell of a table: the default limit of Python's csv module."""

BOM = b"\xef\xbb\xbf"
MALFORMED = "malformed quoting: close the quote, or double each quote inside the cell"
"""Message about a record whose quotes do not match."""

_DIALECT = {"$schema", "delimiter", "lineTerminator", "quoteChar", "doubleQuote", "header"}


class Record(NamedTuple):
    """A record of a CSV text.

    Attributes:
        line: Line on which it starts, from 0 at the start of the text.
        raw: Its text, with the line ending.
        cells: Its cells, empty for a blank line; None if its quotes do not match.
    """

    line: int
    raw: str
    cells: list[str] | None


class Row(NamedTuple):
    """A record of a table: its first line in the file (the header is line 1), and its cells."""

    line: int
    cells: tuple[str, ...]


class Table(NamedTuple):
    """The header and the rows of a CSV file, as text; a blank line is a row without cells."""

    header: Row
    rows: tuple[Row, ...]

    @property
    def records(self) -> tuple[Row, ...]:
        """The rows that are not blank, each with exactly one cell for each column."""
        width = len(self.header.cells)
        full = (
            Row(row.line, (row.cells + ("",) * width)[:width]) for row in self.rows if row.cells
        )
        return tuple(full)


class CsvReader:
    r"""Read and write CSV with one delimiter and one quote character.

    Args:
        delimiter: One ASCII character.
        quote: One ASCII character.

    Example:
        >>> [record.cells for record in CsvReader().records('a,"b\nc"\n1,"2\n')]
        [['a', 'b\nc'], None]
    """

    def __init__(self, delimiter: str = ",", quote: str = '"') -> None:
        self.delimiter, self.quote = delimiter, quote
        sep, mark = re.escape(delimiter), re.escape(quote)
        # Possessive quantifiers keep no state for backtracking, so a lost quote costs no memory.
        self._quoted = re.compile(
            rf"{mark}([^{mark}]*+(?:{mark}{mark}[^{mark}]*+)*+){mark}({sep}|\r?(?:\n|\Z))"
        )
        self._plain = re.compile(rf"([^{sep}\n]*+)({sep}|\n|\Z)")

    def records(self, text: str) -> Iterator[Record]:
        """Iterate over the records of a text; after a malformed one, go on at the next line."""
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
        """Return the cells of the record at a position, and where it ends.

        Args:
            text: The text.
            position: Start of the record.
            dead_ends: Starts of cells from which no record can be completed. They make the time
                linear: a record that reaches one of them is malformed.
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
        """Return a record without its line ending, quoting only the cells that need it.

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


def csv_reader(dialect: Mapping[str, Any]) -> CsvReader:
    """Return the reader for a Table Dialect.

    Raises:
        UnsupportedSchemaError: The dialect uses something that is not implemented.
    """
    for keyword in dialect:
        if keyword not in _DIALECT and ":" not in keyword:
            raise UnsupportedSchemaError(f"The dialect's {keyword!r} is not implemented.")
    delimiter, quote = dialect.get("delimiter", ","), dialect.get("quoteChar", '"')
    if delimiter == quote or not all(
        isinstance(char, str) and len(char) == 1 and char.isascii() and char not in "\r\n"
        for char in (delimiter, quote)
    ):
        raise UnsupportedSchemaError(
            "The dialect's delimiter and quoteChar must be two different ASCII characters."
        )
    if dialect.get("lineTerminator", "\n") not in ("\n", "\r\n"):
        raise UnsupportedSchemaError("The dialect's lineTerminator must be a line feed or CRLF.")
    if dialect.get("header", True) is not True or dialect.get("doubleQuote", True) is not True:
        raise UnsupportedSchemaError("The dialect's header and doubleQuote must be true.")
    return CsvReader(delimiter, quote)


def read_table(data: bytes, dialect: Mapping[str, Any]) -> Table:
    """Read a CSV file.

    Args:
        data: The file, in UTF-8; a byte order mark at its start is skipped.
        dialect: Its Table Dialect.

    Raises:
        EncodingError: The file is not UTF-8.
        CsvError: The file is empty, its quotes do not match, or a cell has more than
            `LONGEST_CELL` characters.
        UnsupportedSchemaError: The dialect uses something that is not implemented.
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
            message = f"a cell has more than {LONGEST_CELL} characters: look for a lost quote"
            raise CsvError(message, line + 1)
        rows.append(Row(line + 1, tuple(cells)))
    if not rows or not rows[0].cells:
        raise CsvError("there is no header: the first line must name the columns", 1)
    return Table(rows[0], tuple(rows[1:]))
