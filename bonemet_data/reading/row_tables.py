"""Tables that are read row by row, such as CSV in any dialect."""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager
from itertools import chain

from ..errors import CsvError
from ..extras import CHECK
from ..package.csv_reading import CsvReader, Record
from ..package.dialect import Dialect
from ..reporting.rules import Rule
from ..tableschema.model import TableSchema
from .batches import Batch, PendingBatch, exact_batch
from .byte_streams import Stream
from .csv_records import Fault, RecordCollector, fitted, probable_names, readable
from .native_values import plain_text
from .record_streams import stream_records
from .sniffing import better_separator

with CHECK:
    import polars as pl

BATCH_CELLS = 2**18
"""Approximate number of cells of a batch of rows."""


class RowTable:
    """A table that is read row by row.

    Args:
        name: Name of the file in findings and error messages.
        dialect: Table Dialect.
        schema: Table Schema, for the names of tables without header and for the types of native
            values; None if it is unknown.
        first: Header of the first part of the table; None for the first part.

    Attributes:
        header: Names of the columns; None if there is no valid header.
        probable_header: Names of the columns of a header that is malformed, as far as known.
        header_lines: Number of lines before the first record of data.
    """

    size: int | None = None
    probable_header: tuple[str, ...] = ()

    def __init__(
        self,
        name: str,
        dialect: Dialect,
        schema: TableSchema | None,
        first: Sequence[str] | None = None,
    ) -> None:
        self.name, self.dialect, self.schema = name, dialect, schema
        self.header: tuple[str, ...] | None = None
        self.header_lines = 0
        self._first_row = 1
        self._read_header(first)

    def rows(self) -> Iterator[Record]:
        """Iterate over all rows of the file, including header and comments."""
        raise NotImplementedError

    def batch(self, rows: Sequence[Record], line: int, line_count: int) -> Batch:
        """Return rows of data as a batch; `line` is the line of its first row."""
        raise NotImplementedError

    def line_after(self, row: Record) -> int:
        """Return the line after a row."""
        raise NotImplementedError

    def batches(
        self,
        columns: Collection[str],  # noqa: ARG002 - rows have all columns anyway
        numbers: Collection[int] | None = None,
    ) -> Iterator[PendingBatch]:
        """Iterate over the batches of the table; see `CsvTable.batches`."""
        if numbers is not None and not numbers:
            return
        limit = max(1, BATCH_CELLS // max(1, len(self.header or ())))
        line, number = self.header_lines, 0
        rows: list[Record] = []
        for row in chain(self.data_rows(), [None]):
            if row is not None:
                rows.append(row)
            if not rows or (row is not None and len(rows) < limit):
                continue
            end = self.line_after(rows[-1])
            if numbers is None or number in numbers:
                yield self._pending(number, rows, line, end - line)
            rows, line, number = [], end, number + 1

    def fit_rows(self) -> None:
        """Resize a header that is wrong to the number of cells of most rows."""
        self.header = fitted(self.header, (row.cells for row in self.data_rows()))

    def frames(self) -> Iterator[tuple[pl.DataFrame, int]]:
        """Iterate over frames of text and their numbers of rows; see `CsvTable.frames`."""
        header = required_header(self.header, self.name)
        line, is_empty = self.header_lines + 1, True
        for pending in self.batches(header):
            batch = pending.parse()
            require_no_fault(batch.faults, self.name, line)
            line, is_empty = line + batch.line_count, False
            yield batch.frame.fill_null(""), batch.frame.height
        if is_empty:
            yield empty_frame(len(header)), 0

    def _pending(self, number: int, rows: list[Record], line: int, count: int) -> PendingBatch:
        return PendingBatch(number, len(rows), lambda: self.batch(rows, line, count))

    def data_rows(self, rows: Iterator[Record] | None = None) -> Iterator[Record]:
        """Iterate over the rows of data, without header and comments.

        Args:
            rows: All rows of the file; None to read them.
        """
        comments = {*self.dialect.comment_rows}
        for number, row in enumerate(self.rows() if rows is None else rows, 1):
            if number >= self._first_row and number not in comments and not self._is_comment(row):
                yield row

    def _is_comment(self, row: Record) -> bool:
        """Return whether a row is a comment according to its first cell."""
        if row.cells is None:
            return not row.fault
        mark, cells = self.dialect.comment_char, row.cells
        return bool(
            mark
            and cells
            and isinstance(cells[0], str)
            and cells[0].startswith(mark)
            and not row.raw
        )

    def _read_header(self, first: Sequence[str] | None) -> None:
        dialect = self.dialect
        known = tuple(first or (self.schema.names if self.schema else ()))
        if not dialect.header:
            self.header = known or self._numbered()
            return
        comments, wanted = {*dialect.comment_rows}, {*dialect.header_rows}
        last = max(wanted, default=0)
        parts: list[list[str]] = []
        malformed = False
        for number, row in enumerate(self.rows(), 1):
            ignored = number in comments or self._is_comment(row)
            if number in wanted or (not wanted and not ignored):
                cells: Sequence[object] = row.cells or [row.raw.rstrip("\r\n")]
                if row.cells is None and row.fault:
                    cells, malformed = probable_names(CsvReader.of(dialect), row.raw), True
                parts.append(["" if cell is None else plain_text(cell) for cell in cells])
            if number >= last and parts:
                self._first_row, self.header_lines = number + 1, self.line_after(row)
                break
        names = _joined(parts, dialect.header_join)
        if first and sorted(names) != sorted(first):  # the part has no header
            self._first_row, self.header_lines, names, malformed = 1, 0, tuple(first), False
        malformed = malformed or any(readable(name) != name for name in names)
        self.header = None if malformed or not any(names) else names
        self.probable_header = tuple(map(readable, names))

    def _numbered(self) -> tuple[str, ...]:
        """Return names for the columns of a table that has neither header nor schema."""
        self.header = ()
        first = next((row for row in self.data_rows() if row.cells), None)
        width = len(first.cells or ()) if first else 0
        return tuple(f"field{number}" for number in range(1, width + 1))


def required_header(header: tuple[str, ...] | None, name: str) -> tuple[str, ...]:
    """Return the header of a table.

    Raises:
        CsvError: There is none.
    """
    if header:
        return header
    raise CsvError(
        f"{name} has no header in UTF-8: write the names of the columns in the first line, or pass "
        "the encoding of the file (--encoding).",
        1,
    )


def require_no_fault(faults: Sequence[Fault], name: str, line: int) -> None:
    """Raise CsvError for the first malformed record of a batch that starts on a line."""
    for fault in faults:
        at = line + (fault.line or 0)
        place = name if fault.line is None else f"{name}:{at}"
        step = ", or pass its encoding (--encoding)" if fault.rule == Rule.ENCODING else ""
        raise CsvError(f"{place}: {fault.message}{step}", at)


def empty_frame(width: int) -> pl.DataFrame:
    """Return a frame of text without rows."""
    return pl.DataFrame(schema={f"c{index}": pl.String() for index in range(width)})


def _joined(parts: Sequence[Sequence[str]], join: str) -> tuple[str, ...]:
    """Join the rows of a header; the last cell of a short row belongs to all further columns.

    https://datapackage.org/standard/table-dialect/#headerRows
    """
    width = max(map(len, parts), default=0)
    columns = [
        [row[index] if index < len(row) else row[-1] for row in parts if row]
        for index in range(width)
    ]
    return tuple(join.join(cell for cell in cells if cell) for cells in columns)


class DialectTable(RowTable):
    """A CSV file in any dialect.

    Args:
        opener: Function that opens the stream of the file.
        name: Name of the file in findings and error messages.
        dialect: Table Dialect.
        schema: Table Schema, or None.
        first: Header of the first part of the table, or None.
        encoding: Encoding of the file, for messages.
    """

    def __init__(  # noqa: PLR0917
        self,
        opener: Callable[[], AbstractContextManager[Stream]],
        name: str,
        dialect: Dialect,
        schema: TableSchema | None,
        first: Sequence[str] | None = None,
        encoding: str = "UTF-8",
    ) -> None:
        self.open, self.reader, self._encoding = opener, CsvReader.of(dialect), encoding
        super().__init__(name, dialect, schema, first)

    def rows(self) -> Iterator[Record]:
        """Iterate over the records of the file."""
        with self.open() as stream:
            yield from stream_records(stream, self.reader)

    @property
    def delimiter(self) -> str:
        """Text between cells."""
        return self.reader.delimiter

    def better_separator(self, expected: Collection[str]) -> str | None:
        """Return another separator that yields more of the expected columns, or None."""
        header = self.header or ()
        head = self.reader.join(header).encode()
        return better_separator(head, self.delimiter, header, expected)

    def line_after(self, row: Record) -> int:
        """Return the line after a record."""
        return row.line + max(1, self.reader.count_lines(row.raw))

    def batch(self, rows: Sequence[Record], line: int, line_count: int) -> Batch:
        """Return records as a batch."""
        width = len(self.header or ())
        collector = RecordCollector(self.reader, width, self._encoding)
        for row in rows:
            collector.add(row._replace(line=row.line - line))
        return exact_batch(collector.records(line_count), width)
