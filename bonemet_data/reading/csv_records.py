"""Parse the records of a chunk of a CSV file, and report malformed records."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import NamedTuple

from ..package.csv_reading import LONG_CELL, TOO_LONG, CsvReader, Record
from ..reporting.rules import Rule

CARRIAGE_RETURN = "replace the carriage return by a line feed"
"""End of the message about a record with too many cells because of a carriage return."""

_FIRST_ROWS = 100
"""Number of rows that show whether the header has too many or too few cells."""

LONGEST_VALUE = 200
"""Maximum number of characters of a malformed record that a finding shows."""

_ESCAPED = re.compile("[\udc80-\udcff]")
"""A byte that is not UTF-8, as decoded with the surrogateescape error handler."""


class Fault(NamedTuple):
    """A malformed record, or a cell that is not UTF-8.

    Attributes:
        line: Line of the record, 0-based from the start of the chunk; None for data that are not
            text.
        row: Index of the record; None if the line does not count as a record.
        column: Index of the column; None for the whole record.
        value: Text of the record or cell.
        rule: Rule that is broken.
        message: Message of the finding.
        judged: Number of cells of the record that are judged; the others are missing, or belong to
            another record. None for all.
    """

    line: int | None
    row: int | None
    column: int | None
    value: str
    rule: Rule
    message: str
    judged: int | None = None


class Records(NamedTuple):
    """The records of a chunk of a CSV file.

    Attributes:
        lines: First line of each record, 0-based from the start of the chunk.
        cells: Cells of each record, padded or truncated to the number of columns; None for an
            empty cell.
        faults: Malformed records, in order.
        line_count: Number of lines.
    """

    lines: list[int]
    cells: list[list[str | None]]
    faults: list[Fault]
    line_count: int


def parse_records(reader: CsvReader, data: bytes, width: int) -> Records:
    r"""Parse a chunk of whole records.

    Args:
        reader: The reader.
        data: Bytes of the chunk, without the header.
        width: Number of columns.

    Example:
        >>> parse_records(CsvReader(), b'a,"b\nc"\nd\n', width=2).faults[0].line
        2
    """
    text = data.decode("latin-1")  # one character for each byte, as `chunks` counts
    ascii_ = text.isascii()
    collector = RecordCollector(reader, width)
    for record in reader.records(text):
        collector.add(record if ascii_ else _decoded(record))
    records = collector.records()
    return records._replace(line_count=data.count(b"\n") + (not data.endswith(b"\n")))


def _decoded(record: Record) -> Record:
    """Decode a record, whose characters are bytes, from UTF-8."""
    cells = None if record.cells is None else [_utf8(cell) for cell in record.cells]
    return record._replace(raw=_utf8(record.raw), cells=cells)


def _utf8(text: str) -> str:
    return text if text.isascii() else text.encode("latin-1").decode("utf-8", "surrogateescape")


class RecordCollector:
    """Collector of the records of a chunk, which finds malformed records.

    Args:
        reader: Reader of the records.
        width: Number of columns.
        encoding: Encoding of the file, for messages.
    """

    def __init__(self, reader: CsvReader, width: int, encoding: str = "UTF-8") -> None:
        self._delimiter, self._width, self._encoding = reader.delimiter, width, encoding
        self._line_end = reader.line_end
        self._lines: list[int] = []
        self._cells: list[list[str | None]] = []
        self._faults: list[Fault] = []

    def __len__(self) -> int:
        return len(self._cells)

    def add(self, record: Record) -> None:
        """Add a record; its line is counted from the start of the chunk."""
        line, raw, cells, fault = record
        if cells is None:
            first = raw[: LONGEST_VALUE + 2].partition(self._line_end)[0]
            value = _shown(first.rstrip("\r\n"))
            rule = Rule.LONG_RECORD if fault in {TOO_LONG, LONG_CELL} else Rule.NOT_CSV
            self._faults.append(Fault(line, None, None, value, rule, fault))
            return
        width, row = self._width, len(self._cells)
        if len(cells) != width:
            if not cells and width != 1:
                message = "blank line: remove it"
                self._faults.append(Fault(line, None, None, "", Rule.BLANK_LINE, message))
                return
            cells = cells or [""]
        if len(cells) != width:
            value = _shown(self._delimiter.join(cells[:LONGEST_VALUE]))
            number = f"{len(cells)} cell{'s' if len(cells) != 1 else ''}"
            judged, remedy = len(cells), "add or remove cells"
            if "\r" in raw.removesuffix("\r\n") and self._line_end == "\n":
                judged = next((at for at, cell in enumerate(cells) if "\r" in cell), judged)
                remedy = CARRIAGE_RETURN
            message = f"has {number}, but the header has {width}: {remedy}"
            self._faults.append(Fault(line, row, None, value, Rule.RAGGED_ROW, message, judged))
        values: list[str | None] = [cell or None for cell in cells[:width]]
        values += [None] * (width - len(values))
        if not raw.isascii() and _ESCAPED.search(raw):
            for column, value in enumerate(cells[:width]):
                if byte := _ESCAPED.search(value):
                    values[column] = shown = readable(value)
                    message = (
                        f"is not {self._encoding} (byte 0x{ord(byte[0]) - 0xDC00:02x}): save the "
                        "file as UTF-8"
                    )
                    fault_ = Fault(line, row, column, shown, Rule.ENCODING, message)
                    self._faults.append(fault_)
        self._lines.append(line)
        self._cells.append(values)

    def records(self, line_count: int = 0) -> Records:
        """Return the records that were added."""
        return Records(self._lines, self._cells, self._faults, line_count)


def too_long(data: bytes) -> Records:
    """Return the fault of a record that is too long, given its first bytes."""
    value = _shown(data.partition(b"\n")[0].decode("utf-8", "surrogateescape"))
    return Records([], [], [Fault(0, None, None, value, Rule.LONG_RECORD, TOO_LONG)], 1)


def read_header(reader: CsvReader, data: bytes) -> tuple[tuple[str, ...] | None, int]:
    """Return the names of the columns and the length of the header in bytes.

    Args:
        reader: The reader.
        data: The start of a file, without a byte order mark.

    Returns:
        The names, or None if the header is malformed; and the number of bytes of the header.
    """
    first = next(reader.records(data.decode("utf-8", "surrogateescape")), None)
    if first is None:
        return (), 0
    length = len(first.raw.encode("utf-8", "surrogateescape"))
    if first.cells is None:
        return None, length
    names = tuple(first.cells) or ("",)
    return (None if any(map(_ESCAPED.search, names)) else names), length


def probable_names(reader: CsvReader, raw: str) -> tuple[str, ...]:
    """Return what are probably the names in a malformed header, in which no quote is special.

    Args:
        reader: The reader.
        raw: Text of the header.

    Example:
        >>> probable_names(CsvReader(), 'id,"na"me')
        ('id', 'name')
    """
    text = readable(raw).removesuffix(reader.line_end).removesuffix("\r")
    return tuple(text.replace(reader.quote, "").split(reader.delimiter))


def fitted(
    header: tuple[str, ...] | None, rows: Iterable[Sequence[object] | None]
) -> tuple[str, ...] | None:
    """Return a header with as many names as most of the first rows have cells.

    If they have another number than the header, the header is the cause, and not each of the rows.

    Args:
        header: The header; None if there is none.
        rows: The cells of each row.
    """
    widths = Counter(len(cells) for cells in islice(rows, _FIRST_ROWS) if cells)
    width, number = next(iter(widths.most_common(1)), (0, 0))
    if header is None or number < 2 or 2 * number <= widths.total():
        return header
    return (*header, *[""] * width)[:width]


def _shown(text: str) -> str:
    return readable(text[: LONGEST_VALUE + 1])[:LONGEST_VALUE]


def readable(text: str) -> str:
    """Replace bytes that are not UTF-8 by escape sequences."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
